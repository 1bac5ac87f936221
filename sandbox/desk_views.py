"""What one person sees of a chat, beyond what the wire tells everybody."""

from sandbox.accounts import BotAccount, Chat, PersonAccount
from sandbox.post import topic_of
from sandbox.wire import Wire
from sandbox.world import World

GENERAL = 1


def head(bot: BotAccount | None, chat: Chat) -> Wire:
    name = bot.user["first_name"] if bot else ""
    return {
        "title": name if chat.private else chat.title,
        "kind": chat.kind,
        "bot": {"username": bot.username, "name": name} if bot else None,
    }


def may(chat: Chat, person: PersonAccount) -> Wire:
    pins = "can_edit_messages" if chat.channel else "can_pin_messages"
    writes = "can_post_messages" if chat.channel else "can_send_messages"
    return {"write": chat.may(person.id, writes), "pin": chat.may(person.id, pins)}


def topics(chat: Chat) -> list[Wire]:
    """General comes first and has the number it has in every forum."""
    if not chat.forum:
        return []
    newest = {topic_of(message) or GENERAL: message for message in chat.messages.values()}
    listed = {} if chat.general.hidden else {GENERAL: chat.general}
    return [
        {"id": thread, "name": topic.name, "closed": topic.closed, "last": newest.get(thread)}
        for thread, topic in (listed | chat.topics).items()
    ]


def seen_by(world: World, person: PersonAccount, chat: Chat, message: Wire) -> Wire:
    """The message, and under `seen` what is this person's own about it."""
    number = message["message_id"]
    given = chat.reactions.get(number, {}).get(person.id, [])
    seen: Wire = {
        "mine": chat.authors[number] == person.id,
        "pinned": number in chat.pinned,
        "reactions": world.counted(chat, number),
        "reacted": [one["emoji"] for one in given if "emoji" in one],
    }
    if "poll" in message:
        seen["voted"] = world.polls[message["poll"]["id"]].votes.get(person.id, [])
    return message | {"seen": seen}
