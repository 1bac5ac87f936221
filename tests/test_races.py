"""Two bots over one database at the very same moment: what one has decided, the other learns."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import App, build
from bot.pace import Pace
from bot.parcels import pack_alike
from models.application import Application, State
from models.base import Session
from models.mail import Owed, Received
from models.member import Member
from models.person import Person as PersonRow
from models.post import Mailing, Post, Pulse
from sandbox.people import Person
from sandbox.plugin import Clock
from scheduler import Job
from services import (
    access,
    joining,
    mailings_pace,
    posts_publishing,
    requests,
    turns,
)
from services import people as people_service
from services.access import Actor
from services.joining import AlreadySent
from tests.applying import Holds, Make, applies, appointed, fills_in, rows
from tests.backstage import SINCE
from tests.newsroom import anna, boris, due, heard, oleg
from tests.test_requests_matches import registered
from tests.test_web import said

pytestmark = pytest.mark.usefixtures("union")

NAME = "Смирнова Анна Ивановна"
FIXTURES = (oleg, anna, boris)
Both = Callable[..., Awaitable[tuple[Any, Any]]]
Act = Callable[[Session, Actor, datetime], Awaitable[Any]]


@pytest.fixture
async def twin(app: App) -> AsyncIterator[App]:
    """The bot on another machine."""
    again = build(app.settings, app.telegram, app.house.bot, pace=Pace(None))
    yield again
    await again.database.close()


@pytest.fixture
def both(app: App, twin: App, clock: Clock) -> Both:
    """`await both(who, act, who, act)`: the second begins before the first has committed."""
    now = datetime.fromtimestamp(clock.now, UTC)

    async def one(bot: App, who: Person, act: Act, hold: float) -> Any:
        async with bot.database.transaction() as session:
            known = (await session.scalars(select(PersonRow).filter_by(telegram_id=who.id))).one()
            done = await act(session, await access.load(session, known), now)
            await asyncio.sleep(hold)
        return done

    async def run(who: Person, act: Act, other: Person, its: Act) -> tuple[Any, Any]:
        first = one(app, who, act, 0.4)
        second = one(twin, other, its, 0)

        async def later() -> Any:
            await asyncio.sleep(0.2)
            return await second

        return await asyncio.gather(first, later(), return_exceptions=True)

    return run


@pytest.fixture
def readers(oleg: Person, anna: Person, boris: Person) -> tuple[Person, ...]:
    return oleg, anna, boris


def confirming(application_id: int) -> Act:
    async def confirm(session: Session, actor: Actor, now: datetime) -> Any:
        return await requests.confirm(session, actor, application_id, now=now)

    return confirm


async def test_one_person_under_two_accounts_never_gets_one_number_twice(
    app: App, people: Make, holds: Holds, both: Both
) -> None:
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    oleg = await appointed(people, holds, "Олег", "TMN-1")
    await registered(app, NAME, "000777", None)
    for account in ("Анна", "Аня"):
        await applies(people(account, phone="+79995550101"))
    first, second = sorted(one.id for one in await rows(app, Application))
    done = await both(peter, confirming(first), oleg, confirming(second))
    assert [type(one).__name__ for one in done] == ["Request", "Request"]
    numbers = [member.number for member in await rows(app, Member)]
    assert sorted(numbers) == ["000001", "000777"]


async def test_newcomers_confirmed_at_once_have_numbers_of_their_own(
    app: App, people: Make, holds: Holds, both: Both
) -> None:
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    await applies(people("Анна", phone="+79995550101"))
    await applies(people("Яна", phone="+79995550102"), name="Янович Яна")
    first, second = sorted(one.id for one in await rows(app, Application))
    done = await both(peter, confirming(first), peter, confirming(second))
    assert [type(one).__name__ for one in done] == ["Request", "Request"]
    assert sorted(member.number for member in await rows(app, Member)) == ["000001", "000002"]


async def test_an_application_sent_twice_at_once_is_announced_once(
    app: App, people: Make, holds: Holds, both: Both
) -> None:
    await appointed(people, holds, "Пётр", "TMN-1")
    anna = people("Анна", phone="+79995550101")
    await fills_in(anna)

    async def send(session: Session, actor: Actor, now: datetime) -> Any:
        return await joining.submit(session, actor, now=now)

    done = await both(anna, send, anna, send)
    assert [type(one) for one in done] == [joining.Draft, AlreadySent]
    (application,) = await rows(app, Application)
    assert application.state is State.PENDING
    assert len(await rows(app, Owed, notice="requests-card")) == 1


@pytest.mark.server
async def test_what_one_person_says_waits_its_turn_whichever_bot_hears_it(
    app: App, twin: App, people: Make
) -> None:
    anna, peter = people("Анна"), people("Пётр")

    def said(update_id: int, who: Person) -> dict[str, Any]:
        chat = {"id": who.id, "type": "private"}
        about = {"id": who.id, "is_bot": False, "first_name": who.name}
        message = {"message_id": 1, "date": 1, "chat": chat, "from": about, "text": "/help"}
        return {"update_id": update_id, "message": message}

    async with asyncio.TaskGroup() as group:
        async with app.database.transaction(anna.id):
            waits = group.create_task(twin.ingest(said(1, anna)))
            await twin.ingest(said(2, peter))
            await asyncio.sleep(0.3)
            assert not waits.done()
        await waits
    assert {row.update_id for row in await rows(app, Received)} == {1, 2}
    assert len(await rows(app, Owed)) == 2


@pytest.mark.server
async def test_a_sweep_is_left_to_whoever_is_at_it(app: App, twin: App, clock: Clock) -> None:
    asked = []

    async def sweep(session: Session, *, now: datetime) -> None:
        asked.append(now)

    now = datetime.fromtimestamp(clock.now, UTC)
    async with twin.database.transaction() as session:
        assert await turns.take(session, "requests", now=now)
        await app.ticker.tick(Job("requests", 60, sweep))
        assert asked == []
        await app.ticker.tick(Job("housekeeping", 60, sweep))
        assert len(asked) == 1
    await app.ticker.tick(Job("requests", 60, sweep))
    assert len(asked) == 2


@pytest.mark.server
async def test_one_chat_is_heard_in_order_whichever_machine_hears_it(
    app: App, twin: App, people: Make
) -> None:
    anna, yana = people("Анна"), people("Яна")
    async with asyncio.TaskGroup() as group, twin.database.transaction(chat=anna.id):
        later = group.create_task(app.ingest(said(2, anna.id, "/help")))
        await app.ingest(said(3, yana.id, "/help"))
        await asyncio.sleep(0.2)
        assert not later.done()
        assert [row.update_id for row in await rows(app, Received)] == [3]
    assert sorted(row.update_id for row in await rows(app, Received)) == [2, 3]


@pytest.mark.server
@pytest.mark.parametrize("pulse", [Pulse.STOPPED, Pulse.PAUSED])
async def test_halted_while_the_courier_takes_of_it_it_waits_for_nobody_in_a_ring(
    app: App,
    twin: App,
    readers: tuple[Person, ...],
    clock: Clock,
    log: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    pulse: Pulse,
) -> None:
    """One of those it is taken for has left, which is to be counted; one gets its card first."""
    oleg, anna, boris = readers
    await due(oleg, clock)
    now, taken = app.courier._clock(), asyncio.Event()
    async with app.database.transaction() as session:
        await posts_publishing.publish_due(session, now=now)
        left = update(Member).where(Member.number == "000202").values(left_at=SINCE)
        await session.execute(left)
    (post,) = await rows(app, Post)

    async def word_slowly(*asked: Any) -> Any:
        taken.set()
        await asyncio.sleep(0.4)
        return await pack_alike(*asked)

    async def steer() -> None:
        await taken.wait()
        async with twin.database.transaction() as session:
            actor = await people_service.meet(session, oleg.id, None, "ru", now=now)
            await posts_publishing.steer(session, actor, post.id, pulse, now=now)

    monkeypatch.setattr("bot.courier.pack_alike", word_slowly)
    await asyncio.gather(app.courier.drain(), steer())
    assert [line["event"] for line in log if line["log_level"] == "error"] == []
    await app.courier.drain()
    (mailing,) = await rows(app, Mailing)
    progress = mailings_pace.progress(mailing, now)
    assert (progress.delivered, progress.dropped + progress.left) == (1, 2)
    assert (heard(anna), heard(boris)) == (0, 1)
