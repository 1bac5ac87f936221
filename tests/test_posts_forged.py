"""Old and forged buttons of news, rights lost half-way, and news at the edge of what fits."""

import pytest

from bot.app import App
from models.mail import DeadLetter
from models.post import Mailing, Post, Standing
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.applying import PHOTO, Make, clock_ticks, rows
from tests.backstage import audited, carried
from tests.conftest import ADMIN
from tests.newsroom import NEWS, anna, boris, draft, due, heard, oleg, urgent

FIXTURES = (oleg, anna, boris)

pytestmark = pytest.mark.usefixtures("union")


async def test_old_buttons_of_what_is_withdrawn(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await draft(oleg)
    drafted = await oleg.sees("Черновик")
    pressed = [carried(drafted, label) for label in ("Опубликовать", "Изменить новость", "Кому")]
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    card = await oleg.sees("опубликована")
    pressed += [carried(card, label) for label in ("Исправить", "Показать новость", "Охват")]
    await oleg.taps("Отозвать")
    sure = await oleg.sees("Отозвать «")
    yes = carried(sure, "Да, отозвать")
    for _ in range(3):
        await oleg.taps_data(sure, yes)
    assert await audited(app, "post.w") == ["post.withdrawn"]
    assert [one.errand for one in await rows(app, Mailing)] == ["send", "withdraw"]
    for data in (*pressed, "po.steer:1:paused", "po.steer:1:running", "po.steer:1:stopped"):
        await oleg.taps_data(card, data)
        await oleg.says("А если так?")
    for data in ("po.repeat:1", "po.again:1", "po.discard:1:1", "po.give:1", "po.submit:1"):
        await oleg.taps_data(card, data)
    await oleg.says("И так")
    (post,) = await rows(app, Post)
    assert (post.standing, post.plain) == (Standing.WITHDRAWN, NEWS)
    await clock_ticks(app, clock)
    assert not heard(anna)
    assert not await rows(app, DeadLetter)


async def test_a_right_that_is_lost_half_way(
    app: App, oleg: Person, anna: Person, people: Make
) -> None:
    """Nothing more is written, asked for approval or sent; given back, the draft is there."""
    helen = people("Елена", id=ADMIN)
    await draft(oleg)
    card = await oleg.sees("Черновик")
    labels = ("Опубликовать", "Рубрики", "Кому", "Где", "Когда", "Показать новость")
    pressed = [carried(card, label) for label in labels]
    await oleg.taps("Изменить новость")
    await helen.says(f"/revoke {oleg.id} organiser TMN")
    await oleg.says("Совсем другое")
    await oleg.sees("Новости пишут организаторы")
    for data in (*pressed, "po.submit:1", "po.discard:1:1", "po.history:1", "po.reach:1"):
        await oleg.taps_data(card, data)
        assert "Новости пишут организаторы" in (oleg.toast or ""), data
    await helen.says(f"/grant {oleg.id} organiser TMN на проверку")
    await oleg.taps_data(card, pressed[0])
    assert oleg.toast
    (post,) = await rows(app, Post)
    assert (post.standing, post.plain) == (Standing.DRAFT, NEWS)
    await oleg.says("/post")
    await oleg.taps(f"📝 {NEWS}")
    await oleg.taps("На проверку")
    await oleg.sees("Новость на проверке")
    assert not heard(anna)
    assert not await rows(app, DeadLetter)


async def test_moved_into_the_past_it_stays_where_it_was(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await draft(oleg)
    await oleg.taps("Когда")
    await oleg.says("через 2 часа")
    await oleg.taps("Опубликовать")
    await oleg.taps("Когда")
    await oleg.says("вчера в 9")
    await oleg.sees("уже прош")
    (post,) = await rows(app, Post)
    assert post.standing is Standing.SCHEDULED
    clock.forward(hours=2)
    await clock_ticks(app, clock)
    assert heard(anna) == 1
    await oleg.says("через 1 час")  # an answer that comes too late
    await clock_ticks(app, clock)
    assert heard(anna) == 1
    assert not await rows(app, DeadLetter)


async def test_an_hour_that_passes_over_the_draft_is_asked_for_anew(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await draft(oleg)
    await oleg.taps("Когда")
    await oleg.says("через 1 час")
    clock.forward(hours=2)
    await oleg.taps("Опубликовать")
    assert oleg.toast == "Этот час уже прошёл. Выберите другое время."
    await clock_ticks(app, clock)
    assert not heard(anna)


@pytest.mark.parametrize("text", ["🧨" * 4096, "я" * 4096, "<b>Лев & Co</b> " * 256])
async def test_as_long_as_a_message_can_be(
    app: App, oleg: Person, anna: Person, clock: Clock, text: str
) -> None:
    """With bold and italics all over; corrected to one just as long."""
    marks = [{"type": "bold", "offset": 0, "length": 4000}]
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends(text=text, entities=marks)
    await oleg.sees("Черновик новости")
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    shown = anna.newest("text")
    assert shown["text"] == text.strip()
    assert shown["entities"] == marks
    await oleg.taps("Исправить")
    await oleg.sends(text=text[:-2] + "!!", entities=marks)
    await oleg.taps("Исправить у всех")
    await clock_ticks(app, clock)
    assert anna.newest("text")["text"].endswith("!!")
    assert heard(anna, text[:5]) == 1
    assert not await rows(app, DeadLetter)


async def test_more_than_an_album_holds(app: App, oleg: Person, anna: Person) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    for number in range(11):
        words = {"caption": NEWS} if number == 0 else {}
        await oleg.sends(photo=[PHOTO], media_group_id="many", **words)
    await oleg.sees("В альбоме Telegram не больше 10 частей: лишние не добавлены.")
    (post,) = await rows(app, Post)
    assert len(post.media) == 10
    assert not await rows(app, DeadLetter)


async def test_a_caption_corrected_beyond_what_fits(app: App, oleg: Person, anna: Person) -> None:
    """It is asked for again; what readers have stays as it was."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends(photo=[PHOTO], caption=NEWS)
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    await oleg.taps("Исправить")
    for length in (815, 1024, 1025, 4096):
        await oleg.says("д" * length)
        await oleg.sees("814")
    assert [post.plain for post in await rows(app, Post)] == [NEWS]
    await oleg.says("д" * 814)
    await oleg.taps("Исправить у всех")
    (post,) = await rows(app, Post)
    assert post.plain == "д" * 814
    assert not await rows(app, DeadLetter)


async def test_reading_it_when_it_is_no_longer_there(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """What a reader kept of it answers politely, twice over."""
    await due(oleg, clock)
    await clock_ticks(app, clock)
    shown = anna.newest("text")
    useful = carried(shown, "Полезно")
    await oleg.says("/post")
    await oleg.taps(f"📣 {NEWS}")
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    await anna.says("/start")
    own = await anna.sees()
    for _ in range(2):
        await anna.taps_data(own, useful)
        assert anna.toast
    assert not await rows(app, DeadLetter)
