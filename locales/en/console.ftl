console-setting-bot-token = BOT_TOKEN: needs a token from @BotFather that looks like 123456789:AAxx…
console-setting-signing-key = SIGNING_KEY: needs a key of at least 32 Latin letters and digits, such as the output of openssl rand -hex 32.
console-setting-telegram-api-url = TELEGRAM_API_URL: needs an address like https://api.telegram.org. Plain http is allowed on this machine only.
console-setting-telegram-proxy = TELEGRAM_PROXY: needs an address like http://user:password@host:3128.
console-setting-database-url = DATABASE_URL: needs an address like sqlite+aiosqlite:///data/sila.db or postgresql+psycopg://user:password@server/database.
console-setting-webhook-url = WEBHOOK_URL: needs an address that begins with https:// and ends in /telegram.
console-setting-webhook-secret = WEBHOOK_SECRET: with WEBHOOK_URL there must be a secret of Latin letters, digits, _ and -, at most 256 of them.
console-setting-web-host = WEB_HOST: needs an address to listen on, such as 127.0.0.1.
console-setting-web-port = WEB_PORT: needs a port number from 0 to 65535.
console-setting-stats-token = STATS_TOKEN: needs at least 16 Latin letters and digits.
console-setting-admin-ids = ADMIN_IDS: needs Telegram ids separated by commas, such as 123456789,987654321.
console-setting-staff-chat-id = STAFF_CHAT_ID: needs the id of a group, which is negative, such as -1001234567890.
console-setting-sos-chat-id = SOS_CHAT_ID: needs the id of a group, which is negative, such as -1001234567890.
console-setting-timezone = TIMEZONE: needs a time zone like Europe/Moscow.
console-setting-send-rate = SEND_RATE: needs a number above 0 and not above 1000.
console-setting-log-level = LOG_LEVEL: needs DEBUG, INFO, WARNING or ERROR.
console-setting-env-file = The file .env cannot be read. Save it as UTF-8 and let the program read it.

console-token-refused = BOT_TOKEN: Telegram does not know this token. Get a valid one from @BotFather.
console-webhook-refused = WEBHOOK_URL: Telegram does not accept this address ({ $reason }).
console-telegram-refused = Telegram refused: { $reason }.
console-telegram-away = Telegram does not answer. Check the network, TELEGRAM_API_URL and TELEGRAM_PROXY.
console-address-taken = WEB_HOST, WEB_PORT: this address is taken or not available. Choose another port.
console-database-away = DATABASE_URL: the database does not open ({ $reason }).
console-database-behind = The database is not ready for this version of the program. Run: python -m bot migrate
console-database-newer = The database is newer than the program. Update the program.
console-migrated = The database is ready.
console-migrations-agree = Models and migrations agree.

console-file-none = The file { $file } is not there or cannot be read. Please check the path.
console-yes-or-no = Please answer yes or no.

console-backup-server = This is PostgreSQL: pg_dump takes the copy, pg_restore puts it back.
console-backup-nothing = There is no database { $file } yet, nothing to copy.
console-backup-exists = The file { $file } exists already. Choose another name.
console-backup-failed = It did not work: { $file } ({ $reason }).
console-backup-broken = The copy is damaged and cannot be relied on.
console-backup-foreign = This is not a database of this program.
console-backup-done = The copy is made and checked: { $file }, { $size } MB. It holds personal data, keep it locked away.
console-copying = Copying
console-restore-sure = The copy { $file } is sound. Replace the present database with it? [yes/no]
console-restore-running = The database is in use: it seems that the bot is running. Stop it and try again.
console-restore-done =
    The database is back, the bot can be started.{ $aside ->
        [none] { "" }
       *[other] { " " }The former one lies beside it: { $aside }
    }

console-check-settings = The settings are fine.
console-check-database = The database is fine.
console-check-admins =
    { $count ->
        [one] { $count } administrator is named.
       *[other] { $count } administrators are named.
    }
console-check-admins-none = There are no administrators. Put your Telegram id into ADMIN_IDS.
console-check-telegram = Telegram answers, the bot is @{ $bot }.
console-check-polling = The bot asks Telegram by itself, no webhook is needed.
console-check-webhook-set = The webhook is set.
console-check-webhook-later = The webhook will be set when the bot starts.
console-check-webhook-stray = Telegram has a foreign webhook, the bot will remove it when it starts. If that is another copy of the bot, stop it first.
console-check-webhook-fails = The webhook does not work, messages waiting: { $count } ({ $reason }). Check that WEBHOOK_URL can be reached from the internet.
console-check-staff = The group “{ $title }” is ready, the bot manages its topics.
console-check-staff-none = There is no lawyers' group yet. When there is one, put its id into STAFF_CHAT_ID.
console-check-staff-away = The lawyers' group cannot be reached ({ $reason }). Add the bot to it and check STAFF_CHAT_ID.
console-check-staff-moved = The lawyers' group has become a supergroup. Put its new id into STAFF_CHAT_ID: { $id }
console-check-staff-topics = The lawyers' group has no topics. Switch them on in the group's settings.
console-check-staff-admin = The bot is not an administrator of the lawyers' group. Make it one, with the right to manage topics.
console-check-staff-right = The bot lacks the right to manage topics in the lawyers' group. Give it in the administrator's settings.
