"""What an event leaves behind is forgotten in time; how many came, and how it was, is not."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.app import App
from models.event import Answer, Attendance, Calling, Change, Feed, Rating, Reply
from sandbox.people import Person
from sandbox.plugin import Clock
from services import checkins, events_calendar, events_calls, events_desk, retention
from tests.applying import Make, clock_ticks, everything_kept, rows
from tests.backstage import enrol
from tests.gatherings import Hold, changed, comes, file_of, had_answered, hold, id_of, now_of
from tests.newsroom import anna, boris, oleg
from tests.test_events_leaving import leaves

FIXTURES = (hold, oleg, anna, boris)
GUEST, WORDS, CONTACT = "Гостев Глеб", "Мало чая и <печенья>", "Быков Борис, @boris"
LEFT = (Reply, Change, Calling)
OVER = timedelta(hours=-2)

pytestmark = pytest.mark.usefixtures("union")


async def held(app: App, hold: Hold, anna: Person, boris: Person, clock: Clock) -> int:
    """It is just over: two have answered, one of them came, and so did a guest."""
    number = await hold(in_=OVER)
    await had_answered(app, anna, number, clock)
    await had_answered(app, boris, number, clock, Answer.MAYBE)
    await comes(app, anna, number, clock)
    who, now = await id_of(app, anna), now_of(clock)
    async with app.database.transaction() as session:
        session.add_all(
            [
                Attendance(event_id=number, guest=GUEST, at=now, by_id=who),
                Rating(event_id=number, person_id=who, stars=4, words=WORDS, at=now),
                Change(
                    event_id=number, sequence=1, before={"contact": CONTACT}, by_id=who, at=now
                ),
                Calling(event_id=number, call="rate", starts_at=now, over=True),
            ]
        )
    return number


async def test_ninety_days_after_the_end_names_answers_and_words_are_gone(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await held(app, hold, anna, boris, clock)
    clock.forward(minutes=2)
    later = await held(app, hold, anna, boris, clock)
    clock.forward(days=90, minutes=-3)
    await clock_ticks(app, clock)
    for kind in LEFT:
        assert {one.event_id for one in await rows(app, kind)} == {number, later}
    assert GUEST in await everything_kept(app)
    clock.forward(minutes=1)
    for _ in range(2):
        await clock_ticks(app, clock)
        for kind in LEFT:
            assert {one.event_id for one in await rows(app, kind)} == {later}
        came = await rows(app, Attendance, event_id=number)
        assert [(one.person_id, one.guest) for one in came] == [
            (await id_of(app, anna), None),
            (None, ""),
        ]
        assert [(one.stars, one.words) for one in await rows(app, Rating)] == [
            (4, None),
            (4, WORDS),
        ]
    clock.forward(minutes=2)
    await clock_ticks(app, clock)
    kept = await everything_kept(app)
    for said in (GUEST, WORDS, CONTACT):
        assert said not in kept


async def test_it_is_forgotten_in_parts(
    app: App, hold: Hold, people: Make, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST", 2)
    number = await hold(in_=OVER)
    for one in range(5):
        person = people(f"Гость{one}")
        await enrol(app, person, "TMN-1", f"Фамилия{one} Имя", number=f"0003{one:02}")
        await had_answered(app, person, number, clock)
    now = now_of(clock) + retention.EVENTS
    for left in (3, 1, 0, 0):
        async with app.database.transaction() as session:
            await retention.forget_old_events(session, now=now)
        assert len(await rows(app, Reply)) == left


async def test_afterwards_it_is_said_what_is_known_no_more(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await held(app, hold, anna, boris, clock)
    shown = await oleg.sees()
    await oleg.taps_data(shown, f"ck.open:{number}")
    await oleg.sees("Пришли: 2, из них гостей: 1", "Ответили «Иду»: 1", f"{GUEST} (гость)")
    clock.forward(days=90)
    await clock_ticks(app, clock)
    await oleg.taps_data(shown, f"ck.open:{number}")
    await oleg.sees("Пришли: 2, из них гостей: 1", "Кто ответил, больше не хранится", "— (гость)")
    await oleg.taps("Таблица")
    _, data = file_of(oleg, await oleg.sees("кто пришёл. Ответы и имена гостей", "Пришли: 2"))
    _, *lines = load_workbook(BytesIO(data))["Участники"].iter_rows(values_only=True)
    assert [(line[0], line[3], line[6]) for line in lines] == [
        ("Смирнова Анна", "Уже не хранится", "Да"),
        (None, "Гость", "Да"),
    ]
    await oleg.taps_data(shown, f"ev.report:{number}")
    await oleg.sees("Пришли: 2", "Оценка: 4,0 из 5")
    await oleg.taps_data(shown, f"em.open:{number}")
    await oleg.sees("Мероприятие прошло", "Кто ответил, больше не хранится")


async def test_what_would_be_forgotten_at_once_is_not_asked(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await held(app, hold, anna, boris, clock)
    card = await anna.sees()
    await anna.taps_data(card, f"ev.comment:{number}")
    clock.forward(days=90, minutes=-1)
    await anna.taps_data(card, f"ev.rate:{number}:5")
    await anna.sees("ваша оценка 5")
    clock.forward(minutes=1)
    await anna.taps_data(card, f"ev.rate:{number}:3")
    assert "Это было давно" in (anna.toast or "")
    await anna.taps_data(card, f"ev.comment:{number}")
    assert "Это было давно" in (anna.toast or "")
    await anna.says("Всё равно скажу")
    await anna.sees("Это было давно")
    assert [(one.stars, one.words) for one in await rows(app, Rating)] == [(5, WORDS)]


def test_nothing_is_forgotten_that_is_still_shown_or_asked() -> None:
    for needed in (events_calendar.KEPT, events_calls.RATED, events_desk.RECENT, checkins.CLOSES):
        assert needed < retention.EVENTS


async def test_a_cancelled_event_is_forgotten_too(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    await changed(app, await held(app, hold, anna, boris, clock), state="cancelled")
    clock.forward(days=90)
    await clock_ticks(app, clock)
    assert [len(await rows(app, kind)) for kind in LEFT] == [0, 0, 0]


async def test_everybody_may_read_what_is_kept_for_how_long(
    app: App, hold: Hold, oleg: Person, people: Make
) -> None:
    guest = people("Гость")
    for person in (oleg, guest):
        await person.says("/privacy")
        await person.sees(
            "Через 90 дней после мероприятия", "имена гостей", "по ним считают участие"
        )
    number = await hold(in_=OVER)
    await oleg.taps_data(await oleg.sees(), f"ck.guest:{number}")
    await oleg.sees("Как зовут гостя?", "забудет его через 90 дней")


async def test_of_those_who_leave_what_was_stays_and_the_address_goes(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    """Nor does it come back with them."""
    await held(app, hold, anna, boris, clock)
    object.__setattr__(app.house, "address", "https://union.example")
    await anna.says("/settings")
    await anna.taps("📆 Календарь на телефоне")
    await anna.taps("Получить адрес")
    assert len(await rows(app, Feed)) == 1
    await leaves(anna)
    assert await rows(app, Feed) == []
    assert [len(await rows(app, kind)) for kind in (Reply, Attendance, Rating)] == [2, 2, 1]
