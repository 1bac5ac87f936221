"""From what a handler returned to what is owed: a tap redraws, a word gets a new message."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.app import App
from bot.replies import Origin, owed, tap_answer
from handlers.scene import Scene
from keyboards import pictures
from keyboards.menu import Home
from keyboards.screen import Document, Picture, Reply, Screen, Tap, Toast
from locales import Translator
from models.mail import Lane
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.odd_house import inhabit
from tests.sandbox_front import picture

NOW = datetime(2026, 11, 23, tzinfo=UTC)
RU = Translator()
WORD = Origin(5, 1)
TAP = Origin(5, 1, "77", 9)
ON_PHOTO = Origin(5, 1, "77", 9, captioned=True)
OLD = Origin(5, 1, "77")  # a tap on a message that can no longer be touched
PHOTO = Picture("square", {})
FILE = Document("text", {"text": "а"}, "a.ics")
BARED = ["editMessageReplyMarkup", "sendMessage"]
BUTTON = [[Tap("Дальше", Home())]]


def methods(origin: Origin, reply: Reply) -> list[str]:
    return [row["method"] or "" for row in owed(origin, reply, NOW)]


@pytest.mark.parametrize(
    ("screen", "on_word", "on_tap", "on_photo"),
    [
        (Screen("а"), ["sendMessage"], ["editMessageText"], ["editMessageCaption"]),
        (Screen("а", fresh=True), ["sendMessage"], ["sendMessage"], ["sendMessage"]),
        (Screen("а", picture=PHOTO), ["sendPhoto"], ["sendPhoto"], ["sendPhoto"]),
        (Screen("а", document=FILE), ["sendDocument"], ["sendDocument"], ["sendDocument"]),
        # A reply keyboard needs a message of its own; the buttons that led to it are done with.
        (Screen("а", keys=[["К"]]), ["sendMessage"], *[BARED] * 2),
        (Screen("а", keys=[], fresh=True), ["sendMessage"], ["sendMessage"], ["sendMessage"]),
    ],
)  # fmt: skip
def test_a_tap_redraws_its_message_where_that_can_be_done(
    screen: Screen, on_word: list[str], on_tap: list[str], on_photo: list[str]
) -> None:
    assert methods(WORD, screen) == on_word
    assert methods(TAP, screen) == on_tap
    assert methods(ON_PHOTO, screen) == on_photo
    assert methods(OLD, screen) == on_word


def test_of_several_screens_the_first_takes_the_place_of_the_tapped_one() -> None:
    rows = owed(TAP, [Screen("первый", place="дело:1"), Screen("второй")], NOW)
    assert [row["method"] for row in rows] == ["editMessageText", "sendMessage"]
    assert [(row["payload"] or {}).get("message_id") for row in rows] == [9, None]
    assert [row["place"] for row in rows] == ["дело:1", None]
    assert {(row["chat_id"], row["person_id"], row["lane"]) for row in rows} == {
        (5, 1, Lane.ANSWER)
    }


def test_only_what_shows_a_place_is_put_there() -> None:
    rows = owed(TAP, Screen("а", keys=[["К"]], place="дело:1"), NOW)
    assert [(row["method"], row["place"]) for row in rows] == [
        ("editMessageReplyMarkup", None),
        ("sendMessage", "дело:1"),
    ]


def test_a_toast_is_a_word_above_the_chat_after_a_tap_and_a_message_otherwise() -> None:
    toast = Toast("Лев & <b>Co</b>", alert=True)
    assert owed(TAP, toast, NOW) == []
    assert tap_answer(TAP, toast, RU) == {
        "callback_query_id": "77",
        "text": "Лев & <b>Co</b>",
        "show_alert": True,
    }
    (row,) = owed(WORD, toast, NOW)
    assert row["payload"]
    assert row["payload"]["text"] == "Лев &amp; &lt;b&gt;Co&lt;/b&gt;"
    assert tap_answer(WORD, toast, RU) is None


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (None, None),
        (Screen("а"), None),
        (Screen("а").says("Готово"), "Готово"),
        ([Screen("а").says("Готово"), Screen("б")], "Готово"),
        ([Screen("а"), Screen("б").says("Готово")], "Готово"),
        (Toast("я" * 300), "я" * 200),
        ([], None),
    ],
)
def test_every_tap_is_answered(reply: Reply, words: str | None) -> None:
    answer = tap_answer(TAP, reply, RU)
    assert answer
    assert answer.get("text") == words
    assert tap_answer(WORD, reply, RU) is None


@pytest.mark.parametrize(
    ("message", "origin"),
    [
        (None, Origin(5, None, "q")),
        ({"chat": {"id": 5}, "message_id": 9, "date": 0}, Origin(5, None, "q")),
        ({"chat": {"id": 5}, "message_id": 9, "date": 7}, Origin(5, None, "q", 9)),
        (
            {"chat": {"id": 5}, "message_id": 9, "date": 7, "photo": []},
            Origin(5, None, "q", 9, captioned=True),
        ),
    ],
)
def test_where_a_tap_came_from(message: dict[str, Any] | None, origin: Origin) -> None:
    event = {"id": "q", "from": {"id": 5}} | ({"message": message} if message else {})
    assert Origin.of("callback_query", event) == origin


@pytest.fixture
def album(app: App, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> list[Screen]:
    """A bot that sends a photo, and after each tap the next of these."""
    monkeypatch.setitem(pictures.DRAWINGS, "square", picture)
    router, shown = Router(), list[Screen]()

    @router.message(Command("photo"))
    async def show(message: Message, scene: Scene) -> Reply:
        return Screen("фото", BUTTON, picture=PHOTO)

    @router.callback_query()
    async def turn(tap: CallbackQuery, scene: Scene) -> Reply:
        return shown.pop(0)

    inhabit(app, router, clock)
    return shown


async def test_words_under_a_photo_are_redrawn_and_too_many_come_anew(
    album: list[Screen], people: Callable[..., Person]
) -> None:
    anna = people("Анна")
    album += [Screen("отозвано", BUTTON), Screen("слово " * 300, BUTTON), Screen("конец")]
    await anna.says("/photo")
    await anna.taps("Дальше")
    assert anna.history == ["/photo", "отозвано"]
    await anna.taps("Дальше")
    assert [len(text) for text in anna.history] == [6, 8, 1799]
    await anna.taps("Дальше")
    assert anna.history == ["/photo", "отозвано", "конец"]


async def test_a_tap_on_what_was_deleted_meanwhile_gets_a_new_message(
    album: list[Screen], people: Callable[..., Person]
) -> None:
    anna = people("Анна")
    album += [Screen("раз", BUTTON), Screen("два", BUTTON)]
    await anna.says("/photo")
    await anna.taps("Дальше")
    message = await anna.sees("раз")
    anna.world.tap(anna.id, anna.chat_key, message["message_id"], Home().pack())
    anna.world.remove(anna.chat, message["message_id"])
    await anna.world.settle()
    assert anna.history == ["/photo", "два"]
