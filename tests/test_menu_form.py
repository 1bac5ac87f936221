"""Whatever interrupts the joining form, one tap leads back to it."""

import pytest

from bot.app import App
from sandbox.people import Person
from tests.applying import NAME, PHONE, Holds, Make, agreed, applies, appointed, step_of
from tests.backstage import card_link, enrol

pytestmark = pytest.mark.usefixtures("union")

WAITS, CORRECT = "Заявка подождёт: всё, что вы заполнили, сохранено.", "Заявка ждёт исправлений"
ASIDE = ["/help", "/language", "/privacy", "/cancel", "/sos", "ℹ️ О профсоюзе", "📰 Новости"]
ROADS = ["/start", "/menu", "/start ABCD2345", "mn.home", "xx.gone:1"]
LEFT = ["🆘 SOS", "/profile", "что дальше?"]


@pytest.fixture
async def anna(people: Make) -> Person:
    anna = people("Анна", phone=PHONE)
    await anna.says("/start")
    return anna


@pytest.fixture
async def peter(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Пётр", "TMN-1")


async def returned(anna: Person, peter: Person) -> None:
    await applies(anna)
    await peter.taps("Вернуть")
    await peter.says("Не та фамилия")


async def asks(person: Person, what: str) -> None:
    """A word, a command or an old button."""
    if "." in what:
        await person.taps_data(max(person.chat.messages.values(), key=_number), what)
    else:
        await person.says(what)


def _number(message: dict[str, int]) -> int:
    return message["message_id"]


@pytest.mark.parametrize("aside", [*ASIDE, *LEFT])
async def test_an_answer_aside_is_followed_by_the_way_on(
    app: App, anna: Person, aside: str
) -> None:
    await agreed(anna)
    await anna.says(NAME)
    await anna.says("/menu")
    await asks(anna, aside)
    await anna.sees(WAITS)
    assert anna.buttons == ["Продолжить"]
    await anna.taps("Продолжить")
    await anna.sees("Когда вы родились?")
    assert await step_of(app, anna) == "Joining:born"


@pytest.mark.parametrize("aside", [*ASIDE, *LEFT, *ROADS])
async def test_what_was_returned_is_one_tap_away(anna: Person, peter: Person, aside: str) -> None:
    await returned(anna, peter)
    await asks(anna, aside)
    await anna.sees(CORRECT)
    await anna.taps("Продолжить")
    await anna.sees("Просят исправить: Не та фамилия", "Проверьте заявку")


@pytest.mark.parametrize("road", ROADS)
async def test_from_the_start_a_draft_goes_on_by_the_menu(anna: Person, road: str) -> None:
    await agreed(anna)
    await anna.says(NAME)
    await asks(anna, road)
    await anna.sees("Вы начали заявку", "«✍️ Вступить»")
    await anna.sees_nothing_of(WAITS)
    await anna.taps("✍️ Вступить")
    await anna.sees("Когда вы родились?")


async def test_an_invitation_or_a_card_opened_on_the_way_leads_on(
    app: App, anna: Person, peter: Person, people: Make
) -> None:
    boris = people("Борис")
    await enrol(app, boris, "TMN-1", "Орлов Борис")
    card = await card_link(boris)
    await peter.says("/invite")
    told = (await peter.sees("https://t.me/"))["caption"].split()
    invitation = next(word for word in told if word.startswith("https://t.me/"))
    await agreed(anna)
    await anna.says(NAME)
    await anna.opens(card)
    await anna.taps("Продолжить")
    await anna.sees("Когда вы родились?")
    await anna.opens(invitation)
    await anna.taps("✍️ Вступить")
    await anna.sees("Когда вы родились?")


@pytest.mark.parametrize("aside", ASIDE)
async def test_nothing_to_go_on_with_is_not_offered(
    app: App, anna: Person, peter: Person, people: Make, aside: str
) -> None:
    """A guest, one whose application waits, and a member."""
    boris, vera = people("Борис"), people("Вера", phone="+79995550102")
    await enrol(app, boris, "TMN-1", "Орлов Борис")
    await applies(vera, name="Сидорова Вера")
    for person in (anna, peter, boris, vera):
        await person.says(aside)
        await person.sees_nothing_of(WAITS, CORRECT)


async def test_whoever_only_agreed_is_led_on_too(anna: Person) -> None:
    await agreed(anna)
    for aside in ("ℹ️ О профсоюзе", "🆘 SOS", NAME):
        await anna.says(aside)
        await anna.sees(WAITS)
        assert anna.buttons == ["Продолжить"]
    await anna.sees("ответ на вопрос, который уже закрыт")
    await anna.taps("Продолжить")
    await anna.sees("Напишите фамилию")


async def test_a_question_left_by_two_turns_is_remembered(anna: Person, peter: Person) -> None:
    await applies(anna)
    await peter.taps("Вернуть")
    for turn in ("/requests", "/menu", "Не та фамилия"):
        await peter.says(turn)
    await peter.sees("ответ на вопрос, который уже закрыт")
    await peter.says("Не та фамилия")
    await peter.sees("Не понял вас")


async def test_the_language_is_chosen_in_the_middle_of_the_form(anna: Person) -> None:
    """What was chosen takes the place of the question; the menu comes in that language."""
    await agreed(anna)
    await anna.says(NAME)
    await anna.says("15.03.1998")
    await anna.says("/language")
    asked = await anna.sees("Choose a language")
    await anna.taps("English")
    said = await anna.sees("The bot speaks English now.")
    assert said["message_id"] == asked["message_id"]
    await anna.sees("The menu is on the buttons below.", "Your application can wait")
    assert anna.menu[0] == "✍️ Join"
    await anna.taps("Continue")
    await anna.sees("Your phone?")


async def test_a_members_section_tells_an_applicant_when_it_opens(anna: Person) -> None:
    await applies(anna)
    for section in ("/card", "/profile", "📰 Новости"):
        await anna.says(section)
        await anna.sees("раздел для членов профсоюза. Он откроется, как только вашу заявку")
        await anna.sees_nothing_of("✍️ Вступить")
