"""What came in: each update is remembered in the transaction that handles it."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite

from models.base import Session
from models.mail import DeadLetter, Lane, Received
from services import holders, notices


def _remembering(insert: Any) -> Any:
    row = insert(Received.__table__).values(update_id=bindparam("id"), received_at=bindparam("at"))
    return row.on_conflict_do_nothing().returning(Received.update_id)


# Asked with every update: put together once.
REMEMBER = {"sqlite": _remembering(sqlite.insert), "postgresql": _remembering(postgresql.insert)}


async def remember(session: Session, update_id: int, *, now: datetime) -> bool:
    """False when this very update was handled before."""
    new = REMEMBER[session.get_bind().dialect.name]
    return await session.scalar(new, {"id": update_id, "at": now}) is not None


async def bury(session: Session, raw: dict[str, Any], error: str, *, now: datetime) -> bool:
    """Keeps an update nobody could handle, and tells the admins once a day. False: it is kept."""
    update_id = raw.get("update_id")
    kept = update_id if isinstance(update_id, int) and abs(update_id) < 2**63 else None
    if kept is not None and not await remember(session, kept, now=now):
        return False
    session.add(DeadLetter(update_id=kept, payload=json.dumps(raw), error=error, at=now))
    admins = await holders.list_admins(session, now=now)
    await notices.owe_all(
        session,
        admins,
        "system-trouble",
        now=now,
        lane=Lane.ANSWER,
        key=f"trouble:{now:%Y-%m-%d}",
        details={"error": error},
    )
    return True
