"""An event is made in a conversation: a draft at once, question by question, and published."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from models.base import Session
from models.event import Event
from models.post import Audience, Delivery, Post
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.world import World
from services import events, events_making, posts_choices
from services.access import Actor
from services.events_fields import DESCRIPTION
from tests.applying import RUBBISH, Holds, Make, clock_ticks, restarted, rows, step_of, survives
from tests.backstage import audited, carried, enrol
from tests.conftest import ADMIN
from tests.gatherings import TITLE, by_clock, opens
from tests.making import PLACE, begins, drafts, makes, only
from tests.newsroom import anna, boris, oleg
from tests.sandbox_front import picture
from tests.test_races import Both, both, twin

FIXTURES = (oleg, anna, boris, both, twin)
TYUMEN = ZoneInfo("Asia/Yekaterinburg")

pytestmark = pytest.mark.usefixtures("union")


def local(at: datetime | None, zone: ZoneInfo = TYUMEN) -> str:
    assert at
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


async def test_made_published_announced_and_found(app: App, oleg: Person, anna: Person) -> None:
    await oleg.says("/newevent")
    await oleg.taps("➕ ТюмнМО ВЭП")
    await oleg.sees("Как называется")
    await oleg.says(TITLE)
    await oleg.sees("Расскажите, что будет")
    await oleg.says("Лыжи и дартс")
    await oleg.sees("Когда начало", "Екатеринбург")
    await oleg.says("5 декабря 18:00")
    await oleg.sees("Когда закончится")
    await oleg.taps("2 ч")
    await oleg.sees("Где это будет")
    await oleg.says(PLACE)
    await oleg.sees("Сколько мест")
    await oleg.says("20")
    await oleg.sees("Черновик мероприятия", TITLE, "18:00–20:00 по Екатеринбургу", "Мест: 20")
    await oleg.sees("Ответственный: Власов Олег", "Увидят: 2")
    await oleg.taps("Показать, как увидят")
    await oleg.sees("Мест: 20, свободно 20", f"📅 {TITLE}", "— ТюмнМО ВЭП")
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано", "Идут: 0")
    event = await only(app)
    assert (local(event.starts_at), local(event.ends_at)) == (
        "2026-12-05 18:00",
        "2026-12-05 20:00",
    )
    assert (event.state, event.seats, event.address) == ("open", 20, PLACE)
    await anna.says("/news")
    await anna.taps(f"🔵 {TITLE}")
    await anna.sees(f"📅 {TITLE}", "18:00–20:00 по Екатеринбургу", PLACE, "Лыжи и дартс")
    await anna.taps("📅 Подробнее")
    await anna.sees(TITLE, "Вопросы: Власов Олег")
    await anna.taps("Иду")
    await anna.sees("Вы идёте")
    assert await audited(app, "event.") == ["event.begun", "event.published"]


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("с 18 до 20 5 декабря", "2026-12-05 18:00", "2026-12-05 20:00"),
        ("5 декабря 18:00 - 6 декабря 12:00", "2026-12-05 18:00", "2026-12-06 12:00"),
        ("5 декабря в 22:00 на 4 часа", "2026-12-05 22:00", "2026-12-06 02:00"),
    ],
)
async def test_a_beginning_that_is_said_with_its_end(
    app: App, oleg: Person, typed: str, start: str, end: str
) -> None:
    """The end is asked no more, and what was read stands above the next question."""
    await begins(oleg)
    await oleg.says("Лыжи и дартс")
    await oleg.says(typed)
    await oleg.sees("🕒 сб, 5 декабря, ", "Где это будет")
    event = await only(app)
    assert (local(event.starts_at), local(event.ends_at)) == (start, end)
    await oleg.sees_nothing_of("Когда закончится")


async def test_a_day_that_is_typed_alone_is_asked_for_its_hours(app: App, oleg: Person) -> None:
    await begins(oleg)
    await oleg.says("Лыжи и дартс")
    await oleg.says("5-6 декабря")
    await oleg.sees("Допишите время", "в пятницу 10:00 – в воскресенье 18:00")
    await oleg.says("18 5 декабря")
    await oleg.sees("можно понять по-разному")
    await oleg.says("15.12")
    await oleg.sees("15 декабря", "Во сколько начало")
    await oleg.says("в следующую субботу")
    await oleg.sees("5 декабря", "Во сколько начало")
    await oleg.says("с 6 до 8 вечера")
    await oleg.sees("🕒 сб, 5 декабря, 18:00–20:00", "Где это будет")
    assert local((await only(app)).ends_at) == "2026-12-05 20:00"


async def test_an_end_is_counted_from_today_where_the_beginning_is_not(
    app: App, oleg: Person
) -> None:
    await begins(oleg)
    await oleg.says("Лыжи и дартс")
    await oleg.says("завтра в 18:00")
    await oleg.sees("🕒 вт, 24 ноября, 18:00", "Когда закончится")
    await oleg.says("завтра в 8 вечера")
    await oleg.sees("🕒 вт, 24 ноября, 18:00–20:00", "Где это будет")


async def test_announced_at_once_or_not_at_all(
    app: App, oleg: Person, anna: Person, boris: Person
) -> None:
    await makes(oleg, herald="Сообщением сразу")
    await anna.sees(f"📅 {TITLE}", "Лыжи и дартс")
    assert await rows(app, Delivery)
    await makes(oleg, "Тихая встреча", herald="Без объявления")
    await anna.sees_nothing_of("Тихая встреча")
    await anna.says("/news")
    await anna.sees_nothing_of("Тихая встреча")
    await anna.says("📅 Мероприятия")
    assert any("Тихая встреча" in label for label in anna.buttons)


async def test_without_a_word_it_is_published_all_the_same(app: App, oleg: Person) -> None:
    """What its draft was for whom is not changed behind the back of those who answered."""
    await makes(oleg, herald="Без объявления")
    shown = await oleg.sees("Мероприятие опубликовано")
    (post,) = await rows(app, Post)
    ticks = ("aim:{}:young", "rubric:{}:1:1", "target:{}:2:1", "rehome:{}:1", "time:{}:urgent")
    for one in ticks:
        await oleg.taps_data(shown, f"po.{one.format(post.id)}")
        assert "С этим мероприятием так уже нельзя" in (oleg.toast or "")
    assert (await only(app)).sequence == 0


async def test_its_post_is_not_worked_on_as_news(app: App, oleg: Person) -> None:
    await makes(oleg)
    await drafts(oleg, "Другое")
    await oleg.says("/post")
    assert not [label for label in oleg.buttons if label.startswith(("📣", "📝"))]
    shown = await oleg.sees("от чьего имени")
    for post in await rows(app, Post):
        for forged in (f"po.discard:{post.id}:1", f"po.withdraw:{post.id}:1"):
            await oleg.taps_data(shown, forged)
            assert "так уже нельзя" in (oleg.toast or "")
        await oleg.taps_data(shown, f"po.publish:{post.id}:1")
        assert "так уже нельзя" in (oleg.toast or "")
    assert [post.standing for post in await rows(app, Post)] == ["published", "draft"]


async def test_picked_from_the_month(app: App, oleg: Person) -> None:
    await begins(oleg)
    await oleg.taps("Пропустить")
    await oleg.sees("Когда начало")
    assert "22" not in oleg.buttons  # has passed
    await oleg.taps("›")
    assert "Декабрь 2026" in oleg.buttons
    await oleg.taps("15")
    await oleg.sees("15 декабря 2026", "Во сколько")
    await oleg.taps("18:00")
    await oleg.sees("Когда закончится")
    await oleg.taps("1,5 ч")
    event = await only(app)
    assert (local(event.starts_at), local(event.ends_at)) == (
        "2026-12-15 18:00",
        "2026-12-15 19:30",
    )


async def test_a_day_picked_and_minutes_typed(app: App, oleg: Person) -> None:
    await begins(oleg)
    await oleg.taps("Пропустить")
    await oleg.taps("30")
    await oleg.taps("← Другой день")
    await oleg.taps("29")
    await oleg.says("18:45")
    assert local((await only(app)).starts_at) == "2026-11-29 18:45"


async def test_today_only_hours_ahead_are_offered(oleg: Person) -> None:
    await begins(oleg)
    await oleg.taps("Пропустить")
    await oleg.taps("23")  # it is 14:00 there
    assert "14:00" not in oleg.buttons
    assert "15:00" in oleg.buttons


async def test_skipped_gone_back_to_and_left_for_later(app: App, oleg: Person) -> None:
    await begins(oleg)
    await oleg.taps("Пропустить")
    await oleg.taps("Пропустить")  # the end with it
    await oleg.sees("Где это будет")
    await oleg.taps("← Назад")
    await oleg.taps("← Назад")
    await oleg.sees("Когда начало")
    await oleg.taps("← Назад")
    await oleg.sees("Расскажите")
    await oleg.says("Лыжи")
    await oleg.taps("Остальное потом")
    await oleg.sees("Осталось указать: начало, окончание", "Описание: Лыжи")
    assert "Опубликовать" not in oleg.buttons
    await oleg.taps("Начало")
    await oleg.says("завтра с 10 до 12")
    await oleg.sees("вт, 24 ноября, 10:00–12:00")
    assert "Опубликовать" in oleg.buttons


async def test_a_draft_survives_commands_and_restarts(
    app: App, oleg: Person, world: World, clock: Clock
) -> None:
    await begins(oleg)
    await oleg.says("/menu")
    await oleg.says("/newevent")
    await oleg.taps(f"📝 {TITLE}")
    await oleg.taps("Начало")
    async with restarted(app, world, clock):
        await oleg.says("5 декабря 18:00")
        await oleg.sees("5 декабря, 18:00", "Осталось указать: окончание")
        await oleg.taps("Удалить черновик")
        await oleg.taps("Да, удалить")
        await oleg.says("/newevent")
        assert not [label for label in oleg.buttons if label.startswith("📝")]


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://meet.example.org/1", "https://meet.example.org/1"),
        ("zoom.us/j/8812345?pwd=SECRET", "https://zoom.us/j/8812345?pwd=SECRET"),
        ("Telemost.yandex.ru/j/99887766", "https://Telemost.yandex.ru/j/99887766"),
        ("союз.рф:8443/встреча", "https://союз.рф:8443/встреча"),
    ],
)
async def test_where_it_is(app: App, oleg: Person, anna: Person, typed: str, link: str) -> None:
    await drafts(oleg, place="")
    await oleg.sees("Где: сообщим позже")
    await oleg.taps("Место")
    await oleg.sends_location(57.15, 65.53)
    await oleg.sees("Точку на карте записали")
    await oleg.says("Дом культуры")
    event = await only(app)
    assert (event.address, event.latitude, event.longitude) == ("Дом культуры", 57.15, 65.53)
    await oleg.taps("Место")
    await oleg.says("ул.Мира/5, вход meet.example.org")
    await oleg.sees("ул.Мира/5, вход meet.example.org")  # an address, as far as anybody can tell
    await oleg.taps("Место")
    for mixed in ("https://meet.example.org/ 1", "Зум: https://zoom.us/j/1", "Зум: zoom.us/j/1"):
        await oleg.says(mixed)
        await oleg.sees("в ссылке ошибка или рядом с ней другие слова")
    await oleg.says(typed)
    event = await only(app)
    assert (event.address, event.latitude, event.link) == (None, None, link)
    await oleg.taps("Опубликовать")
    await anna.says("/news")
    await anna.taps(f"🔵 {TITLE}")
    await anna.sees("Онлайн")
    await anna.sees_nothing_of(typed)
    await anna.taps("📅 Подробнее")
    await anna.sees_nothing_of(typed)
    await anna.taps("Иду")
    await anna.sees(f"Онлайн: {link}")


async def test_a_venue_brings_its_name(app: App, oleg: Person) -> None:
    await drafts(oleg)
    await oleg.taps("Место")
    place = {"latitude": 57.1, "longitude": 65.5}
    venue = {"location": place, "title": "Стадион", "address": "Мира 2"}
    await oleg.sends(location=place, venue=venue)
    await oleg.sees("Где: 📍 Стадион, Мира 2")
    assert (await only(app)).latitude == 57.1


async def test_what_cannot_be_read_is_told_and_asked_again(app: App, oleg: Person) -> None:
    await oleg.says("/newevent")
    await oleg.taps("➕ ТюмнМО ВЭП")
    await oleg.sends_location(57.1, 65.5)
    await oleg.sees("Название нужно словами")
    await oleg.says("Н" * 121)
    await oleg.sees("121 знак", "120")
    await oleg.says(TITLE)
    for words in ("о" * (DESCRIPTION + 1), "🏅" * (DESCRIPTION // 2 + 1)):
        await oleg.says(words)
        await oleg.sees("Получилось 2", "а помещается 2")
    await oleg.says("🏅" * (DESCRIPTION // 2))
    await oleg.sees("Когда начало?")
    await oleg.taps("← Назад")
    await oleg.says("Лыжи")
    await oleg.says("когда-нибудь")
    await oleg.sees("Не понял, когда")
    await oleg.says("вчера в 9")
    await oleg.sees("уже прош")
    await oleg.says("5 декабря 18:00")
    await oleg.says("до упаду")
    await oleg.sees("Не понял, когда закончится")
    await oleg.says("5 декабря 17:00")
    await oleg.sees("раньше начала")
    await oleg.says("40 дней")
    await oleg.sees("не больше 31")
    await oleg.says("2 часа")
    await oleg.says(PLACE)
    for wrong in ("много", "0", "-5", "1000001"):
        await oleg.says(wrong)
        await oleg.sees("цифрами")
    await oleg.says("5")
    await oleg.sees("Мест: 5")


@pytest.mark.parametrize("step", ["Название", "Описание", "Начало", "Место", "Сколько мест"])
async def test_rubbish_is_survived(app: App, oleg: Person, step: str) -> None:
    await drafts(oleg)
    await oleg.taps(step)
    for rubbish in ("sticker", "nul", "forwarded contact"):
        await survives(app, oleg, RUBBISH[rubbish])
    assert await step_of(app, oleg)


async def test_answers_until(app: App, oleg: Person) -> None:
    await drafts(oleg)
    await oleg.taps("Ответить до")
    await oleg.says("6 декабря 12:00")
    await oleg.sees("до начала мероприятия")
    await oleg.taps("За 24 ч")
    await oleg.sees("Ответить до: пт, 4 декабря, 18:00")
    await oleg.taps("Начало")
    await oleg.says("12 декабря 19:00")
    await oleg.sees("12 декабря, 19:00–21:00", "Ответить до: пт, 11 декабря, 19:00")
    await oleg.taps("Ответить до")
    await oleg.taps("До самого начала")
    await oleg.sees("Ответить до: начала")
    await oleg.taps("Ответить до")
    await oleg.says("11 декабря 10:00")
    assert local((await only(app)).answer_by) == "2026-12-11 10:00"


async def test_who_is_responsible(
    app: App, oleg: Person, anna: Person, people: Make, world: World
) -> None:
    await drafts(oleg)
    await oleg.taps("Кто отвечает")
    await oleg.says("@nobody_here")
    await oleg.sees("По словам «@nobody_here» никого не нашлось")
    await oleg.says("123456789")
    await oleg.sees("По словам «123456789» никого не нашлось")
    await oleg.says(str(anna.id))
    await oleg.sees("Ответственный: Смирнова Анна", "Кому вопросы: Смирнова Анна")
    await oleg.taps("Кто отвечает")
    await oleg.taps("Кому вопросы")
    await oleg.says("Анна, +7 912 345-67-89")
    await oleg.sees("Кому вопросы: Анна, +7 912 345-67-89")
    await oleg.taps("Опубликовать")
    await anna.sees("Вы теперь отвечаете", TITLE)
    await anna.taps("Открыть")
    await anna.sees("Мероприятие опубликовано")
    assert "Отменить мероприятие" not in anna.buttons
    await oleg.says("/newevent")
    await oleg.taps(f"📅 {TITLE}, 05.12")
    await oleg.taps("Изменить")
    await oleg.taps("Кто отвечает")
    await oleg.taps("Отвечаю я")
    await oleg.sees("Ответственный: Власов Олег")
    await oleg.taps("Изменить")
    await oleg.taps("Кто отвечает")
    await oleg.says(str(anna.id))
    await anna.sees("Вы теперь отвечаете")


async def test_a_name_is_not_looked_up_through_it(app: App, oleg: Person, people: Make) -> None:
    far = people("Глеб")
    await enrol(app, far, "KGD-1", "Гуляев Глеб", number="000205")
    await drafts(oleg)
    await oleg.taps("Кто отвечает")
    await oleg.says(str(far.id))
    await oleg.sees_nothing_of("Гуляев")
    await oleg.sees("Черновик мероприятия")


async def test_for_whom(app: App, oleg: Person, anna: Person, boris: Person) -> None:
    await drafts(oleg)
    await oleg.taps("Кто увидит и как")
    await oleg.taps("В каких ППО")
    await oleg.taps("ППО Сургутская ГРЭС")
    await oleg.taps("Готово")
    await oleg.sees("Черновик мероприятия", "В каких ППО: ППО Сургутская ГРЭС", "Увидят: 1")
    await oleg.taps("Кто увидит и как")
    await oleg.taps("Рубрики")
    await oleg.taps("Спорт")
    await oleg.taps("Готово")
    await oleg.taps("Кто увидит и как")
    await oleg.taps("Для кого")
    await oleg.taps("Молодёжи до 35")
    await oleg.taps("Готово")
    await oleg.sees("молодёжи до 35", "Рубрики: Спорт")
    await oleg.taps("Опубликовать")
    await boris.says("📅 Мероприятия")
    assert any(TITLE in label for label in boris.buttons)
    await anna.says("📅 Мероприятия")
    assert not any(TITLE in label for label in anna.buttons)


async def test_another_organisation_and_another_clock(app: App, people: Make) -> None:
    helen = people("Елена", id=ADMIN)
    await helen.says("/start")
    await begins(helen, place="Всероссийский Электропрофсоюз")
    await helen.taps("Пропустить")
    await helen.says("5 декабря 18:00–20:00")
    await helen.taps("Остальное потом")
    await helen.sees("18:00–20:00 по Москве")
    await helen.taps("Кто увидит и как")
    await helen.taps("От чьего имени")
    await helen.taps("Калининградская организация")
    await helen.sees("18:00–20:00 по Калининграду", "От имени: Калининградская организация")
    await helen.taps("Кто увидит и как")
    await helen.taps("Часовой пояс")
    await helen.taps("Петропавловск-Камчатский")
    await helen.sees("18:00–20:00 по Петропавловску-Камчатскому")
    event = await only(app)
    assert event.starts_at == datetime(2026, 12, 5, 6, tzinfo=UTC)


async def test_with_an_album(app: App, oleg: Person, anna: Person) -> None:
    await begins(oleg)
    photos = [(picture(), f"{n}.png") for n in range(3)]
    await oleg.sends_album(*photos, caption="Фото с прошлой")
    await oleg.sees("Когда начало")
    await oleg.says("5 декабря 18:00–20:00")
    await oleg.taps("Остальное потом")
    await oleg.sees("Вложений: 3", "Описание: Фото с прошлой")
    await oleg.taps("Описание")
    await oleg.sends_album(*photos[:2], caption="Новые фото")
    await oleg.sees("Вложений: 2", "Новые фото")
    await oleg.taps("Кто увидит и как")
    await oleg.taps("Объявление")
    await oleg.taps("Сообщением сразу")
    await oleg.taps("Готово")
    await oleg.taps("Опубликовать")
    await anna.sees(f"📅 {TITLE}", "Новые фото")
    assert sum("photo" in m for m in anna.chat.messages.values()) == 2


async def test_a_picture_with_words_below_it(oleg: Person, anna: Person) -> None:
    await begins(oleg)
    await oleg.sends_photo(picture(), "Коротко")
    await oleg.says("5 декабря 18:00–20:00")
    await oleg.taps("Остальное потом")
    await oleg.taps("Показать, как увидят")
    await oleg.sees("Коротко")
    await oleg.taps("Опубликовать")
    await anna.says("/news")
    await anna.taps(f"🔵 {TITLE}")
    shown = await anna.sees("Коротко")
    assert "photo" in shown
    assert "caption" in shown


async def test_nobody_else_may(app: App, oleg: Person, anna: Person, holds: Holds) -> None:
    await anna.says("/newevent")
    await anna.sees("Мероприятия создают организаторы")
    assert "newevent" not in anna.commands
    assert "newevent" in oleg.commands
    await drafts(oleg)
    shown = await oleg.sees("Черновик")
    labels = ("Опубликовать", "Начало", "Удалить черновик", "Кто увидит и как")
    taps = [carried(shown, label) for label in labels]
    await oleg.taps("Кто увидит и как")
    shown = await oleg.sees("Кто увидит и как")
    taps += [carried(shown, label) for label in ("Объявление", "Часовой пояс")]
    await anna.says("/start")
    own = await anna.sees()
    await holds(anna, "organiser", "KGD")
    for tap in taps:
        await anna.taps_data(own, tap)
        assert "Мероприятия создают организаторы" in (anna.toast or "")
    assert (await only(app)).state == "draft"


async def test_what_changed_meanwhile_is_not_published_unseen(oleg: Person, clock: Clock) -> None:
    await drafts(oleg)
    before = await oleg.sees("Черновик")
    clock.forward(seconds=1)
    await oleg.taps("Название")
    await oleg.says("Иначе")
    clock.forward(seconds=1)
    await oleg.taps_data(before, carried(before, "Опубликовать"))
    assert "изменился" in (oleg.toast or "")


async def test_a_second_tap_publishes_once(app: App, oleg: Person) -> None:
    await drafts(oleg)
    card = await oleg.sees("Черновик")
    await oleg.taps("Опубликовать")
    await oleg.taps_data(card, carried(card, "Опубликовать"))
    assert oleg.toast == "Опубликовано"
    assert await audited(app, "event.published") == ["event.published"]


async def test_its_hour_has_come_before_it_was_published(oleg: Person, clock: Clock) -> None:
    await drafts(oleg, start="завтра с 9 до 10")
    clock.forward(days=1)
    await oleg.taps("Опубликовать")
    assert "уже прош" in (oleg.toast or "")


async def test_a_draft_is_nobodys_to_answer(app: App, oleg: Person, anna: Person) -> None:
    await drafts(oleg)
    (event,) = await rows(app, Event)
    await anna.says("/start")
    await anna.taps_data(await anna.sees(), f"ev.answer:{event.id}:going")
    assert "больше нет" in (anna.toast or "")


async def test_a_digest_tells_of_it_by_its_title_until_it_is_cancelled(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await clock_ticks(app, clock)
    await makes(oleg)
    await makes(oleg, "Субботник")
    await oleg.taps("Отменить мероприятие")
    await oleg.says("Мороз")
    await oleg.taps("Да, отменить")
    by_clock(clock, "2026-11-23 18:00:30")
    await clock_ticks(app, clock)
    digest = next(line for line in anna.history if "Дайджест" in line)
    assert TITLE in digest
    assert "Субботник" not in digest
    await oleg.says("/newevent")
    assert "❌ Субботник, 05.12" in oleg.buttons


async def test_a_digest_tells_of_nothing_that_is_over(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await clock_ticks(app, clock)
    await makes(oleg, start="23 ноября 16:00–17:00")
    await makes(oleg, "Субботник", start="23 ноября 16:00–19:00")
    by_clock(clock, "2026-11-23 18:00:30")
    await clock_ticks(app, clock)
    digest = next(line for line in anna.history if "Дайджест" in line)
    assert "Субботник" in digest
    assert TITLE not in digest


async def test_what_a_question_gives_as_an_example_is_ahead(
    app: App, oleg: Person, clock: Clock
) -> None:
    clock.forward(days=5)
    await begins(oleg)
    await oleg.says("Лыжи и дартс")
    await oleg.taps("›")
    asked = await oleg.sees("Когда начало?", "«5 декабря, 18:00», «завтра в 9»")
    await oleg.says(asked["text"].split("«")[1].split("»")[0])
    await oleg.sees("🕒 сб, 5 декабря, 18:00")
    await oleg.taps("2 ч")
    await oleg.taps("Остальное потом")
    await oleg.taps("Ответить до")
    await oleg.sees("До какого времени нужно ответить?", "«4 декабря, 18:00»")
    await oleg.says("4 декабря, 18:00")
    await oleg.sees("Ответить до: пт, 4 декабря, 18:00")
    clock.forward(days=6, hours=4.5)
    await oleg.taps("Ответить до")
    await oleg.sees("«5 декабря, 17:00»")


async def test_where_the_day_is_picked_only_the_hour_is_asked_again(
    app: App, oleg: Person
) -> None:
    await begins(oleg)
    await oleg.says("Лыжи и дартс")
    await oleg.taps("28")
    await oleg.says("ой")
    await oleg.sees("Не понял, во сколько", "18:30 или 18:30–20:00")
    await oleg.says("18:30–20:00")
    assert local((await only(app)).starts_at) == "2026-11-28 18:30"


async def test_a_day_of_another_year_is_said_with_it(oleg: Person, anna: Person) -> None:
    """Typed on 23 November, «15 ноября» is a year ahead: the organiser must see that."""
    await makes(oleg, start="15 ноября 18:00–20:00")
    await oleg.sees("пн, 15 ноября 2027, 18:00–20:00 по Екатеринбургу")
    await opens(anna)
    await anna.sees("пн, 15 ноября 2027, 18:00–20:00")


async def test_from_the_card_to_the_desk_and_the_reach(oleg: Person, anna: Person) -> None:
    await makes(oleg, herald="Сообщением сразу")
    await oleg.taps("Карточка мероприятия")
    await oleg.sees(TITLE, "Вопросы: Власов Олег")
    await oleg.taps("🛠 Управлять")
    await oleg.sees("Мероприятие опубликовано")
    await oleg.taps("Охват")
    await oleg.sees("доставлено 2")
    await oleg.taps("← Вернуться")
    await oleg.sees("Мероприятие опубликовано", "Идут: 0")
    await anna.says("📅 Мероприятия")
    await anna.taps(anna.buttons[0])
    assert "🛠 Управлять" not in anna.buttons


async def test_many_are_found_page_by_page(oleg: Person) -> None:
    for day in range(1, 9):
        await makes(oleg, f"Встреча {day}", start=f"{day} декабря 18:00–20:00")
    await oleg.says("/newevent")
    assert oleg.buttons[:2] == ["📅 Встреча 1, 01.12", "📅 Встреча 2, 02.12"]
    await oleg.taps("Все опубликованные")
    await oleg.taps("›")
    assert oleg.buttons[:2] == ["📅 Встреча 7, 07.12", "📅 Встреча 8, 08.12"]
    await oleg.taps("← Вернуться")
    assert "➕ ТюмнМО ВЭП" in oleg.buttons


async def test_in_english(oleg: Person) -> None:
    await oleg.says("/language")
    await oleg.taps("English")
    await oleg.says("/newevent")
    await oleg.taps("➕ ТюмнМО ВЭП")
    await oleg.sees("What is the event called?")
    await oleg.says("Games")
    await oleg.taps("Skip")
    await oleg.says("on Saturday from 6 pm to 8 pm")
    await oleg.taps("The rest later")
    await oleg.sees("Draft of an event", "November 28, 18:00–20:00")
    await oleg.taps("Publish")
    await oleg.sees("The event is published")


async def test_one_that_nobody_could_answer_is_not_published(
    app: App, oleg: Person, clock: Clock
) -> None:
    """Its time to answer by has passed while it was a draft."""
    await drafts(oleg)
    await oleg.taps("Ответить до")
    await oleg.says("24 ноября 12:00")
    clock.forward(days=2)
    for label in ("Показать, как увидят", "Опубликовать"):
        await oleg.taps(label)
        assert "Срок, до которого нужно ответить, уже прошёл" in (oleg.toast or "")
    assert (await only(app)).state == "draft"
    await oleg.taps("Ответить до")
    await oleg.says("4 декабря 12:00")
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано")


async def test_whom_it_is_for_does_not_change_while_it_is_published(
    app: App, oleg: Person, both: Both
) -> None:
    """What was not read is not published."""
    await drafts(oleg)
    event, (post,) = await only(app), await rows(app, Post)
    async with app.database.transaction() as session:
        known = await events.find(session, event.id, now=post.changed_at)
        assert known
        read = events_making.version(known)

    async def aim(session: Session, actor: Actor, now: datetime) -> None:
        later = now + timedelta(seconds=1)
        await posts_choices.aim_at(session, actor, post.id, Audience.YOUNG, now=later)
        await session.flush()

    async def publish(session: Session, actor: Actor, now: datetime) -> object:
        return await events_making.publish(session, actor, event.id, read, now=now)

    _, refused = await both(oleg, aim, oleg, publish)
    assert isinstance(refused, events_making.Changed)
    assert (await only(app)).state == "draft"
