"""The digest: at the member's own hour, each piece of news once, nothing when there is none."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from bot.app import App
from models.base import Session
from models.mail import Owed, Sending
from models.member import Member
from models.organisation import Organisation
from models.person import Interest, person_interests
from models.person import Person as Account
from models.post import Audience, Post, Standing, Timing, post_rubrics, post_targets
from models.subscription import Frequency, Slot, Subscription
from sandbox.people import Person
from sandbox.plugin import Clock
from services import access, digests, interests, outbox, preferences, slots
from services.profile import ZONES
from tests.applying import Make, clock_ticks, rows
from tests.backstage import enrol, told

union = pytest.mark.usefixtures("union")
HEAD = "📰 Дайджест"
TYUMEN, KALININGRAD = "Asia/Yekaterinburg", "Europe/Kaliningrad"
Tell = Callable[..., Awaitable[int]]


def got(person: Person) -> list[str]:
    return [text for text in person.history if HEAD in text]


def at(clock: Clock, local: str, zone: str = TYUMEN) -> None:
    clock.now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp()


def now(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.now, UTC)


@pytest.fixture
def tell(app: App, clock: Clock) -> Tell:
    """`await tell("Новость", "TMN")`: published for the digest at this moment."""

    async def publish(
        text: str, code: str = "TMN", rubric: str | None = None, audience: Audience = Audience.ALL
    ) -> int:
        async with app.database.transaction() as session:
            home = (await session.scalars(select(Organisation).filter_by(code=code))).one()
            post = Post(organisation_id=home.id, html=text, plain=text, audience=audience)
            post.standing, post.timing, post.media = Standing.PUBLISHED, Timing.DIGEST, []
            post.created_at = post.changed_at = post.published_at = now(clock)
            session.add(post)
            await session.flush()
            target = {"post_id": post.id, "organisation_id": home.id}
            await session.execute(insert(post_targets).values(target))
            if rubric:
                known = await _rubric(session, rubric, clock)
                row = {"post_id": post.id, "interest_id": known.id}
                await session.execute(insert(post_rubrics).values(row))
            return int(post.id)

    return publish


async def _rubric(session: Session, title: str, clock: Clock) -> Interest:
    found = await interests.list_open(session, now=now(clock))
    return next(one for one in found if one.title == title)


async def chooses(
    app: App,
    clock: Clock,
    person: Person,
    frequency: Frequency | None = None,
    hour: int | None = None,
    **own: object,
) -> None:
    """Behind the scenes; `own`: columns of the person."""
    async with app.database.transaction() as session:
        mine = update(Account).where(Account.telegram_id == person.id)
        if own:
            await session.execute(mine.values(**own))
        account = (await session.scalars(select(Account).filter_by(telegram_id=person.id))).one()
        actor = await access.load(session, account)
        member = Member.person_id == account.id
        await slots.settle(session, member, now=now(clock))
        await preferences.choose(session, actor, frequency=frequency, hour=hour, now=now(clock))


@pytest.fixture
async def anna(app: App, people: Make, clock: Clock) -> Person:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", "Смирнова Анна", number="000202")
    await clock_ticks(app, clock)
    return anna


@union
async def test_it_comes_at_the_hour_with_what_was_published_by_then(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await tell("Спартакиада")
    at(clock, "2026-11-23 17:59:59")
    await tell("Путёвки")
    await clock_ticks(app, clock)
    assert not got(anna)
    at(clock, "2026-11-23 18:00:10")
    await tell("Опоздавшая")
    at(clock, "2026-11-23 18:00:30")
    await clock_ticks(app, clock)
    (text,) = got(anna)
    assert "2 новости" in text
    assert "Опоздавшая" not in text
    assert anna.buttons == ["Путёвки", "Спартакиада", "⚙️ Настройки"]
    await clock_ticks(app, clock)
    at(clock, "2026-11-24 18:01")
    await clock_ticks(app, clock)
    assert len(got(anna)) == 2
    assert "Опоздавшая" in got(anna)[1]
    assert "Путёвки" not in got(anna)[1]
    await anna.taps("Опоздавшая")
    await anna.sees("Опоздавшая", "ТюмнМО ВЭП")


@union
@pytest.mark.parametrize("zone", [KALININGRAD, "Asia/Kamchatka"])
@pytest.mark.parametrize(
    ("hour", "moment"),
    [
        (18, "2026-11-25 18:00"),  # the hour
        (0, "2026-11-26 00:00"),  # the day
        (0, "2026-12-01 00:00"),  # the month
        (0, "2027-01-01 00:00"),  # the year
        (23, "2026-12-31 23:00"),
    ],
)
async def test_the_hour_is_that_of_their_own_clock(
    app: App, anna: Person, clock: Clock, tell: Tell, zone: str, hour: int, moment: str
) -> None:
    start = datetime.fromisoformat(moment)
    at(clock, f"{start - timedelta(hours=5)}", zone)
    await chooses(app, clock, anna, hour=hour, timezone=zone, notify_from=0, notify_to=0)
    await clock_ticks(app, clock)
    at(clock, f"{start - timedelta(seconds=1)}", zone)
    await tell("Новость")
    await clock_ticks(app, clock)
    assert not got(anna)
    at(clock, f"{start + timedelta(seconds=30)}", zone)
    await clock_ticks(app, clock)
    assert len(got(anna)) == 1
    (mine,) = await rows(app, Subscription)
    (slot,) = await rows(app, Slot, id=mine.slot_id)
    local = slot.next_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert local == start + timedelta(days=1)


@union
async def test_after_an_outage_one_comes_and_not_two(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await tell("Первая")
    at(clock, "2026-11-24 12:00")
    await tell("Вторая")
    at(clock, "2026-11-25 13:00")  # two have been missed
    await clock_ticks(app, clock)
    assert len(got(anna)) == 1
    assert {"Первая", "Вторая"} <= set(anna.buttons)
    at(clock, "2026-11-25 18:01")
    await clock_ticks(app, clock)
    assert len(got(anna)) == 1


@union
async def test_while_telegram_is_away_they_become_one(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    for day in (23, 24, 25):
        at(clock, f"2026-11-{day} 15:00")
        await tell(f"Новость {day}")
        at(clock, f"2026-11-{day} 18:01")
        async with app.database.transaction() as session:
            await digests.owe_due(session, now=now(clock))
    await app.courier.drain()
    (text,) = got(anna)
    assert "3 новости" in text
    assert len(await told(app, slots.NOTICE)) == 1


@union
async def test_what_is_on_its_way_does_not_stand_for_the_next_one(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    """Its words are fixed already: the next round is owed beside it."""
    await tell("Первая")
    at(clock, "2026-11-23 18:01")
    async with app.database.transaction() as session:
        await digests.owe_due(session, now=now(clock))
        (row,) = await outbox.claim(session, now=now(clock), limit=9, by="slow")
    assert row.notice == "digests-digest"
    await tell("Вторая")
    at(clock, "2026-11-24 18:01")
    async with app.database.transaction() as session:
        await digests.owe_due(session, now=now(clock))
        await outbox.settle(session, [row.id], Sending.SENT, None, by="slow", now=now(clock))
    await app.courier.drain()
    assert "Вторая" in got(anna)[-1]


@union
async def test_quiet_hours_across_midnight(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await chooses(app, clock, anna, hour=23)
    await tell("Первая")
    at(clock, "2026-11-23 23:01")
    await clock_ticks(app, clock)
    at(clock, "2026-11-24 07:59")
    await tell("Вторая")
    await clock_ticks(app, clock)
    assert not got(anna)
    at(clock, "2026-11-24 08:01")
    await clock_ticks(app, clock)
    (text,) = got(anna)
    assert "Вторая" not in text
    at(clock, "2026-11-25 08:01")
    await clock_ticks(app, clock)
    assert len(got(anna)) == 2
    assert "Вторая" in got(anna)[1]


@union
async def test_nothing_new_is_not_said(app: App, anna: Person, clock: Clock, tell: Tell) -> None:
    await tell("Калининградцам", "KGD")
    await tell("Ветеранам", audience=Audience.FOLLOWERS, rubric="Ветераны")
    opened = await tell("Прочитано в ленте")
    await anna.says("/news")
    await anna.taps("🔵 Прочитано в ленте")
    assert opened
    at(clock, "2026-11-23 18:01")
    await clock_ticks(app, clock)
    assert not got(anna)


@union
async def test_whoever_has_nothing_to_be_told_is_not_even_owed(
    app: App, anna: Person, people: Make, clock: Clock, tell: Tell
) -> None:
    boris, vera, gleb = people("Борис"), people("Вера"), people("Глеб")
    for person, name in ((boris, "000203"), (vera, "000204"), (gleb, "000205")):
        await enrol(app, person, "TMN-2", "Быков Борис", number=name)
    await clock_ticks(app, clock)
    async with app.database.transaction() as session:
        old = update(Member).where(Member.number == "000203")
        await session.execute(old.values(born_on=date(1970, 1, 1)))
        veterans = await _rubric(session, "Ветераны", clock)
        account = await session.scalar(select(Account.id).filter_by(telegram_id=gleb.id))
        row = {"person_id": account, "interest_id": veterans.id}
        await session.execute(insert(person_interests).values(row))
    await tell("Молодым", "TMN-2", audience=Audience.YOUNG)
    await tell("Ветеранам", audience=Audience.FOLLOWERS, rubric="Ветераны")
    at(clock, "2026-11-23 18:01")
    await clock_ticks(app, clock)
    assert sorted(await told(app, slots.NOTICE)) == sorted([vera.id, gleb.id])
    assert vera.buttons[:-1] == ["Молодым"]
    assert sorted(gleb.buttons[:-1]) == ["Ветеранам", "Молодым"]


@union
async def test_muted_meanwhile_and_withdrawn_meanwhile(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await tell("Спартакиада", rubric="Спорт")
    await tell("Общая")
    withdrawn = await tell("Отозванная", rubric="Обучение")
    await tell("Учёба", rubric="Обучение")
    at(clock, "2026-11-23 18:01")
    async with app.database.transaction() as session:
        await digests.owe_due(session, now=now(clock))
        await session.execute(
            update(Post).where(Post.id == withdrawn).values(standing=Standing.WITHDRAWN)
        )
        account = (await session.scalars(select(Account).filter_by(telegram_id=anna.id))).one()
        actor = await access.load(session, account)
        sport = await _rubric(session, "Спорт", clock)
        for kind in (f"rubric:{sport.id}", "news"):
            await preferences.switch(session, actor, kind, on=False, now=now(clock))
    await app.courier.drain()
    assert len(got(anna)) == 1
    assert anna.buttons == ["Учёба", "⚙️ Настройки"]


@union
async def test_the_last_one_withdrawn_nothing_is_sent(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await tell("Отозванная")
    at(clock, "2026-11-23 18:01")
    async with app.database.transaction() as session:
        await digests.owe_due(session, now=now(clock))
        await session.execute(update(Post).values(standing=Standing.WITHDRAWN))
    await app.courier.drain()
    assert not got(anna)
    assert [row.state for row in await rows(app, Owed, notice=slots.NOTICE)] == ["stale"]


@union
async def test_seven_at_most_ones_own_first(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    async with app.database.transaction() as session:
        sport = await _rubric(session, "Спорт", clock)
        account = await session.scalar(select(Account.id).filter_by(telegram_id=anna.id))
        row = {"person_id": account, "interest_id": sport.id}
        await session.execute(insert(person_interests).values(row))
    await tell("Своя первичка", "TMN-1")
    await tell("Любимый спорт", rubric="Спорт")
    for number in range(8):
        clock.forward(minutes=1)
        await tell(f"Новость {number}")
    at(clock, "2026-11-23 18:01")
    await clock_ticks(app, clock)
    assert "10 новостей" in got(anna)[0]
    newest = [f"Новость {number}" for number in (7, 6, 5, 4, 3)]
    assert anna.buttons == [
        "Своя первичка", "Любимый спорт", *newest, "Ещё 3", "⚙️ Настройки"
    ]  # fmt: skip
    digest = await anna.sees(HEAD)
    for label, shown in (("Ещё 3", "Новости — сначала новые"), ("⚙️ Настройки", "Настройки")):
        await anna.taps(label, message=digest)
        await anna.sees(shown)
        assert len(got(anna)) == 1
    await anna.taps("Новость 3", message=digest)
    await anna.sees("Новость 3", "ТюмнМО ВЭП")


@union
async def test_whoever_joins_today_gets_todays(
    app: App, people: Make, clock: Clock, tell: Tell
) -> None:
    await tell("Утренняя")
    at(clock, "2026-11-23 17:50")
    boris = people("Борис")
    await enrol(app, boris, "TMN-2", "Быков Борис", number="000203")
    await clock_ticks(app, clock)
    at(clock, "2026-11-23 18:01")
    await clock_ticks(app, clock)
    assert boris.buttons[0] == "Утренняя"


@union
async def test_an_item_comes_once_however_the_hour_is_moved(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await tell("Первая")
    at(clock, "2026-11-23 18:01")
    await clock_ticks(app, clock)
    await chooses(app, clock, anna, hour=20)
    at(clock, "2026-11-23 19:00")
    await tell("Вторая")
    at(clock, "2026-11-23 20:01")
    await clock_ticks(app, clock)
    assert ["Первая" in text for text in got(anna)] == [True, False]
    await chooses(app, clock, anna, Frequency.OFF)
    await chooses(app, clock, anna, Frequency.DAILY, hour=21)
    at(clock, "2026-11-23 21:01")
    await clock_ticks(app, clock)
    assert len(got(anna)) == 2


@union
async def test_moved_after_a_week_everything_since_the_last_one_comes(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await chooses(app, clock, anna, Frequency.WEEKLY)
    at(clock, "2026-11-23 18:01")
    await clock_ticks(app, clock)
    at(clock, "2026-11-24 12:00")
    await tell("Во вторник")
    at(clock, "2026-11-27 12:00")
    await clock_ticks(app, clock)
    await chooses(app, clock, anna, Frequency.DAILY)
    at(clock, "2026-11-27 18:01")
    await clock_ticks(app, clock)
    assert anna.buttons[0] == "Во вторник"
    (mine,) = await rows(app, Subscription)
    assert mine.since is None


@union
async def test_what_waits_is_taken_back_when_the_hour_is_moved(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await tell("Первая")
    at(clock, "2026-11-23 18:01")
    async with app.database.transaction() as session:
        await digests.owe_due(session, now=now(clock))
    await chooses(app, clock, anna, hour=19)
    await app.courier.drain()
    assert not got(anna)
    at(clock, "2026-11-23 19:01")
    await clock_ticks(app, clock)
    assert len(got(anna)) == 1
    await tell("Вторая")
    at(clock, "2026-11-24 19:01")
    async with app.database.transaction() as session:
        await digests.owe_due(session, now=now(clock))
    await chooses(app, clock, anna, Frequency.OFF)
    await app.courier.drain()
    assert len(got(anna)) == 1


@union
@pytest.mark.parametrize(
    ("frequency", "days"),
    [(Frequency.WORKDAYS, {24, 25, 26, 27, 30}), (Frequency.WEEKLY, {30})],
)
async def test_on_the_days_one_chose(
    app: App,
    anna: Person,
    clock: Clock,
    tell: Tell,
    frequency: Frequency,
    days: set[int],
) -> None:
    at(clock, "2026-11-23 19:00")  # a Monday
    await chooses(app, clock, anna, frequency)
    came = set()
    for day in range(24, 31):
        at(clock, f"2026-11-{day} 12:00")
        await tell(f"Новость {day}")
        at(clock, f"2026-11-{day} 18:01")
        before = len(got(anna))
        await clock_ticks(app, clock)
        if len(got(anna)) > before:
            came.add(day)
    assert came == days
    assert "Новость 29" in got(anna)[-1]  # Sunday's


@union
async def test_whoever_left_gets_none_and_old_buttons_are_dead(
    app: App, anna: Person, clock: Clock, tell: Tell
) -> None:
    await tell("Первая")
    at(clock, "2026-11-23 18:01")
    await clock_ticks(app, clock)
    assert got(anna)
    async with app.database.transaction() as session:
        await session.execute(update(Member).values(left_at=now(clock)))
    await anna.taps("Первая")
    await anna.sees("Эта кнопка уже не действует")
    await tell("Вторая")
    at(clock, "2026-11-24 18:01")
    await clock_ticks(app, clock)
    assert len(got(anna)) == 1


@union
@pytest.mark.parametrize("step", [1, 2, 3, 9])
async def test_everybody_once_however_the_steps_fall(
    app: App,
    people: Make,
    clock: Clock,
    tell: Tell,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    monkeypatch.setattr(digests, "STEP", step)
    crowd = [people(f"Член {number}") for number in range(5)]
    for number, person in enumerate(crowd):
        await enrol(app, person, "TMN-2", "Быков Борис", number=f"00030{number}")
    await clock_ticks(app, clock)
    await chooses(app, clock, crowd[1], hour=20)
    await chooses(app, clock, crowd[1], hour=18)  # apart from the others: has told of its own
    await tell("Новость")
    at(clock, "2026-11-23 18:01")
    for _ in range(7):
        await clock_ticks(app, clock)
        clock.forward(seconds=2)
        await tell("Ещё одна")  # while the round is under way: for the next one
    assert [len(got(person)) for person in crowd] == [1] * 5
    assert all("1 новость" in got(person)[0] for person in crowd)
    at(clock, "2026-11-24 18:01")
    for _ in range(7):
        await clock_ticks(app, clock)
    assert [len(got(person)) for person in crowd] == [2] * 5
    assert all("7 новостей" in got(person)[1] for person in crowd)


@union
async def test_a_new_clock_of_the_organisation_is_followed(
    app: App, anna: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.database.transaction() as session:
        moved = update(Organisation).where(Organisation.code == "TMN-1")
        await session.execute(moved.values(timezone=KALININGRAD))
    monkeypatch.setattr(slots, "STEP", 1)  # members are looked at in turn
    for _ in range(3):
        await clock_ticks(app, clock)
    (mine,) = await rows(app, Subscription)
    (slot,) = await rows(app, Slot, id=mine.slot_id)
    assert (slot.zone, slot.hour) == (KALININGRAD, 18)


@given(
    frequency=st.sampled_from([one for one in Frequency if one is not Frequency.OFF]),
    hour=st.integers(0, 23),
    zone=st.sampled_from([*ZONES, "Europe/Berlin", "Australia/Lord_Howe"]),
    seconds=st.integers(0, 5 * 366 * 86_400),
)
def test_the_next_moment_is_ahead_and_at_the_right_hour_and_day(
    frequency: Frequency, hour: int, zone: str, seconds: int
) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    found = slots.next_at(frequency, hour, zone, moment)
    assert found
    assert moment < found <= moment + timedelta(days=8)
    local = found.astimezone(ZoneInfo(zone))
    assert local.hour == hour or _is_skipped(local, hour)
    assert local.weekday() in slots.DAYS[frequency]
    again = slots.next_at(frequency, hour, zone, found)
    assert again
    assert again - found >= timedelta(hours=23)


def _is_skipped(local: datetime, hour: int) -> bool:
    """In spring some clocks have no such hour."""
    wished = local.replace(hour=hour, minute=0, fold=0)
    return wished.astimezone(UTC).astimezone(local.tzinfo).hour != hour
