"""Whether the union knows an applicant already: as a member, as an applicant, in its register."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, case, or_, select

from models.application import Application, State
from models.base import Session
from models.member import Member
from models.organisation import Organisation
from models.registry import RegistryEntry
from services.parsing import name_key


class Verdict(StrEnum):
    SAME = "same"
    DIFFERS = "differs"
    ABSENT = "absent"


@dataclass(frozen=True)
class Match:
    verdict: Verdict
    entry: RegistryEntry | None = None
    differences: tuple[str, ...] = ()  # of: name, born, phone, organisation, left
    member: Member | None = None  # the same person, it seems, under another account
    member_of: Organisation | None = None
    also_applied: bool = False  # from another account, and still open
    former: Member | None = None  # left, and had this account or this name and birth date
    former_of: Organisation | None = None
    by_phone_alone: bool = False  # the member has another name or birth date
    rejected: Application | None = None  # this person's last one before, if that was its end


async def find(session: Session, application: Application, *, now: datetime) -> Match:
    member = await _find_member(session, application)
    home = await session.get(Organisation, member.organisation_id) if member else None
    former = await _find_former(session, application)
    left = await session.get(Organisation, former.organisation_id) if former else None
    entry = await _find_entry(session, application)
    differences = _differences(application, entry) if entry else ()
    verdict = Verdict.ABSENT if entry is None else Verdict.SAME
    return Match(
        Verdict.DIFFERS if differences else verdict,
        entry,
        differences,
        member,
        home,
        await _also_applied(session, application),
        former,
        left,
        by_phone_alone=member is not None and not is_same(application, member),
        rejected=await _find_rejected(session, application),
    )


def is_same(application: Application, member: Member) -> bool:
    """Name and birth date; of one account either will do, since names change."""
    named = member.name_key == name_key(application.name or "")
    born = member.born_on == application.born_on
    return (named and born) or (member.person_id == application.person_id and (named or born))


async def _find_member(session: Session, application: Application) -> Member | None:
    """Families share a phone: a name with its birth date says more."""
    same_person = and_(
        Member.name_key == name_key(application.name or ""),
        Member.born_on == application.born_on,
    )
    found: Member | None = await session.scalar(
        select(Member)
        .where(
            Member.left_at.is_(None),
            Member.person_id != application.person_id,
            or_(Member.phone == application.phone, same_person),
        )
        .order_by(case((same_person, 0), else_=1), Member.id)
        .limit(1)
    )
    return found


async def _find_former(session: Session, application: Application) -> Member | None:
    """The same person's last membership rather than another's of the same account."""
    own = Member.person_id == application.person_id
    key, born_on = name_key(application.name or ""), application.born_on
    same_person = and_(Member.name_key == key, Member.born_on == born_on)
    found = await session.scalars(
        select(Member)
        .where(Member.left_at.is_not(None), or_(own, same_person))
        .order_by(Member.left_at.desc(), Member.id.desc())
    )
    former = found.all()
    alike = (one for one in former if is_same(application, one))
    return next(alike, former[0] if former else None)


async def _also_applied(session: Session, application: Application) -> bool:
    others = await session.execute(
        select(Application.name, Application.phone).where(
            Application.state.in_((State.PENDING, State.RETURNED)),
            Application.person_id != application.person_id,
            or_(
                Application.phone == application.phone,
                Application.born_on == application.born_on,
            ),
        )
    )
    # An application keeps no name key: the few born on that day are compared here.
    key = name_key(application.name or "")
    return any(phone == application.phone or name_key(name or "") == key for name, phone in others)


async def _find_rejected(session: Session, application: Application) -> Application | None:
    last: Application | None = await session.scalar(
        select(Application)
        .where(Application.person_id == application.person_id, Application.id < application.id)
        .order_by(Application.id.desc())
        .limit(1)
    )
    return last if last and last.state is State.REJECTED else None


async def _find_entry(session: Session, application: Application) -> RegistryEntry | None:
    """Name and birth date point at one person; a phone alone only where they do not."""
    by_person = and_(
        RegistryEntry.name_key == name_key(application.name or ""),
        RegistryEntry.born_on == application.born_on,
    )
    for known_by in (by_person, RegistryEntry.phone == application.phone):
        found: RegistryEntry | None = await session.scalar(
            select(RegistryEntry)
            .where(known_by)
            .order_by(RegistryEntry.left_at.is_not(None), RegistryEntry.id)
            .limit(1)
        )
        if found is not None:
            return found
    return None


def _differences(application: Application, entry: RegistryEntry) -> tuple[str, ...]:
    differs = {
        "name": entry.name_key != name_key(application.name or ""),
        "born": entry.born_on != application.born_on,
        "phone": entry.phone is not None and entry.phone != application.phone,
        "organisation": entry.organisation_id != application.organisation_id,
        "left": entry.left_at is not None,
    }
    return tuple(field for field, is_so in differs.items() if is_so)
