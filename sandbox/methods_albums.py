"""Albums: several files sent together arrive as separate messages of one group."""

from sandbox import guesses
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.methods import Methods
from sandbox.post import grouped
from sandbox.refusals import bad
from sandbox.sending import find_place, media_content, put_down
from sandbox.wire import Wire

methods = Methods()

# Albums of these hold nothing else.
_ALIKE = ("document", "audio")


@methods.add
def send_media_group(world: Crowd, ask: Ask) -> list[Wire]:
    media = ask.value("media")
    if not isinstance(media, list):
        raise bad("expected an Array of InputMedia")
    read = [media_content(world, ask, one) for one in media]
    _check_together([kind for kind, _ in read])
    contents = [content for _, content in read]
    if len({bool(content.get("show_caption_above_media")) for content in contents}) > 1:
        raise bad("parameter show_caption_above_media must be the same for all messages")
    place = find_place(world, ask, contents)
    return [put_down(world, ask, place, content | group) for content, group in grouped(contents)]


def _check_together(kinds: list[str]) -> None:
    if len(kinds) > 10:
        raise bad("too many messages to send as an album")
    if not kinds or (len(kinds) == 1 and not guesses.ONE_IS_AN_ALBUM):
        raise bad("there are no messages to send")
    if "animation" in kinds:
        raise bad("invalid message content type")
    different = len(set(kinds)) > 1
    if different and (alike := [kind for kind in kinds if kind in _ALIKE]):
        raise bad(f"{alike[0]} can't be mixed with other media types")
