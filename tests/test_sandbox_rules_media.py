"""Albums, files, places and polls: one row per rule, tried over HTTP and in process."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import (
    EditMessageLiveLocation,
    SendAnimation,
    SendAudio,
    SendContact,
    SendDice,
    SendLocation,
    SendMediaGroup,
    SendPoll,
    SendSticker,
    SendVenue,
    SendVideo,
    SendVideoNote,
    SendVoice,
    StopPoll,
)
from aiogram.types import (
    InputMedia,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputPollOption,
)

from sandbox.world import World
from tests.sandbox_front import (
    ANNA,
    FRONTS,
    MUTED,
    NEWS,
    OWN,
    START,
    Rule,
    bot_over,
    broken,
    furnish_town,
    picture,
    upload,
)


def photos(count: int) -> list[InputMedia]:
    return [InputMediaPhoto(media=upload(picture())) for _ in range(count)]


def album(*media: InputMedia, chat: int = ANNA) -> SendMediaGroup:
    return SendMediaGroup.model_construct(chat_id=chat, media=list(media))


def poll(options: int = 2, chat: int = ANNA, **more: Any) -> SendPoll:
    answers = [InputPollOption(text=f"Ответ {number}") for number in range(options)]
    fields: dict[str, Any] = {"chat_id": chat, "question": "?", "options": answers}
    return SendPoll(**fields | more)


def quiz(correct: list[int], **more: Any) -> SendPoll:
    return poll(type="quiz", correct_option_ids=correct, **more)


def place(latitude: float = 57.1, longitude: float = 65.5, **more: Any) -> SendLocation:
    fields: dict[str, Any] = {"chat_id": ANNA, "latitude": latitude, "longitude": longitude}
    return SendLocation(**fields | more)


DOCUMENT = InputMediaDocument(media=upload(b"1", "a.txt"))
AUDIO = InputMediaAudio(media=upload(b"1", "a.mp3"))
MUTE = "not enough rights to send {} to the chat"

RULES: list[Rule] = [
    (album(*photos(11)), "too many messages to send as an album"),
    (album(), "there are no messages to send"),
    (album(*photos(1), DOCUMENT), "document can't be mixed with other media types"),
    (album(AUDIO, *photos(1)), "audio can't be mixed with other media types"),
    (album(AUDIO, DOCUMENT), "audio can't be mixed with other media types"),
    (
        album(InputMediaAnimation(media=upload(b"1", "a.gif")), *photos(1)),
        "invalid message content type",
    ),
    (
        album(InputMediaPhoto(media=upload(picture()), show_caption_above_media=True), *photos(1)),
        "parameter show_caption_above_media must be the same for all messages",
    ),
    (
        album(*photos(1), InputMediaPhoto(media=upload(picture()), caption="x" * 1025)),
        "message caption is too long",
    ),
    (album(*photos(2), chat=MUTED), MUTE.format("photos")),
    (SendVideo(chat_id=ANNA, video=""), "there is no video in the request"),
    (SendVideoNote(chat_id=ANNA, video_note=""), "there is no video note in the request"),
    (SendVoice(chat_id=ANNA, voice=upload(b"")), "file must be non-empty"),
    (SendVideo(chat_id=MUTED, video=upload(b"1")), MUTE.format("videos")),
    (SendAudio(chat_id=MUTED, audio=upload(b"1")), MUTE.format("music")),
    (SendVoice(chat_id=MUTED, voice=upload(b"1")), MUTE.format("voice notes")),
    (SendVideoNote(chat_id=MUTED, video_note=upload(b"1")), MUTE.format("video notes")),
    (SendAnimation(chat_id=MUTED, animation=upload(b"1")), MUTE.format("animations")),
    (SendSticker(chat_id=MUTED, sticker=upload(b"1")), MUTE.format("stickers")),
    (SendContact(chat_id=MUTED, phone_number="1", first_name="а"), MUTE.format("contacts")),
    (SendDice(chat_id=MUTED), MUTE.format("dice")),
    (place(chat_id=MUTED), MUTE.format("locations")),
    (
        SendVenue(chat_id=MUTED, latitude=1, longitude=1, title="а", address="б"),
        MUTE.format("venues"),
    ),
    (poll(chat=MUTED), MUTE.format("polls")),
    (SendDice(chat_id=ANNA, emoji="🎻"), "EMOTICON_INVALID"),
    (place(latitude=91), "invalid location specified"),
    (place(latitude=91, live_period=60), "invalid live location specified"),
    (place(live_period=59), "wrong live location period specified"),
    (place(live_period=86_401), "wrong live location period specified"),
    (place(live_period=60, heading=361), "wrong live location heading specified"),
    (
        place(live_period=60, proximity_alert_radius=100_001),
        "wrong live location proximity alert radius specified",
    ),
    (
        EditMessageLiveLocation(chat_id=ANNA, message_id=OWN, latitude=1, longitude=1),
        "message can't be edited",
    ),
    (poll(question="x" * 301), "poll question length must not exceed 300"),
    (poll(question=" "), "text must be non-empty"),
    (poll(options=0), "poll must have at least one answer option"),
    (poll(options=13), "poll can't have more than 12 options"),
    (
        SendPoll(chat_id=ANNA, question="?", options=[InputPollOption(text="x" * 101)]),
        "poll options length must not exceed 100",
    ),
    (poll(type="riddle"), "unsupported poll type specified"),
    (quiz([]), "correct quiz option list must be non-empty"),
    (quiz([1, 0]), "correct quiz option list must be increasing"),
    (quiz([2]), "wrong quiz correct_option_id"),
    (quiz([0], explanation="x" * 201), "POLL_EXPLANATION_TOO_LONG"),
    (quiz([0], explanation="а\nб\nв\nг"), "POLL_EXPLANATION_TOO_LONG"),
    (poll(open_period=4), "POLL_CLOSE_DATE_INVALID"),
    (poll(open_period=2_628_001), "POLL_CLOSE_DATE_INVALID"),
    (poll(chat=NEWS, is_anonymous=False), "non-anonymous polls can't be sent to channel chats"),
    (StopPoll(chat_id=ANNA, message_id=77), "message with poll to stop not found"),
    (StopPoll(chat_id=ANNA, message_id=START), "message is not a poll"),
]


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        yield bot


async def test_media_is_refused_in_telegrams_words(bot: Bot) -> None:
    broken_rules = await broken(bot, RULES)
    assert not broken_rules, "\n".join(broken_rules)
