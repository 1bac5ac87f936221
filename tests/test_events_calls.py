"""What the clock says before an event: a week, a day, two hours; each once, by its own clock."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from bot.app import App
from models.event import Answer, Attendance, Call, Calling, Change, Event, Reply, State
from models.mail import Owed
from models.person import Person as Account
from models.post import Post, Standing, Timing
from models.subscription import mutes
from sandbox.people import Person
from sandbox.plugin import START, Clock
from sandbox.world import World
from scheduler import events as sweeps
from services import access, audiences, digests_items, events_calls, events_seats, slots
from services.audiences import EVENTS, GENERAL
from tests.applying import Make, clock_ticks, restarted, rows
from tests.backstage import enrol
from tests.gatherings import (
    TITLE,
    Hold,
    answer_of,
    answers,
    by_clock,
    changed,
    event_of,
    goes,
    hold,
    now_of,
    opens,
    vera,
    waits,
)
from tests.newsroom import anna, boris

FIXTURES = (hold, anna, boris, vera)

pytestmark = pytest.mark.usefixtures("union")

MONTH = timedelta(days=30)


def called(person: Person, how: str = "") -> int:
    """How often a reminder came that begins so."""
    return sum(text.startswith(f"⏰ {how}") for text in person.history)


async def at(app: App, clock: Clock, moment: datetime) -> None:
    """A second before nothing is said, then twice at the moment and a little later once more."""
    for when in (moment, moment, moment + timedelta(seconds=40)):
        clock.now = when.timestamp()
        await clock_ticks(app, clock)


async def test_each_comes_once_to_those_who_mean_to_come(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(in_=MONTH, seats=2, address="Тюмень, Мира, 2")
    starts = START + MONTH
    await goes(anna)
    await opens(boris)
    await boris.taps("Возможно")
    await opens(vera)
    await vera.taps("Не пойду")
    for call, lead in (
        ("Через неделю", timedelta(days=7)),
        ("Завтра", timedelta(days=1)),
        ("Сегодня", timedelta(hours=2)),
    ):
        clock.now = (starts - lead - timedelta(seconds=1)).timestamp()
        await clock_ticks(app, clock)
        assert not called(anna, call)
        await at(app, clock, starts - lead)
        for person in (anna, boris):
            assert called(person, f"{call}: {TITLE}") == 1
            assert "Не смогу" in person.buttons
        assert not called(vera)
    await anna.sees("14:00–16:00", "Вы идёте", "место достанется другому", "📍 Тюмень")
    assert anna.buttons == ["Не смогу", "Где это", "Подробнее"]
    assert boris.buttons == ["Иду", "Не смогу", "Где это", "Подробнее"]
    await boris.sees("Вы ответили «Возможно»", "Место за вами пока не держим")
    await anna.taps("Не смогу")
    await anna.sees("Вы не идёте")
    assert (await event_of(app, number)).taken == 0
    clock.now = starts.timestamp()
    await clock_ticks(app, clock)
    assert (called(anna), called(boris)) == (2, 3)  # hers has become the card


async def test_a_day_before_it_asks_and_a_no_frees_the_seat(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(in_=timedelta(days=3), seats=1)
    await goes(anna)
    await waits(boris)
    clock.forward(days=2)
    await clock_ticks(app, clock)
    await anna.sees("Завтра", "Придёте?")
    assert not called(boris)  # nobody is reminded of what they only wait for
    asked = await anna.sees("Придёте?")
    await anna.taps("Приду")
    await anna.sees("✅ Вы идёте")
    found = await answer_of(app, anna, number)
    assert found
    assert found.sure
    await anna.taps_data(asked, f"ev.answer:{number}:no")
    await boris.sees("Освободилось место", "до 26 ноября, 02:00")
    found = await answer_of(app, anna, number)
    assert found
    assert not found.sure


async def test_whoever_has_said_that_they_come_is_not_asked_again(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    """They are reminded; another day is another question."""
    number = await hold(in_=timedelta(days=3), seats=5)
    for person in (anna, boris):
        await goes(person)
    clock.forward(days=2)
    await clock_ticks(app, clock)
    asked = await anna.sees("Завтра", "Придёте?")
    await anna.taps("Приду")
    await moved(app, clock, number, by=timedelta(days=2))
    assert not await sure_of(app, number)
    await anna.taps_data(asked, f"ev.come:{number}")  # that was of the other day
    await anna.sees("✅ Вы идёте", "сб, 28 ноября")
    assert not await sure_of(app, number)
    clock.forward(days=2)
    await anna.taps_data(asked, f"ev.come:{number}")  # a moment before it is asked anew
    assert await sure_of(app, number) == [anna.id]
    await clock_ticks(app, clock)
    assert called(anna, "Завтра") == 1  # what it asked before has become the card
    await anna.sees("Завтра", "Вы идёте. Если планы изменились")
    assert anna.buttons == ["Не смогу", "Подробнее"]
    await boris.sees("Придёте?")
    assert boris.buttons == ["Приду", "Не смогу", "Подробнее"]


async def sure_of(app: App, number: int) -> list[int]:
    """The Telegram ids of those who have said «Приду»."""
    async with app.database.transaction() as session:
        sure = select(Account.telegram_id).join(Reply, Reply.person_id == Account.id)
        return list(await session.scalars(sure.where(Reply.event_id == number, Reply.sure)))


async def test_two_hours_before_whoever_still_waits_is_told_so(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    await hold(in_=timedelta(days=3), seats=1)
    await hold("Закрытое", in_=timedelta(days=3), seats=1, answer_by=START + timedelta(days=1))
    for title in (TITLE, "Закрытое"):
        await goes(anna, title)
        await waits(boris, title)
    clock.forward(days=2, hours=22)
    await clock_ticks(app, clock)
    await boris.sees("Сегодня: " + TITLE, "Сегодня: Закрытое", "ваше место — 1")
    await boris.sees_nothing_of("Вы идёте", "Придёте?")
    assert called(boris) == 2
    await boris.taps("Не смогу")
    await boris.sees("Вы не идёте")


async def test_after_answers_are_closed_one_may_still_say_so(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    number = await hold(answer_by=START + timedelta(days=1))
    await goes(anna)
    clock.forward(days=2)
    await clock_ticks(app, clock)
    await anna.taps("Приду")
    await anna.sees("✅ Вы идёте")
    found = await answer_of(app, anna, number)
    assert found
    assert found.sure


async def test_what_became_known_late_is_not_called_as_if_it_were_new(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    await hold("Через шесть дней", in_=timedelta(days=6))
    await hold("Через сутки без минуты", in_=timedelta(hours=23, minutes=59))
    await hold("Через час", in_=timedelta(hours=1))
    for title in ("Через шесть дней", "Через сутки без минуты", "Через час"):
        await goes(anna, title)
    await clock_ticks(app, clock)
    assert not called(anna)
    clock.forward(hours=21, minutes=59)
    await clock_ticks(app, clock)
    assert (called(anna), called(anna, "Сегодня: Через сутки без минуты")) == (1, 1)


async def test_after_a_long_sleep_only_what_is_due_now_is_said(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    await hold(in_=MONTH)
    await goes(anna)
    clock.now = (START + MONTH - timedelta(hours=20)).timestamp()
    await clock_ticks(app, clock)
    assert (called(anna), called(anna, "Завтра")) == (1, 1)
    await anna.sees("Придёте?")


async def test_two_hours_before_an_early_one_it_does_not_wait_for_the_morning(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    by_clock(clock, "2026-11-23 12:00")
    await hold(in_=timedelta(days=1, hours=-5))  # at seven
    await goes(anna)
    by_clock(clock, "2026-11-24 05:00")
    await clock_ticks(app, clock)
    assert called(anna, "Сегодня") == 1
    assert anna.newest("text")  # and without a sound
    (owed,) = await rows(app, Owed, notice="events-call")
    assert owed.lane == 2


async def test_a_reminder_of_the_night_waits_and_says_what_day_it_is(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    by_clock(clock, "2026-11-20 12:00")
    await hold(in_=timedelta(days=3, hours=11))  # the 23rd at 23:00
    await goes(anna)
    by_clock(clock, "2026-11-22 23:00")
    await clock_ticks(app, clock)
    assert not called(anna)
    by_clock(clock, "2026-11-23 08:00")
    await clock_ticks(app, clock)
    assert called(anna, "Сегодня") == 1
    await anna.sees("Придёте?")


async def test_whoever_withdraws_meanwhile_is_not_told(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(in_=timedelta(days=3))
    await goes(anna)
    await goes(boris)
    clock.forward(days=2)
    async with app.database.transaction() as session:
        await sweeps.call(session, now=now_of(clock))
    await answers(app, anna, number, clock, Answer.NO)
    await app.courier.drain()
    assert (called(anna), called(boris)) == (0, 1)


async def test_a_cancelled_or_moved_one_is_not_called_for_the_old_hour(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    number = await hold(in_=timedelta(days=3))
    other = await hold("Отменят", in_=timedelta(days=3))
    await goes(anna)
    await goes(anna, "Отменят")
    clock.forward(days=2)
    async with app.database.transaction() as session:
        await sweeps.call(session, now=now_of(clock))
    await changed(app, number, starts_at=START + timedelta(days=3, hours=1))
    await changed(app, other, state=State.CANCELLED)
    await app.courier.drain()
    assert not called(anna)


async def test_a_moved_one_calls_again_and_across_midnight(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    """From 23:30 to 00:30 of the next day: the day before is another day."""
    by_clock(clock, "2026-11-01 12:00")
    number = await hold(in_=timedelta(days=20, hours=11, minutes=30))
    await goes(anna)
    by_clock(clock, "2026-11-20 23:30")
    await clock_ticks(app, clock)
    by_clock(clock, "2026-11-21 08:00")
    await clock_ticks(app, clock)
    assert called(anna, "Сегодня") == 1  # the night before it was too late to write
    await moved(app, clock, number, by=timedelta(days=1, hours=1))  # to the 23rd, 00:30
    by_clock(clock, "2026-11-22 00:30")
    await clock_ticks(app, clock)
    by_clock(clock, "2026-11-22 08:00")
    await clock_ticks(app, clock)
    assert called(anna, "Завтра") == 1
    await anna.sees("пн, 23 ноября, 00:30")
    by_clock(clock, "2026-11-22 22:30")
    await clock_ticks(app, clock)
    assert called(anna, "Завтра") == 2  # two hours before midnight it is still tomorrow
    rounds = [(one.call, one.over) for one in await rows(app, Calling)]
    assert rounds == [(Call.DAY, True), (Call.DAY, True), (Call.SOON, True)]


async def moved(app: App, clock: Clock, number: int, by: timedelta) -> None:
    """As its organiser would: what it was is kept."""
    async with app.database.transaction() as session:
        event = await session.get_one(Event, number)
        assert event.starts_at
        event.sequence += 1
        before = {"starts_at": event.starts_at.astimezone(UTC).isoformat()}
        host = (await session.scalars(select(Account).order_by(Account.id).limit(1))).one()
        actor = await access.load(session, host)
        change = Change(event_id=number, sequence=event.sequence, before=before, by_id=host.id)
        change.at = now_of(clock)
        session.add(change)
        event.starts_at, event.ends_at = event.starts_at + by, event.over_at + by
        await events_seats.reschedule(session, actor, event, now=now_of(clock))


async def test_moved_nearer_than_a_call_it_is_not_called_at_once(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    number = await hold(in_=MONTH)
    await goes(anna)
    await moved(app, clock, number, by=timedelta(days=5) - MONTH)
    await clock_ticks(app, clock)
    assert not called(anna)  # the week had begun when it was moved
    clock.forward(days=4)
    await clock_ticks(app, clock)
    assert called(anna, "Завтра") == 1


async def test_petropavlovsk_seen_from_kaliningrad(
    app: App, hold: Hold, people: Make, clock: Clock
) -> None:
    """The day before is by its own clock; «завтра» by the reader's."""
    by_clock(clock, "2026-11-10 12:00", "Asia/Kamchatka")
    zone = "Asia/Kamchatka"
    starts = datetime.fromisoformat("2026-11-24T08:00+12:00")
    await hold("Смотр", "VEP", zone=zone, starts_at=starts)
    gleb = people("Глеб")
    await enrol(app, gleb, "KGD-1", "Гуляев Глеб", number="000205")
    await goes(gleb, "Смотр")
    by_clock(clock, "2026-11-23 07:59", zone)
    await clock_ticks(app, clock)
    assert not called(gleb, "Завтра")
    by_clock(clock, "2026-11-23 08:00", zone)  # the evening of the 22nd in Kaliningrad, 22:00
    await clock_ticks(app, clock)
    by_clock(clock, "2026-11-23 08:00", "Europe/Kaliningrad")
    await clock_ticks(app, clock)
    assert called(gleb, "Сегодня: Смотр") == 1
    await gleb.sees(
        "вт, 24 ноября, 08:00", "по Петропавловску-Камчатскому, у вас пн, 23 ноября, 22:00"
    )


@pytest.mark.parametrize(
    ("zone", "starts", "day", "week"),
    [
        # In Berlin clocks go forward in the night to 29 March and back in that to 25 October.
        ("Europe/Berlin", "03-29T18:00+02:00", "03-28T18:00+01:00", "03-22T18:00+01:00"),
        ("Europe/Berlin", "10-25T18:00+01:00", "10-24T18:00+02:00", "10-18T18:00+02:00"),
        ("Asia/Omsk", "03-01T00:30+06:00", "02-28T00:30+06:00", "02-22T00:30+06:00"),
    ],
)
def test_a_day_before_is_the_same_hour(zone: str, starts: str, day: str, week: str) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-{text}")

    event = Event(zone=zone, starts_at=at(starts).astimezone(UTC))
    assert events_calls.due_at(event, Call.DAY) == at(day)
    assert events_calls.due_at(event, Call.WEEK) == at(week)


async def test_a_restart_in_the_middle_of_a_round_tells_each_once(
    app: App,
    hold: Hold,
    anna: Person,
    boris: Person,
    world: World,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(events_calls, "STEP", 1)
    await hold(in_=timedelta(days=3))
    for person in (anna, boris):
        await goes(person)
    clock.forward(days=2)
    async with app.database.transaction() as session:
        await sweeps.call(session, now=now_of(clock))
    (calling,) = await rows(app, Calling)
    assert not calling.over
    async with restarted(app, world, clock) as again:
        for _ in range(3):
            await clock_ticks(again, clock)
    assert [called(person, "Завтра") for person in (anna, boris)] == [1, 1]


async def test_switches(app: App, hold: Hold, anna: Person, boris: Person, clock: Clock) -> None:
    """Reminders off: none comes. Events off: only what is announced does not."""
    await hold(in_=MONTH)
    for person, kind in ((anna, "🔔 Напоминания"), (boris, "🔔 Мероприятия")):
        await goes(person)
        await person.says("/settings")
        await person.taps(kind)
    for lead in (timedelta(days=7), timedelta(days=1), timedelta(hours=2)):
        clock.now = (START + MONTH - lead).timestamp()
        await clock_ticks(app, clock)
    assert (called(anna), called(boris)) == (0, 3)


async def test_an_announcement_has_a_switch_of_its_own(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    await hold()
    clock.forward(minutes=1)
    await clock_ticks(app, clock)  # every member has a slot
    async with app.database.transaction() as session:
        post = (await session.scalars(select(Post))).one()
        post.standing, post.timing, post.published_at = Standing.PUBLISHED, Timing.DIGEST, START
        account = (await session.scalars(select(Account).filter_by(telegram_id=anna.id))).one()
        slot, _ = await slots.find(session, account.id, now=START) or (None, None)
        assert slot
        slot.told_up_to = now_of(clock)  # a round has been

        async def reached() -> tuple[bool, bool]:
            since = (START - timedelta(hours=1)).isoformat()
            told = await audiences.among(session, post, [account.id], now=now_of(clock))
            digest = await digests_items.compose(
                session, [account.id], slot_id=slot.id, since=since, now=now_of(clock)
            )
            return account.id in told, account.id in digest

        assert await reached() == (True, True)
        await session.execute(insert(mutes).values(person_id=account.id, kind=GENERAL))
        assert await reached() == (True, True)
        await session.execute(insert(mutes).values(person_id=account.id, kind=EVENTS))
        assert await reached() == (False, False)


async def test_an_hour_after_the_end_those_who_came_are_asked(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    """Not those who only said so."""
    number = await hold(in_=timedelta(hours=3))
    await goes(anna)
    await goes(boris)
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=anna.id))).one()
        came = {"event_id": number, "at": START, "by_id": account.id, "young": True}
        session.add(Attendance(person_id=account.id, **came))
        session.add(Attendance(guest="Гость", **came))

    async def asked() -> list[int]:
        async with app.database.transaction() as session:
            await sweeps.call(session, now=now_of(clock))
        return [one.chat_id for one in await rows(app, Owed, notice="events-rate")]

    clock.forward(hours=5, minutes=59)
    assert await asked() == []
    clock.forward(minutes=1)
    assert await asked() == [anna.id]
    assert await asked() == [anna.id]
    old = await hold("Давно", in_=timedelta(days=-9))
    async with app.database.transaction() as session:
        session.add(Attendance(person_id=account.id, **(came | {"event_id": old})))
    assert await asked() == [anna.id]
