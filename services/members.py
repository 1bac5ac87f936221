"""Members: admitted, listed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, select, update

from models.application import Application
from models.base import Session, insert_of
from models.member import Counter, Member
from models.organisation import Organisation
from models.registry import RegistryEntry
from services import audit, ladder, matches, notices, slots
from services.access import Actor, Can, require, within
from services.errors import Forbidden, NotFound, Refusal
from services.matches import Match
from services.paging import Paged, page_of
from services.parsing import name_key

PAGE = 10
FOUND = 6  # shown of those who are looked for


class NotMember(Refusal):
    text_id = "members-not-member"


async def find_offer(
    session: Session, application: Application, match: Match, *, now: datetime
) -> RegistryEntry | None:
    """Known by the phone alone: whether it is the same person, and so their number, people say."""
    entry = match.entry
    known = [*_known_numbers(match, application), *([match.member] if match.member else [])]
    if entry is None or known or await _is_taken(session, entry.number):
        return None
    return entry


async def admit(
    session: Session,
    actor: Actor,
    application: Application,
    match: Match,
    *,
    known_as: RegistryEntry | None = None,
    now: datetime,
) -> Member:
    """With the number they had before, or the register knows them by, or the next free one.

    `known_as`: the offered entry, when the decider says that it is the same person.
    """
    await _queue_for_a_number(session)
    member = Member(
        person_id=application.person_id,
        number=known_as.number if known_as else await _number(session, match, application),
        joined_at=now,
        **details_of(application),
    )
    session.add(member)
    await session.flush()
    await slots.settle(session, Member.id == member.id, now=now)
    audit.record(session, actor, "member.admitted", "member", member.id, now=now)
    return member


async def rename(session: Session, actor: Actor, name: str, *, now: datetime) -> Member:
    member = require_member(actor)
    before = member.name
    member.name, member.name_key = name, name_key(name)
    audit.record(session, actor, "member.renamed", "member", member.id, now=now)
    if before != name:
        await tell_chairs(session, member, "members-renamed", now=now, before=before)
    return member


async def set_phone(
    session: Session, actor: Actor, phone: str, *, verified: bool, now: datetime
) -> Member:
    """A number once verified stays so when it is only typed again."""
    member = require_member(actor)
    verified = verified or (phone == member.phone and member.phone_verified)
    member.phone, member.phone_verified = phone, verified
    audit.record(session, actor, "member.phone", "member", member.id, now=now, verified=verified)
    return member


async def list_roll(
    session: Session, actor: Actor, *, page: int = 0
) -> Paged[tuple[Member, Organisation]]:
    require(actor, Can.SEE_MEMBERS)
    query = (
        select(Member, Organisation)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(Member.left_at.is_(None), within(Organisation.path, actor.paths(Can.SEE_MEMBERS)))
        .order_by(Member.name_key, Member.id)
    )
    return await page_of(session, query, page, PAGE)


async def search(
    session: Session, actor: Actor, words: str
) -> Sequence[tuple[Member, Organisation]]:
    """Those one may see, by name or number; one more than is shown if there are more."""
    if not name_key(words):
        return []
    seen = within(Organisation.path, actor.paths(Can.SEE_MEMBERS))
    query = (
        select(Member, Organisation)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(Member.left_at.is_(None), seen, named(words))
        .order_by(Member.name_key, Member.id)
        .limit(FOUND + 1)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


def named(words: str) -> ColumnElement[bool]:
    """Of members: all these words are in the name, or it is the number."""
    key = name_key(words)
    number = key.replace(" ", "")
    if number.isdigit():
        return Member.number.in_([number, number.zfill(6)])
    return and_(*(Member.name_key.contains(word, autoescape=True) for word in key.split()))


async def get_for(session: Session, actor: Actor, member_id: int) -> tuple[Member, Organisation]:
    member = await session.get(Member, member_id)
    if member is None:
        raise NotFound
    organisation = await session.get_one(Organisation, member.organisation_id)
    require(actor, Can.SEE_MEMBERS, organisation.path)
    return member, organisation


async def find_by_id(session: Session, member_id: int, *, now: datetime) -> Member | None:
    """With those who have left: whether they are still members is the caller's question."""
    return await session.get(Member, member_id)


async def find_former(session: Session, actor: Actor) -> Member | None:
    """The membership of this account that ended last."""
    found: Member | None = await session.scalar(
        select(Member)
        .where(Member.person_id == actor.id, Member.left_at.is_not(None))
        .order_by(Member.left_at.desc(), Member.id.desc())
        .limit(1)
    )
    return found


async def name_of(session: Session, person_id: int | None, *, now: datetime) -> str | None:
    """What colleagues call a person: the name of their membership, if they have one."""
    if person_id is None:
        return None
    return await session.scalar(
        select(Member.name).where(Member.person_id == person_id, Member.left_at.is_(None))
    )


async def find_home(
    session: Session, person_id: int, *, now: datetime
) -> tuple[Member, Organisation] | None:
    """The membership of a person and where it is, if they have one."""
    mine = (
        select(Member, Organisation)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(Member.person_id == person_id, Member.left_at.is_(None))
    )
    row = (await session.execute(mine)).first()
    return (row[0], row[1]) if row else None


async def tell_chairs(
    session: Session, member: Member, notice: str, *, now: datetime, **details: str
) -> None:
    """The nearest who answer for the organisation; a chair is not told of themselves."""
    home = await session.get_one(Organisation, member.organisation_id)
    for first in (await ladder.climb(session, home, but=member.person_id, now=now))[:1]:
        await notices.owe_all(
            session, first.people, notice, now=now, details={"member_id": member.id, **details}
        )


def require_member(actor: Actor) -> Member:
    if actor.member is None:
        raise NotMember
    return actor.member


def details_of(application: Application) -> dict[str, str | int | bool | date]:
    if not (application.name and application.born_on and application.phone):
        raise Forbidden
    if not application.organisation_id:
        raise Forbidden
    return {
        "organisation_id": application.organisation_id,
        "name": application.name,
        "name_key": name_key(application.name),
        "born_on": application.born_on,
        "phone": application.phone,
        "phone_verified": application.phone_verified,
    }


async def _number(session: Session, match: Match, who: Application) -> str:
    for number in _known_numbers(match, who):
        if not await _is_taken(session, number, who):
            return number
    while True:
        number = f"{await _next(session):06d}"
        registered = await session.scalar(select(exists().where(RegistryEntry.number == number)))
        if not registered and not await _is_taken(session, number):
            return number


async def _queue_for_a_number(session: Session) -> None:
    """One at a time: whoever comes next sees which numbers are taken by then."""
    first = insert_of(session, Counter).values(name="member", value=0)
    await session.execute(first.on_conflict_do_nothing())
    await session.execute(select(Counter.name).where(Counter.name == "member").with_for_update())


async def _next(session: Session) -> int:
    counted = update(Counter).where(Counter.name == "member")
    value = await session.scalar(counted.values(value=Counter.value + 1).returning(Counter.value))
    return int(value or 0)


def _known_numbers(match: Match, who: Application) -> Iterator[str]:
    if match.former and matches.is_same(who, match.former):
        yield match.former.number
    if match.entry and {"name", "born"}.isdisjoint(match.differences):
        yield match.entry.number


async def _is_taken(session: Session, number: str, by: Application | None = None) -> bool:
    """A number stays with whoever had it last, also after they left; it waits for their return."""
    holder = await session.scalar(
        select(Member)
        .where(Member.number == number)
        .order_by(Member.left_at.is_not(None), Member.id.desc())
        .limit(1)
    )
    if holder is None:
        return False
    return by is None or holder.left_at is None or not matches.is_same(by, holder)
