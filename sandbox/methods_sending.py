from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.files import FILES
from sandbox.markup import read_text
from sandbox.methods import Method, Methods
from sandbox.refusals import bad
from sandbox.sending import deliver, file_content
from sandbox.wire import Wire, present

methods = Methods()

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip


@methods.add
def send_message(world: Crowd, ask: Ask) -> Wire:
    read = read_text(ask)
    options = ask.value("link_preview_options")
    content = present(text=read.plain, entities=read.entities, link_preview_options=options)
    return deliver(world, ask, content)


@methods.add
def send_chat_action(world: Crowd, ask: Ask) -> bool:
    world.open_chat(ask.bot, ask.text("chat_id"))
    if ask.text("action") not in _ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def _sender_of(kind: str) -> Method:
    def send(world: Crowd, ask: Ask) -> Wire:
        return deliver(world, ask, file_content(world, ask, kind, ask.text(kind)))

    return send


for _kind in FILES:
    methods[f"send{_kind.replace('_', '')}"] = _sender_of(_kind)
