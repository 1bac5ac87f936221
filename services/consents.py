"""Agreement to personal-data processing: a separate, versioned text (152-ФЗ, article 9)."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import select, update

from models.application import Consent
from models.base import Session
from services import audit
from services.access import Actor

PURPOSE = "membership"
VERSION = "1.0"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


async def give(session: Session, actor: Actor, text: str, *, now: datetime) -> Consent:
    """`text` is what the person has just read, word for word: its hash is kept with the time."""
    given = Consent(
        person_id=actor.id, purpose=PURPOSE, version=VERSION, sha256=digest(text), given_at=now
    )
    session.add(given)
    await session.flush()
    audit.record(session, actor, "consent.given", "consent", given.id, now=now, version=VERSION)
    return given


async def find(session: Session, actor: Actor) -> Consent | None:
    """The consent in force: of this version, not withdrawn."""
    given = await find_given(session, actor)
    return given if given and given.version == VERSION else None


async def find_given(session: Session, actor: Actor) -> Consent | None:
    """The last one not withdrawn, of whatever version."""
    found: Consent | None = await session.scalar(
        select(Consent)
        .where(
            Consent.person_id == actor.id,
            Consent.purpose == PURPOSE,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return found


async def withdraw(session: Session, actor: Actor, *, now: datetime) -> None:
    withdrawn = await session.scalars(
        update(Consent)
        .where(
            Consent.person_id == actor.id,
            Consent.purpose == PURPOSE,
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
        .returning(Consent.id)
    )
    for consent_id in withdrawn.all():
        audit.record(session, actor, "consent.withdrawn", "consent", consent_id, now=now)
