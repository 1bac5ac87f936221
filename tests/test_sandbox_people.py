"""People in tests: what they do, what they see, and how they complain."""

from collections.abc import Awaitable, Callable

import pytest

from sandbox.people import Person, words
from sandbox.plugin import TOKEN
from sandbox.wire import Upload, Wire
from sandbox.world import Impossible, World
from tests.sandbox_front import BOT, picture

People = Callable[..., Person]
FORUM = -1001
MENU = {"keyboard": [[{"text": "Меню"}, {"text": "Телефон", "request_contact": True}]]}


class Waiter:
    """A bot of few words, connected without any network."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def __call__(self, update: Wire) -> None:
        if query := update.get("callback_query"):
            await self.tapped(query)
        elif message := update.get("message"):
            await self.heard(message, message["chat"]["id"])

    async def heard(self, message: Wire, chat: int) -> None:
        if "contact" in message:
            await self.do("sendMessage", chat_id=chat, text=message["contact"]["phone_number"])
        elif words(message) == "Фото":
            files = {"photo": Upload("a.png", picture(), "image/png")}
            await self.world.call(TOKEN, "sendPhoto", {"chat_id": chat, "caption": "вот"}, files)
        elif words(message).startswith("/start"):
            await self.do("sendMessage", chat_id=chat, text="Меню снизу", reply_markup=MENU)
            await self.ask(chat)
        else:
            await self.do("sendMessage", chat_id=chat, text=f"Вы: {words(message)}")

    async def ask(self, chat: int) -> None:
        link = {"text": "Позвать", "url": f"https://t.me/sila_sandbox_bot?start={chat}"}
        yes = {"text": "Да", "callback_data": "yes"}
        away = {"text": "Сайт", "url": "https://example.com"}
        markup = {"inline_keyboard": [[yes, link, away]]}
        text = "<b>Вместе</b>?"
        await self.do(
            "sendMessage", chat_id=chat, text=text, parse_mode="HTML", reply_markup=markup
        )

    async def tapped(self, query: Wire) -> None:
        where = {"chat_id": query["message"]["chat"]["id"]}
        where["message_id"] = query["message"]["message_id"]
        await self.do("editMessageText", **where, text=f"Нажато: {query['data']}")
        await self.do("answerCallbackQuery", callback_query_id=query["id"], text="Принято")

    async def do(self, method: str, **params: object) -> None:
        status, body = await self.world.call(TOKEN, method, params)
        assert status == 200, body


@pytest.fixture
async def anna(world: World, people: People) -> Person:
    world.connect(TOKEN, Waiter(world))
    return people("Анна Смирнова", phone="+79991234567")


async def test_a_person_reads_what_came_since_the_last_word(anna: Person) -> None:
    await anna.says("/start")
    message = await anna.sees("Меню снизу", "Вместе?")
    assert message["text"] == "Вместе?"
    await anna.says("Ну да")
    assert anna.screen == "Вы: Ну да"
    await anna.sees_nothing_of("Вместе?")
    assert anna.history == ["/start", "Меню снизу", "Вместе?", "Ну да", "Вы: Ну да"]


async def test_a_tap_changes_the_screen_and_shows_a_toast(anna: Person) -> None:
    await anna.says("/start")
    assert anna.buttons == ["Да", "Позвать", "Сайт"]
    await anna.taps("Да")
    await anna.sees("Нажато: yes")
    assert (await anna.sees("Принято"))["text"] == "Принято"
    assert (anna.toast, anna.buttons) == ("Принято", [])
    await anna.says("Дальше")
    assert anna.toast is None


async def test_an_old_screen_can_still_be_tapped(anna: Person) -> None:
    await anna.says("/start")
    old = await anna.sees("Вместе?")
    await anna.says("/start")
    await anna.taps("Да", message=old)
    await anna.sees("Нажато: yes")
    assert anna.buttons == ["Да", "Позвать", "Сайт"], "the newer question is still open"
    await anna.taps_data(old, "forged")
    await anna.sees("Нажато: forged")


async def test_the_menu_speaks_for_the_person(anna: Person) -> None:
    await anna.says("/start")
    assert anna.menu == ["Меню", "Телефон"]
    await anna.taps("Меню")
    await anna.sees("Вы: Меню")
    await anna.taps("Телефон")
    await anna.sees("+79991234567")


async def test_a_link_on_a_button_is_followed(anna: Person) -> None:
    await anna.says("/start")
    await anna.taps("Позвать")
    await anna.sees("Вместе?")
    assert anna.history.count(f"/start {anna.id}") == 1
    with pytest.raises(AssertionError, match="leads out of the chat"):
        await anna.taps("Сайт")


async def test_contacts_of_others_can_be_shared(anna: Person, people: People) -> None:
    boris = people("Борис", phone="+70000000002")
    await anna.shares_contact(boris)
    await anna.sees("+70000000002")


async def test_a_picture_is_looked_at(anna: Person) -> None:
    with pytest.raises(AssertionError, match="got no picture"):
        await anna.picture()
    await anna.says("Фото")
    await anna.sees("вот")
    assert await anna.picture() == picture()
    sent = await anna.sends_file(picture(7, 5), "я.png", caption="это я")
    assert sent["photo"][0]["width"] == 7
    await anna.sees("Вы: это я")


async def test_commands_are_read_in_the_menu(world: World, anna: Person) -> None:
    commands = [{"command": "start", "description": "Начать"}]
    await world.call(TOKEN, "setMyCommands", {"commands": commands})
    assert anna.commands == ["start"]


async def test_an_edit_by_the_person_is_no_answer(anna: Person) -> None:
    said = await anna.says("Да")
    await anna.edits(said, "Нет")
    assert anna.screen == ""
    with pytest.raises(AssertionError, match="anything new"):
        await anna.sees()


async def test_blocking_is_an_act_like_any_other(world: World, anna: Person) -> None:
    await anna.says("/start")
    await anna.blocks()
    status, _ = await world.call(TOKEN, "sendMessage", {"chat_id": anna.id, "text": "а"})
    await anna.unblocks()
    assert (status, anna.screen) == (403, "")


async def test_the_same_person_speaks_in_a_group(world: World, anna: Person) -> None:
    members = {BOT: "administrator", anna.id: "member"}
    group = world.add_group(FORUM, "Юристы", forum=True, members=members)
    inside = anna.inside(group.key)
    await inside.says("Слышно?")
    await inside.sees("Вы: Слышно?")
    assert (inside.name, anna.history) == ("Анна Смирнова", [])


async def test_a_complaint_shows_the_whole_conversation(anna: Person) -> None:
    await anna.says("/start")
    with pytest.raises(AssertionError) as complaint:
        await anna.sees("Вместе?", "Порознь")
    assert str(complaint.value) == (
        f"Анна Смирнова: does not see ['Порознь']\n--- p:42:{anna.id}\n"
        "Анна: /start\n"
        "Сила в каждом: Меню снизу\n"
        "Сила в каждом: Вместе? [Да] [Позвать] [Сайт]"
    )
    with pytest.raises(AssertionError, match="sees \\['Вместе"):
        await anna.sees_nothing_of("Вместе?")


@pytest.mark.parametrize("act", [Person.taps, Person.opens])
async def test_what_is_not_there_cannot_be_tapped_or_opened(
    anna: Person, act: Callable[[Person, str], Awaitable[None]]
) -> None:
    await anna.says("/start")
    with pytest.raises((AssertionError, Impossible), match="Нет"):
        await act(anna, "Нет")


async def test_without_a_connected_bot_people_wait(world: World, people: People) -> None:
    anna = people("Анна")
    anna.patience = 0.01
    with pytest.raises(AssertionError, match="does not see"):
        await anna.sees("Привет")
    await anna.sends(location={"latitude": 57.0, "longitude": 65.0})
    assert anna.transcript == "Анна: location"
