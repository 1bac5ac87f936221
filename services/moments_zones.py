"""Whose clock a line names: «18:00 мск», «18:00 (МСК+2)», «в 9 по местному времени»."""

import re
from zoneinfo import ZoneInfo

_MOSCOW = ZoneInfo("Europe/Moscow")
_AHEAD = 3  # hours of Moscow before UTC
_NAMED = re.compile(
    r"[ (]*\b(?:(?P<moscow>(?:по )?(?:мск|москве|московск(?:ому|ое)(?: врем(?:ени|я))?|msk)"
    r"|moscow(?: time)?)(?:(?P<shift> ?\+ ?\d|-1)(?![\d:.]))?"
    r"|(?:по )?местн(?:ому|ое)(?: врем(?:ени|я))?|local(?: time)?)\b\)?"
)


def by_its_clock(line: str, zone: ZoneInfo) -> tuple[str, ZoneInfo]:
    """A plain line without what it says of a clock, and that clock's zone; `zone`: the usual."""
    if (named := _NAMED.search(line)) is None:
        return line, zone
    if named["moscow"]:
        zone = _shifted(named["shift"]) if named["shift"] else _MOSCOW
    return " ".join(_NAMED.sub(" ", line).split()), zone


def _shifted(said: str) -> ZoneInfo:
    """«МСК+2»; the database of zones counts such the other way round."""
    return ZoneInfo(f"Etc/GMT-{_AHEAD + int(said.replace(' ', ''))}")
