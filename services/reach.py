"""Whom a post reached: by messages, by those who opened it, by what they said of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from models.base import Session
from models.mail import Sending
from models.organisation import Organisation
from models.post import Delivery, Reading
from services.deliveries import MAIN

LISTED = 12  # organisations


class Reach(NamedTuple):
    """Numbers of people."""

    delivered: int
    blocked: int
    opened: int
    useful: int
    useless: int


@dataclass(frozen=True)
class Report:
    everybody: Reach
    young: Reach
    organisations: Sequence[tuple[Organisation, Reach]]  # those that opened it most first


async def opinions(session: Session, post_id: int, *, now: datetime) -> Reach:
    """Of those who opened it; quick enough for a card that changes all the time."""
    counts = Counter[str]()
    read = select(Reading.useful, func.count()).where(Reading.post_id == post_id)
    for useful, count in await session.execute(read.group_by(Reading.useful)):
        counts["opened"] += count
        if useful is not None:
            counts["useful" if useful else "useless"] += count
    return _reach(counts)


async def of_post(session: Session, post_id: int, *, now: datetime) -> Report:
    """By the organisation each belonged to at the time, and as young as they were then."""
    everybody, young = Counter[str](), Counter[str]()
    places: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for place, is_young, what, count in await _happened(session, post_id):
        for one in (everybody, places[place], *([young] if is_young else [])):
            one[what] += count
    known = select(Organisation).where(Organisation.id.in_(places))
    listed = [(one, _reach(places[one.id])) for one in await session.scalars(known)]
    listed.sort(key=lambda part: (-part[1].opened, -part[1].delivered, part[0].sort_key))
    return Report(_reach(everybody), _reach(young), listed[:LISTED])


async def _happened(session: Session, post_id: int) -> list[tuple[int | None, bool, str, int]]:
    """Organisation, whether young, what happened, to how many."""
    sent = (
        select(Delivery.organisation_id, Delivery.young, Delivery.state, func.count())
        .where(Delivery.post_id == post_id, Delivery.part == MAIN)
        .group_by(Delivery.organisation_id, Delivery.young, Delivery.state)
    )
    read = (
        select(Reading.organisation_id, Reading.young, Reading.useful, func.count())
        .where(Reading.post_id == post_id)
        .group_by(Reading.organisation_id, Reading.young, Reading.useful)
    )
    states = {Sending.SENT: "delivered", Sending.BLOCKED: "blocked"}
    rows = []
    for place, young, state, count in await session.execute(sent):
        rows.append((place, young, states.get(state, "other"), count))
    for place, young, useful, count in await session.execute(read):
        rows.append((place, young, "opened", count))
        if useful is not None:
            rows.append((place, young, "useful" if useful else "useless", count))
    return rows


def _reach(counts: Counter[str]) -> Reach:
    return Reach(*(counts[name] for name in Reach._fields))
