"""«🪪 Профбилет»: a picture, the same in words, and a QR that is answered live."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import App
from models.member import Member
from sandbox.people import Person
from sandbox.plugin import START
from services.house import Seal
from tests.applying import Holds, Make, appointed
from tests.backstage import card_link, enrol, read_by

pytestmark = pytest.mark.usefixtures("union")

NAME = "Смирнова Анна Ивановна"


@pytest.fixture
async def anna(app: App, people: Make) -> Person:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", NAME, number="000101")
    return anna


async def leaves(app: App) -> None:
    async with app.database.transaction() as session:
        for member in (await session.scalars(select(Member))).all():
            member.left_at = START


async def test_the_card_says_in_words_what_it_shows(anna: Person) -> None:
    for asked in ("🪪 Профбилет", "/card"):
        await anna.says(asked)
        await anna.sees(NAME, "ППО Тюменьэнерго", "Номер: 000101", "В профсоюзе с 2 марта 2026")


async def test_the_day_of_joining_is_the_same_for_every_reader(
    app: App, people: Make, holds: Holds
) -> None:
    """Late in the evening of the organisation's own day, which is the next one further east."""
    anna, jana = people("Анна"), await appointed(people, holds, "Яна", "KGD", "admin")
    await holds(jana, "chair", "TMN-1")
    member = await enrol(app, anna, "TMN-1", NAME)
    async with app.database.transaction() as session:
        kept = await session.get_one(Member, member.id)
        kept.joined_at = datetime(2026, 3, 2, 18, 59, tzinfo=UTC)
    for zone in ("Калининград", "Камчатка"):
        await anna.taps("👤 Профиль")
        await anna.taps("Часовой пояс")
        await anna.says(zone)
        await anna.sees("В профсоюзе с 2 марта 2026")
        await jana.opens(await card_link(anna))
        await jana.sees("В профсоюзе с 2 марта 2026")
        await anna.sees("В профсоюзе с 2 марта 2026")


async def test_the_picture_as_sent_leads_where_the_words_say(
    anna: Person, zbarimg: str, tmp_path: Path
) -> None:
    link = await card_link(anna)
    file = tmp_path / "card.png"
    file.write_bytes(await anna.picture())
    assert await read_by(zbarimg, file) == link
    assert len(link.partition("start=")[2]) <= 64


async def test_whoever_scans_is_told_what_they_may_know(
    anna: Person, people: Make, holds: Holds
) -> None:
    link = await card_link(anna)
    details = (NAME, "ППО Тюменьэнерго", "000101", "до 35 лет")
    for name, code, role in (
        ("Пётр", "TMN-1", "chair"),
        ("Ольга", "TMN", "organiser"),
        ("Елена", "VEP", "admin"),
    ):
        entitled = await appointed(people, holds, name, code, role)
        await entitled.opens(link)
        await entitled.sees("Профбилет действителен", *details)
    for stranger, at in (
        (people("Прохожий"), "12:00 (Москва)"),
        (await appointed(people, holds, "Яна", "KGD-1"), "11:00 (Калининград)"),
        (await appointed(people, holds, "Юрий", "TMN-1", "lawyer"), "14:00 (Екатеринбург)"),
        (anna, "14:00 (Екатеринбург)"),
    ):
        await stranger.opens(link)
        await stranger.sees(f"Профбилет действителен на 23 ноября, {at}.")
        await stranger.sees_nothing_of(*details)
        assert stranger.menu


async def test_a_card_of_someone_who_left_is_not_valid(
    app: App, anna: Person, people: Make, holds: Holds
) -> None:
    link = await card_link(anna)
    await leaves(app)
    passer_by, peter = people("Прохожий"), await appointed(people, holds, "Пётр", "TMN-1")
    await passer_by.opens(link)
    await passer_by.sees("недействителен", "больше не состоит")
    await passer_by.sees_nothing_of(NAME)
    await peter.opens(link)
    await peter.sees("недействителен", NAME, "членство прекращено 23 ноября 2026")
    await anna.says("/card")
    await anna.sees("для членов профсоюза", "«✍️ Вступить»")


async def test_what_this_house_did_not_sign_is_refused(
    app: App, anna: Person, people: Make
) -> None:
    pointer = (await card_link(anna)).partition("start=")[2]
    foreign = Seal("another house's key, as long as any").pointer(1)
    nobody = app.house.seal.pointer(999)
    swapped = pointer[:-1] + ("A" if pointer[-1] != "A" else "B")
    passer_by = people("Прохожий")
    for forged in (foreign, nobody, swapped, pointer + "A", "c_" + "A" * 32, "c_" + "_" * 62):
        await passer_by.opens(app.house.link(forged))
        await passer_by.sees("Такого профбилета нет")
        await passer_by.sees_nothing_of("действителен на")
    for damaged in (pointer[:-1], "c_", "c_A", pointer.upper(), "c_ABCDEFG"):
        for typed in (f"/start {damaged}", app.house.link(damaged), damaged):
            await passer_by.says(typed)
            await passer_by.sees("Такого профбилета нет", "QR повреждён или подделан")
            await passer_by.sees_nothing_of("риглашени")
    for whole in (f"/Start {pointer}", f"Вот: {app.house.link(pointer)}"):
        await passer_by.says(whole)
        await passer_by.sees("Профбилет действителен")


async def test_only_members_have_one(people: Make) -> None:
    guest = people("Гость")
    for asked in ("/card", "🪪 Профбилет"):
        await guest.says(asked)
        await guest.sees("для членов профсоюза", "✍️ Вступить")


async def test_a_name_with_markup_is_shown_as_it_is(app: App, people: Make) -> None:
    lev = people("Лев")
    await enrol(app, lev, "TMN-1", "<b>Лев & Co</b>", number="<i>1</i>")
    await lev.says("/card")
    await lev.sees("<b>Лев & Co</b>", "<i>1</i>")
    assert await lev.picture()


async def test_the_card_speaks_the_readers_language(app: App, people: Make) -> None:
    anna = people("Anna", language="en")
    await anna.says("/start")
    await enrol(app, anna, "TMN-1", "Smith Anna")
    await anna.says("🪪 Membership card")
    await anna.sees("Membership card", "Member since March 2, 2026", "Any phone camera")
    link = await card_link(anna)
    await anna.opens(link)
    await anna.sees("The card is valid as of November 23, 14:00 (Yekaterinburg).")
    await leaves(app)
    await anna.opens(link)
    await anna.sees("The card is not valid", "no longer in the union")


async def test_the_code_of_an_earlier_membership_says_nothing_false(
    app: App, people: Make
) -> None:
    anna, passer_by = people("Анна"), people("Прохожий")
    await enrol(app, anna, "TMN-1", "Смирнова Анна")
    link = await card_link(anna)
    await leaves(app)
    await enrol(app, anna, "TMN-1", "Смирнова Анна")
    await passer_by.opens(link)
    await passer_by.sees("QR от прежнего членства")
    await passer_by.sees_nothing_of("больше не состоит")
