"""A published event changes: those who answered are told what was and what is, once."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from bot.app import App
from models.event import Answer, Change, Event, Reply
from models.mail import Owed
from models.person import Person as Account
from models.post import Post
from sandbox.people import Person
from sandbox.plugin import Clock
from services import access, events_changes, events_fields, outbox
from services.events_typed import Where
from services.posts_content import Content
from tests.applying import Holds, Make, clock_ticks, rows
from tests.backstage import audited, carried, enrol
from tests.gatherings import TITLE, answer_of, changed, goes, now_of, vera, waits
from tests.making import PLACE, START, begins, drafts, makes, only, says
from tests.newsroom import anna, boris, oleg
from tests.sandbox_front import picture

FIXTURES = (oleg, anna, boris, vera)
CHANGED = "events-changed"

pytestmark = pytest.mark.usefixtures("union")


async def managed(oleg: Person, title: str = TITLE) -> None:
    await oleg.says("/newevent")
    await oleg.taps(next(one for one in oleg.buttons if one.startswith(f"📅 {title}")))


async def changes(oleg: Person, field: str, said: str) -> None:
    await managed(oleg)
    await oleg.taps("Изменить")
    await oleg.taps(field)
    await oleg.says(said)


async def moves(oleg: Person, said: str) -> None:
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.says(said)
    await oleg.taps("Да, перенести")


async def behind(app: App, clock: Clock, oleg: Person, **said: object) -> None:
    """Changed by the organiser while nothing is being sent."""
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=oleg.id))).one()
        actor = await access.load(session, account)
        (event,) = (await session.scalars(select(Event))).all()
        for name, value in said.items():
            how = getattr(events_fields, name)
            await how(session, actor, event.id, value, now=now_of(clock))


async def owed(app: App) -> list[int]:
    return [one.chat_id for one in await rows(app, Owed, notice=CHANGED)]


async def test_moved_and_everybody_who_answered_is_told_once(
    app: App, oleg: Person, anna: Person, boris: Person, vera: Person
) -> None:
    await makes(oleg)
    await goes(anna)
    await says(boris, "Возможно")
    await says(vera, "Не пойду")
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.sees("На когда перенести")
    await oleg.says("6 декабря 12:00")
    await oleg.sees("Было: сб, 5 декабря, 18:00–20:00", "Станет: вс, 6 декабря, 12:00–14:00")
    await oleg.sees("кто ответил: 3 человека.")
    assert not await owed(app)
    await oleg.taps("Да, перенести")
    await oleg.sees("вс, 6 декабря, 12:00–14:00")
    for told in (anna, boris, vera):
        await told.sees(
            f"Перенесено: {TITLE}",
            "было сб, 5 декабря, 18:00–20:00, стало вс, 6 декабря, 12:00–14:00",
        )
    assert sorted(await owed(app)) == sorted([anna.id, boris.id, vera.id])
    assert (await only(app)).sequence == 1
    assert anna.buttons == ["Не смогу", "Подробнее"]
    assert boris.buttons == ["Иду", "Не смогу", "Подробнее"]
    await anna.taps("Не смогу")
    reply = await answer_of(app, anna, (await only(app)).id)
    assert reply
    assert reply.answer is Answer.NO


async def test_whoever_said_no_may_answer_again_when_it_moves(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    """While answers are taken; of anything else they are told as everybody is."""
    await makes(oleg, seats="1")
    await says(anna, "Не пойду")
    await changes(oleg, "Место", "Мира 2")
    await anna.sees("стало «Мира 2»", "Вы ответили «Не пойду». Если теперь сможете прийти")
    assert anna.buttons == ["Иду", "Возможно", "Подробнее"]
    await goes(boris)
    await moves(oleg, "6 декабря 12:00")
    await anna.sees("Перенесено", "ответьте снова")
    assert anna.buttons == ["В лист ожидания", "Возможно", "Подробнее"]
    await anna.taps("Возможно")
    await anna.sees("Вы ответили «Возможно»")
    await anna.taps("Не пойду")
    await changes(oleg, "Кому вопросы", "Олег, 112")
    await anna.sees("стало «Олег, 112»")
    assert anna.buttons == ["Подробнее"]
    await changes(oleg, "Ответить до", "24 ноября 12:00")
    clock.forward(days=2)
    await changes(oleg, "Место", "Мира 3")
    await anna.sees("стало «Мира 3»")
    assert anna.buttons == ["Подробнее"]


async def test_a_day_of_another_year_is_told_with_its_year(
    app: App, oleg: Person, anna: Person
) -> None:
    await makes(oleg)
    await goes(anna)
    await moves(oleg, "15 января 18:00")
    await anna.sees("было сб, 5 декабря, 18:00–20:00, стало пт, 15 января 2027, 18:00–20:00")
    await oleg.taps("Изменить")
    await oleg.taps("Ответить до")
    await oleg.says("14 января 12:00")
    await anna.sees("было до самого начала, стало до чт, 14 января 2027, 12:00")


async def test_a_second_tap_moves_nothing_twice(app: App, oleg: Person, anna: Person) -> None:
    await makes(oleg)
    await goes(anna)
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.says("6 декабря 12:00")
    asked = await oleg.sees("Перенести")
    sure = carried(asked, "Да, перенести")
    await oleg.taps("Да, перенести")
    await oleg.taps_data(asked, sure)
    assert (await only(app)).sequence == 1
    assert len(await owed(app)) == 1


async def test_an_earlier_question_moves_to_nothing_else(app: App, oleg: Person) -> None:
    """It asks what was named last; so does a button of before there were marks."""
    await makes(oleg)
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.says("6 декабря 12:00")
    first = await oleg.sees("Станет: вс, 6 декабря")
    await oleg.says("7 декабря 12:00")
    second = await oleg.sees("Станет: пн, 7 декабря")
    event = await only(app)
    for old in (carried(first, "Да, перенести"), f"em.move:{event.id}"):
        await oleg.taps_data(first, old)
        assert "С тех пор всё изменилось" in (oleg.toast or "")
        asked = oleg.chat.messages[first["message_id"]]
        assert "Станет: пн, 7 декабря" in asked["text"]
    assert (await only(app)).sequence == 0
    await oleg.taps_data(second, carried(second, "Да, перенести"))
    await oleg.sees("пн, 7 декабря, 12:00–14:00")
    await oleg.taps_data(first, f"em.move:{event.id}")
    assert (await only(app)).sequence == 1


async def test_moved_by_another_meanwhile_it_is_asked_again(
    app: App, oleg: Person, clock: Clock
) -> None:
    await makes(oleg)
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.says("6 декабря 12:00")
    await behind(app, clock, oleg, start=datetime(2026, 12, 8, 7, tzinfo=UTC))
    await oleg.taps("Да, перенести")
    await oleg.sees("Было: вт, 8 декабря", "Станет: вс, 6 декабря")
    await oleg.taps("Да, перенести")
    await oleg.sees("вс, 6 декабря, 12:00–14:00")


async def test_an_earlier_question_cancels_for_no_other_reason(app: App, oleg: Person) -> None:
    await makes(oleg)
    await managed(oleg)
    await oleg.taps("Отменить мероприятие")
    await oleg.says("Мороз")
    first = await oleg.sees("Причина: Мороз")
    await oleg.says("Зал закрыт")
    await oleg.sees("Причина: Зал закрыт")
    event = await only(app)
    for old in (carried(first, "Да, отменить"), f"em.off:{event.id}"):
        await oleg.taps_data(first, old)
        assert "С тех пор всё изменилось" in (oleg.toast or "")
    assert (await only(app)).state == "open"
    await oleg.taps("Да, отменить")
    event = await only(app)
    assert (event.state, event.reason) == ("cancelled", "Зал закрыт")


async def test_what_reads_alike_and_is_another_is_told(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """The end of a long description, a point on the map under the same address."""
    await makes(oleg)
    await goes(anna)
    long, point = "д" * 250, Where(PLACE, 57.0, 65.0)
    await behind(app, clock, oleg, describe=Content(long, long), place=point)
    await app.courier.drain()
    await anna.sees("Описание: было «Лыжи и дартс»", "Точка на карте другая")
    await behind(app, clock, oleg, describe=Content(f"{long} да", f"{long} да"))
    await app.courier.drain()
    await anna.sees("Описание изменилось, новое — на карточке.")
    await behind(app, clock, oleg, place=point._replace(latitude=58.0))
    await app.courier.drain()
    await anna.sees("Изменилось", "Точка на карте другая")
    await behind(app, clock, oleg, place=Where(PLACE))
    await app.courier.drain()
    await anna.sees("Точку на карте убрали, адрес прежний.")
    before = len(anna.history)
    await behind(app, clock, oleg, describe=Content(long, long), place=point)
    await behind(
        app, clock, oleg, describe=Content(f"{long} да", f"{long} да"), place=Where(PLACE)
    )
    await app.courier.drain()
    assert len(anna.history) == before  # back to what it was


@pytest.mark.parametrize(
    ("by", "said", "asked", "kept"),
    [
        ("2 декабря 18:00", "6 декабря 18:00", "Ответить можно будет до: чт, 3 декабря", 3),
        ("2 декабря 18:00", "26 ноября 18:00", "Ответить можно будет до: чт, 26 ноября", 26),
        ("24 ноября 18:00", "6 декабря 18:00", "Ответить уже нельзя: срок прошёл", 24),
        ("24 ноября 18:00", "26 ноября 18:00", "Ответить уже нельзя: срок прошёл", 24),
    ],
)
async def test_what_becomes_of_the_time_to_answer_by_is_said(
    app: App, oleg: Person, clock: Clock, by: str, said: str, asked: str, kept: int
) -> None:
    """What is closed stays closed, what is open stays open."""
    await makes(oleg)
    await changes(oleg, "Ответить до", by)
    clock.forward(days=2)
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.says(said)
    await oleg.sees(asked)
    await oleg.taps("Да, перенести")
    event = await only(app)
    assert event.sequence == 2
    assert event.answer_by
    assert event.answer_by.astimezone(ZoneInfo(event.zone)).day == kept


async def test_each_thing_that_changes_is_told(app: App, oleg: Person, anna: Person) -> None:
    await makes(oleg, seats="20")
    await goes(anna)
    await changes(oleg, "Название", "Дартс")
    await anna.sees("Изменилось: Дартс", f"было «{TITLE}», стало «Дартс»")
    await managed(oleg, "Дартс")
    for field, said, told in (
        ("Описание", "Только дартс", "Описание: было «Лыжи и дартс», стало «Только дартс»."),
        ("Окончание", "21:00", "18:00–20:00, стало сб, 5 декабря, 18:00–21:00."),
        ("Место", "Мира 2", f"Где: было «{PLACE}», стало «Мира 2»."),
        ("Сколько мест", "30", "Мест: было 20, стало 30."),
        (
            "Ответить до",
            "4 декабря 12:00",
            "было до самого начала, стало до пт, 4 декабря, 12:00.",
        ),
        ("Кому вопросы", "Олег, 112", "Кому вопросы: было «Власов Олег», стало «Олег, 112»."),
    ):
        await oleg.taps("Изменить")
        await oleg.taps(field)
        await oleg.says(said)
        await oleg.sees("✅ Изменили", "всем, кто ответил. Их: 1", "Мероприятие опубликовано")
        await anna.sees(told)
    event = await only(app)
    assert event.sequence == 7
    assert [one.sequence for one in await rows(app, Change)] == list(range(1, 8))
    assert await audited(app, "event.changed") == ["event.changed"] * 7


async def test_what_is_said_again_is_no_change(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    await goes(anna)
    clock.forward(minutes=1)
    await changes(oleg, "Название", TITLE)
    await changes(oleg, "Место", PLACE)
    await oleg.sees_nothing_of("Изменили")
    await changes(oleg, "Описание", "Лыжи и дартс")
    assert not await owed(app)
    assert (await only(app)).sequence == 0


async def test_the_link_is_told_of_and_not_told(
    app: App, oleg: Person, anna: Person, boris: Person
) -> None:
    await makes(oleg, place="https://meet.example.org/1")
    await changes(oleg, "Кому вопросы", "Олег, 112")
    await oleg.sees("Сообщать об этом пока некому")
    await says(boris, "Возможно")
    await changes(oleg, "Место", "https://meet.example.org/2")
    await boris.sees("Ссылка на встречу теперь новая")
    await boris.sees_nothing_of("meet.example.org")


@pytest.mark.parametrize("before", [PLACE, "📍 Точка на карте"])
async def test_a_point_is_told_with_its_address(
    app: App, oleg: Person, anna: Person, before: str
) -> None:
    """Or alone, where it is only a better one: whoever moves it is asked which."""
    await makes(oleg)
    if before != PLACE:
        await changed(app, (await only(app)).id, address=None, latitude=57.15, longitude=65.53)
    await says(anna, "Возможно")
    for said in ("Москва, Мира 2", "Адрес прежний"):
        await managed(oleg)
        await oleg.taps("Изменить")
        await oleg.taps("Место")
        await oleg.sends_location(55.75, 37.61)
        await oleg.sends_location(55.75, len(said))
        await oleg.sees("Точка на карте есть", "узнают сразу и то и другое")
        assert (await only(app)).longitude != len(said)
        await (oleg.taps(said) if said in oleg.buttons else oleg.says(said))
        await oleg.sees("✅ Изменили", "Где: 📍 Москва, Мира 2")
        assert (await only(app)).longitude == len(said)
    told = [line for line in anna.history if "Изменилось" in line]
    assert len(told) == 2
    assert f"было «{before}», стало «Москва, Мира 2»" in told[0]
    assert "Точка на карте другая" in told[1]


async def test_a_draft_keeps_a_point_at_once(app: App, oleg: Person) -> None:
    await drafts(oleg)
    await oleg.taps("Место")
    await oleg.sends_location(57.15, 65.53)
    await oleg.sees("Точку на карте записали. Напишите адрес")
    assert ((await only(app)).address, (await only(app)).latitude) == (PLACE, 57.15)
    await oleg.taps("Адрес прежний")
    await oleg.sees("Черновик мероприятия", f"Где: 📍 {PLACE}")
    assert (await only(app)).latitude == 57.15


async def test_several_changes_before_sending_are_one_message(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    await goes(anna)
    first, second = (datetime(2026, 12, day, 7, tzinfo=UTC) for day in (6, 7))
    await behind(app, clock, oleg, start=first)
    await behind(app, clock, oleg, start=second, place=Where("Мира 2"))
    assert await owed(app) == [anna.id]
    await app.courier.drain()
    await anna.sees(
        "было сб, 5 декабря, 18:00–20:00, стало пн, 7 декабря, 12:00–14:00",
        f"было «{PLACE}», стало «Мира 2»",
    )
    assert sum("Перенесено" in line for line in anna.history) == 1
    await behind(app, clock, oleg, place=Where("Мира 3"))
    await app.courier.drain()
    await anna.sees("было «Мира 2», стало «Мира 3»")


async def test_changed_back_before_sending_is_nothing(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    await goes(anna)
    await behind(app, clock, oleg, place=Where("Мира 2"))
    await behind(app, clock, oleg, place=Where(PLACE))
    await app.courier.drain()
    await anna.sees_nothing_of("Изменилось")
    assert (await only(app)).sequence == 2


async def test_whoever_let_an_offer_pass_meanwhile_is_not_told(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    await goes(anna)
    await behind(app, clock, oleg, place=Where("Мира 2"))
    async with app.database.transaction() as session:
        await session.execute(delete(Reply))
    await app.courier.drain()
    await anna.sees_nothing_of("Изменилось")


async def test_whoever_answers_later_is_told_of_nothing_before(
    app: App, oleg: Person, anna: Person, boris: Person
) -> None:
    await makes(oleg)
    await goes(anna)
    await changes(oleg, "Место", "Мира 2")
    await goes(boris)
    await changes(oleg, "Место", "Мира 3")
    await boris.sees("было «Мира 2», стало «Мира 3»")
    assert sum("Изменилось" in line for line in boris.history) == 1
    assert sum("Изменилось" in line for line in anna.history) == 2


async def test_cancelled_and_readable_as_such(
    app: App, oleg: Person, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    await makes(oleg, herald="Сообщением сразу")
    await anna.sees(f"📅 {TITLE}")
    await says(vera, "Не пойду")
    await goes(anna)
    await managed(oleg)
    await oleg.taps("Отменить мероприятие")
    await oleg.sees("Почему отменяем")
    await oleg.says("Зал <закрыт>")
    await oleg.sees("Причина: Зал <закрыт>", "кто ответил: 2 человека.")
    await oleg.taps("Да, отменить")
    await oleg.sees("Мероприятие отменено", "Почему отменено: Зал <закрыт>")
    await anna.sees(f"Отменено: {TITLE}", "сб, 5 декабря, 18:00–20:00", "Почему: Зал <закрыт>")
    await vera.sees(f"Отменено: {TITLE}", "Должно было быть")
    await boris.sees_nothing_of("Отменено")
    await clock_ticks(app, clock)
    await boris.sees(f"❌ Отменено: {TITLE}", "Почему: Зал <закрыт>")  # the announcement
    assert anna.buttons == ["В календарь", "Подробнее"]
    await anna.taps("Подробнее")
    await anna.sees("Отменено")
    assert anna.buttons == ["Где это", "В календарь", "← К мероприятиям"]
    await anna.taps("В календарь")
    document = anna.newest("document")["document"]
    assert b"STATUS:CANCELLED" in anna.world.files.get(document["file_id"]).data
    event = await only(app)
    assert (event.state, event.sequence) == ("cancelled", 1)
    assert await audited(app, "event.cancelled") == ["event.cancelled"]


async def test_what_one_organiser_changes_another_sees_where_they_have_it_open(
    app: App, oleg: Person, anna: Person, people: Make, holds: Holds
) -> None:
    await makes(oleg)
    await goes(anna)
    peter = people("Пётр")
    await peter.says("/start")
    await holds(peter, "organiser", "TMN")
    await managed(peter)
    before = len(peter.history)
    await changes(oleg, "Название", "Дартс")
    await oleg.sees("✅ Изменили. Бот сообщит", "Мероприятие опубликовано", "Дартс")
    await peter.sees("Мероприятие опубликовано", "Дартс")
    await oleg.taps("Перенести")
    await oleg.says("6 декабря 12:00")
    await oleg.taps("Да, перенести")
    await peter.sees("вс, 6 декабря, 12:00–14:00")
    await oleg.taps("Отменить мероприятие")
    await oleg.says("Мороз")
    await oleg.taps("Да, отменить")
    await peter.sees("Мероприятие отменено", "Почему отменено: Мороз")
    assert "Перенести" not in peter.buttons
    assert len(peter.history) == before  # in its place


async def test_a_change_that_waits_is_dropped_when_it_is_cancelled(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    await goes(anna)
    await behind(app, clock, oleg, place=Where("Мира 2"))
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=oleg.id))).one()
        actor = await access.load(session, account)
        (event,) = (await session.scalars(select(Event))).all()
        for _ in range(2):
            await events_changes.cancel(session, actor, event.id, "Мороз", now=now_of(clock))
    await app.courier.drain()
    await anna.sees(f"Отменено: {TITLE}", "Мороз")
    await anna.sees_nothing_of("Изменилось")
    assert sum("Должно было быть" in line for line in anna.history) == 1


async def test_the_announcement_says_what_the_event_says_now(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg, herald="Сообщением сразу")
    await moves(oleg, "6 декабря 12:00")
    await clock_ticks(app, clock)
    await anna.sees(f"📅 {TITLE}", "вс, 6 декабря, 12:00–14:00 по Екатеринбургу")
    await anna.taps("📅 Подробнее")  # opens below it
    await changes(oleg, "Название", "Дартс")
    await clock_ticks(app, clock)
    await anna.sees("📅 Дартс")
    await anna.says("/news")
    assert "🔵 Дартс" in anna.buttons
    await anna.taps("🔍 Найти")
    await anna.says("дартс")
    assert "🔵 Дартс" in anna.buttons


async def test_more_seats_are_offered_and_never_fewer_than_taken(
    app: App, oleg: Person, anna: Person, boris: Person
) -> None:
    await makes(oleg, seats="1")
    await goes(anna)
    await waits(boris)
    await changes(oleg, "Сколько мест", "2")
    await boris.sees("Освободилось место")
    await boris.taps("Иду")
    await changes(oleg, "Сколько мест", "1")
    await oleg.sees("не может быть меньше", "2")
    assert (await only(app)).seats == 2


async def test_repeated_in_a_week(app: App, oleg: Person, anna: Person) -> None:
    await makes(oleg, seats="5")
    await goes(anna)
    await managed(oleg)
    await oleg.taps("Повторить через неделю")
    await oleg.sees("Черновик мероприятия", "сб, 12 декабря, 18:00–20:00", PLACE, "Мест: 5")
    first, again = await rows(app, Event)
    assert (again.taken, again.sequence, again.state) == (0, 0, "draft")
    assert again.post_id != first.post_id
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано", "Идут: 0")
    assert [one.plain for one in await rows(app, Post)] == ["Лыжи и дартс"] * 2


async def test_repeated_its_announcement_comes_as_the_first_did(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """A picture with long words comes before them, for what stands above them needs room."""
    await begins(oleg)
    await oleg.sends_photo(picture(), "д" * 800)
    await oleg.says(START)
    await oleg.says("Тюмень, " + "у" * 180)
    await oleg.taps("Без ограничений")
    await oleg.taps("Кто увидит и как")
    await oleg.taps("Объявление")
    await oleg.taps("Сообщением сразу")
    await oleg.taps("Готово")
    await oleg.taps("Опубликовать")
    await oleg.taps("Повторить через неделю")
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано", "12 декабря")
    for _ in range(3):
        await clock_ticks(app, clock)
    assert [one.lead for one in await rows(app, Post)] == [True, True]
    await anna.sees(f"📅 {TITLE}", "сб, 12 декабря", "д" * 800)


async def test_repeated_it_can_be_answered(app: App, oleg: Person, clock: Clock) -> None:
    """A time to answer by that would have passed already is left out."""
    await makes(oleg)
    await changes(oleg, "Ответить до", "25 ноября 12:00")
    clock.forward(days=14)  # 7 December
    await oleg.says("/newevent")
    await oleg.taps(f"✔️ {TITLE}, 05.12")
    await oleg.taps("Повторить через неделю")
    await oleg.sees("сб, 12 декабря", "Ответить до: начала")


async def test_repeated_long_after_it_is_still_ahead(app: App, oleg: Person, clock: Clock) -> None:
    await makes(oleg)
    clock.forward(days=29)  # 22 December
    await oleg.says("/newevent")
    await oleg.taps(f"✔️ {TITLE}, 05.12")
    await oleg.sees("Мероприятие прошло")
    assert "Перенести" not in oleg.buttons
    await oleg.taps("Повторить через неделю")
    await oleg.sees("сб, 26 декабря, 18:00–20:00")


@pytest.mark.parametrize(
    ("zone", "start", "hours"),
    [
        ("Europe/Berlin", datetime(2027, 3, 25, 18, tzinfo=ZoneInfo("Europe/Berlin")), 167),
        ("Europe/Berlin", datetime(2026, 10, 24, 18, tzinfo=ZoneInfo("Europe/Berlin")), 169),
        ("Asia/Yekaterinburg", datetime(2027, 3, 25, 13, tzinfo=UTC), 168),
    ],
)
async def test_by_the_clock_on_the_wall(
    app: App, oleg: Person, clock: Clock, zone: str, start: datetime, hours: int
) -> None:
    """The same hour there a week later, though summer time began or ended in between."""
    await makes(oleg)
    event = await only(app)
    clock.now = (start - timedelta(days=1)).timestamp()
    ends = start.astimezone(UTC) + timedelta(hours=2)
    await changed(app, event.id, zone=zone, starts_at=start, ends_at=ends)
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=oleg.id))).one()
        actor = await access.load(session, account)
        again = await events_changes.repeat(session, actor, event.id, now=now_of(clock))
        assert again.starts_at
        begins = again.starts_at.astimezone(UTC)
    assert begins - start.astimezone(UTC) == timedelta(hours=hours)
    assert begins.astimezone(ZoneInfo(zone)).hour == start.astimezone(ZoneInfo(zone)).hour


async def test_what_is_over_is_not_changed(app: App, oleg: Person, clock: Clock) -> None:
    await makes(oleg)
    await managed(oleg)
    desk = await oleg.sees("Мероприятие опубликовано")
    cancel = carried(desk, "Отменить мероприятие")
    clock.forward(days=13)
    await oleg.taps("Изменить")
    await oleg.taps("Название")
    await oleg.says("Иначе")
    await oleg.sees("уже прошло, его не изменить")
    await oleg.taps_data(desk, cancel)
    await oleg.says("Мороз")
    await oleg.taps("Да, отменить")
    assert "уже прошло" in (oleg.toast or "")


async def test_only_those_who_may_publish_change_it(
    app: App, oleg: Person, anna: Person, people: Make
) -> None:
    await makes(oleg)
    await managed(oleg)
    desk = await oleg.sees("Мероприятие опубликовано")
    await anna.says("/start")
    own = await anna.sees()
    for label in ("Изменить", "Перенести", "Отменить мероприятие", "Повторить через неделю"):
        await anna.taps_data(own, carried(desk, label))
        assert "Мероприятия создают организаторы" in (anna.toast or "")


async def test_an_event_elsewhere_is_told_by_both_clocks(
    app: App, oleg: Person, people: Make, clock: Clock
) -> None:
    """Held in Petropavlovsk, moved across midnight there, heard of in Kaliningrad."""
    await makes(oleg)
    event = await only(app)
    far = people("Глеб")
    await enrol(app, far, "KGD-1", "Гуляев Глеб", number="000205")
    await changed(app, event.id, zone="Asia/Kamchatka")
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=far.id))).one()
        reply = Reply(
            event_id=event.id, person_id=account.id, answer=Answer.GOING, at=now_of(clock)
        )
        session.add(reply)
    await moves(oleg, "7 декабря 00:30")
    await far.sees("по Петропавловску-Камчатскому, у вас", "вс, 6 декабря, 14:30")


@pytest.mark.server
async def test_one_that_is_being_worded_does_not_swallow_the_next(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """Whoever is just being told of the first change is owed the second."""
    await makes(oleg)
    await goes(anna)
    await behind(app, clock, oleg, place=Where("Мира 2"))
    async with asyncio.TaskGroup() as group, app.database.transaction() as session:
        taken = await outbox.claim(session, now=now_of(clock), limit=10, by="another")
        assert [one.notice for one in taken] == [CHANGED]
        second = group.create_task(behind(app, clock, oleg, place=Where("Мира 3")))
        await asyncio.sleep(0.3)
        assert not second.done()
    assert await owed(app) == [anna.id, anna.id]


async def test_two_who_change_at_once_are_both_heard(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    await goes(anna)
    async with asyncio.TaskGroup() as group:
        group.create_task(behind(app, clock, oleg, name="Дартс"))
        group.create_task(behind(app, clock, oleg, place=Where("Мира 2")))
    await app.courier.drain()
    event = await only(app)
    assert (event.title, event.address, event.sequence) == ("Дартс", "Мира 2", 2)
    await anna.sees(f"было «{TITLE}», стало «Дартс»", f"было «{PLACE}», стало «Мира 2»")
    assert len(await owed(app)) == 1


async def test_new_words_fit_under_the_picture_that_is_out(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await begins(oleg)
    await oleg.sends_photo(picture(), "Коротко")
    await oleg.says("5 декабря 18:00–20:00")
    await oleg.taps("Остальное потом")
    await oleg.taps("Кто увидит и как")
    await oleg.taps("Объявление")
    await oleg.taps("Сообщением сразу")
    await oleg.taps("Готово")
    await oleg.taps("Опубликовать")
    await goes(anna)
    await changes(oleg, "Описание", "д" * 365)
    await oleg.sees("364")
    await oleg.says("Ещё короче")
    await clock_ticks(app, clock)
    shown = await anna.sees("Описание: было «Коротко», стало «Ещё короче»", f"📅 {TITLE}")
    assert "photo" in shown
    await oleg.taps("Изменить")
    await oleg.taps("Описание")
    await oleg.sends_photo(picture())
    await oleg.sees("Напишите, пожалуйста, текст")


async def test_the_card_that_is_open_says_what_is_so_now(
    app: App, oleg: Person, anna: Person
) -> None:
    await makes(oleg)
    await goes(anna)
    await moves(oleg, "6 декабря 12:00")
    shown = await anna.sees("🗓 вс, 6 декабря, 12:00–14:00")
    assert "Вы идёте" in shown["text"]
    assert sum("🗓" in line for line in anna.history) == 1
    await managed(oleg)
    await oleg.taps("Отменить мероприятие")
    await oleg.says("Мороз")
    await oleg.taps("Да, отменить")
    card = anna.chat.messages[shown["message_id"]]
    assert "Отменено" in card["text"]
    assert "Иду" not in str(card["reply_markup"])
