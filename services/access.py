"""Who is asking, and what they may do where. A role covers its organisation and all below it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from models.application import Application
from models.base import Session
from models.mail import Dialog
from models.member import Member
from models.organisation import ROOT, Organisation
from models.person import Person
from models.role import Grant, Role
from services.errors import Forbidden


class Can(StrEnum):
    DECIDE = auto()  # on applications
    INVITE = auto()
    SEE_MEMBERS = auto()  # behind a card, in lists
    GRANT = auto()
    AUDIT = auto()
    ARRANGE = auto()  # lists the whole union shares, such as interests
    POST = auto()  # prepare news
    PUBLISH = auto()  # and send it out


RIGHTS: dict[Role, frozenset[Can]] = {
    Role.CHAIR: frozenset({Can.DECIDE, Can.INVITE, Can.SEE_MEMBERS}),
    Role.ORGANISER: frozenset({Can.INVITE, Can.SEE_MEMBERS, Can.POST, Can.PUBLISH}),
    Role.LAWYER: frozenset(),
    Role.LEADER: frozenset(),
    Role.ADMIN: frozenset(Can),
}


class Held(NamedTuple):
    role: Role
    path: str
    drafts_only: bool = False

    def gives(self, can: Can) -> bool:
        return can in RIGHTS[self.role] and not (self.drafts_only and can is Can.PUBLISH)


@dataclass
class Actor:
    """A person who asks for something now, with what they are at this moment."""

    person: Person
    member: Member | None = None
    organisation: Organisation | None = None
    roles: Sequence[Held] = field(default_factory=tuple)
    zone: str | None = None  # by whose clock they live, unless they chose another
    applied: int | None = None  # the last application, of whatever state
    dialog: Dialog | None = None  # where they stand in the conversation they ask in

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def member_id(self) -> int | None:
        return self.member.id if self.member else None

    def may(self, can: Can, path: str | None = None) -> bool:
        """With a path: there. Without: anywhere at all."""
        return any(
            held.gives(can) and (path is None or path.startswith(held.path)) for held in self.roles
        )

    def paths(self, can: Can) -> list[str]:
        return [held.path for held in self.roles if held.gives(can)]

    def holds(self, role: Role) -> bool:
        return any(held.role is role for held in self.roles)


class NoRight(Forbidden):
    """Each right has its own words for who holds it and whom to ask."""

    def __init__(self, can: Can) -> None:
        super().__init__()
        self.text_id = f"access-{can}"


def require(actor: Actor, can: Can, path: str | None = None) -> None:
    if not actor.may(can, path):
        raise NoRight(can)


def below(column: InstrumentedAttribute[str], path: str) -> ColumnElement[bool]:
    """The path itself and everything under it, as a range an index can answer."""
    after = path[:-1] + chr(ord("/") + 1)
    return and_(column >= path, column < after)


def within(column: InstrumentedAttribute[str], paths: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(below(column, path) for path in paths)) if paths else column.is_(None)


_SERVED = aliased(Organisation)  # where a role is held
# An applicant and those who decide on the application read the same clock.
_APPLIED_TO = (
    select(Organisation.timezone)
    .join(Application, Application.organisation_id == Organisation.id)
    .where(Application.person_id == Person.id)
    .order_by(Application.id.desc())
    .limit(1)
    .correlate(Person)
    .scalar_subquery()
)
_APPLICATION = (
    select(Application.id)
    .where(Application.person_id == Person.id)
    .order_by(Application.id.desc())
    .limit(1)
    .correlate(Person)
    .scalar_subquery()
)
# All about a person in one question, asked with every update: a row for each role.
_WHO = (
    select(
        Person,
        Member,
        Organisation,
        Grant.role,
        _SERVED.path,
        Grant.drafts_only,
        _SERVED.timezone,
        _APPLIED_TO,
        _APPLICATION,
    )
    .outerjoin(Member, and_(Member.person_id == Person.id, Member.left_at.is_(None)))
    .outerjoin(Organisation, Organisation.id == Member.organisation_id)
    .outerjoin(Grant, Grant.person_id == Person.id)
    .outerjoin(_SERVED, _SERVED.id == Grant.organisation_id)
    .order_by(Grant.id)
)
_BY_ID = _WHO.where(Person.id == bindparam("who"))
_BY_TELEGRAM_ID = (
    _WHO.add_columns(Dialog)
    .outerjoin(Dialog, Dialog.key == bindparam("dialog"))
    .where(Person.telegram_id == bindparam("who"))
)


async def load(session: Session, actor: Person) -> Actor:
    return _read((await session.execute(_BY_ID, {"who": actor.id})).all())


async def find(session: Session, telegram_id: int, chat_id: int, *, now: datetime) -> Actor | None:
    """Whoever speaks in this chat, if the bot has met them."""
    asked = {"who": telegram_id, "dialog": Dialog.name(chat_id, telegram_id)}
    rows = (await session.execute(_BY_TELEGRAM_ID, asked)).all()
    return _read(rows) if rows else None


async def list_zones(
    session: Session, people: Sequence[int], default: ZoneInfo, *, now: datetime
) -> dict[int, tuple[Person, ZoneInfo]]:
    """Each of these people with the zone whose clock they live by as members."""
    asked = (
        select(Person, Organisation.timezone)
        .outerjoin(Member, and_(Member.person_id == Person.id, Member.left_at.is_(None)))
        .outerjoin(Organisation, Organisation.id == Member.organisation_id)
        .where(Person.id.in_(people))
    )
    rows = (await session.execute(asked)).all()
    return {
        person.id: (person, ZoneInfo(chosen) if (chosen := person.timezone or zone) else default)
        for person, zone in rows
    }


def _read(rows: Sequence[Row[*tuple[Any, ...]]]) -> Actor:
    person, member, organisation, _, _, _, _, applied_to, applied, *dialog = rows[0]
    roles = [Held(row[3], row[4] or ROOT, row[5]) for row in rows if row[3]]
    served = next((row[6] for row in rows if row[6]), None)
    zone = organisation.timezone if organisation else applied_to or served
    return Actor(person, member, organisation, roles, zone, applied, *dialog)


def zone_of(actor: Actor, default: ZoneInfo) -> ZoneInfo:
    chosen = actor.person.timezone or actor.zone
    return ZoneInfo(chosen) if chosen else default
