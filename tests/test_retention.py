"""What passed through is kept as long as it is needed, and no longer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.app import App
from models.base import Base
from models.mail import DeadLetter, Dialog, Owed, Place, Received, Sending
from services import retention

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def owed(settled_at: datetime | None) -> Owed:
    state = Sending.SENT if settled_at else Sending.NEW
    at = datetime(2020, 1, 1, tzinfo=UTC)
    return Owed(chat_id=1, lane=1, state=state, attempts=1, due_at=at, settled_at=settled_at)


@pytest.mark.parametrize(
    ("table", "age", "make"),
    [
        (Received, retention.INBOX, lambda n, at: Received(update_id=n, received_at=at)),
        (
            DeadLetter,
            retention.DEAD_LETTERS,
            lambda n, at: DeadLetter(payload="", error="", at=at),
        ),
        (Dialog, retention.DIALOGS, lambda n, at: Dialog(key=f"{n}", data={}, changed_at=at)),
        (
            Place,
            retention.PLACES,
            lambda n, at: Place(chat_id=n, place="", message_id=1, shown_at=at),
        ),
        (Owed, retention.SETTLED, lambda n, at: owed(at)),
    ],
)
async def test_a_minute_too_old_goes_and_a_minute_younger_stays(
    app: App, table: type[Base], age: timedelta, make: object
) -> None:
    assert callable(make)
    async with app.database.transaction() as session:
        session.add_all([make(1, NOW - age - MINUTE), make(2, NOW - age + MINUTE)])
    for _ in range(2):
        async with app.database.transaction() as session:
            await retention.forget_old_mail(session, now=NOW)
            assert await session.scalar(select(func.count()).select_from(table)) == 1


async def test_what_is_still_owed_is_never_forgotten(app: App) -> None:
    async with app.database.transaction() as session:
        session.add(owed(None))
        await retention.forget_old_mail(session, now=NOW + timedelta(days=3650))
        assert await session.scalar(select(func.count()).select_from(Owed)) == 1


async def test_updates_are_remembered_longer_than_telegram_keeps_them() -> None:
    assert timedelta(days=1) < retention.INBOX
