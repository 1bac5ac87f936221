from datetime import UTC, datetime

import pytest
from sqlalchemy import delete

from bot.app import App
from keyboards import invitations as kb
from models.organisation import Organisation
from models.role import Grant
from sandbox.people import Person
from services import organisations_import as importing
from services.tables import csv_lines
from tests.backstage import STICKER
from tests.inviting import (
    UNDER_PICTURE,
    Holds,
    People,
    appointed,
    code_of,
    kept,
    link_from,
    link_in,
    picture_of,
)

pytestmark = pytest.mark.usefixtures("union")

FORGED = (kb.Open, kb.Keep, kb.Sign, kb.Limit, kb.Unlimit, kb.Renew)


@pytest.fixture
async def peter(people: People, holds: Holds) -> Person:
    """The chair of ППО Тюменьэнерго."""
    return await appointed(people, holds, "Пётр", "chair", "TMN-1")


async def test_an_organiser_of_several_chooses_and_their_own_come_first(
    people: People, holds: Holds
) -> None:
    olga = people("Ольга")
    await holds(olga, "organiser", "TMN")
    await holds(olga, "organiser", "KGD-1")
    await olga.says("/invite")
    await olga.sees("В какую организацию приглашаете?")
    own, below = ["ППО Янтарьэнерго", "ТюмнМО ВЭП"], ["ППО Сургутская ГРЭС", "ППО Тюменьэнерго"]
    assert olga.buttons == [*own, *below, "Найти"]
    await olga.taps("ППО Сургутская ГРЭС")
    await olga.sees("Приглашение в профсоюз", "ППО Сургутская ГРЭС")
    await link_from(olga, "/invite tmn-2")
    await olga.sees("ППО Сургутская ГРЭС")
    await olga.says("/invite KGD")
    await olga.sees("Приглашать могут")
    await olga.says("/invite НЕТ-ТАКОЙ")
    await olga.sees_nothing_of("Приглашение в профсоюз")


async def test_an_organisation_is_found_by_words(people: People, holds: Holds) -> None:
    olga = people("Ольга")
    await holds(olga, "organiser", "TMN")
    await olga.says("/invite")
    await olga.taps("Найти")
    for nothing in ("Янтарьэнерго", "🙂", "<b>"):
        await olga.says(nothing)
        await olga.sees("не нашлось")
    await olga.says("🙂" * 4096)
    await olga.sees("помещается 100")
    for wordless in ({"text": "\u202e"}, {"sticker": STICKER}):
        await olga.sends(**wordless)
        await olga.sees("Напишите название или слово из него")
    await olga.says("сургутская тмн-2 грэс")
    await olga.sees("не нашлось")
    await olga.says("ГРЭС сургут")
    assert olga.buttons == ["ППО Сургутская ГРЭС", "Показать список"]
    await olga.says("tmn-1")
    assert olga.buttons == ["ППО Тюменьэнерго", "Показать список"]
    await olga.taps("Показать список")
    await olga.taps("ППО Тюменьэнерго")
    await olga.sees("Приглашение в профсоюз", "ППО Тюменьэнерго")
    await olga.says("ГРЭС сургут")
    await olga.sees("Не понял вас")


async def test_a_long_list_of_organisations_is_turned_page_by_page(
    app: App, people: People
) -> None:
    rows = "code,name,level,parent,timezone\nVEP,ВЭП,union,,\nTMN,ТюмнМО,territorial,VEP,\n"
    rows += "".join(f"P-{n},ППО номер {n:02},primary,TMN,\n" for n in range(1, 15))
    async with app.database.transaction() as session:
        await importing.store(session, importing.read(csv_lines(rows)), now=datetime.now(UTC))
    admin = people("Админ", id=900)
    await admin.says("/invite")
    assert admin.buttons[:2] == ["ВЭП", "Калининградская организация"]
    await admin.taps("›")
    await admin.taps("›")
    assert admin.buttons[-3:] == ["‹", "3 / 3", "Найти"]
    await admin.taps("ППО номер 14")
    await admin.sees("Приглашение в профсоюз", "ППО номер 14")


async def test_an_empty_union_has_nowhere_to_invite_to(app: App, people: People) -> None:
    async with app.database.transaction() as session:
        await session.execute(delete(Organisation))
    admin = people("Админ", id=900)
    await admin.says("/invite")
    await admin.sees("приглашать некуда")


@pytest.mark.parametrize("role", ["lawyer", "leader"])
async def test_other_roles_do_not_invite(people: People, holds: Holds, role: str) -> None:
    person = people("Ольга")
    await holds(person, role, "TMN-1")
    await person.says("/invite")
    await person.sees("Приглашать могут")


async def test_a_chair_elsewhere_reaches_nothing_with_forged_buttons(
    peter: Person,
    people: People,
    holds: Holds,
    app: App,
) -> None:
    link = await link_from(peter)
    kant = people("Кант")
    await holds(kant, "chair", "KGD-1")
    await link_from(kant)
    invitation = await kept(app, link)
    mine = picture_of(kant, "https://t.me/")
    packed = [verb(invitation_id=invitation.id).pack() for verb in FORGED]
    packed += [kb.Revoke(invitation_id=invitation.id, sure=s).pack() for s in (False, True)]
    packed.append(kb.InviteTo(organisation_id=invitation.organisation_id).pack())
    for data in packed:
        await kant.taps_data(mine, data)
        assert "Приглашать могут" in (kant.toast or ""), data
    await kant.says("Проходная")
    await kant.sees("Не понял вас")
    await kant.taps_data(mine, kb.Open(invitation_id=2**62).pack())
    assert "больше нет" in (kant.toast or "")
    await kant.taps("Все приглашения")
    await kant.sees("Действующих приглашений: 1")
    await kant.sees_nothing_of(code_of(link), "Тюменьэнерго")
    after = await kept(app, link)
    assert (after.label, after.ends_on, after.revoked_at) == (None, None, None)


async def test_the_right_is_asked_again_at_every_tap_and_answer(
    peter: Person, people: People, app: App
) -> None:
    link = await link_from(peter)
    await peter.taps("Подпись")
    async with app.database.transaction() as session:
        await session.execute(delete(Grant).where(Grant.role == "chair"))
    await peter.says("Проходная")
    await peter.sees("Приглашать могут")
    for label in UNDER_PICTURE:
        await peter.taps(label, message=picture_of(peter, link))
        assert "Приглашать могут" in (peter.toast or ""), label
    await peter.says("/invite")
    await peter.sees("Приглашать могут")
    assert (await kept(app, link)).label is None
    guest = people("Гость")
    await guest.opens(link)
    await guest.sees("Вас приглашает ППО Тюменьэнерго")


async def test_a_new_chair_manages_what_the_old_one_left(
    peter: Person, people: People, holds: Holds
) -> None:
    old = await link_from(peter)
    await peter.taps("Подпись")
    await peter.says("Проходная")
    vera = people("Вера")
    await holds(vera, "chair", "TMN-1")
    assert await link_from(vera) != old
    await vera.taps("Все приглашения")
    await vera.taps("Проходная")
    assert link_in(await vera.sees("Подпись: Проходная")) == old
    await vera.taps("Отозвать")
    await vera.taps("Да, отозвать")
    await peter.taps("Отозвать", message=picture_of(peter, old))
    assert "⛔️ Отозвано" in picture_of(peter, old)["caption"]
