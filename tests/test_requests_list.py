"""/requests and the card: how long each has waited, how old they are, how they came."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.app import App
from models.application import Application, State
from models.organisation import Organisation
from sandbox.people import Person
from sandbox.plugin import START, Clock
from sandbox.reply_markup import inline_buttons
from services import people as accounts
from tests.applying import HOME, NAME, PHONE, Holds, Make, applies, appointed, fills_in, rows
from tests.backstage import enrol

pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def peter(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Пётр", "TMN-1")


async def waits(
    app: App,
    person: Person,
    name: str,
    code: str = "TMN-1",
    born: str = "1998-03-15",
    days: int = 0,
) -> None:
    """An application sent so many days ago."""
    sent = START - timedelta(days=days)
    async with app.database.transaction() as session:
        known = await accounts.expect(session, str(person.id), now=sent)
        home = (await session.scalars(select(Organisation).filter_by(code=code))).one()
        session.add(
            Application(
                person_id=known.id,
                organisation_id=home.id,
                state=State.PENDING,
                name=name,
                born_on=date.fromisoformat(born),
                phone=f"+7999000{person.id:04}",
                started_at=sent,
                submitted_at=sent,
            )
        )


async def test_the_longest_waiting_come_first_a_page_at_a_time(
    app: App, people: Make, peter: Person
) -> None:
    for days in range(11):
        await waits(app, people("Кто-то"), f"Заявитель {chr(ord('А') + days)}", days=days)
    await waits(app, people("Чужой"), "Чужой Человек", code="KGD-1")
    await peter.says("/requests")
    await peter.sees("Заявок на рассмотрении: 11")
    assert peter.buttons[0] == "Заявитель К · ждёт 10 дней"
    assert peter.buttons[8:] == ["1 / 2", "›"]
    await peter.taps("›")
    assert peter.buttons == [
        "Заявитель В · ждёт 2 дня",
        "Заявитель Б · ждёт 1 день",
        "Заявитель А · сегодня",
        "‹",
        "2 / 2",
    ]
    await peter.taps("‹")
    await peter.taps("Заявитель К · ждёт 10 дней")
    card = await peter.sees("Заявитель К", "ждёт 10 дней", "13 ноября")
    await peter.taps("Подтвердить")
    await peter.sees("Подтверждена")
    await peter.sees_nothing_of("ждёт 10 дней")
    await peter.taps_data(card, "rq.list:99")
    assert peter.buttons[-2:] == ["‹", "2 / 2"]
    await peter.sees("Заявок на рассмотрении: 10")
    await peter.taps_data(card, "rq.list:one")
    assert peter.toast == "Эта кнопка уже не действует. Вот что есть сейчас."


async def test_an_application_opened_twice_offers_its_buttons_once(
    people: Make, peter: Person
) -> None:
    """However many messages showed it: the newest decides, and all of them stop asking."""
    anna = people("Анна", phone=PHONE)
    await applies(anna)
    first = await peter.sees(NAME)
    await peter.says("/requests")
    await peter.taps(f"{NAME} · сегодня")
    second = await peter.sees("Заявка на вступление", NAME)
    assert second["message_id"] > first["message_id"]
    assert inline_buttons(peter.chat.messages[first["message_id"]]) == []
    await peter.taps("Отклонить")
    await peter.taps("Заявка подана повторно")
    await peter.sees("Отклонена: председатель", "Заявка подана повторно")
    assert peter.buttons == [f"{NAME} · сегодня"]
    await peter.taps(f"{NAME} · сегодня")
    await peter.sees("Отклонена: председатель")


async def test_up_to_and_including_35_is_young(app: App, people: Make, peter: Person) -> None:
    """On 23 November 2026."""
    ages = {
        "1991-11-24": ("34 года", True),
        "1991-11-23": ("35 лет", True),
        "1990-11-24": ("35 лет", True),
        "1990-11-23": ("36 лет", False),
        "2005-11-23": ("21 год", True),
    }
    await peter.says("/start")
    greeting = await peter.sees()
    for number, (born, (age, young)) in enumerate(ages.items(), 1):
        await waits(app, people("Кто-то"), "Иванов Иван", born=born)
        await peter.taps_data(greeting, f"rq.open:{number}")
        card = await peter.sees(f"{age} · до 35" if young else f"{age} · ")
        assert ("до 35" in card["text"]) is young


async def test_the_card_tells_how_the_person_came(
    app: App, people: Make, peter: Person, clock: Clock
) -> None:
    await peter.says("/invite")
    caption = (await peter.sees("https://t.me/"))["caption"]
    link = next(word for word in caption.split() if word.startswith("https://t.me/"))
    vera = people("Вера", phone="+79995550109")
    await vera.opens(link)
    await fills_in(vera, name="Белова Вера")
    await vera.taps("Отправить заявку")
    await peter.sees("Белова Вера", "Как пришли: по приглашению\n")
    await enrol(app, peter, "TMN-1", "Орлов Пётр", number="000102")
    await peter.says("/requests")
    await peter.taps("Белова Вера · сегодня")
    await peter.sees("Как пришли: по приглашению (Орлов Пётр)\n")
    await peter.says("/invite")
    await peter.taps("Подпись")
    await peter.says("<b>Проходная & Co</b>")
    anna = people("Анна", phone=PHONE)
    await anna.opens(link)
    await anna.taps("✍️ Вступить")
    await anna.taps("Согласен")
    for said in (NAME, "15.03.1998", "+7 999 555 01 02"):
        await anna.says(said)
    await anna.taps("Верно")
    await anna.taps("Отправить заявку")
    await peter.sees(
        "по приглашению «<b>Проходная & Co</b>» (Орлов Пётр)", "+7 999 555-01-02 (не подтверждён)"
    )
    clock.forward(days=5)
    await peter.says("/requests")
    await peter.taps(f"{NAME} · ждёт 5 дней")
    await peter.sees("Отправлена: 23 ноября, 14:00, ждёт 5 дней", HOME)


async def test_rows_name_the_organisation_where_there_are_several(
    app: App, people: Make, peter: Person, holds: Holds
) -> None:
    """However the pages fall; a long name is cut, the days stay to be read."""
    olga = await appointed(people, holds, "Ольга", "TMN")
    for days in range(9):
        await waits(app, people("Кто-то"), f"Заявитель {days}", days=days)
    await olga.says("/requests")
    assert olga.buttons[0] == "Заявитель 8 · ждёт 8 дней"
    await waits(app, people("Кто-то"), "Заявитель Сургутский", code="TMN-2")
    async with app.database.transaction() as session:
        surgut = (await session.scalars(select(Organisation).filter_by(code="TMN-2"))).one()
        surgut.name = "ППО Сургутская государственная районная электростанция"
    await olga.says("/requests")
    assert olga.buttons[0] == "Заявитель 8 · ждёт 8 дней · ППО Тюменьэнерго"
    await olga.taps("›")
    assert olga.buttons[1] == "Заявитель Сургутский · сегодня · ППО Сургутская государс…"
    await peter.says("/requests")
    assert peter.buttons[0] == "Заявитель 8 · ждёт 8 дней"


async def test_nothing_waits(app: App, peter: Person) -> None:
    await peter.says("/requests")
    await peter.sees("Заявок на рассмотрении нет.")
    assert not await rows(app, Application)
