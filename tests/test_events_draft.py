"""What an organiser reads and taps on a draft and on the desk: said once, and plainly."""

from datetime import datetime, timedelta

import pytest

from bot.app import App
from models.base import Session
from models.event import Event
from sandbox.people import Person
from sandbox.plugin import Clock
from services import events_changes
from services.access import Actor
from tests.applying import Make, clock_ticks, rows
from tests.backstage import audited, enrol, told
from tests.conftest import ADMIN
from tests.gatherings import TITLE, Hold, by_clock, goes, hold, id_of, opens
from tests.making import begins, drafts, makes, only
from tests.newsroom import anna, boris, oleg
from tests.sandbox_front import picture
from tests.test_races import Both, both, twin

FIXTURES = (hold, oleg, anna, boris, both, twin)
LINK = "https://meet.example.org/?room=1&pwd=2"

pytestmark = pytest.mark.usefixtures("union")


async def manages(oleg: Person, title: str = TITLE) -> None:
    await oleg.says("/newevent")
    await oleg.taps(next(one for one in oleg.buttons if one.startswith(f"📅 {title}")))


@pytest.mark.parametrize("place", ["Клуб «Рога & копыта»", LINK])
async def test_a_place_is_written_as_it_was_typed(oleg: Person, place: str) -> None:
    await drafts(oleg, place=place)
    draft = await oleg.sees("Черновик мероприятия", place)
    assert "&amp;" not in draft["text"]
    await oleg.taps("Опубликовать")
    desk = await oleg.sees("Мероприятие опубликовано", place)
    assert "&amp;" not in desk["text"]


async def test_what_is_quoted_in_a_quotation_has_marks_of_its_own(
    oleg: Person, anna: Person
) -> None:
    await makes(oleg)
    await goes(anna)
    await oleg.taps("Изменить")
    await oleg.taps("Место")
    await oleg.says("Клуб «Рога & копыта»")
    await anna.sees("стало «Клуб „Рога & копыта“»")


async def test_an_empty_draft_is_taken_up_again(app: App, oleg: Person, boris: Person) -> None:
    """However often ➕ is pressed; with a word in it, it is another's turn."""
    for _ in range(3):
        await oleg.says("/newevent")
        await oleg.taps("➕ ТюмнМО ВЭП")
        await oleg.sees("Как называется")
    assert len(await rows(app, Event)) == 1
    assert await audited(app, "event.begun") == ["event.begun"]
    await oleg.says("/newevent")
    await oleg.taps("➕ ППО Тюменьэнерго")
    assert len(await rows(app, Event)) == 2
    await begins(oleg)
    await begins(oleg)
    assert [one.title for one in await rows(app, Event)] == [TITLE, "", TITLE]


@pytest.mark.parametrize("said", ["words", "photo", "start", "place", "seats"])
async def test_a_draft_that_says_anything_is_not_empty(app: App, oleg: Person, said: str) -> None:
    await oleg.says("/newevent")
    await oleg.taps("➕ ТюмнМО ВЭП")
    await oleg.taps("Остальное потом")
    match said:
        case "words":
            await oleg.taps("Описание")
            await oleg.says("Лыжи")
        case "photo":
            await oleg.taps("Описание")
            await oleg.sends_photo(picture())
        case "start":
            await oleg.taps("Начало")
            await oleg.says("5 декабря 18:00")
        case "place":
            await oleg.taps("Место")
            await oleg.sends_location(57.15, 65.53)
        case "seats":
            await oleg.taps("Сколько мест")
            await oleg.says("20")
    await oleg.says("/newevent")
    await oleg.taps("➕ ТюмнМО ВЭП")
    assert len(await rows(app, Event)) == 2


async def test_repeated_once_more_it_is_the_same_draft(
    app: App, oleg: Person, clock: Clock
) -> None:
    """For the same hour, so that a morning and an evening of one name are two."""
    await makes(oleg)
    for _ in range(2):
        await manages(oleg)
        await oleg.taps("Повторить через неделю")
        await oleg.sees("Черновик мероприятия", "сб, 12 декабря, 18:00–20:00")
        clock.forward(minutes=1)
    assert oleg.toast == "Такой черновик уже есть, вот он."
    assert len(await rows(app, Event)) == 2
    await oleg.taps("Начало")
    await oleg.says("11:00")
    await oleg.sees("сб, 12 декабря, 11:00–13:00")
    await manages(oleg)
    await oleg.taps("Повторить через неделю")
    await oleg.sees("сб, 12 декабря, 18:00–20:00")
    assert len(await rows(app, Event)) == 3
    await oleg.taps("Опубликовать")
    await oleg.says("/newevent")
    await oleg.taps(f"📅 {TITLE}, 05.12")
    await oleg.taps("Повторить через неделю")
    assert len(await rows(app, Event)) == 4


async def test_repeated_twice_at_once_it_is_one_draft(app: App, oleg: Person, both: Both) -> None:
    await makes(oleg)
    number = (await only(app)).id

    async def repeat(session: Session, actor: Actor, now: datetime) -> int:
        return int((await events_changes.repeat(session, actor, number, now=now)).id)

    first, second = await both(oleg, repeat, oleg, repeat)
    assert first == second
    assert len(await rows(app, Event)) == 2


async def test_an_hour_alone_is_of_the_day_it_is_on(app: App, oleg: Person, anna: Person) -> None:
    """When it is moved, and the month that opens is its own."""
    await makes(oleg)
    await goes(anna)
    await oleg.taps("Перенести")
    assert "Декабрь 2026" in oleg.buttons
    await oleg.says("19:00")
    await oleg.sees("Было: сб, 5 декабря, 18:00–20:00", "Станет: сб, 5 декабря, 19:00–21:00")
    await oleg.taps("Другое время")
    await oleg.says("12.12")  # a day, not twelve minutes past twelve
    await oleg.sees("12 декабря", "Во сколько начало")
    await oleg.says("17:00")
    await oleg.sees("Станет: сб, 12 декабря, 17:00–19:00")
    await oleg.taps("Да, перенести")
    await oleg.sees("✅ Изменили. Бот сообщит", "Их: 1", "сб, 12 декабря, 17:00–19:00")


async def test_of_a_day_that_has_begun_an_hour_is_not_another_days(
    oleg: Person, clock: Clock
) -> None:
    await makes(oleg)
    by_clock(clock, "2026-12-05 17:30")
    await manages(oleg)
    await oleg.taps("Перенести")
    await oleg.says("17:00")
    await oleg.sees("Этот час уже прошёл")
    await oleg.says("19:00")
    await oleg.sees("Станет: сб, 5 декабря, 19:00–21:00")


async def test_moved_to_where_it_was_it_is_not_changed(oleg: Person, clock: Clock) -> None:
    await makes(oleg)
    clock.forward(minutes=1)
    await manages(oleg)
    await oleg.taps("Перенести")
    await oleg.says("18:00")
    await oleg.taps("Да, перенести")
    await oleg.sees("Мероприятие опубликовано")
    await oleg.sees_nothing_of("Изменили")


@pytest.mark.parametrize("link", ["http://", "https://a", "www.", "https:///meet", "ftp://a.ru"])
async def test_a_link_leads_somewhere(oleg: Person, link: str) -> None:
    await drafts(oleg)
    await oleg.taps("Место")
    await oleg.says(link)
    await oleg.sees("в ссылке ошибка")
    await oleg.says("HTTPS://meet.example.org:8443/1?a=b#c")
    await oleg.sees("Черновик мероприятия", "meet.example.org:8443/1?a=b#c")


async def test_that_there_is_no_place_yet_is_said_with_one_button(
    oleg: Person, anna: Person
) -> None:
    await begins(oleg)
    await oleg.says("Лыжи и дартс")
    await oleg.says("5 декабря 18:00–20:00")
    await oleg.sees("Где это будет")
    assert oleg.buttons == ["Место сообщим позже", "← Назад", "Остальное потом"]
    await oleg.taps("Место сообщим позже")
    await oleg.taps("Без ограничений")
    await oleg.taps("Опубликовать")
    await opens(anna)
    await anna.sees("18:00–20:00\n📍 Место сообщим позже\n\nЛыжи и дартс")
    await oleg.taps("Отменить мероприятие")
    await oleg.says("Мороз")
    await oleg.taps("Да, отменить")
    await anna.sees("Отменено", "18:00–20:00\n\nЛыжи и дартс")


async def test_a_cancelled_one_asks_for_no_answer(oleg: Person, anna: Person) -> None:
    await makes(oleg)
    await oleg.taps("Изменить")
    await oleg.taps("Ответить до")
    await oleg.says("4 декабря 12:00")
    await opens(anna)
    await anna.sees("Ответить нужно до: пт, 4 декабря, 12:00")
    await anna.taps("Иду")
    await oleg.taps("Отменить мероприятие")
    await oleg.says("Мороз")
    await oleg.taps("Да, отменить")
    await anna.taps("Подробнее")
    card = await anna.sees("Отменено:", "Вопросы: Власов Олег")
    assert "Ответить" not in card["text"]


async def test_what_is_chosen_says_the_same_as_its_button(oleg: Person) -> None:
    await drafts(oleg)
    await oleg.taps("Кто увидит и как")
    await oleg.taps("В каких ППО")
    screen = await oleg.sees("В каких ППО", "Сейчас увидят: 1")
    assert "Где" not in screen["text"]
    await oleg.taps("Готово")
    await oleg.taps("Кто увидит и как")
    await oleg.taps("Для кого")
    await oleg.sees("Для кого", "Сейчас увидят: 1")
    await oleg.taps("Молодёжи до 35")
    await oleg.taps("Готово")
    await oleg.sees("Для кого: для молодёжи до 35 лет включительно")


async def test_a_draft_shows_on_a_phone_all_that_can_be_done_with_it(oleg: Person) -> None:
    """Seven rows are what it shows above the keys of the menu, and publishing is the last."""
    await drafts(oleg)
    draft = await oleg.sees("Черновик мероприятия")
    assert len(draft["reply_markup"]["inline_keyboard"]) == 7
    assert oleg.buttons[-2:] == ["Показать, как увидят", "Опубликовать"]
    await oleg.taps("Кто увидит и как")
    await oleg.sees("Для кого мероприятие, от чьего имени")
    assert {"Для кого", "В каких ППО", "Рубрики", "Объявление"} < set(oleg.buttons)
    assert {"От чьего имени", "Часовой пояс"} < set(oleg.buttons)
    await oleg.taps("Готово")
    await oleg.sees("Черновик мероприятия")


@pytest.mark.parametrize("herald", ["Без объявления", "Сообщением сразу"])
async def test_after_a_look_the_button_below_is_named(oleg: Person, herald: str) -> None:
    await drafts(oleg)
    await oleg.taps("Кто увидит и как")
    await oleg.taps("Объявление")
    await oleg.taps(herald)
    await oleg.taps("Готово")
    await oleg.taps("Показать, как увидят")
    await oleg.sees("Если всё хорошо, нажмите «Опубликовать».")


async def test_who_may_not_publish_is_told_of_the_review(app: App, people: Make) -> None:
    vera = people("Вера")
    await enrol(app, vera, "TMN-1", "Ветрова Вера", number="000204")
    helen = people("Елена", id=ADMIN)
    await helen.says(f"/grant {vera.id} organiser TMN-1 на проверку")
    await begins(vera, place="ППО Тюменьэнерго")
    await vera.says("Лыжи и дартс")
    await vera.says("5 декабря 18:00–20:00")
    await vera.taps("Остальное потом")
    await vera.taps("Показать, как увидят")
    await vera.sees("Если всё хорошо, нажмите «На проверку».")


async def test_a_beginning_that_has_passed_is_named(app: App, oleg: Person, clock: Clock) -> None:
    await drafts(oleg)
    clock.forward(days=30)
    for label in ("Показать, как увидят", "Опубликовать"):
        await oleg.taps(label)
        assert oleg.toast == (
            "Начало уже прошло. Нажмите «Начало» в черновике и укажите другое время."
        )
    assert (await only(app)).state == "draft"


async def test_how_it_went_is_asked_in_the_morning(
    app: App, hold: Hold, oleg: Person, clock: Clock
) -> None:
    by_clock(clock, "2026-12-05 21:00")
    await hold(in_=timedelta(hours=-1), author_id=await id_of(app, oleg))
    clock.forward(hours=2)  # it is eleven
    await clock_ticks(app, clock)
    assert await told(app, "events-report") == [oleg.id]
    await oleg.sees_nothing_of("Как прошло")
    by_clock(clock, "2026-12-06 08:00")
    for _ in range(2):
        await clock_ticks(app, clock)
    await oleg.sees("📝 Как прошло", "Расскажите, как всё было")
    assert sum("Как прошло" in line for line in oleg.history) == 1
