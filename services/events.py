"""Events: found by those they are for, and loaded by those who may work on them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, or_, select

from models.base import Session
from models.event import Event, Reply, State
from models.organisation import Organisation
from models.post import Post
from services import audiences
from services.access import Actor, Can, require
from services.ages import is_young
from services.errors import NotFound, Refusal

PLACE = "event:"  # the card of an event in a chat


class Gone(Refusal):
    """Not for this person, or not any more."""

    text_id = "events-gone"


@dataclass(frozen=True)
class Known:
    event: Event
    post: Post  # whom it is for, what it says and shows
    organisation: Organisation

    @property
    def zone(self) -> ZoneInfo:
        """By whose clock it is held."""
        return ZoneInfo(self.event.zone)


async def get_for(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Known:
    """For members it is meant for, whoever has answered, and those who work on it."""
    mine = exists().where(Reply.event_id == Event.id, Reply.person_id == actor.id)
    open_to_me: ColumnElement[bool] = mine
    if actor.member and actor.organisation:
        young = is_young(actor.member.born_on, actor.organisation.day_of(now))
        lineage = actor.organisation.lineage
        open_to_me = or_(mine, audiences.visible_to(actor.id, lineage, young=young))
    asked = _whole().where(Event.id == event_id, Event.state.in_([State.OPEN, State.CANCELLED]))
    row = (await session.execute(asked.where(open_to_me))).first()
    if row is not None:
        return Known(*row)
    known = await find(session, event_id, now=now)
    if known is None or not works_on(actor, known):
        raise Gone
    return known


async def get_own(
    session: Session, actor: Actor, event_id: int, can: Can = Can.POST, *, now: datetime
) -> Known:
    """For those who may work on it."""
    known = await find(session, event_id, now=now)
    if known is None:
        raise NotFound
    require(actor, can, known.organisation.path)
    return known


async def find(session: Session, event_id: int, *, now: datetime) -> Known | None:
    row = (await session.execute(_whole().where(Event.id == event_id))).first()
    return Known(*row) if row else None


def works_on(actor: Actor, known: Known) -> bool:
    """Organisers there, and whoever is responsible for it."""
    is_host = known.event.host_id == actor.id and known.event.state is not State.DRAFT
    return is_host or actor.may(Can.POST, known.organisation.path)


def place_of(event_id: int) -> str:
    return f"{PLACE}{event_id}"


def _whole() -> Select[Event, Post, Organisation]:
    return (
        select(Event, Post, Organisation)
        .join(Post, Post.id == Event.post_id)
        .join(Organisation, Organisation.id == Post.organisation_id)
    )
