"""What changed of an event, as those who answered read it: what was, and what is."""

from datetime import datetime
from typing import Any

from keyboards.events_parts import when, when_of
from locales import Translator
from models.event import Event

POINT = ("latitude", "longitude")
WHEN, WHERE = ("starts_at", "ends_at"), ("address", *POINT, "link")
OLD_WORDS = 200  # signs of a description that are shown as what was, and as what is


def lines(t: Translator, event: Event, old: dict[str, Any], words: str) -> list[str]:
    """A line for each thing that is another now: what was, and what is."""
    found = []
    if "title" in old:
        found.append(_line(t, "title", old["title"], event.title))
    if old.keys() & set(WHEN):
        found.append(_line(t, "when", _when(t, event, old), when_of(t, event)))
    if old.keys() & set(WHERE):
        where = _line(t, "where", _where(t, event, old), _where(t, event, {}))
        found.append(where or _point(t, event, old))
    if old.get("link") and event.link:
        found.append(t("events-told-link"))
    for name, shown in (("seats", _seats), ("answer_by", _by), ("contact", _contact)):
        if name in old:
            what = name.replace("_", "-")
            now = getattr(event, name)
            found.append(_line(t, what, shown(t, event, old[name]), shown(t, event, now)))
    if "description" in old:
        found.append(_words(t, old["description"], words))
    return [line for line in found if line]


def moves(old: dict[str, Any]) -> bool:
    """Another time or place: whoever could not come may be able to, and the other way round."""
    return bool(old.keys() & {*WHEN, *WHERE})


def _line(t: Translator, what: str, before: str, after: str) -> str:
    """What reads the same has not changed for the reader."""
    return t(f"events-told-{what}", before=before, after=after) if before != after else ""


def _point(t: Translator, event: Event, old: dict[str, Any]) -> str:
    """Under the same address."""
    if not old.keys() & set(POINT):
        return ""
    return t("events-told-point", there="no" if event.latitude is None else "yes")


def _words(t: Translator, before: str, after: str) -> str:
    """The beginnings of both, or that it goes on otherwise."""
    line = _line(t, "words", before[:OLD_WORDS] or "—", after[:OLD_WORDS] or "—")
    return line or (t("events-told-further") if before != after else "")


def _when(t: Translator, event: Event, old: dict[str, Any]) -> str:
    start = old.get("starts_at", event.starts_at)
    return when(t, event, start, old.get("ends_at", event.ends_at)) if start else "—"


def _where(t: Translator, event: Event, old: dict[str, Any]) -> str:
    at = {name: old.get(name, getattr(event, name)) for name in WHERE}
    point = t.label("events-point") if at["latitude"] is not None else ""
    online = t.label("events-told-online") if at["link"] else ""
    return str(at["address"] or point or online or t.label("events-told-nowhere"))


def _seats(t: Translator, event: Event, seats: int | None) -> str:
    return str(seats) if seats else t.label("events-told-no-limit")


def _by(t: Translator, event: Event, at: datetime | None) -> str:
    return when(t, event, at) if at else t.label("events-told-beginning")


def _contact(t: Translator, event: Event, line: str | None) -> str:
    return line or "—"
