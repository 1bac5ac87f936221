"""A group that becomes a supergroup has another id: what is owed to it follows, once."""

import pytest

from bot.app import App
from models.mail import DeadLetter, Lane, Move, Owed, Place, Sending
from models.person import Person
from sandbox.plugin import Clock
from services import chats
from tests.applying import rows
from tests.odd_house import said
from tests.rough import LONG_AGO, Line, owe, refuse

pytestmark = pytest.mark.usefixtures("log")

OLD, NEW = -77, -100_77
GROUP = {"id": OLD, "type": "group", "title": "Г"}
Wired = tuple[App, Line]


async def found(app: App) -> int:
    async with app.database.transaction() as session:
        return await chats.find_current(session, OLD, now=LONG_AGO)


async def owed_to(app: App) -> list[int]:
    return [row.chat_id for row in await rows(app, Owed) if row.state is Sending.NEW]


async def test_told_by_an_error_all_that_waits_follows_and_nothing_is_tried_at_the_old_id_again(
    wire: Wired, clock: Clock
) -> None:
    app, line = wire
    line.fails(
        refuse(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=NEW),
        chat=OLD,
    )
    line.fails(refuse(500), chat=NEW, times=2)
    await owe(app, OLD, "1", "2", "3", lane=Lane.CASE)
    for _ in range(4):
        await app.courier.drain()
        clock.forward(minutes=1)
    assert line.count(chat=OLD) == 1
    assert line.count(chat=NEW) >= 3
    assert {row.chat_id for row in await rows(app, Owed)} == {NEW}
    assert await found(app) == NEW


async def test_told_by_the_group_itself_it_is_followed_before_anything_fails(app: App) -> None:
    await owe(app, OLD, "1", "2", lane=Lane.CASE)
    await owe(app, -78, "чужое", lane=Lane.CASE)
    async with app.database.transaction() as session:
        session.add(Place(chat_id=OLD, place="дело:1", message_id=5, shown_at=LONG_AGO))
    known = await rows(app, Person)
    for update_id in (1, 2, 2):
        await app.ingest(said(update_id, 5, "", chat=GROUP, migrate_to_chat_id=NEW))
    assert sorted(await owed_to(app)) == [NEW, NEW, -78]
    assert await found(app) == NEW
    assert [(move.old_id, move.new_id) for move in await rows(app, Move)] == [(OLD, NEW)]
    assert await rows(app, Place) == []
    assert len(await rows(app, Person)) == len(known)


@pytest.mark.parametrize("new", [0, 5, -(2**63) - 1, 10**30, None])
async def test_a_move_to_nowhere_moves_nothing(app: App, new: int | None) -> None:
    await owe(app, OLD, "1")
    await app.ingest(said(1, 5, "", chat=GROUP, migrate_to_chat_id=new))
    assert (await owed_to(app), await found(app)) == ([OLD], OLD)
    assert await rows(app, DeadLetter) == []


async def test_nobody_moves_a_private_chat(app: App) -> None:
    await owe(app, 5, "1")
    await app.ingest(said(1, 5, "", migrate_to_chat_id=NEW))
    assert (await rows(app, Move), 5 in await owed_to(app)) == ([], True)
