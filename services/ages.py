from datetime import date, datetime

from sqlalchemy import select

from models.base import Session
from models.organisation import Organisation, day_in
from models.post import Post

YOUNG_LIMIT = 35


def full_years(born: date, today: date) -> int:
    """Born on 29 February, a person grows older on 1 March of a common year."""
    birthday_ahead = (today.month, today.day) < (born.month, born.day)
    return today.year - born.year - birthday_ahead


def young_after(today: date) -> date:
    """Whoever was born later than this day is young."""
    year = today.year - YOUNG_LIMIT - 1
    try:
        return today.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


async def young_for(session: Session, post_id: int, *, now: datetime) -> date:
    """Whoever was born later is young to a post: by the calendar of its organisation."""
    home = select(Organisation.timezone).join(Post, Post.organisation_id == Organisation.id)
    zone = (await session.scalars(home.where(Post.id == post_id))).one()
    return young_after(day_in(zone, now))


def is_young(born: date, today: date) -> bool:
    """Up to and including 35 full years, as the union counts its young members."""
    return full_years(born, today) <= YOUNG_LIMIT
