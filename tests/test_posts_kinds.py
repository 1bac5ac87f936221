"""News of every kind arrives as it was sent, and what sending promises while it goes on."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import App
from models.mail import DeadLetter, Owed
from models.member import Member
from models.organisation import Organisation
from models.person import Interest
from models.person import Person as Account
from models.post import Delivery
from sandbox.people import Person
from sandbox.plugin import Clock
from services import access, mailings, posts_publishing, preferences
from tests.applying import Make, clock_ticks, rows
from tests.backstage import told
from tests.conftest import ADMIN
from tests.newsroom import NEWS, anna, boris, corrects, draft, due, heard, oleg, urgent
from tests.sandbox_front import picture

FIXTURES = (oleg, anna, boris)

pytestmark = pytest.mark.usefixtures("union")

KINDS = ("photo", "video", "animation", "document", "audio", "voice")


async def started(oleg: Person) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")


async def withdrawn(oleg: Person) -> None:
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("caption", [NEWS, ""])
async def test_every_kind_arrives_is_corrected_and_taken_back(
    app: App, oleg: Person, anna: Person, clock: Clock, kind: str, caption: str
) -> None:
    await started(oleg)
    words = {"caption": caption} if caption else {}
    data = picture() if kind == "photo" else b"1" * 3000
    await oleg.sends_file(data, "файл.bin", kind, **words)
    await oleg.sees("Черновик новости", "Вложений: 1")
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    shown = anna.newest(kind)
    assert shown["caption"] == (f"{NEWS}\n\n— ТюмнМО ВЭП" if caption else "— ТюмнМО ВЭП")
    assert "Полезно" in anna.buttons
    await anna.says("/news")
    assert len(anna.buttons) >= 1
    await corrects(oleg, "Иначе")
    await clock_ticks(app, clock)
    assert anna.newest(kind)["caption"] == "Иначе\n\n— ТюмнМО ВЭП"
    await withdrawn(oleg)
    await clock_ticks(app, clock)
    assert not any(kind in one for one in anna.chat.messages.values())
    assert not await rows(app, DeadLetter)


@pytest.mark.parametrize("kind", ["document", "audio", "video"])
async def test_an_album_of_any_kind(
    app: App, oleg: Person, anna: Person, clock: Clock, kind: str
) -> None:
    await started(oleg)
    files = [(b"1" * 3000, f"{n}.bin") for n in range(2)]
    await oleg.sends_album(*files, kind=kind, caption=NEWS)
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    assert sum(kind in one for one in anna.chat.messages.values()) == 2
    assert heard(anna) == 1
    assert not await rows(app, DeadLetter)


async def test_after_two_days_what_was_delivered_says_that_it_was_withdrawn(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """And is gone from the feed all the same."""
    await draft(oleg)
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    clock.forward(hours=48, minutes=1)
    await withdrawn(oleg)
    await clock_ticks(app, clock)
    assert (heard(anna), heard(anna, "🚫 Новость отозвана.")) == (0, 1)
    await anna.says("/news")
    await anna.sees("Новостей пока нет")
    assert not await rows(app, Owed, state="failed")


async def test_muted_or_moved_meanwhile_it_does_not_come(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    """Anna has switched its rubric off, Boris belongs to another territory by now."""
    await draft(oleg)
    await oleg.taps("Рубрики")
    await oleg.taps("Спорт")
    await oleg.taps("Готово")
    await oleg.taps("Когда")
    await oleg.says("через 1 час")
    await oleg.taps("Опубликовать")
    clock.forward(hours=1)
    now = datetime.fromtimestamp(clock.now, UTC)
    async with app.database.transaction() as session:
        await posts_publishing.publish_due(session, now=now)
        account = (await session.scalars(select(Account).filter_by(telegram_id=anna.id))).one()
        sport = (await session.scalars(select(Interest).filter_by(title="Спорт"))).one()
        actor = await access.load(session, account)
        await preferences.switch(session, actor, f"rubric:{sport.id}", on=False, now=now)
        home = select(Organisation.id).filter_by(code="KGD-1").scalar_subquery()
        moved = update(Member).where(Member.number == "000203").values(organisation_id=home)
        await session.execute(moved)
    await app.courier.drain()
    assert [heard(one) for one in (anna, boris)] == [0, 0]
    states = {one.chat_id: one.state for one in await rows(app, Delivery)}
    assert states == {oleg.id: "sent", anna.id: "stale", boris.id: "stale"}


async def test_the_card_of_a_sending_is_redrawn_every_three_seconds_at_most(
    app: App,
    oleg: Person,
    anna: Person,
    boris: Person,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One more gets it every other second."""
    turns = iter([False, True] * 12)

    async def may_go_on(*_: Any) -> bool:
        return next(turns)

    monkeypatch.setattr(mailings, "STEP", 1)
    monkeypatch.setattr(mailings, "_may_go_on", may_go_on)
    await due(oleg, clock)
    bars: list[str] = []
    drawn: list[int] = []
    for _ in range(10):
        await clock_ticks(app, clock)
        drawn.append(len(await told(app, "posts-card")))
        bars += [one["text"] for one in oleg.chat.messages.values() if "▓" in one.get("text", "")]
        clock.forward(seconds=1)
    new = [later - earlier for earlier, later in pairwise(drawn)]
    assert all(sum(new[n : n + 3]) <= 1 for n in range(len(new))), drawn
    assert "▓▓▓▓▓▓░░░░" in bars[0]
    assert "▓▓▓▓▓▓▓▓▓▓" in bars[-1]
    assert heard(anna) == heard(boris) == 1


async def test_an_admin_posts_for_any_organisation(people: Make, anna: Person) -> None:
    helen = people("Елена", id=ADMIN)
    await helen.says("/post")
    await helen.taps("✏️ ППО Тюменьэнерго")
    await helen.says(NEWS)
    await helen.sees("Черновик новости", "Получат: 1")
    await urgent(helen)
    await helen.taps("Опубликовать")
    assert heard(anna) == 1
