import pytest
from sqlalchemy import select

from bot.app import App
from models.application import Application
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.inviting import (
    Holds,
    People,
    answers,
    appointed,
    code_of,
    kept,
    link_from,
    link_in,
    picture_of,
)

pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def peter(people: People, holds: Holds) -> Person:
    """The chair of ППО Тюменьэнерго."""
    return await appointed(people, holds, "Пётр", "chair", "TMN-1")


async def test_an_end_comes_at_midnight_of_the_organisation(
    peter: Person, people: People, holds: Holds, clock: Clock
) -> None:
    kant = people("Кант")
    await holds(kant, "chair", "KGD-1")
    links = {}
    for chair in (peter, kant):
        links[chair] = await link_from(chair)
        await chair.taps("Срок")
        await chair.says("сегодня")
        await chair.sees("Действует по 23 ноября 2026 включительно")
    guest = people("Гость")

    clock.forward(hours=9, minutes=59)  # 18:59 UTC: a minute to midnight in Yekaterinburg
    await guest.opens(links[peter])
    await guest.sees("Вас приглашает ППО Тюменьэнерго")
    clock.forward(minutes=1)
    await guest.opens(links[peter])
    await guest.sees("Срок этого приглашения закончился", "Сила в каждом")
    await peter.taps("Все приглашения", message=picture_of(peter, links[peter]))
    await peter.sees("Действующих приглашений нет")
    await peter.taps("Подпись", message=picture_of(peter, links[peter]))
    await peter.taps("← К приглашению")
    await peter.sees("Срок закончился 23 ноября 2026")

    clock.forward(hours=2, minutes=59)  # 21:59 UTC: a minute to midnight in Kaliningrad
    await guest.opens(links[kant])
    await guest.sees("Вас приглашает ППО Янтарьэнерго")
    await kant.taps("Все приглашения")
    await kant.sees("Действующих приглашений: 1")
    clock.forward(minutes=1)
    await guest.opens(links[kant])
    await guest.sees("Срок этого приглашения закончился")


@pytest.mark.parametrize("spelling", ["{}{}", "{} {}", "{}-{}", "Код: {}{}"])
async def test_a_guest_who_types_the_code_is_invited(
    peter: Person, people: People, spelling: str
) -> None:
    code = code_of(await link_from(peter))
    typed = spelling.format(code[:4], code[4:]).lower()
    guest = people("Гость")
    await guest.says(typed.translate(str.maketrans("abekmhopctyx", "авекмнорстух")))
    await guest.sees("Вас приглашает ППО Тюменьэнерго")
    assert guest.buttons == ["✍️ Вступить"]


async def test_codes_that_lead_nowhere_are_answered_kindly(people: People) -> None:
    guest = people("Гость")
    bot = "https://t.me/sila_sandbox_bot?start="
    for link in (f"{bot}AAAABBBB", f"{bot}-", f"{bot}{'z' * 64}"):
        await guest.opens(link)
        await guest.sees("Приглашения с таким кодом нет", "Сила в каждом")
        assert "✍️ Вступить" in guest.menu
    await guest.says("/start <b>Лев & Co</b>")
    await guest.sees("Приглашения с таким кодом нет")
    await guest.says("aaaa bbbb")
    await guest.sees("Приглашения с таким кодом нет")
    await guest.taps("✍️ Вступить")
    await guest.taps("Согласен")
    await guest.sees("фамилию, имя")


async def test_a_code_typed_into_a_dialog_is_an_answer_there(
    peter: Person, people: People, app: App
) -> None:
    code = code_of(await link_from(peter))
    guest = people("Гость")
    await guest.says("/start")
    await guest.taps("✍️ Вступить")
    await guest.taps("Согласен")
    await guest.says(code)
    await guest.sees_nothing_of("Вас приглашает")
    await guest.says("Смирнова Анна")
    await guest.sees("Когда вы родились?")
    await guest.says(f"/start {code}")
    await guest.sees("Вас приглашает")
    await peter.taps("Подпись")
    await peter.says(code)
    await peter.sees(f"Подпись: {code}")


async def test_members_and_applicants_are_told_where_they_stand(
    peter: Person, people: People
) -> None:
    link = await link_from(peter)
    anna = people("Анна", phone="+79991234567")
    await anna.opens(link)
    await answers(anna, "Смирнова Анна")
    await anna.opens(link)
    await anna.sees("Вас приглашает")
    await anna.taps("✍️ Вступить")
    await anna.taps("Верно")
    await anna.taps("Отправить заявку")
    await anna.says(code_of(link))
    await anna.sees("Моя заявка: на рассмотрении", "ППО Тюменьэнерго")
    await peter.taps("Вернуть")
    await peter.says("Отчество?")
    await anna.opens(link)
    await anna.sees("нужно исправить", "Отчество?")
    await anna.taps("Продолжить")
    await anna.taps("Отправить заявку")
    await peter.taps("Подтвердить")
    await anna.opens(link)
    await anna.sees("Вы уже член профсоюза", link)


async def test_each_person_counts_once(peter: Person, people: People) -> None:
    link = await link_from(peter)
    anna, boris = people("Анна", phone="+79991234567"), people("Борис")
    for guest in (anna, boris, anna, boris):
        await guest.opens(link)
    await peter.says("/invite")
    await peter.sees("Открыли: 2 · Вступили: 0")
    await answers(anna, "Смирнова Анна")
    await anna.taps("Верно")
    await anna.taps("Отправить заявку")
    await peter.says("/invite")
    await peter.sees("Открыли: 2 · Вступили: 0")
    await peter.taps("Подтвердить")
    await peter.says("/invite")
    await peter.sees("Открыли: 2 · Вступили: 1")
    fresh = picture_of(peter, link)
    await peter.taps("Новое приглашение", message=fresh)
    await peter.sees("Открыли: 0 · Вступили: 0")


async def test_choosing_another_organisation_keeps_how_the_person_came(
    peter: Person, people: People, app: App
) -> None:
    link = await link_from(peter)
    anna = people("Анна", phone="+79991234567")
    await anna.opens(link)
    await answers(anna, "Смирнова Анна")
    await anna.sees("Ваша первичная организация — ППО Тюменьэнерго?")
    await anna.taps("Другая")
    await anna.taps("Калининградская организация")
    await anna.taps("ППО Янтарьэнерго")
    await anna.taps("Отправить заявку")
    admin = people("Админ", id=900)
    await admin.says("/requests")
    await admin.taps("Смирнова Анна · сегодня")
    await admin.sees("ППО Янтарьэнерго", "по приглашению\n")
    await admin.taps("Подтвердить")
    await peter.says("/invite")
    await peter.sees("Открыли: 1 · Вступили: 1")
    async with app.database.transaction() as session:
        came_by = (await session.scalars(select(Application.invitation_id))).all()
    assert came_by == [(await kept(app, link)).id]


async def test_an_invitation_of_a_whole_territory_asks_for_the_organisation_in_it(
    people: People, holds: Holds
) -> None:
    olga, anna = people("Ольга"), people("Анна", phone="+79991234567")
    await holds(olga, "organiser", "TMN")
    await olga.says("/invite TMN")
    await anna.opens(link_in(await olga.sees("ТюмнМО ВЭП")))
    await anna.sees("Вас приглашает ТюмнМО ВЭП")
    await answers(anna, "Смирнова Анна")
    await anna.sees("ТюмнМО ВЭП")
    assert "ППО Сургутская ГРЭС" in anna.buttons
    assert "ППО Янтарьэнерго" not in anna.buttons


async def test_the_last_invitation_still_in_force_is_the_one_that_counts(
    peter: Person, people: People, holds: Holds
) -> None:
    kant, anna = people("Кант"), people("Анна", phone="+79991234567")
    await holds(kant, "chair", "KGD-1")
    first, second = await link_from(peter), await link_from(kant)
    await anna.opens(first)
    await anna.opens(second)
    await kant.taps("Отозвать")
    await kant.taps("Да, отозвать")
    await answers(anna, "Смирнова Анна")
    await anna.sees("Ваша первичная организация — ППО Тюменьэнерго?")
