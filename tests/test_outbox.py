"""The queue of what is owed: quick to look into however long it is."""

from typing import Any

import pytest
from sqlalchemy import event

from bot.app import App
from models.mail import Lane, Sending
from services import outbox
from tests.rough import LONG_AGO, owe


def overhear(app: App) -> list[tuple[str, Any]]:
    """What the database is asked from now on, with the values."""
    seen = list[tuple[str, Any]]()

    def watch(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        seen.append((statement, values))

    event.listen(app.database.engine.sync_engine, "before_cursor_execute", watch)
    return seen


@pytest.mark.embedded
async def test_taking_the_next_reads_only_what_waits(app: App) -> None:
    seen = overhear(app)
    async with app.database.transaction() as session:
        await outbox.claim(session, now=LONG_AGO, limit=20, resting=[1, 2])
    statement, values = next(each for each in seen if "FROM outbox" in each[0])
    async with app.database.engine.connect() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [str(row[-1]) for row in plan]
    assert any("USING INDEX ix_outbox_queue" in step for step in steps), steps
    assert any("USING INDEX ix_outbox_waiting" in step for step in steps), steps
    assert not any("SCAN outbox" in step or "TEMP B-TREE" in step for step in steps), steps


async def test_the_words_are_the_same_however_many_rows_or_chats_they_are_about(app: App) -> None:
    seen = overhear(app)
    async with app.database.transaction() as session:
        for some in ([], [1], [1, 2, 3]):
            await outbox.settle(session, some, Sending.SENT, None, by="", now=LONG_AGO)
            await outbox.claim(session, now=LONG_AGO, limit=20, resting=some, even_for_sos=some)
    assert len({statement for statement, _ in seen if "UPDATE outbox" in statement}) == 2


async def test_each_chat_gives_its_next_and_only_when_nothing_of_it_is_on_its_way(
    app: App,
) -> None:
    for chat in (5, 6):
        await owe(app, chat, "1", "2")
    async with app.database.transaction() as session:
        first = await outbox.claim(session, now=LONG_AGO, limit=20)
        assert [(row.chat_id, row.payload) for row in first] == [
            (5, {"text": "1"}),
            (6, {"text": "1"}),
        ]
        assert not await outbox.claim(session, now=LONG_AGO, limit=20)
        await outbox.settle(session, [first[0].id], Sending.SENT, None, by="", now=LONG_AGO)
        (second,) = await outbox.claim(session, now=LONG_AGO, limit=20)
        assert (second.chat_id, second.payload) == (5, {"text": "2"})


async def test_what_is_taken_is_within_what_was_asked_for(app: App) -> None:
    for chat, lane in enumerate(Lane, start=1):
        await owe(app, chat, lane.name, lane=lane)

    async def taken(**asked: Any) -> list[int]:
        async with app.database.transaction() as session:
            rows = await outbox.claim(session, **{"limit": 9} | asked)
            for row in rows:
                again = {"again": LONG_AGO, "now": LONG_AGO}
                await outbox.put_back(session, row.id, None, by="", **again)
            return [row.chat_id for row in rows]

    assert await taken(now=LONG_AGO) == [1, 2, 3, 4, 5, 6]
    assert await taken(now=LONG_AGO, limit=2) == [1, 2]
    assert await taken(now=LONG_AGO, worst=Lane.ANSWER) == [1, 2]
    assert await taken(now=LONG_AGO, resting=[1, 3]) == [1, 2, 4, 5, 6]
    assert await taken(now=LONG_AGO, resting=[1, 3], even_for_sos=[1]) == [2, 4, 5, 6]
    assert await taken(now=LONG_AGO.replace(year=2019)) == []
