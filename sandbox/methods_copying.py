from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.methods import Methods
from sandbox.post import copied, origin
from sandbox.refusals import bad
from sandbox.sending import caption_fields, deliver
from sandbox.wire import Wire

methods = Methods()


@methods.add
def copy_message(world: Crowd, ask: Ask) -> Wire:
    content = _copy(world, _source(world, ask, "copy"))
    if "caption" in ask.params:
        content = {key: content[key] for key in content if not key.startswith("caption")}
        content |= caption_fields(ask)
    return {"message_id": deliver(world, ask, content)["message_id"]}


@methods.add
def forward_message(world: Crowd, ask: Ask) -> Wire:
    source = _source(world, ask, "forward")
    if source.get("has_protected_content"):
        raise bad("message has protected content and can't be forwarded")
    content = copied(source)
    if not content:
        raise bad("the message can't be forwarded")
    return deliver(world, ask, content | {"forward_origin": origin(source)})


def _source(world: Crowd, ask: Ask, verb: str) -> Wire:
    chat = world.known_chat(ask.bot, ask.text("from_chat_id"))
    message = chat.messages.get(ask.number("message_id"))
    if message is None:
        raise bad(f"message to {verb} not found")
    return message


def _copy(world: Crowd, message: Wire) -> Wire:
    content = copied(message)
    if not content:
        raise bad("the message can't be copied")
    if "poll" in content:
        return {"poll": world.open_poll(world.polls[content["poll"]["id"]]).wire}
    return content
