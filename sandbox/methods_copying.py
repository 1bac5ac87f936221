"""Copies and forwards of one message or of many; deleting many."""

import itertools
from collections.abc import Iterator

from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.methods import Methods
from sandbox.methods_editing import check_deletable
from sandbox.post import copied, new_group, origin
from sandbox.refusals import bad
from sandbox.sending import caption_fields, deliver, find_place, put_down
from sandbox.wire import Wire

methods = Methods()

_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


@methods.add
def copy_message(world: Crowd, ask: Ask) -> Wire:
    content = _copy(world, _source(world, ask, "copy"))
    if "caption" in ask.params:
        content = _bare(content) | caption_fields(ask)
    return {"message_id": deliver(world, ask, content)["message_id"]}


@methods.add
def forward_message(world: Crowd, ask: Ask) -> Wire:
    return deliver(world, ask, _forward(_source(world, ask, "forward")))


@methods.add
def copy_messages(world: Crowd, ask: Ask) -> list[Wire]:
    """Those that cannot be copied are passed over."""
    bare = ask.flag("remove_caption")
    contents = []
    for source in _sources(world, ask):
        if copied(source):
            content = _copy(world, source)
            contents.append((source, _bare(content) if bare else content))
    return _deliver_all(world, ask, contents)


@methods.add
def forward_messages(world: Crowd, ask: Ask) -> list[Wire]:
    """Those that cannot be forwarded are passed over."""
    sources = _sources(world, ask)
    free = [one for one in sources if copied(one) and not one.get("has_protected_content")]
    return _deliver_all(world, ask, [(source, _forward(source)) for source in free])


@methods.add
def delete_messages(world: Crowd, ask: Ask) -> bool:
    """All or none of them; those that are not there are passed over."""
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    there = [number for number in _read_ids(ask) if number in chat.messages]
    for number in there:
        check_deletable(world, chat, ask, number)
    for number in there:
        world.remove(chat, number)
    return True


def _source(world: Crowd, ask: Ask, verb: str) -> Wire:
    chat = world.known_chat(ask.bot, ask.text("from_chat_id"))
    message = chat.messages.get(ask.number("message_id"))
    if message is None:
        raise bad(f"message to {verb} not found")
    return message


def _sources(world: Crowd, ask: Ask) -> list[Wire]:
    numbers = _read_ids(ask)
    if any(one >= other for one, other in itertools.pairwise(numbers)):
        raise bad("message identifiers must be in a strictly increasing order")
    chat = world.known_chat(ask.bot, ask.text("from_chat_id"))
    return [chat.messages[number] for number in numbers if number in chat.messages]


def _read_ids(ask: Ask) -> list[int]:
    numbers = ask.value("message_ids")
    if not numbers:
        raise bad("message identifiers are not specified")
    if not isinstance(numbers, list):
        raise bad("expected an Array of message identifiers")
    if len(numbers) > 100:
        raise bad("too many message identifiers specified")
    return list(_whole(numbers))


def _whole(numbers: list[object]) -> Iterator[int]:
    for number in numbers:
        try:
            whole = int(str(number))
        except ValueError:
            raise bad("can't parse message identifier as a Number") from None
        if whole <= 0:
            raise bad("invalid message identifier specified")
        yield whole


def _deliver_all(world: Crowd, ask: Ask, contents: list[tuple[Wire, Wire]]) -> list[Wire]:
    """What was one album stays one."""
    if not contents:
        raise bad("there are no messages to forward")
    place = find_place(world, ask, [content for _, content in contents])
    groups: dict[str, Wire] = {}
    sent = []
    for source, content in contents:
        group: Wire = {}
        if old := source.get("media_group_id"):
            group = groups.setdefault(old, {"media_group_id": new_group()})
        sent.append(put_down(world, ask, place, content | group)["message_id"])
    return [{"message_id": number} for number in sent]


def _copy(world: Crowd, message: Wire) -> Wire:
    content = copied(message)
    if not content:
        raise bad("the message can't be copied")
    if "poll" in content:
        return {"poll": world.open_poll(world.polls[content["poll"]["id"]]).wire}
    return content


def _forward(message: Wire) -> Wire:
    if message.get("has_protected_content"):
        raise bad("message has protected content and can't be forwarded")
    content = copied(message)
    if not content:
        raise bad("the message can't be forwarded")
    return content | {"forward_origin": origin(message)}


def _bare(content: Wire) -> Wire:
    return {key: content[key] for key in content if key not in _CAPTION}
