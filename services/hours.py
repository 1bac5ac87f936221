"""The hours in which somebody wants to hear of things; they are counted by their own clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.person import Person

# Nobody can type equal hours, so midnight to midnight is free to mean round the clock.
ROUND_THE_CLOCK = (0, 0)


def quiet_until(person: Person, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the hours begin again; None: they are on."""
    start, end = person.notify_from, person.notify_to
    local = now.astimezone(zone)
    # From later than till: the night lies between them.
    on = start <= local.hour < end if start < end else not end <= local.hour < start
    if on or (start, end) == ROUND_THE_CLOCK:
        return None
    opens = local.replace(hour=start, minute=0, second=0, microsecond=0)
    return opens if opens > local else opens + timedelta(days=1)
