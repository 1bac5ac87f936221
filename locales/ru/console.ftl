console-setting-bot-token = BOT_TOKEN: нужен токен от @BotFather вида 123456789:AAxx…
console-setting-signing-key = SIGNING_KEY: нужен ключ из 32 или больше латинских букв и цифр, например вывод команды openssl rand -hex 32.
console-setting-telegram-api-url = TELEGRAM_API_URL: нужен адрес вида https://api.telegram.org. Без шифрования (http) можно только на этой же машине.
console-setting-telegram-proxy = TELEGRAM_PROXY: нужен адрес вида http://пользователь:пароль@адрес:3128.
console-setting-database-url = DATABASE_URL: нужен адрес вида sqlite+aiosqlite:///data/sila.db или postgresql+psycopg://пользователь:пароль@сервер/база.
console-setting-webhook-url = WEBHOOK_URL: нужен адрес, который начинается с https:// и кончается на /telegram.
console-setting-webhook-secret = WEBHOOK_SECRET: вместе с WEBHOOK_URL нужен секрет из латинских букв, цифр, _ и -, до 256 знаков.
console-setting-web-host = WEB_HOST: нужен адрес, на котором слушать, например 127.0.0.1.
console-setting-web-port = WEB_PORT: нужен номер порта от 0 до 65535.
console-setting-stats-token = STATS_TOKEN: нужны 16 или больше латинских букв и цифр.
console-setting-admin-ids = ADMIN_IDS: нужны Telegram ID через запятую, например 123456789,987654321.
console-setting-staff-chat-id = STAFF_CHAT_ID: нужен ID группы, он отрицательный, например -1001234567890.
console-setting-sos-chat-id = SOS_CHAT_ID: нужен ID группы, он отрицательный, например -1001234567890.
console-setting-timezone = TIMEZONE: нужен часовой пояс вида Europe/Moscow.
console-setting-send-rate = SEND_RATE: нужно число больше 0 и не больше 1000.
console-setting-log-level = LOG_LEVEL: нужен уровень DEBUG, INFO, WARNING или ERROR.
console-setting-env-file = Файл .env не читается. Сохраните его в кодировке UTF-8 и дайте программе право на чтение.

console-token-refused = BOT_TOKEN: Telegram не узнаёт этот токен. Возьмите действующий у @BotFather.
console-webhook-refused = WEBHOOK_URL: Telegram не принимает этот адрес ({ $reason }).
console-telegram-refused = Telegram отказал: { $reason }.
console-telegram-away = Telegram не отвечает. Проверьте сеть, TELEGRAM_API_URL и TELEGRAM_PROXY.
console-address-taken = WEB_HOST, WEB_PORT: этот адрес занят или недоступен. Выберите другой порт.
console-database-away = DATABASE_URL: база данных не открывается ({ $reason }).
console-database-behind = База данных не готова к этой версии программы. Выполните: python -m bot migrate
console-database-newer = База данных новее программы. Обновите программу.
console-migrated = База данных готова.
console-migrations-agree = Модели и миграции совпадают.

console-file-none = Файл { $file } не найден или не читается. Проверьте путь.
console-yes-or-no = Ответьте «да» или «нет».

console-backup-server = Здесь PostgreSQL: копию снимает pg_dump, возвращает pg_restore.
console-backup-nothing = Базы данных { $file } ещё нет, копировать нечего.
console-backup-exists = Файл { $file } уже есть. Выберите другое имя.
console-backup-failed = Не получилось: { $file } ({ $reason }).
console-backup-broken = В копии повреждения, полагаться на неё нельзя.
console-backup-foreign = Это не база данных этой программы.
console-backup-done = Копия готова и проверена: { $file }, { $size } МБ. В ней персональные данные, храните её под замком.
console-copying = Копирую
console-restore-sure = Копия { $file } цела. Заменить ею нынешнюю базу данных? [да/нет]
console-restore-running = База данных занята: похоже, бот работает. Остановите его и повторите.
console-restore-done =
    База данных возвращена, бота можно запускать.{ $aside ->
        [none] { "" }
       *[other] { " " }Прежняя лежит рядом: { $aside }
    }

console-check-settings = Настройки в порядке.
console-check-database = База данных в порядке.
console-check-admins =
    { $count ->
        [one] Назначен { $count } администратор.
        [few] Назначены { $count } администратора.
       *[other] Назначено { $count } администраторов.
    }
console-check-admins-none = Администраторов нет. Впишите свой Telegram ID в ADMIN_IDS.
console-check-telegram = Telegram отвечает, бот @{ $bot }.
console-check-polling = Бот сам спрашивает Telegram, вебхук не нужен.
console-check-webhook-set = Вебхук установлен.
console-check-webhook-later = Вебхук установится при запуске бота.
console-check-webhook-stray = У Telegram записан чужой вебхук, при запуске бот его снимет. Если это другая копия бота, сначала остановите её.
console-check-webhook-fails = Вебхук не работает, ждут сообщений: { $count } ({ $reason }). Проверьте, что WEBHOOK_URL виден из интернета.
console-check-staff = Группа «{ $title }» готова, бот управляет темами.
console-check-staff-none = Группы юристов пока нет. Когда появится, впишите её ID в STAFF_CHAT_ID.
console-check-staff-away = Группа юристов недоступна ({ $reason }). Добавьте в неё бота и проверьте STAFF_CHAT_ID.
console-check-staff-moved = Группа юристов стала супергруппой. Впишите в STAFF_CHAT_ID новый ID: { $id }
console-check-staff-topics = В группе юристов нет тем. Включите их в настройках группы.
console-check-staff-admin = Бот в группе юристов не администратор. Назначьте его и дайте право управлять темами.
console-check-staff-right = Боту в группе юристов не хватает права управлять темами. Дайте его в настройках администратора.
