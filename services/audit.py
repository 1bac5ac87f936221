from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from models.audit import AuditRecord
from models.base import Session
from models.person import Person
from services.access import Actor, Can, require

PAGE = 10


def record(
    session: Session,
    actor: Actor | None,
    action: str,
    subject: str,
    subject_id: int,
    *,
    now: datetime,
    **details: str | int | bool | None,
) -> None:
    """Written in the same transaction as the change. Details are codes and ids, never texts."""
    session.add(
        AuditRecord(
            at=now,
            actor_id=actor.id if actor else None,
            action=action,
            subject=subject,
            subject_id=subject_id,
            details=details,
        )
    )


async def list_latest(
    session: Session, actor: Actor, *, before: int | None = None
) -> Sequence[tuple[AuditRecord, int | None]]:
    """Newest first, each with the Telegram id of who did it; one more than a page if there is."""
    require(actor, Can.AUDIT)
    query = (
        select(AuditRecord, Person.telegram_id)
        .outerjoin(Person, Person.id == AuditRecord.actor_id)
        .order_by(AuditRecord.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(AuditRecord.id < before)
    return [(row[0], row[1]) for row in await session.execute(query)]
