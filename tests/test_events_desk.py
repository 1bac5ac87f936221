"""The card of a published event follows what people answer, as that of news its readers."""

import pytest

from bot.app import App
from models.event import Answer
from models.mail import Owed, Place
from models.person import Person as Account
from models.post import Post
from sandbox.people import Person
from sandbox.plugin import Clock
from services import access, events_cards, events_seats
from tests.applying import clock_ticks, rows
from tests.gatherings import answers, changed, had_answered, members_of, now_of, vera
from tests.making import makes, only
from tests.newsroom import anna, boris, oleg

FIXTURES = (oleg, anna, boris, vera)

pytestmark = pytest.mark.usefixtures("union")


async def ticks(app: App, clock: Clock, seconds: int = 3) -> None:
    clock.forward(seconds=seconds)
    await clock_ticks(app, clock)


async def drawn(app: App) -> int:
    """How often it has been owed."""
    return len(await rows(app, Owed, notice=events_cards.CARD))


async def test_it_follows_what_is_answered_where_it_stands(
    app: App, oleg: Person, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    await makes(oleg, seats="1")
    desk = await oleg.sees("Идут: 0 · возможно: 0 · в листе ожидания: 0")
    number = (await only(app)).id
    await answers(app, anna, number, clock)
    await answers(app, boris, number, clock, Answer.WAITING)
    await answers(app, vera, number, clock, Answer.MAYBE)
    await ticks(app, clock)
    card = await oleg.sees("Идут: 1 · возможно: 1 · в листе ожидания: 1")
    assert card["message_id"] == desk["message_id"]
    await answers(app, anna, number, clock, Answer.NO)
    await ticks(app, clock)
    await oleg.sees("Идут: 0 · возможно: 1 · в листе ожидания: 0 · место предложено: 1")
    assert oleg.newest("text")["message_id"] == desk["message_id"]


async def test_it_is_redrawn_when_something_else_is_so_and_not_all_the_time(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    await makes(oleg)
    number = (await only(app)).id
    await ticks(app, clock)
    before = await drawn(app)
    await ticks(app, clock)
    assert await drawn(app) == before
    await answers(app, anna, number, clock)
    await ticks(app, clock)
    await answers(app, boris, number, clock)
    await ticks(app, clock, seconds=2)
    assert await drawn(app) == before + 1
    await ticks(app, clock, seconds=1)
    assert await drawn(app) == before + 2
    await oleg.sees("Идут: 2")


async def test_a_crowd_that_answers_between_two_looks_is_one_edit(
    app: App, oleg: Person, clock: Clock
) -> None:
    await makes(oleg)
    await ticks(app, clock)
    before = await drawn(app)
    event = await only(app)
    async with app.database.transaction() as session:
        for who in await members_of(session, 40):
            actor = await access.load(session, await session.get_one(Account, who))
            await events_seats.answer(session, actor, event.id, Answer.GOING, now=now_of(clock))
    await ticks(app, clock)
    await oleg.sees("Идут: 40")
    assert await drawn(app) == before + 1


async def test_it_says_who_has_confirmed(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    await makes(oleg)
    number = (await only(app)).id
    await oleg.sees_nothing_of("подтвердили")
    await had_answered(app, boris, number, clock)
    await answers(app, anna, number, clock)
    clock.forward(days=11, hours=4)
    await clock_ticks(app, clock)
    await anna.taps("Приду")
    await ticks(app, clock)
    await oleg.sees("Идут: 2, подтвердили: 1 · возможно: 0")
    await oleg.taps("Отметить пришедших")
    await oleg.taps("Кого ждём")
    assert [label for label in oleg.buttons if "ППО" in label] == [
        "Быков Борис · ППО Сургутская ГРЭС",
        "Смирнова Анна · ППО Тюменьэнерго · придёт",
    ]
    await anna.taps("Не пойду")
    await oleg.says("/newevent")
    await oleg.taps(next(label for label in oleg.buttons if label.startswith("📅")))
    await oleg.sees("Идут: 1 · возможно: 0")


@pytest.mark.parametrize("label", ["Изменить", "Перенести", "Отменить мероприятие"])
async def test_what_is_asked_beside_it_is_not_overwritten(
    app: App, oleg: Person, anna: Person, clock: Clock, label: str
) -> None:
    await makes(oleg)
    desk = await oleg.sees("Идут: 0")
    await oleg.taps(label)
    asked = oleg.newest("text")
    assert asked["message_id"] != desk["message_id"]
    await answers(app, anna, (await only(app)).id, clock)
    await ticks(app, clock)
    assert "Идут: 1" in oleg.chat.messages[desk["message_id"]]["text"]
    assert "Идут" not in oleg.chat.messages[asked["message_id"]]["text"]


@pytest.mark.parametrize(
    ("label", "shown"),
    [("Отметить пришедших", "Кто пришёл"), ("Карточка мероприятия", "✓ Не пойду")],
)
async def test_a_message_that_has_become_something_else_is_left_alone(
    app: App, oleg: Person, anna: Person, clock: Clock, label: str, shown: str
) -> None:
    await makes(oleg)
    number = (await only(app)).id
    await had_answered(app, oleg, number, clock, Answer.NO)
    desk = await oleg.sees("Идут: 0")
    await oleg.taps(label)
    await answers(app, anna, number, clock)
    await ticks(app, clock)
    now = oleg.chat.messages[desk["message_id"]]
    assert shown in now["text"] + str(now["reply_markup"])
    assert "возможно:" not in now["text"]
    places = [one.place for one in await rows(app, Place, message_id=desk["message_id"])]
    assert len(places) == 1


async def test_where_it_was_deleted_it_does_not_come_back(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    await ticks(app, clock)
    desk = await oleg.sees("Идут: 0")
    oleg.world.remove(oleg.chat, desk["message_id"])
    await answers(app, anna, (await only(app)).id, clock)
    await ticks(app, clock)
    await oleg.sees_nothing_of("Идут")


async def test_what_has_begun_or_is_cancelled_is_followed_no_more(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    await makes(oleg)
    number = (await only(app)).id
    await ticks(app, clock)
    before = await drawn(app)
    await changed(app, number, state="cancelled")
    await had_answered(app, anna, number, clock)
    await ticks(app, clock)
    assert await drawn(app) == before
    await changed(app, number, state="open", starts_at=now_of(clock))
    await had_answered(app, boris, number, clock)
    await ticks(app, clock)
    assert await drawn(app) == before


async def test_readers_of_its_announcement_are_another_matter(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """What is remembered of its card is what its card says."""
    await makes(oleg, herald="Сообщением сразу")
    await anna.taps("📅 Подробнее")
    await anna.taps("Иду")
    for _ in range(3):
        await ticks(app, clock, seconds=61)
    (post,) = await rows(app, Post)
    assert post.told == "1/0/0/0/0"
    await oleg.sees("Идут: 1")
