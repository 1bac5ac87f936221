"""The last question: which primary organisation, from an invitation, a list or a few words."""

from datetime import UTC, datetime

import pytest

from bot.app import App
from models.organisation import Organisation
from sandbox.people import Person
from sandbox.plugin import START, Clock
from services import organisations_import as importing
from services.tables import csv_lines
from tests.applying import (
    HOME,
    NAME,
    PHONE,
    RUBBISH,
    TERRITORY,
    Holds,
    Make,
    agreed,
    application_of,
    appointed,
    fills_in,
    rows,
    step_of,
    survives,
)

pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def anna(people: Make) -> Person:
    return people("Анна", phone=PHONE)


async def grow(app: App, clock: Clock, territories: int, primaries: int) -> None:
    """More of both: the first of the new territories has all the new primary organisations."""
    lines = ["code,name,level,parent,timezone"]
    lines += [f"T{n},Территория {n:02},territorial,VEP,Asia/Omsk" for n in range(territories)]
    lines += [f"P{n},ППО Сети № {n:02},primary,T0," for n in range(primaries)]
    async with app.database.transaction() as session:
        found = importing.read(csv_lines("\n".join(lines)))
        await importing.store(session, found, now=datetime.fromtimestamp(clock.now, UTC))


async def up_to_organisation(anna: Person) -> None:
    await agreed(anna)
    await anna.says(NAME)
    await anna.says("15.03.1998")
    await anna.taps("📱 Отправить мой номер")


async def invited(people: Make, holds: Holds, code: str, role: str = "chair") -> str:
    """A link from somebody of that organisation."""
    chair = await appointed(people, holds, "Ольга", code, role)
    await chair.says(f"/invite {code}")
    caption = str((await chair.sees("https://t.me/"))["caption"])
    return next(word for word in caption.split() if word.startswith("https://t.me/"))


async def test_long_lists_have_pages(app: App, anna: Person, clock: Clock) -> None:
    await grow(app, clock, territories=15, primaries=20)
    await anna.says("/start")
    await up_to_organisation(anna)
    first = anna.buttons
    assert first[-3:] == ["1 / 3", "›", "← Назад"]
    await anna.taps("›")
    await anna.taps("›")
    assert anna.buttons == [TERRITORY, "‹", "3 / 3", "← Назад"]
    await anna.taps("‹")
    await anna.taps("‹")
    assert anna.buttons == first
    await anna.taps("›")
    await anna.taps("‹")
    await anna.taps("Территория 00")
    assert anna.buttons[:8] == [f"ППО Сети № {n:02}" for n in range(8)]
    for _ in range(2):
        await anna.taps("›")
    last = [f"ППО Сети № {n}" for n in range(16, 20)]
    assert anna.buttons == [*last, "‹", "3 / 3", "Другая территория"]
    await anna.taps("ППО Сети № 19")
    await anna.sees("Проверьте заявку", "ППО Сети № 19")


async def test_an_organisation_is_found_by_its_words(app: App, anna: Person, clock: Clock) -> None:
    await grow(app, clock, territories=1, primaries=20)
    await anna.says("/start")
    await up_to_organisation(anna)
    await anna.says("завод")
    await anna.sees("Такой организации не нашлось")
    await anna.says("СЕТИ ппо")
    await anna.sees("Нашлось много, вот первые")
    assert len(anna.buttons) == 9
    await anna.says("сети 07")
    await anna.sees("Вот что нашлось")
    assert anna.buttons == ["ППО Сети № 07", "Показать все территории"]
    for wordless in ("sticker", "photo", "right to left"):
        await survives(app, anna, RUBBISH[wordless])
        await anna.sees("Напишите название или слово из него")
    await anna.says("«сети», 07!")
    assert anna.buttons == ["ППО Сети № 07", "Показать все территории"]
    await anna.says("tmn-1")
    await anna.taps(HOME)
    await anna.sees("Проверьте заявку", HOME)


async def test_a_territory_without_organisations_says_so(
    app: App, anna: Person, clock: Clock
) -> None:
    await grow(app, clock, territories=2, primaries=0)
    await anna.says("/start")
    await up_to_organisation(anna)
    await anna.taps("Территория 01")
    await anna.sees("Первичных организаций здесь пока нет")
    await anna.taps("Другая территория")
    await anna.taps(TERRITORY)
    await anna.taps(HOME)
    await anna.sees("Проверьте заявку")


async def test_an_invitation_names_the_organisation(
    app: App, anna: Person, people: Make, holds: Holds
) -> None:
    link = await invited(people, holds, "TMN-2")
    await anna.opens(link)
    await anna.sees("Вас приглашает", "ППО Сургутская ГРЭС")
    await up_to_organisation(anna)
    await anna.sees("Ваша первичная организация — ППО Сургутская ГРЭС?")
    await survives(app, anna, RUBBISH["sticker"])
    await anna.taps("Верно")
    await anna.sees("Проверьте заявку", "ППО Сургутская ГРЭС")
    await anna.taps("Отправить заявку")
    assert (await application_of(app)).invitation_id


async def test_whether_it_is_the_organisation_is_answered_in_words(
    anna: Person, people: Make, holds: Holds
) -> None:
    await anna.opens(await invited(people, holds, "TMN-2"))
    await up_to_organisation(anna)
    await anna.says("завод")
    await anna.sees("Такой организации не нашлось", "Ваша первичная организация — ППО")
    assert anna.buttons == ["Верно", "Другая", "← Назад"]
    await anna.says("Нет!")
    await anna.sees("Где вы работаете?")
    await anna.says("да")
    await anna.sees("Такой организации не нашлось")
    assert anna.buttons == ["Показать все территории"]
    await anna.says("/start")
    await anna.says("вступить")
    for said in ("да", "Верно.", "Yes"):
        await anna.sees("Ваша первичная организация — ППО Сургутская ГРЭС?")
        await anna.says(said)
        await anna.sees("Проверьте заявку", "ППО Сургутская ГРЭС")
        await anna.taps("Изменить организацию")


async def test_another_organisation_than_invited_to(
    anna: Person, people: Make, holds: Holds
) -> None:
    await anna.opens(await invited(people, holds, "TMN-2"))
    await up_to_organisation(anna)
    await anna.taps("Другая")
    await anna.sees("Где вы работаете?")
    await anna.taps(TERRITORY)
    await anna.taps(HOME)
    await anna.sees("Проверьте заявку", HOME)


async def test_an_invitation_of_a_territory_shows_its_organisations(
    anna: Person, people: Make, holds: Holds
) -> None:
    await anna.opens(await invited(people, holds, "TMN", "organiser"))
    await up_to_organisation(anna)
    await anna.sees("ТюмнМО ВЭП", "Выберите свою первичную организацию")
    assert set(anna.buttons) == {HOME, "ППО Сургутская ГРЭС", "Другая территория"}


async def test_an_invitation_opened_later_asks_anew(
    app: App, anna: Person, people: Make, holds: Holds
) -> None:
    await fills_in(anna)
    await anna.sees("Проверьте заявку", HOME)
    await anna.opens(await invited(people, holds, "TMN-2"))
    await anna.taps("✍️ Вступить")
    await anna.sees("Ваша первичная организация — ППО Сургутская ГРЭС?")
    await anna.taps("Другая")
    await anna.taps(TERRITORY)
    await anna.taps(HOME)
    await anna.says("/start")
    await anna.taps("✍️ Вступить")
    await anna.sees("Проверьте заявку", HOME)


async def test_a_code_is_taken_in_the_middle_of_the_dialog(
    anna: Person, people: Make, holds: Holds
) -> None:
    code = (await invited(people, holds, "TMN-2")).rpartition("=")[2]
    await anna.says("/start")
    await anna.taps("✍️ Вступить")
    await anna.says(f"Код: {code.lower()}")
    await anna.taps("Согласен")
    await anna.says(NAME)
    await anna.says("15.03.1998")
    await anna.taps("📱 Отправить мой номер")
    await anna.taps("Другая")
    await anna.says("ABCD2345")
    await anna.sees("Приглашения с таким кодом нет")
    await anna.says(code)
    await anna.taps("Верно")
    await anna.sees("Проверьте заявку", "ППО Сургутская ГРЭС")


async def test_forged_and_old_buttons_change_nothing(app: App, anna: Person) -> None:
    (tyumen,) = await rows(app, Organisation, code="TMN")
    await anna.says("/start")
    await up_to_organisation(anna)
    lists = await anna.sees("Где вы работаете?")
    for forged in (
        f"jn.choose:{tyumen.id}",
        "jn.choose:99",
        f"jn.choose:{2**63}",
        f"jn.choose:{10**40}",
        "jn.choose:-1",
        "jn.prim:99:0",
        "jn.ask:nowhere",
        "jn.choose:four",
        "jn.nothing",
    ):
        await anna.taps_data(lists, forged)
        assert anna.toast, forged
        await anna.sees_nothing_of("сломалось")
        assert await step_of(app, anna) == "Joining:organisation"
    await anna.taps_data(lists, "jn.prim:2:9999999999999")
    await anna.sees("Выберите свою первичную")
    await anna.taps_data(lists, "jn.send:0")
    await anna.sees("Где вы работаете?")
    assert (await application_of(app)).organisation_id is None


async def test_lists_left_behind_work_again_where_they_belong(app: App, anna: Person) -> None:
    await anna.says("/start")
    await up_to_organisation(anna)
    lists = await anna.sees("Где вы работаете?")
    await anna.says("/cancel")
    await anna.taps(TERRITORY, message=lists)
    await anna.says("сургут")
    await anna.sees("Вот что нашлось")
    await anna.taps("ППО Сургутская ГРЭС")
    await anna.taps("Отправить заявку")
    await anna.taps_data(lists, "jn.terr:0")
    await anna.sees("Заявка уже отправлена")
    await anna.taps("Отозвать заявку")
    await anna.taps("Да, отозвать")
    await anna.taps("✍️ Вступить")
    await anna.taps_data(lists, "jn.terr:0")
    await anna.sees("Согласие на обработку")


async def test_a_territory_is_found_by_its_words_too(anna: Person) -> None:
    await anna.says("/start")
    await up_to_organisation(anna)
    await anna.says("калининградская")
    await anna.taps("Калининградская организация")
    assert anna.buttons == ["ППО Янтарьэнерго", "Другая территория"]
    await anna.says("тюмн")
    assert anna.buttons == [TERRITORY, "Показать все территории"]
    await anna.says("Всероссийский")
    await anna.sees("Такой организации не нашлось")


async def test_the_one_whose_code_is_typed_comes_first(app: App, anna: Person) -> None:
    tree = "code,name,level,parent,timezone\nLEP,Территория tmn-1,territorial,VEP,Asia/Omsk"
    async with app.database.transaction() as session:
        await importing.store(session, importing.read(csv_lines(tree)), now=START)
    await anna.says("/start")
    await up_to_organisation(anna)
    await anna.says("tmn-1")
    assert anna.buttons[:2] == [HOME, "Территория tmn-1"]
