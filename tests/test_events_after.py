"""After an event: those who came say how it was, its organiser tells it, and it becomes news."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.app import App
from models.base import Session
from models.event import Attendance, Calling, Event, Rating, Report, State
from models.mail import DeadLetter, Owed
from models.member import Member
from models.person import Person as Account
from models.post import Audience, Post
from sandbox.people import Person
from sandbox.plugin import Clock
from services import access, checkins_marks, events_calls, events_reports, notices
from services.access import Actor
from services.posts_content import FULL, Content
from tests.applying import Holds, Make, clock_ticks, rows
from tests.backstage import STICKER, audited, carried, enrol, told
from tests.gatherings import TITLE, Hold, by_clock, changed, comes, hold, id_of, now_of
from tests.newsroom import anna, boris, oleg
from tests.sandbox_front import picture
from tests.test_races import Act, Both, both, twin

FIXTURES = (hold, oleg, anna, boris, both, twin)
OVER = timedelta(hours=-4)  # it lasted two hours

pytestmark = pytest.mark.usefixtures("union")


async def asked_to_rate(app: App, person: Person, number: int, clock: Clock) -> None:
    """As the clock does an hour after the end."""
    who = await id_of(app, person)
    async with app.database.transaction() as session:
        account = await session.get_one(Account, who)
        await notices.owe(session, account, "events-rate", now=now_of(clock), event_id=number)
    await app.courier.drain()


async def opens_report(person: Person, number: int, title: str = "Спартакиада") -> None:
    await person.says("/checkin")
    await person.taps(next(label for label in person.buttons if title in label))
    await person.taps("📝 Отчёт")


# Ratings


async def test_who_came_rates_and_adds_a_word(
    app: App, anna: Person, oleg: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER)
    for person in (anna, boris, oleg):
        await comes(app, person, number, clock)
    await asked_to_rate(app, anna, number, clock)
    await anna.sees(f"Вы были на мероприятии «{TITLE}». Как всё прошло?")
    assert anna.buttons == ["1", "2", "3", "4", "5"]
    await anna.taps("4")
    await anna.sees("Спасибо!", "ваша оценка 4")
    await anna.taps("Добавить пару слов")
    await anna.sees("когда мероприятие оценят хотя бы трое")
    await anna.taps("← Не писать")
    await anna.sees("ваша оценка 4", "добавьте пару слов")
    await anna.says("И ладно")
    assert [one.words for one in await rows(app, Rating)] == [None]
    await anna.taps("Добавить пару слов")
    await anna.says("<b>Мало чая & печенья</b>")
    await anna.sees("Ваши слова: <b>Мало чая & печенья</b>")
    await asked_to_rate(app, boris, number, clock)
    await boris.taps("1")
    await boris.taps("5")  # a slip of the finger is put right
    assert boris.buttons[4] == "✓ 5"
    assert [(one.stars, one.words) for one in await rows(app, Rating)] == [
        (4, "<b>Мало чая & печенья</b>"),
        (5, None),
    ]
    await opens_report(oleg, number)
    await oleg.sees("Оценка: 4,5 из 5, оценили 2", "когда оценят хотя бы трое")
    await oleg.sees_nothing_of("Мало чая")
    await asked_to_rate(app, oleg, number, clock)
    await oleg.taps("3")
    await opens_report(oleg, number)
    await oleg.sees("Оценка: 4,0 из 5, оценили 3", "— <b>Мало чая & печенья</b>")
    await oleg.sees_nothing_of("Смирнова", "Быков")


async def test_nobody_is_asked_who_was_not_there_or_has_said_already(
    app: App, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER)
    await comes(app, anna, number, clock)
    for person in (anna, boris):
        await asked_to_rate(app, person, number, clock)
    await boris.sees_nothing_of("Как всё прошло?")
    asked = await anna.sees("Как всё прошло?")
    await boris.says("/start")
    await boris.taps_data(await boris.sees(), carried(asked, "3"))
    assert "кто был на мероприятии и отметился" in (boris.toast or "")
    await anna.taps("3")
    before = len(anna.history)
    await asked_to_rate(app, anna, number, clock)
    assert len(anna.history) == before
    assert [one.stars for one in await rows(app, Rating)] == [3]


async def test_what_was_cancelled_is_not_rated(
    app: App, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER, state=State.CANCELLED)
    await comes(app, anna, number, clock)
    await asked_to_rate(app, anna, number, clock)
    await anna.sees_nothing_of("Как всё прошло?")


async def test_a_forged_rating_is_refused(
    app: App, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER)
    await comes(app, anna, number, clock)
    await asked_to_rate(app, anna, number, clock)
    asked = await anna.sees("Как всё прошло?")
    for stars in (0, 6, -1, 2**62):
        await anna.taps_data(asked, f"ev.rate:{number}:{stars}")
    await anna.taps_data(asked, f"ev.comment:{number}")
    assert "Этого больше нет" in (anna.toast or "")
    assert await rows(app, Rating) == []
    assert await rows(app, DeadLetter) == []


async def test_words_must_fit(app: App, anna: Person, hold: Hold, clock: Clock) -> None:
    number = await hold(in_=OVER)
    await comes(app, anna, number, clock)
    await asked_to_rate(app, anna, number, clock)
    await anna.taps("5")
    await anna.taps("Добавить пару слов")
    await anna.says("я" * 501)
    await anna.sees("помещается 500")
    await anna.sends(sticker=STICKER)
    await anna.sees("Напишите, пожалуйста, текст")
    await anna.says("я" * 500)
    assert (await rows(app, Rating))[0].words == "я" * 500


def marks(number: int, member_id: int) -> Act:
    async def mark(session: Session, actor: Actor, now: datetime) -> Any:
        return await checkins_marks.mark(session, actor, number, member_id, now=now)

    return mark


async def does(app: App, person: Person, act: Act, clock: Clock) -> Any:
    who = await id_of(app, person)
    async with app.database.transaction() as session:
        account = await session.get_one(Account, who)
        return await act(session, await access.load(session, account), now_of(clock))


async def member_of(app: App, person: Person) -> int:
    return int((await rows(app, Member, person_id=await id_of(app, person)))[0].id)


async def test_whoever_is_marked_after_the_round_is_asked_too(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    """From a paper list, and once even if the mark was undone and made anew."""
    number = await hold(in_=timedelta(hours=-3))
    await comes(app, anna, number, clock)
    await clock_ticks(app, clock)
    assert await told(app, "events-rate") == [anna.id]
    clock.forward(hours=20)
    for person in (boris, anna):
        act = marks(number, await member_of(app, person))
        marked = await does(app, oleg, act, clock)
        await clock_ticks(app, clock)
    await boris.sees(f"Вы были на мероприятии «{TITLE}». Как всё прошло?")
    assert sorted(await told(app, "events-rate")) == sorted([anna.id, boris.id])

    (mark,) = await rows(app, Attendance, person_id=await id_of(app, boris))

    async def undo(session: Session, actor: Actor, now: datetime) -> Any:
        return await checkins_marks.undo(session, actor, mark.id, now=now)

    assert not marked.fresh
    await does(app, oleg, undo, clock)
    again = await does(app, oleg, marks(number, await member_of(app, boris)), clock)
    assert again.fresh
    await clock_ticks(app, clock)
    assert sorted(await told(app, "events-rate")) == sorted([anna.id, boris.id])


async def test_a_mark_before_the_round_is_left_to_it(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(hours=-2))
    await does(app, oleg, marks(number, await member_of(app, anna)), clock)
    assert await rows(app, Owed, notice="events-rate") == []
    clock.forward(hours=1)
    await clock_ticks(app, clock)
    assert await told(app, "events-rate") == [anna.id]


@pytest.mark.server
async def test_marked_while_the_round_goes_out_is_asked_once(
    app: App, oleg: Person, anna: Person, hold: Hold, both: Both
) -> None:
    number = await hold(in_=timedelta(hours=-3))

    async def go_round(session: Session, actor: Actor, now: datetime) -> None:
        await events_calls.call_due(session, now=now)

    mark = marks(number, await member_of(app, anna))
    await both(oleg, mark, oleg, go_round)
    assert await told(app, "events-rate") == [anna.id]
    (calling,) = await rows(app, Calling)
    assert calling.over


# The report


async def test_the_organiser_is_asked_once_an_hour_after_the_end(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(hours=-2), author_id=await id_of(app, oleg))
    await comes(app, anna, number, clock)
    clock.forward(minutes=59)
    await clock_ticks(app, clock)
    assert await told(app, "events-report") == []
    clock.forward(minutes=1)
    for _ in range(2):
        await clock_ticks(app, clock)
        clock.forward(hours=20)
    assert await told(app, "events-report") == [oleg.id]
    await oleg.sees("📝 Как прошло", "Пришли: 1", "Расскажите, как всё было")


async def test_the_organiser_is_asked_in_the_morning_of_what_ended_late(
    app: App, oleg: Person, hold: Hold, clock: Clock
) -> None:
    by_clock(clock, "2026-11-23 22:30")
    await hold(in_=OVER, author_id=await id_of(app, oleg))
    await clock_ticks(app, clock)
    await oleg.sees_nothing_of("Как прошло")
    by_clock(clock, "2026-11-24 08:00")
    await clock_ticks(app, clock)
    await oleg.sees("📝 Как прошло")


async def test_whoever_is_responsible_is_asked_instead(
    app: App, oleg: Person, boris: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    author, host = await id_of(app, oleg), await id_of(app, boris)
    await hold(in_=OVER, author_id=author, host_id=host)
    await hold(in_=OVER, author_id=author, state=State.CANCELLED)
    await hold(in_=timedelta(days=-5), author_id=author)
    await hold(in_=timedelta(hours=-2), author_id=author)
    await clock_ticks(app, clock)
    assert await told(app, "events-report") == [boris.id]
    await boris.taps("Написать отчёт")
    await boris.says("Всё прошло хорошо")
    await boris.sees("📝 Отчёт", "Всё прошло хорошо")
    assert "📣 Сделать новостью" not in boris.buttons  # he writes no news
    await clock_ticks(app, clock)
    assert await told(app, "events-report") == [boris.id]


async def test_a_report_becomes_news_with_one_tap(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER)
    for person in (anna, boris):
        await comes(app, person, number, clock)
    await opens_report(oleg, number)
    await oleg.sees("Как прошло", "Пришли: 2", "Оценок пока нет")
    await oleg.taps("Исправить число")
    await oleg.says("25 человек")
    await oleg.sees("Пришли: 25, по отметкам 2")
    await oleg.taps("Написать отчёт")
    await oleg.sends_photo(picture(), caption="Победила дружба!\nСпасибо <всем> & каждому")
    await oleg.sees("📝 Отчёт", "Текст: Победила дружба!", "Фото и файлов: 1")
    await oleg.taps("📣 Сделать новостью")
    await oleg.sees(TITLE, "23 ноября 2026. Пришли 25 человек.", "Победила дружба!")
    await oleg.sees("Черновик новости", "От имени: ТюмнМО ВЭП", "Вложений: 1", "Получат: 3")
    await opens_report(oleg, number)
    await oleg.taps("📣 Сделать новостью")  # again: the same draft
    assert len(await rows(app, Post, author_id=await id_of(app, oleg))) == 1
    await oleg.taps("Опубликовать")
    await anna.says("📰 Новости")
    await anna.taps(anna.buttons[0])
    await anna.sees(TITLE, "Спасибо <всем> & каждому")
    (report,) = await rows(app, Report)
    assert (report.came, report.event_id) == (25, number)
    assert await audited(app, "event.") == ["event.reported"]


async def test_a_draft_thrown_away_can_be_made_anew(app: App, oleg: Person, hold: Hold) -> None:
    number = await hold(in_=OVER)
    await opens_report(oleg, number)
    await oleg.taps("Написать отчёт")
    await oleg.says("Было весело")
    await oleg.taps("📣 Сделать новостью")
    await oleg.taps("Удалить черновик")
    await oleg.taps("Да, удалить")
    await opens_report(oleg, number)
    await oleg.taps("📣 Сделать новостью")
    await oleg.sees("Черновик новости")
    assert len(await rows(app, Post, author_id=await id_of(app, oleg))) == 2


async def test_the_news_is_for_those_whom_the_event_was_for(
    app: App, oleg: Person, hold: Hold
) -> None:
    number = await hold(in_=OVER)
    await opens_report(oleg, number)
    await oleg.taps("Написать отчёт")
    await oleg.says("Было весело")
    async with app.database.transaction() as session:
        event = await session.get_one(Event, number)
        (await session.get_one(Post, event.post_id)).audience = Audience.YOUNG
    await oleg.taps("📣 Сделать новостью")
    await oleg.sees("Кому: молодёжи")


async def test_an_album_is_one_report(app: App, oleg: Person, hold: Hold) -> None:
    number = await hold(in_=OVER)
    await opens_report(oleg, number)
    await oleg.taps("Написать отчёт")
    await oleg.sends_album(*[(picture(), "photo.png")] * 3, caption="Три снимка")
    await oleg.sees("Текст: Три снимка", "Фото и файлов: 3")
    await oleg.taps("📣 Сделать новостью")
    await oleg.sees("Вложений: 3")


async def test_a_count_is_a_likely_number(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER)
    await comes(app, anna, number, clock)
    await opens_report(oleg, number)
    await oleg.taps("Исправить число")
    for said, answer in {
        "много": "Напишите число цифрами",
        "-5": "Напишите число цифрами",
        "0": "меньше быть не может",
        "100001": "Проверьте число",
        "9" * 30: "Напишите число цифрами",
    }.items():
        await oleg.says(said)
        await oleg.sees(answer)
    await oleg.taps("← Вернуться")
    await oleg.sees("Пришли: 1")
    assert await rows(app, Report) == []


async def test_a_report_leaves_room_for_what_the_news_says_of_the_event(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER, title="Т" * 120)
    await opens_report(oleg, number, "ТТТ")
    await oleg.taps("Написать отчёт")
    await oleg.says("я" * (FULL + 1))
    await oleg.sees("Получилось 3 847 знаков, а помещается 3 846")
    assert await rows(app, Report) == []
    await oleg.says("я" * FULL)
    await oleg.taps("📣 Сделать новостью")
    await oleg.taps("Когда")
    await oleg.taps("Срочно")
    await oleg.taps("Готово")
    await oleg.taps("Опубликовать")
    for _ in range(3):
        await clock_ticks(app, clock)
    await anna.sees("Т" * 120, "я" * FULL)


async def test_a_long_report_of_before_makes_no_news(
    app: App, oleg: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER)
    await opens_report(oleg, number)
    await oleg.taps("Написать отчёт")
    await oleg.says("Было весело")
    async with app.database.transaction() as session:
        await session.execute(update(Report).values(html="я" * 4090, plain="я" * 4090))
    await oleg.taps("📣 Сделать новостью")
    assert "Получилось 4\u00a0090 знаков, а помещается 3\u00a0846" in (oleg.toast or "")
    assert await rows(app, Post, author_id=await id_of(app, oleg)) == []


async def test_whoever_is_marked_later_is_counted_too(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER)
    await opens_report(oleg, number)
    await oleg.taps("Написать отчёт")
    await oleg.says("Было весело")
    await oleg.sees("Пришли: 0")
    await comes(app, anna, number, clock)
    await opens_report(oleg, number)
    await oleg.sees("Пришли: 1")
    await oleg.taps("Исправить число")
    await oleg.says("2")
    await comes(app, boris, number, clock)
    await opens_report(oleg, number)
    await oleg.sees("Пришли: 2")
    await comes(app, oleg, number, clock)
    await opens_report(oleg, number)
    await oleg.sees("Пришли: 3")


async def test_two_who_make_news_of_it_at_once_make_one(
    app: App, oleg: Person, boris: Person, hold: Hold, holds: Holds, both: Both
) -> None:
    number = await hold(in_=OVER)
    await holds(boris, "organiser", "TMN")
    await opens_report(oleg, number)
    await oleg.taps("Написать отчёт")
    await oleg.says("Было весело")

    async def make(session: Session, actor: Actor, now: datetime) -> int:
        head = Content(TITLE, TITLE)
        return await events_reports.make_news(session, actor, number, head, now=now)

    first, second = await both(oleg, make, boris, make)
    assert first == second
    assert len([one for one in await rows(app, Post) if one.author_id]) == 1


async def test_nobody_else_reports(
    app: App, oleg: Person, anna: Person, hold: Hold, holds: Holds
) -> None:
    number = await hold(in_=OVER)
    await anna.says("/start")
    own = await anna.sees()
    await holds(anna, "organiser", "KGD")
    for tap in ("ev.report", "ev.keepreport", "ev.tell", "ev.recount", "ev.tonews"):
        await anna.taps_data(own, f"{tap}:{number}")
        assert "Отмечают пришедших организаторы" in (anna.toast or "")
    await opens_report(oleg, number)
    card = await oleg.sees("Как прошло")
    await oleg.taps_data(card, f"ev.tonews:{number}")
    assert "Сначала напишите отчёт" in (oleg.toast or "")
    ahead = await hold(in_=timedelta(hours=1))
    await oleg.taps_data(card, f"ev.report:{ahead}")
    assert "когда мероприятие началось" in (oleg.toast or "")
    await changed(app, number, state=State.CANCELLED)
    await oleg.taps_data(card, f"ev.tell:{number}")
    assert "отменено" in (oleg.toast or "")
    assert await rows(app, Report) == []


async def test_it_is_told_in_english_too(
    app: App, people: Make, holds: Holds, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=OVER)
    oleg = people("Oleg", language="en")
    await enrol(app, oleg, "TMN-1", "Vlasov Oleg", number="000201")
    await holds(oleg, "organiser", "TMN")
    await comes(app, oleg, number, clock)
    await asked_to_rate(app, oleg, number, clock)
    await oleg.sees("How was it?")
    await oleg.taps("5")
    await oleg.says("/checkin")
    await oleg.taps(oleg.buttons[0])
    await oleg.taps("📝 Report")
    await oleg.sees("Came: 1", "Rating: 5.0 of 5")
    await oleg.taps("Write the report")
    await oleg.says("It was fun")
    await oleg.taps("📣 Make it news")
    await oleg.sees("November 23, 2026. 1 person came.", "It was fun")
