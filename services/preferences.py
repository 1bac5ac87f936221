"""«/settings»: which kinds of messages a member wants, and when the digest comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, exists, select

from models.base import Session, insert_of
from models.member import Member
from models.person import Interest, Person
from models.subscription import Frequency, Slot, mutes
from services import deciders, interests, members, slots
from services.access import Actor, Can
from services.audiences import EVENTS, GENERAL, kind_of
from services.errors import NotFound

POLLS, REMINDERS = "polls", "reminders"
KINDS = (GENERAL, EVENTS, POLLS, REMINDERS)  # beside the rubrics of news
DUTIES = (deciders.WAITING,)  # reminders of what somebody answers for: nobody switches them off


class Switch(NamedTuple):
    kind: str
    rubric: Interest | None
    on: bool


@dataclass(frozen=True)
class Preferences:
    person: Person
    slot: Slot
    switches: Sequence[Switch]
    decides: bool  # on applications


async def get(session: Session, actor: Actor, *, now: datetime) -> Preferences:
    members.require_member(actor)
    slot = await _slot(session, actor, now)
    muted = set(await session.scalars(select(mutes.c.kind).filter_by(person_id=actor.id)))
    rubrics = await interests.list_open(session, now=now)
    kinds: list[tuple[str, Interest | None]] = [(kind_of(one.id), one) for one in rubrics]
    kinds += [(kind, None) for kind in KINDS]
    switches = [Switch(kind, rubric, kind not in muted) for kind, rubric in kinds]
    return Preferences(actor.person, slot, switches, actor.may(Can.DECIDE))


async def switch(session: Session, actor: Actor, kind: str, *, on: bool, now: datetime) -> None:
    """Switched off twice is off. What a person likes is no business of the audit."""
    members.require_member(actor)
    rubrics = await interests.list_open(session, now=now)
    if kind not in (*KINDS, *(kind_of(one.id) for one in rubrics)):
        raise NotFound
    row = {"person_id": actor.id, "kind": kind}
    if on:
        await session.execute(delete(mutes).filter_by(**row))
    else:
        await session.execute(insert_of(session, mutes).values(row).on_conflict_do_nothing())


async def choose(
    session: Session,
    actor: Actor,
    *,
    frequency: Frequency | None = None,
    hour: int | None = None,
    now: datetime,
) -> None:
    """How often the digest comes, or at which hour; the other stays."""
    members.require_member(actor)
    if hour is not None and hour not in range(24):
        raise NotFound
    old = await _slot(session, actor, now)
    slot = await slots.get(
        session,
        old.zone,
        frequency or old.frequency,
        old.hour if hour is None else hour,
        now=now,
    )
    await slots.move(session, actor.person, slot, now=now)


async def is_unwanted(
    session: Session, person_id: int, reminder: str | None, *, now: datetime
) -> bool:
    """A reminder of this kind, for whoever has switched reminders off."""
    if reminder in DUTIES:
        return False
    off = exists().where(mutes.c.person_id == person_id, mutes.c.kind == REMINDERS)
    return bool(await session.scalar(select(off)))


async def _slot(session: Session, actor: Actor, now: datetime) -> Slot:
    found = await slots.find(session, actor.id, now=now)
    if found is None:
        await slots.settle(session, Member.person_id == actor.id, now=now)
        found = await slots.find(session, actor.id, now=now)
    assert found
    return found[0]
