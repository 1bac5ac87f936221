"""Every method aiogram knows is served, or named as lacking; and what the newest of them do."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiogram.methods
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramServerError
from aiogram.methods import TelegramMethod
from aiogram.types import (
    ChatAdministratorRights,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultLocation,
    InlineQueryResultUnion,
    InputTextMessageContent,
    KeyboardButton,
    MenuButtonCommands,
    MenuButtonWebApp,
    ReplyKeyboardMarkup,
    ReplyParameters,
    WebAppInfo,
)
from aiogram.utils import web_app, web_app_signature

from sandbox.lacking import LACKING
from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.web_apps import PUBLIC_KEY
from sandbox.world import Impossible, World
from tests.sandbox_front import (
    ANNA,
    ANNAS,
    FRONTS,
    OWN,
    PHOTO,
    PLAIN,
    SECRET,
    START,
    bot_over,
    furnish_town,
    pending,
    picture,
)

ROOT = Path(__file__).parent.parent
METHODS = sorted(
    method.__api_method__
    for method in vars(aiogram.methods).values()
    if isinstance(method, type) and issubclass(method, TelegramMethod)
    if method is not TelegramMethod
)
PAGE = WebAppInfo(url="https://example.com/app")


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        world.bots[TOKEN].mailbox.parcels.clear()
        world.bots[TOKEN].me["supports_inline_queries"] = True
        yield bot


@pytest.fixture
def anna(world: World, bot: Bot) -> Person:
    return Person(world, ANNA, ANNAS, patience=0.01)


@pytest.mark.parametrize("method", METHODS)
async def test_a_method_is_served_or_named_as_lacking(world: World, method: str) -> None:
    world.retry_scale = 0.0
    status, body = await world.call(TOKEN, method, {})
    lacking = method.lower() in LACKING
    assert (status == 501) == lacking
    assert status in (200, 400, 501), body
    if lacking:
        assert body["description"] == f"Not Implemented: the sandbox has no method {method}"


def test_nothing_is_called_lacking_that_nobody_knows() -> None:
    assert set(LACKING.values()) <= set(METHODS)
    assert len(METHODS) - len(LACKING) >= 90


async def test_the_lacking_is_refused_to_aiogram_by_name(bot: Bot) -> None:
    with pytest.raises(TelegramServerError, match="the sandbox has no method sendGame"):
        await bot.send_game(ANNA, "chess")


async def test_many_are_copied_forwarded_and_deleted_at_once(bot: Bot, world: World) -> None:
    copies = await bot.copy_messages(ANNA, ANNA, [START, OWN, PHOTO, 99], remove_caption=True)
    forwards = await bot.forward_messages(ANNA, ANNA, [OWN, SECRET])
    messages = world.chat(ANNAS).messages
    last = messages[copies[-1].message_id]
    assert (len(copies), "photo" in last, "caption" in last) == (3, True, False)
    assert [messages[one.message_id]["text"] for one in forwards] == ["привет"]
    assert await bot.delete_messages(ANNA, [one.message_id for one in copies] + [99])
    assert not messages.keys() & {one.message_id for one in copies}
    with pytest.raises(TelegramBadRequest, match="there are no messages to forward"):
        await bot.forward_messages(ANNA, ANNA, [SECRET, 99])


async def test_a_forwarded_album_stays_an_album(bot: Bot, world: World, anna: Person) -> None:
    sent = await anna.sends_album((picture(), "1.png"), (picture(), "2.png"))
    ids = [message["message_id"] for message in sent]
    copies = await bot.copy_messages(ANNA, ANNA, ids)
    groups = {world.chat(ANNAS).messages[one.message_id]["media_group_id"] for one in copies}
    assert len(groups) == 1
    assert groups != {sent[0]["media_group_id"]}


async def test_a_bot_tells_of_itself_in_languages(bot: Bot) -> None:
    await bot.set_my_name("Союз", "ru")
    await bot.set_my_description("О союзе", "ru")
    await bot.set_my_short_description("Кратко")
    assert (await bot.get_my_name()).name == "Сила в каждом"
    assert (await bot.get_my_name("ru")).name == "Союз"
    assert (await bot.get_my_description("ru")).description == "О союзе"
    assert (await bot.get_my_short_description("ru")).short_description == "Кратко"
    fields = dict.fromkeys(ChatAdministratorRights.model_fields, False)
    await bot.set_my_default_administrator_rights(
        ChatAdministratorRights(**fields | {"can_pin_messages": True})
    )
    assert (await bot.get_my_default_administrator_rights()).can_pin_messages
    assert not (await bot.get_my_default_administrator_rights(True)).can_edit_messages


async def test_portraits_come_newest_first(bot: Bot, world: World) -> None:
    for width in (30, 40):
        world.add_portrait(ANNA, picture(width))
    photos = await bot.get_user_profile_photos(ANNA)
    assert (photos.total_count, [one[0].width for one in photos.photos]) == (2, [40, 30])
    assert len((await bot.get_user_profile_photos(ANNA, offset=1)).photos) == 1


async def test_a_page_learns_who_opened_it_and_answers(
    bot: Bot, world: World, anna: Person
) -> None:
    button = InlineKeyboardButton(text="Анкета", web_app=PAGE)
    await bot.send_message(
        ANNA, "?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]])
    )
    visit = await anna.opens_page("Анкета")
    read = web_app.safe_parse_webapp_init_data(TOKEN, visit.data)
    assert read.user
    assert (read.user.id, read.query_id, visit.url) == (ANNA, visit.query_id, PAGE.url)
    content = InputTextMessageContent(message_text="<b>Готово</b>", parse_mode="HTML")
    article = InlineQueryResultArticle(id="1", title="а", input_message_content=content)
    sent = await bot.answer_web_app_query(visit.query_id, article)
    [update] = pending(world)
    assert update["message"]["via_bot"]["id"] == bot.id
    assert (update["message"]["text"], update["message"]["from"]["id"]) == ("Готово", ANNA)
    await bot.edit_message_text("Исправлено", inline_message_id=sent.inline_message_id)
    assert world.chat(ANNAS).messages[update["message"]["message_id"]]["text"] == "Исправлено"
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_web_app_query(visit.query_id, article)


async def test_a_page_learns_what_the_link_to_it_carried(world: World, bot: Bot) -> None:
    await bot.set_chat_menu_button(menu_button=MenuButtonWebApp(text="Меню", web_app=PAGE))
    button = world.menu_button(world.bots[TOKEN], world.chat(ANNAS))
    visit = world.open_app(ANNA, ANNAS, button, "x" * 512)
    assert web_app.safe_parse_webapp_init_data(TOKEN, visit.data).start_param == "x" * 512
    with pytest.raises(Impossible, match="cannot be"):
        world.open_app(ANNA, ANNAS, button, "x" * 513)


async def test_what_a_page_learns_is_signed_for_the_bot_and_for_others(
    bot: Bot, anna: Person
) -> None:
    await bot.set_chat_menu_button(menu_button=MenuButtonWebApp(text="Меню", web_app=PAGE))
    data = (await anna.opens_page()).data
    other = data.replace("1001", "1002")
    assert web_app.check_webapp_signature(TOKEN, data)
    assert not web_app.check_webapp_signature("42:OTHER", data)
    assert not web_app.check_webapp_signature(TOKEN, other)
    verify = web_app_signature.check_webapp_signature
    assert verify(bot.id, data, PUBLIC_KEY)
    assert not verify(43, data, PUBLIC_KEY)
    assert not verify(bot.id, other, PUBLIC_KEY)
    assert not verify(bot.id, data), "the key is not Telegram's"
    assert PUBLIC_KEY.hex() in (ROOT / "docs" / "sandbox.md").read_text("utf-8")


async def test_a_page_of_the_keyboard_sends_data(bot: Bot, world: World, anna: Person) -> None:
    key = KeyboardButton(text="Форма", web_app=PAGE)
    await bot.send_message(ANNA, "?", reply_markup=ReplyKeyboardMarkup(keyboard=[[key]]))
    visit = await anna.opens_page("Форма")
    assert visit.query_id == ""
    await anna.sends_from(visit, json.dumps({"age": 30}))
    [update] = pending(world)
    assert update["message"]["web_app_data"] == {"data": '{"age": 30}', "button_text": "Форма"}
    with pytest.raises(Impossible, match="4096"):
        await anna.sends_from(visit, "x" * 4097)


async def test_the_menu_opens_a_page(bot: Bot, anna: Person) -> None:
    assert (await bot.get_chat_menu_button(ANNA)).type == "default"
    with pytest.raises(Impossible, match="opens no page"):
        await anna.opens_page()
    await bot.set_chat_menu_button(menu_button=MenuButtonWebApp(text="Меню", web_app=PAGE))
    assert (await anna.opens_page()).url == PAGE.url
    await bot.set_chat_menu_button(ANNA, MenuButtonCommands())
    with pytest.raises(Impossible, match="opens no page"):
        await anna.opens_page()
    assert (await bot.get_chat_menu_button(ANNA)).type == "commands"


async def test_inline_answers_are_chosen(bot: Bot, world: World, anna: Person) -> None:
    group = anna.inside(f"g:{PLAIN}")
    query = await group.asks_inline("где")
    yes = InlineKeyboardButton(text="Да", callback_data="yes")
    results: list[InlineQueryResultUnion] = [
        InlineQueryResultLocation(id="1", title="а", latitude=57, longitude=65),
        InlineQueryResultArticle(
            id="2",
            title="б",
            input_message_content=InputTextMessageContent(message_text="Тут"),
            reply_markup=InlineKeyboardMarkup(inline_keyboard=[[yes]]),
        ),
    ]
    assert await bot.answer_inline_query(query, results)
    sent = await group.chooses(query, "2")
    await group.taps("Да")
    asked, said, chosen, tapped = pending(world)
    assert (asked["inline_query"]["query"], asked["inline_query"]["chat_type"]) == (
        "где",
        "supergroup",
    )
    assert said["message"]["message_id"] == sent["message_id"]
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert tapped["callback_query"]["inline_message_id"] == inline_id
    assert "message" not in tapped["callback_query"]
    with pytest.raises(Impossible, match="no answer"):
        await group.chooses(query, "3")


async def test_a_banned_chat_has_no_voice(bot: Bot, world: World) -> None:
    group = world.add_group(-1050, "Группа", members={bot.id: "administrator", ANNA: "member"})
    channel = world.add_channel(-1051, "Канал", members={ANNA: "creator"})
    await bot.ban_chat_sender_chat(group.id, channel.id)
    with pytest.raises(Impossible, match="is banned"):
        world.say(ANNA, group.key, "а", speaks_for=channel.key)
    await bot.unban_chat_sender_chat(group.id, channel.id)
    assert world.say(ANNA, group.key, "а", speaks_for=channel.key)


async def test_a_reply_quotes_a_part_word_for_word(bot: Bot) -> None:
    sent = await bot.send_message(ANNA, "😀 приходите в субботу")
    part = ReplyParameters(
        message_id=sent.message_id, quote="<b>в субботу</b>", quote_parse_mode="HTML"
    )
    quote = (await bot.send_message(ANNA, "Во сколько?", reply_parameters=part)).quote
    assert quote
    assert (quote.text, quote.position, quote.is_manual) == ("в субботу", 13, True)


async def test_a_button_copies_as_much_as_it_may(bot: Bot) -> None:
    for text in ("я", "я" * 256):
        button = InlineKeyboardButton(text="Номер", copy_text=CopyTextButton(text=text))
        markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
        sent = (await bot.send_message(ANNA, "а", reply_markup=markup)).reply_markup
        assert sent
        copied = sent.inline_keyboard[0][0].copy_text
        assert copied
        assert copied.text == text
