"""What the real Telegram decides without publishing it: our guesses, each with its source.

Check a row against the real Bot API before relying on it; change it here and nowhere else.
"""

# Buttons under one message and the bytes of their JSON.
# Source: measured by people in the tginfo community; no error is documented.
INLINE_BUTTONS = 100
INLINE_BYTES = 10_240

# What a button is refused with whose data is too long or missing, or that opens a page in a group,
# pays outside of an invoice or plays outside of a game; and words beside a tap, more than 200. The
# limits are documented. Source: reports of telepot, telegraf, mail2telegram, TelegramBot/Api and
# pyTelegramBotAPI; the server is closed.
BUTTON_DATA = "BUTTON_DATA_INVALID"
BUTTON_TYPE = "BUTTON_TYPE_INVALID"
TAP_ANSWER_TOO_LONG = "MESSAGE_TOO_LONG"

# What a button copies, more than 256 characters of it or none. The limit is documented.
# Source: a report to go-telegram/bot names the code.
COPY_TEXT_INVALID = "BUTTON_COPY_TEXT_INVALID"

# A quote that does not stand in the message replied to.
# Source: reports of bots; the library of the official server knows the code.
QUOTE_INVALID = "QUOTE_TEXT_INVALID"

# Commands: a name with other signs, and more than a hundred of them.
# Source: a report to the official server for the first, the pattern of other codes for the other.
COMMAND_INVALID = "BOT_COMMAND_INVALID"
COMMANDS_TOO_MANY = "BOT_COMMANDS_TOO_MUCH"

# A photo that is no picture, and one too large or too long. Source: reports of many bots.
NO_IMAGE = "IMAGE_PROCESS_FAILED"
PHOTO_DIMENSIONS = "PHOTO_INVALID_DIMENSIONS"

# How long a tap may be answered, and what a second answer gets: refused here.
# Source: the official server keeps the update for 150 s; people report less.
TAP_SECONDS = 150
ONE_ANSWER_PER_TAP = True

# Whether administrators, too, are kept from writing to a closed topic. Stricter is safer here.
# Source: reports of the code name members only.
TOPIC_CLOSED = "TOPIC_CLOSED"
CLOSED_TOPIC_STOPS_ADMINISTRATORS = True

# Source: a report of Telegram.Bot for the first, the pattern of other codes for the others.
TOPIC_UNCHANGED = "TOPIC_NOT_MODIFIED"
UNKNOWN_TOPIC = "TOPIC_ID_INVALID"
DESCRIPTION_TOO_LONG = "BOT_DESCRIPTION_TOO_LONG"
NAME_TOO_LONG = "BOT_TITLE_TOO_LONG"

# (messages, seconds) in any stretch of time; edits are not counted.
# Source: the FAQ's "about 30 a second", "one a second in a chat, short bursts allowed", "20 a
# minute in a group" and 1,000 a second for paid broadcasts; the real thresholds are unpublished.
FLOOD_OVERALL = (30, 1.0)
FLOOD_PRIVATE = (5, 5.0)
FLOOD_GROUP = (20, 60.0)
FLOOD_PAID_OVERALL = (1000, 1.0)

# Whether a plain @mention reaches a bot in privacy mode.
# Source: contradictory; the FAQ's list lacks it, BotFather's own text has it.
MENTION_BREAKS_PRIVACY = False

# What a poll is refused with that explains too much, or is open for too short or too long.
# Source: the limits are documented, their texts are not; after the pattern of other codes.
EXPLANATION_TOO_LONG = "POLL_EXPLANATION_TOO_LONG"
POLL_END_INVALID = "POLL_CLOSE_DATE_INVALID"

# A face that no dice has. Source: the pattern of other codes.
DICE_UNKNOWN = "EMOTICON_INVALID"

# Invitations and requests. Source: reports of many bots for the first three, the pattern of
# other codes for the others.
NOBODY_ASKED = "HIDE_REQUESTER_MISSING"
ALREADY_IN = "USER_ALREADY_PARTICIPANT"
UNKNOWN_INVITE = "INVITE_HASH_EXPIRED"
INVITE_FIXED = "CHAT_INVITE_PERMANENT"
INVITE_LIMIT_INVALID = "USAGE_LIMIT_INVALID"

# What more than one reaction of a bot, and one that is none, are refused with.
# Source: reports for the second; the first is documented without its text.
REACTIONS_TOO_MANY = "REACTIONS_TOO_MANY"
REACTION_UNKNOWN = "REACTION_INVALID"
# Source: the list in the documentation of ReactionTypeEmoji.
_SINGLE = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 🌚 🌭 💯 🤣
⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅
🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷 😡
"""
_JOINED = ("❤\u200d🔥", "👨\u200d💻", "🤷\u200d♂", "🤷\u200d♀")
REACTIONS = frozenset((*_SINGLE.split(), *_JOINED))

# Source: reports of many bots; none of these texts is in the official server or its library.
ALREADY_CLOSED = "poll has already been closed"
UNKNOWN_INLINE_MESSAGE = "MESSAGE_ID_INVALID"
SAME_RESULT_TWICE = "RESULT_ID_DUPLICATE"

# How long a page may take to answer. Source: none; the documentation names no limit.
PAGE_SECONDS = 3600.0

# Whether an album of one is sent, as an ordinary message. Source: the documentation asks for 2 to
# 10, the library the official server is built on refuses none and more than ten alone.
ONE_IS_AN_ALBUM = True
