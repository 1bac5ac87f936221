"""The hours in which somebody wants to hear of things; they are counted by their own clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.person import Person

# Nobody can type equal hours, so midnight to midnight is free to mean round the clock.
ROUND_THE_CLOCK = (0, 0)


def is_quiet(person: Person, hour: int) -> bool:
    """What falls due at this hour of theirs waits for the next in which the hours begin."""
    start, end = person.notify_from, person.notify_to
    if (start, end) == ROUND_THE_CLOCK:
        return False
    # From later than till: the night lies between them.
    return not start <= hour < end if start < end else end <= hour < start


def quiet_until(person: Person, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the hours begin again; None: they are on."""
    local = now.astimezone(zone)
    if not is_quiet(person, local.hour):
        return None
    opens = local.replace(hour=person.notify_from, minute=0, second=0, microsecond=0)
    return opens if opens > local else opens + timedelta(days=1)
