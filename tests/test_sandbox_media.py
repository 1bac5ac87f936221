"""Files, albums, places and polls as a bot sends them, over HTTP and in process."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    InputPollOption,
    InputPollOptionUnion,
    MediaUnion,
    Message,
)

from sandbox.plugin import TOKEN, Clock
from sandbox.world import Impossible, World
from tests.sandbox_front import (
    ANNA,
    ANNAS,
    FRONTS,
    PLAIN,
    PYOTR,
    bot_over,
    furnish_town,
    pending,
    picture,
    upload,
)

DINNER: list[InputPollOptionUnion] = [InputPollOption(text=text) for text in ("Суп", "Каша")]
GROUP = f"g:{PLAIN}"


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        world.bots[TOKEN].mailbox.parcels.clear()
        yield bot


async def test_an_album_is_separate_messages_of_one_group(bot: Bot) -> None:
    media: list[MediaUnion] = [
        InputMediaPhoto(media=upload(picture()), caption="<b>а</b>", parse_mode="HTML"),
        InputMediaVideo(media=upload(b"mp4", "a.mp4"), duration=7, has_spoiler=True),
    ]
    first, second = await bot.send_media_group(ANNA, media)
    assert first.media_group_id == second.media_group_id is not None
    assert second.message_id == first.message_id + 1
    assert (first.caption, first.caption_entities and first.caption_entities[0].type) == (
        "а",
        "bold",
    )
    assert second.video
    assert (second.video.duration, second.has_media_spoiler) == (7, True)
    [alone] = await bot.send_media_group(ANNA, [InputMediaDocument(media=upload(b"1"))])
    assert alone.media_group_id is None


async def test_an_album_with_one_bad_file_is_not_sent_at_all(bot: Bot, world: World) -> None:
    before = len(world.chat(ANNAS).messages)
    media: list[MediaUnion] = [
        InputMediaPhoto(media=upload(data)) for data in (picture(), b"no picture")
    ]
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_media_group(ANNA, media)
    assert len(world.chat(ANNAS).messages) == before


async def test_every_kind_of_file_says_what_it_is(bot: Bot) -> None:
    audio = await bot.send_audio(ANNA, upload(b"1", "a.mp3"), performer="Хор", title="Гимн")
    voice = await bot.send_voice(ANNA, upload(b"1", "a.ogg"), duration=3)
    film = await bot.send_animation(
        ANNA, upload(b"1", "a.gif"), width=5, thumbnail=upload(picture(9, 8))
    )
    round_one = await bot.send_video_note(ANNA, upload(b"1", "a.mp4"), length=99)
    sticker = await bot.send_sticker(ANNA, upload(b"1", "a.webp"), emoji="👍")
    assert audio.audio
    assert (audio.audio.performer, audio.audio.title) == ("Хор", "Гимн")
    assert voice.voice
    assert (voice.voice.duration, voice.voice.mime_type) == (3, "audio/ogg")
    assert film.animation
    assert film.animation.thumbnail
    assert (film.animation.width, film.animation.thumbnail.width) == (5, 9)
    assert film.document
    assert round_one.video_note
    assert round_one.video_note.length == 99
    assert sticker.sticker
    assert sticker.sticker.emoji == "👍"
    again = await bot.send_voice(ANNA, voice.voice.file_id)
    assert again.voice == voice.voice
    with pytest.raises(TelegramBadRequest, match="can't use file of type VoiceNote as VideoNote"):
        await bot.send_video_note(ANNA, voice.voice.file_id)


async def test_places_contacts_and_dice_arrive_whole(bot: Bot) -> None:
    venue = await bot.send_venue(ANNA, 57.15, 65.5, "Дом союзов", "Ленина, 1")
    contact = await bot.send_contact(ANNA, "+7900", "Анна", last_name="С.")
    dice = await bot.send_dice(ANNA, emoji="🏀")
    assert venue.venue
    assert venue.location
    assert (venue.venue.title, venue.location.latitude) == ("Дом союзов", 57.15)
    assert contact.contact
    assert contact.contact.last_name == "С."
    assert dice.dice
    assert 1 <= dice.dice.value <= 5


async def test_a_live_place_moves_until_it_is_stopped(bot: Bot, clock: Clock) -> None:
    live = await bot.send_location(ANNA, 1, 1, live_period=600)
    moved = await bot.edit_message_live_location(
        2, 2, chat_id=ANNA, message_id=live.message_id, heading=90
    )
    assert isinstance(moved, Message)
    assert moved.location
    assert (moved.location.latitude, moved.location.live_period) == (2, 600)
    stopped = await bot.stop_message_live_location(chat_id=ANNA, message_id=live.message_id)
    assert isinstance(stopped, Message)
    assert stopped.location
    assert (stopped.location.latitude, stopped.location.live_period) == (2, None)
    late = await bot.send_location(ANNA, 1, 1, live_period=60)
    clock.forward(seconds=61)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_live_location(2, 2, chat_id=ANNA, message_id=late.message_id)


async def test_votes_are_counted_and_told(bot: Bot, world: World) -> None:
    sent = await bot.send_poll(PLAIN, "Обед?", DINNER, is_anonymous=False)
    world.vote(ANNA, GROUP, sent.message_id, [1])
    world.vote(PYOTR, GROUP, sent.message_id, [1])
    world.vote(PYOTR, GROUP, sent.message_id, [])
    answers = [u["poll_answer"] for u in pending(world) if "poll_answer" in u]
    counts = [u["poll"]["total_voter_count"] for u in pending(world) if "poll" in u]
    assert [(a["user"]["id"], a["option_ids"]) for a in answers] == [
        (ANNA, [1]),
        (PYOTR, [1]),
        (PYOTR, []),
    ]
    assert counts == [1, 2, 1]
    closed = await bot.stop_poll(PLAIN, sent.message_id)
    assert [option.voter_count for option in closed.options] == [0, 1]
    assert closed.is_closed
    with pytest.raises(Impossible, match="closed"):
        world.vote(PYOTR, GROUP, sent.message_id, [0])
    with pytest.raises(TelegramBadRequest, match="poll has already been closed"):
        await bot.stop_poll(PLAIN, sent.message_id)


async def test_an_anonymous_poll_tells_numbers_alone(bot: Bot, world: World) -> None:
    sent = await bot.send_poll(PLAIN, "Обед?", DINNER, allows_multiple_answers=True)
    world.vote(ANNA, GROUP, sent.message_id, [0, 1])
    [update] = pending(world)
    assert [option["voter_count"] for option in update["poll"]["options"]] == [1, 1]


async def test_a_quiz_takes_one_answer_and_explains(bot: Bot, world: World) -> None:
    sent = await bot.send_poll(
        ANNA, "2×2?", DINNER, type="quiz", correct_option_ids=[1], explanation="Потому"
    )
    assert sent.poll
    assert (sent.poll.correct_option_ids, sent.poll.explanation) == ([1], "Потому")
    world.vote(ANNA, ANNAS, sent.message_id, [0])
    for wrong in ([1], [0, 1], [5]):
        with pytest.raises(Impossible):
            world.vote(ANNA, ANNAS, sent.message_id, wrong)


async def test_a_poll_ends_by_itself(bot: Bot, world: World, clock: Clock) -> None:
    sent = await bot.send_poll(PLAIN, "Обед?", DINNER, open_period=60)
    clock.forward(seconds=60)
    await world.settle()
    [update] = pending(world)
    assert update["poll"]["is_closed"]
    assert world.chat(GROUP).messages[sent.message_id]["poll"]["is_closed"]


async def test_a_forwarded_poll_is_the_same_and_a_copy_another(bot: Bot, world: World) -> None:
    sent = await bot.send_poll(PLAIN, "Обед?", DINNER)
    forward = await bot.forward_message(ANNA, PLAIN, sent.message_id)
    copy = await bot.copy_message(ANNA, PLAIN, sent.message_id)
    world.vote(ANNA, ANNAS, forward.message_id, [0])
    totals = [
        message["poll"]["total_voter_count"]
        for message in (
            world.chat(GROUP).messages[sent.message_id],
            world.chat(ANNAS).messages[forward.message_id],
            world.chat(ANNAS).messages[copy.message_id],
        )
    ]
    assert totals == [1, 1, 0]
    with pytest.raises(TelegramBadRequest, match="poll can't be stopped"):
        await bot.stop_poll(ANNA, forward.message_id)
