"""What somebody has opened follows the news: corrected with it, and taken back with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import replies
from bot.app import App
from bot.replies import Origin
from keyboards import news as kb
from locales import Translator
from models.mail import DeadLetter, Owed
from models.person import Person as Account
from models.post import Delivery
from sandbox.people import Person
from sandbox.plugin import Clock
from services import access, mailings, news, outbox, posts_content, posts_publishing, retention
from services.posts_content import Content
from tests.applying import clock_ticks, rows
from tests.newsroom import NEWS, anna, boris, corrects, oleg, urgent
from tests.sandbox_front import picture
from tests.test_channels import Air, air

FIXTURES = (oleg, anna, boris, air)

pytestmark = pytest.mark.usefixtures("union")

OFF = "🚫 Новость отозвана."


async def shown(oleg: Person, pictures: int) -> None:
    """Published for the digest, with so many pictures."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    match pictures:
        case 0:
            await oleg.says(NEWS)
        case 1:
            await oleg.sends_photo(picture(), NEWS)
        case _:
            parts = [(picture(), f"{n}.png") for n in range(pictures)]
            await oleg.sends_album(*parts, caption=NEWS)
    await oleg.taps("Опубликовать")


async def opened(reader: Person) -> dict[str, Any]:
    await reader.says("/news")
    await reader.taps(reader.buttons[0])
    return await reader.sees(NEWS)


async def corrected(oleg: Person, app: App, clock: Clock, text: str = "Иначе") -> None:
    await corrects(oleg, text)
    await clock_ticks(app, clock)


async def withdrawn(oleg: Person, app: App, clock: Clock) -> None:
    await oleg.taps("Отозвать")
    await oleg.sees("сообщения моложе двух суток удалятся", "Новость отозвана")
    await oleg.taps("Да, отозвать")
    await clock_ticks(app, clock)


def words(reader: Person, message: dict[str, Any]) -> str:
    """What that message says now; nothing if it is gone."""
    now = reader.chat.messages.get(message["message_id"], {})
    return str(now.get("text") or now.get("caption") or "")


def pictures_of(reader: Person) -> int:
    return sum("photo" in one for one in reader.chat.messages.values())


@pytest.mark.parametrize("pictures", [0, 1, 3])
async def test_it_is_corrected_where_it_is_open_and_goes_from_there(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock, pictures: int
) -> None:
    await shown(oleg, pictures)
    mine, others = await opened(anna), await opened(boris)
    await anna.taps("Полезно")
    await corrected(oleg, app, clock)
    for reader, message in ((anna, mine), (boris, others)):
        assert words(reader, message) == "Иначе\n\n— ТюмнМО ВЭП"
        assert pictures_of(reader) == pictures
    assert "✓ Полезно" in anna.buttons
    assert "Полезно" in boris.buttons
    await withdrawn(oleg, app, clock)
    for reader, message in ((anna, mine), (boris, others)):
        assert words(reader, message) == ""
        assert pictures_of(reader) == 0
    assert not await rows(app, Owed, state="failed")
    assert not await rows(app, DeadLetter)


@pytest.mark.parametrize("pictures", [0, 1])
async def test_what_telegram_deletes_no_more_says_that_it_was_withdrawn(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock, pictures: int
) -> None:
    await shown(oleg, pictures)
    old = await opened(anna)
    clock.forward(hours=48)
    young = await opened(boris)
    await withdrawn(oleg, app, clock)
    assert words(anna, old) == OFF
    assert anna.buttons == ["← К новостям"]
    assert words(boris, young) == ""
    await anna.taps("← К новостям")
    await anna.sees("Новостей пока нет")
    assert words(anna, old) == OFF


async def test_sent_by_itself_and_opened_besides_both_follow(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.says(NEWS)
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    came = await anna.sees(NEWS)
    first = await opened(anna)
    latest = await opened(anna)
    await corrected(oleg, app, clock)
    now = [words(anna, one) == "Иначе\n\n— ТюмнМО ВЭП" for one in (came, first, latest)]
    assert now == [True, False, True]
    clock.forward(hours=48)
    await withdrawn(oleg, app, clock)
    assert [words(anna, one) == OFF for one in (came, first, latest)] == [True, False, True]


async def test_many_are_told_a_step_at_a_time(
    app: App,
    oleg: Person,
    anna: Person,
    boris: Person,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailings, "STEP", 2)
    await shown(oleg, 0)
    copies = [(one, await opened(one)) for one in (oleg, anna, boris)]
    await oleg.says("/post")
    await oleg.taps(f"📣 {NEWS}")
    await corrected(oleg, app, clock)
    done = [sum(words(*copy).startswith("Иначе") for copy in copies)]
    for _ in range(2):
        clock.forward(seconds=1)
        await clock_ticks(app, clock)
        done.append(sum(words(*copy).startswith("Иначе") for copy in copies))
    assert done == [2, 3, 3]


async def test_whoever_opens_it_at_that_moment_is_not_left_behind(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """The old words are on their way to her when the new ones come."""
    await shown(oleg, 0)
    now = datetime.fromtimestamp(clock.now, UTC)
    async with app.database.transaction() as session:
        hers = select(Account).where(Account.telegram_id == anna.id)
        actor = await access.load(session, (await session.scalars(hers)).one())
        item = await news.open_item(session, actor, 1, now=now)
        screens = kb.item(Translator(), app.house, item)
        await outbox.add(session, replies.owed(Origin(anna.id, actor.id), screens, now), now=now)
    async with app.database.transaction() as session:
        post = await news.get(session, 1, now=now)
        posts_content.word(post, Content("Иначе", "Иначе"))
        await posts_publishing.amend(session, None, post, now=now)
    async with app.database.transaction() as session:
        await mailings.feed_all(session, now=now)
    await app.courier.drain()
    await anna.sees(NEWS)
    await clock_ticks(app, clock)
    await anna.sees("Иначе")


async def test_words_that_a_channel_adds_find_no_room_under_a_picture(
    app: App, air: Air, anna: Person, clock: Clock
) -> None:
    said = await air.voice.sends_photo(picture(), NEWS)
    mine = await opened(anna)
    await air.edits(said, "Сначала. " + "я" * 1000)
    await clock_ticks(app, clock)
    assert words(anna, mine).startswith("Сначала. яя")
    assert words(anna, mine).endswith("целиком она под фото больше не помещается.")
    await anna.taps("Читать целиком")
    assert "Поделиться" in anna.buttons
    assert not await rows(app, Owed, state="failed")


async def test_where_it_is_open_is_known_for_half_a_year(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await shown(oleg, 3)
    await opened(anna)
    left = []
    for later in (timedelta(days=180, minutes=-1), timedelta(minutes=2)):
        clock.forward(seconds=later.total_seconds())
        async with app.database.transaction() as session:
            now = datetime.fromtimestamp(clock.now, UTC)
            await retention.forget_old_receipts(session, now=now)
        left.append(len(await rows(app, Delivery)))
    assert left == [2, 0]
