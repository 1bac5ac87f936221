from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from models.application import Application
from models.audit import AuditRecord
from models.base import Session
from models.invitation import Invitation
from models.member import Member
from models.organisation import ROOT, Organisation
from models.person import Interest, Person
from services.access import Actor, Can, require, within

PAGE = 10

_Doer, _Subject = aliased(Member), aliased(Member)
_Named = aliased(Person)


class Entry(NamedTuple):
    """A record with today's names of those who were members then; others have a Telegram id."""

    record: AuditRecord
    doer: str | None
    doer_id: int | None
    subject: str | None
    subject_id: int | None


def record(
    session: Session,
    actor: Actor | None,
    action: str,
    subject: str,
    which: int | Actor,
    *,
    now: datetime,
    **details: str | int | bool | None,
) -> None:
    """Written in the same transaction as the change. Details are codes, ids and titles
    everybody may read, never texts.

    Persons are noted with what they are at this moment: their accounts may be others' later.
    """
    session.add(
        AuditRecord(
            at=now,
            actor_id=actor.id if actor else None,
            acted_as=actor.member_id if actor else None,
            action=action,
            subject=subject,
            subject_id=which.id if isinstance(which, Actor) else which,
            subject_as=which.member_id if isinstance(which, Actor) else None,
            details=details,
        )
    )


async def find_doer(
    session: Session, subject: str, subject_id: int, actions: Sequence[str], *, now: datetime
) -> Person | None:
    """Whoever did any of this to it last."""
    found: Person | None = await session.scalar(
        select(Person)
        .join(AuditRecord, AuditRecord.actor_id == Person.id)
        .where(
            AuditRecord.subject == subject,
            AuditRecord.subject_id == subject_id,
            AuditRecord.action.in_(actions),
        )
        .order_by(AuditRecord.id.desc())
        .limit(1)
    )
    return found


async def list_latest(
    session: Session, actor: Actor, *, before: int | None = None
) -> Sequence[Entry]:
    """Newest first; one more than a page if there is more."""
    require(actor, Can.AUDIT)
    query = _entries().where(_within_reach(actor)).order_by(AuditRecord.id.desc())
    if before is not None:
        query = query.where(AuditRecord.id < before)
    return [Entry(*row) for row in await session.execute(query.limit(PAGE + 1))]


def _entries() -> Select[AuditRecord, str | None, int | None, str | None, int | None]:
    about, subject_id = AuditRecord.subject, AuditRecord.subject_id
    is_member = and_(about == "member", _Subject.id == subject_id)
    was_person = _Subject.id == AuditRecord.subject_as
    return (
        select(
            AuditRecord,
            _Doer.name,
            Person.telegram_id,
            func.coalesce(Application.name, _Subject.name, Invitation.code, Interest.title),
            _Named.telegram_id,
        )
        .outerjoin(Person, Person.id == AuditRecord.actor_id)
        .outerjoin(_Doer, _Doer.id == AuditRecord.acted_as)
        .outerjoin(_Subject, or_(is_member, was_person))
        .outerjoin(_Named, and_(about == "person", _Named.id == subject_id))
        .outerjoin(Application, and_(about == "application", Application.id == subject_id))
        .outerjoin(Invitation, and_(about == "invitation", Invitation.id == subject_id))
        .outerjoin(Interest, and_(about == "interest", Interest.id == subject_id))
    )


def _within_reach(actor: Actor) -> ColumnElement[bool]:
    """What is not tied to an organisation is for the admins of the whole union."""
    paths = actor.paths(Can.AUDIT)
    if ROOT in paths:
        return true()
    covered = within(Organisation.path, paths)
    ids = select(Organisation.id).where(covered)
    codes = select(Organisation.code).where(covered)
    return or_(
        Application.organisation_id.in_(ids),
        Invitation.organisation_id.in_(ids),
        and_(AuditRecord.subject == "member", _Subject.organisation_id.in_(ids)),
        AuditRecord.details["code"].as_string().in_(codes),
    )
