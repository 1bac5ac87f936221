"""What the real Telegram decides without publishing it: our guesses, each with its source.

Check a row against the real Bot API before relying on it; change it here and nowhere else.
"""

# Buttons under one message and the size of their JSON: measured by people, not documented
# (notes of the tginfo community).
INLINE_BUTTONS = 100
INLINE_BYTES = 10_240

# How long a tap may be answered: the official server keeps the update for 150 s; the true limit
# is undocumented. A second answer is refused here; what the real one does is unknown.
TAP_SECONDS = 150
ONE_ANSWER_PER_TAP = True

# Nobody writes to a closed topic here, administrators neither: they may be exempt in truth.
CLOSED_TOPIC_STOPS_ADMINISTRATORS = True
UNKNOWN_TOPIC = "TOPIC_ID_INVALID"

# The FAQ says "about 30 a second", "one a second in a chat, short bursts allowed" and "20 a minute
# in a group"; thresholds are unpublished. (messages, seconds); edits are not counted.
FLOOD_OVERALL = (30, 1.0)
FLOOD_PRIVATE = (5, 5.0)
FLOOD_GROUP = (20, 60.0)
FLOOD_PAID_OVERALL = (1000, 1.0)

# A plain @mention of a bot in privacy mode: the FAQ's list lacks it, BotFather's own text has it.
MENTION_BREAKS_PRIVACY = False
