"""Events as members find them: the list, the card, the answers, the way there."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.app import App
from models.event import Answer, Reply, State
from models.organisation import Organisation
from models.person import Interest, person_interests
from models.person import Person as Account
from models.post import Audience
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.reply_markup import inline_buttons
from services import interests
from services.events_changes import LONGEST_REASON
from services.events_fields import DESCRIPTION
from services.events_fields import TITLE as LONGEST_TITLE
from services.events_making import CONTACT
from services.events_typed import ADDRESS, LINK, MOST_SEATS
from tests.applying import Make, rows
from tests.backstage import enrol
from tests.gatherings import (
    TITLE,
    Hold,
    answer_of,
    answers,
    by_clock,
    changed,
    goes,
    hold,
    now_of,
    opens,
)
from tests.newsroom import anna, boris
from tests.sandbox_front import picture

FIXTURES = (hold, anna, boris)

pytestmark = pytest.mark.usefixtures("union")


async def test_found_opened_and_answered(app: App, hold: Hold, anna: Person) -> None:
    number = await hold(address="Тюмень, ДК «Энергетик»", contact="Власов Олег, @oleg")
    await anna.says("📅 Мероприятия")
    await anna.sees("Мероприятия", "Сначала те, что в вашем регионе")
    assert anna.buttons[0] == f"26.11 14:00 · {TITLE}"
    await opens(anna)
    await anna.sees(
        TITLE,
        "🗓 чт, 26 ноября, 14:00–16:00",
        "📍 Тюмень, ДК «Энергетик»",
        "Лыжи и дартс",
        "Вопросы: Власов Олег, @oleg",
        "ТюмнМО ВЭП",
    )
    await anna.taps("Иду")
    await anna.sees("✅ Вы идёте", "Идут: 1")
    assert anna.toast == "✅ Вы идёте"
    await anna.taps("✓ Иду")  # once more changes nothing
    assert "✓ Иду" in anna.buttons
    await anna.taps("Возможно")
    await anna.sees("Вы ответили «Возможно»")
    await anna.sees_nothing_of("Идут")
    await anna.taps("Не пойду")
    await anna.sees("Вы не идёте")
    found = await answer_of(app, anna, number)
    assert found
    assert found.answer is Answer.NO
    await anna.taps("← К мероприятиям")
    assert anna.buttons[0] == f"26.11 14:00 · {TITLE}"


async def test_the_list_is_for_members(people: Make) -> None:
    guest = people("Гость")
    await guest.says("/events")
    await guest.sees("«📅 Мероприятия» — раздел для членов профсоюза")


async def test_own_region_and_interests_first_and_filters(
    app: App, hold: Hold, anna: Person, people: Make, clock: Clock
) -> None:
    sport, culture = interests.FIRST[:2]
    async with app.database.transaction() as session:
        await interests.list_open(session, now=now_of(clock))
        mine = select(Account.id).where(Account.telegram_id == anna.id).scalar_subquery()
        liked = select(Interest.id).where(Interest.title == sport).scalar_subquery()
        row = {"person_id": mine, "interest_id": liked}
        await session.execute(insert(person_interests).values(row))
    await hold("Съезд", "VEP", in_=timedelta(days=1))
    await hold("Кросс", "VEP", in_=timedelta(days=2), rubric=sport)
    await hold("Хор", "VEP", in_=timedelta(days=3), rubric=culture)
    await hold("Слёт", "TMN", in_=timedelta(days=4))
    await hold("Собрание", "TMN-1", in_=timedelta(days=5))
    await hold("Для первички", "TMN", in_=timedelta(days=6), targets=("TMN-1",))
    for title, code in (("Чужое", "TMN-2"), ("Далёкое", "KGD")):
        await hold(title, code)
    await hold("Для подписчиков", "TMN", rubric=culture, audience=Audience.FOLLOWERS)
    await anna.says("/events")
    assert titles(anna) == ["Кросс", "Слёт", "Собрание", "Для первички", "Съезд", "Хор"]
    await anna.taps("Моя ППО")
    assert titles(anna) == ["Собрание", "Для первички"]
    await anna.taps("Регион")
    assert titles(anna) == ["Слёт", "Собрание", "Для первички"]
    await anna.taps("Иду")
    await anna.sees("Вы пока никуда не собираетесь")
    await anna.taps("Все")
    await anna.taps("27.11 14:00 · Слёт")
    await anna.taps("Иду")
    await anna.taps("← К мероприятиям")
    await anna.taps("Иду")
    assert anna.buttons[0] == "✅ 27.11 14:00 · Слёт"
    far = people("Глеб")
    await enrol(app, far, "KGD-1", "Гуляев Глеб", number="000205")
    await far.says("/events")
    assert titles(far) == ["Далёкое", "Съезд", "Кросс", "Хор"]
    await far.taps("Моя ППО")
    await far.sees("У вашей первички пока ничего не назначено")


def titles(person: Person) -> list[str]:
    return [label.partition(" · ")[2] for label in person.buttons if " · " in label]


async def test_the_young_find_what_is_for_the_young(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    await hold("Слёт молодёжи", audience=Audience.YOUNG)
    await anna.says("/events")
    assert titles(anna) == ["Слёт молодёжи"]
    by_clock(clock, "2034-03-15 09:00")
    await hold("Слёт молодёжи", audience=Audience.YOUNG)
    await anna.says("/events")
    await anna.sees("Мероприятий пока нет")


async def test_long_lists_have_pages_and_end_with_what_is_over(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    for number in range(8):
        await hold(f"Сбор {number}", in_=timedelta(days=number + 1))
    draft = await hold("Черновик", state=State.DRAFT)
    await anna.says("/events")
    assert titles(anna) == [f"Сбор {number}" for number in range(6)]
    await anna.taps("›")
    assert titles(anna) == ["Сбор 6", "Сбор 7"]
    clock.forward(days=1, hours=1)  # the first one is under way
    await anna.says("/events")
    assert titles(anna)[0] == "Сбор 0"
    shown = await anna.sees()
    clock.forward(hours=1)
    await anna.says("/events")
    assert titles(anna)[0] == "Сбор 1"
    await anna.taps("24.11 14:00 · Сбор 0", message=shown)
    card = await anna.sees("Мероприятие уже прошло")
    assert [button["text"] for button in inline_buttons(card)] == ["← К мероприятиям"]
    await anna.taps_data(shown, f"ev.open:{draft}")
    assert "этого мероприятия больше нет" in (anna.toast or "").lower()


async def test_a_page_is_turned_within_its_filter(hold: Hold, anna: Person) -> None:
    for number in range(4):
        await hold(f"Слёт {number}", in_=timedelta(days=2 * number + 1))
        await hold(f"Съезд {number}", "VEP", in_=timedelta(days=2 * number + 2))
        await hold(f"Сбор {number}", "TMN-1", in_=timedelta(days=2 * number + 3))
    await anna.says("/events")
    await anna.taps("Регион")
    assert len(titles(anna)) == 6
    await anna.taps("›")
    assert titles(anna) == ["Слёт 3", "Сбор 3"]
    assert "✓ Регион" in anna.buttons
    await anna.taps("Все")
    assert titles(anna)[:2] == ["Слёт 0", "Сбор 0"]  # the first page of the other filter


async def test_what_is_for_others_stays_with_them(
    app: App, hold: Hold, anna: Person, people: Make
) -> None:
    number = await hold(latitude=57.15, longitude=65.53)
    far = people("Глеб")
    await enrol(app, far, "KGD-1", "Гуляев Глеб", number="000205")
    await far.says("/events")
    shown = await far.sees()
    for data in (f"ev.open:{number}", f"ev.answer:{number}:going", f"ev.where:{number}"):
        await far.taps_data(shown, data)
        assert "не для вашей организации" in (far.toast or "")
    assert await rows(app, Reply) == []
    guest = people("Гость")
    await guest.says("/start")
    await guest.taps_data(await guest.sees(), f"ev.answer:{number}:going")
    assert "не для вашей организации" in (guest.toast or "")


async def test_an_organiser_reads_it_but_only_members_come(
    app: App, hold: Hold, people: Make, holds: object
) -> None:
    number = await hold()
    oleg = people("Олег")
    await oleg.says("/start")
    await holds(oleg, "organiser", "TMN")  # type: ignore[operator]
    await oleg.taps_data(await oleg.sees(), f"ev.open:{number}")
    card = await oleg.sees(TITLE)
    assert "Иду" not in oleg.buttons
    await oleg.taps_data(card, f"ev.answer:{number}:going")
    assert "для членов профсоюза" in (oleg.toast or "")


async def test_where_it_is(app: App, hold: Hold, anna: Person) -> None:
    await hold(address="Тюмень, Республики, 1", latitude=57.153, longitude=65.534)
    await opens(anna)
    await anna.taps("Где это")
    venue = anna.newest("venue")["venue"]
    assert (venue["title"], venue["address"]) == (TITLE, "Тюмень, Республики, 1")
    assert (venue["location"]["latitude"], venue["location"]["longitude"]) == (57.153, 65.534)
    await hold("По адресу", address="Тюмень, Мира, 2")
    await opens(anna, "По адресу")
    shown = await anna.sees("📍 Тюмень, Мира, 2")
    (link,) = [
        button["url"]
        for row in shown["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == "Где это"
    ]
    assert link.endswith("%D0%9C%D0%B8%D1%80%D0%B0%2C%202")


async def test_a_link_is_for_those_who_go(hold: Hold, anna: Person) -> None:
    await hold(link="https://meet.example/abc")
    await opens(anna)
    await anna.sees("Ссылка появится здесь, когда вы ответите «Иду»")
    await anna.taps("Возможно")
    await anna.sees_nothing_of("meet.example")
    await anna.taps("Иду")
    await anna.sees("Онлайн: https://meet.example/abc")
    await anna.taps("Не пойду")
    await anna.sees_nothing_of("meet.example")


async def test_a_cancelled_one_is_read_as_cancelled(app: App, hold: Hold, anna: Person) -> None:
    number = await hold(seats=5)
    await goes(anna)
    await changed(app, number, state=State.CANCELLED, reason="Мороз −40")
    await anna.taps("Не пойду")
    assert anna.toast == "Мероприятие отменено."
    await anna.says("/events")
    await anna.sees("Мероприятий пока нет")
    await anna.taps("Иду")
    await anna.taps(f"❌ отменено · {TITLE}")
    card = await anna.sees("чт, 26 ноября, 14:00–16:00", f"Отменено: {TITLE}")
    assert "Почему: Мороз −40" in card["text"]
    assert "Мест" not in card["text"]
    assert "Вы идёте" not in card["text"]
    assert anna.buttons == ["В календарь", "← К мероприятиям"]


async def test_by_its_own_clock_and_by_the_readers(
    app: App, hold: Hold, people: Make, clock: Clock
) -> None:
    """18:00 in Petropavlovsk is the morning of the same day in Kaliningrad, or the day before."""
    by_clock(clock, "2026-11-23 12:00", "Asia/Kamchatka")
    zone = "Asia/Kamchatka"
    await hold("Вечер", "VEP", zone=zone, in_=timedelta(days=1, hours=6))
    await hold("Утро", "VEP", zone=zone, in_=timedelta(days=1, hours=-3))
    await hold("Сутки", "VEP", zone=zone, in_=timedelta(days=1), lasts=timedelta(days=1))
    gleb = people("Глеб")
    await enrol(app, gleb, "KGD-1", "Гуляев Глеб", number="000205")
    await opens(gleb, "Вечер")
    await gleb.sees("вт, 24 ноября, 18:00–20:00 по Петропавловску-Камчатскому, у вас 08:00")
    await opens(gleb, "Утро")
    await gleb.sees("09:00–11:00 по Петропавловску-Камчатскому, у вас пн, 23 ноября, 23:00")
    await opens(gleb, "Сутки")
    await gleb.sees("вт, 24 ноября, 12:00 — ср, 25 ноября, 12:00 по Петропавловску")
    await gleb.says("/events")
    await gleb.sees("Время в списке — местное")
    assert "24.11 18:00 · Вечер" in gleb.buttons


async def test_its_picture_stands_above_the_card(
    app: App, hold: Hold, anna: Person, boris: Person
) -> None:
    sent = await boris.sends_photo(picture())
    file_id = sent["photo"][-1]["file_id"]
    await hold(media=[{"kind": "photo", "file_id": file_id, "at": 1}])
    await opens(anna)
    assert (
        anna.newest("photo")["photo"][-1]["file_unique_id"] == sent["photo"][-1]["file_unique_id"]
    )
    await anna.sees(TITLE, "Лыжи и дартс")
    await anna.taps("Иду")
    await anna.sees("✅ Вы идёте")


async def test_the_longest_there_may_be_is_one_message(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    address, contact = "ул. " + "А" * (ADDRESS - 4), "к" * CONTACT
    number = await hold(
        "Т" * LONGEST_TITLE,
        words="ё" * DESCRIPTION,
        address=address,
        contact=contact,
        link="https://" + "l" * (LINK - 8),
        seats=MOST_SEATS,
        lasts=timedelta(days=30),
        zone="Asia/Kamchatka",
        answer_by=now_of(clock) + timedelta(days=2),
    )
    await goes(anna, "Т" * LONGEST_TITLE)
    async with app.database.transaction() as session:
        await session.execute(update(Organisation).values(name="Ж" * 200))
    await changed(app, number, state=State.CANCELLED, reason="п" * LONGEST_REASON)
    await anna.taps_data(await anna.sees("✅ Вы идёте"), f"ev.open:{number}")
    shown = await anna.sees(
        "Отменено", "ё" * DESCRIPTION, address, contact, "Ж" * 200, "п" * LONGEST_REASON
    )
    assert len(shown["text"]) < 4096 - 200  # and a line or two may be added yet


async def test_in_english_too(app: App, hold: Hold, anna: Person, clock: Clock) -> None:
    number = await hold(seats=1, zone="Asia/Kamchatka")
    async with app.database.transaction() as session:
        await session.execute(update(Account).values(language="en"))
    await anna.says("/events")
    await anna.taps(anna.buttons[0])
    await anna.sees("Thu, November 26, 21:00–23:00", "time, 14:00 where you are", "1 free")
    await answers(app, anna, number, clock, Answer.GOING)
    await anna.taps("Going")
    await anna.sees("✅ You are going", "all taken")
