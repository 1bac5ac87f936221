"""Killed at every commit and every call of the joining journey: it comes to the same rows."""

import random
from collections.abc import Callable
from functools import partial

import pytest

from bot.app import App
from bot.settings import Settings
from keyboards import pictures
from models.application import Application, State
from models.audit import AuditRecord
from models.mail import DeadLetter
from models.member import Member
from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.world import World
from tests.applying import HOME, NAME, PHONE, TERRITORY, Holds, appointed, rows
from tests.crashing import Life, Snapshot, Step, rows_gone
from tests.rough import FULL

ANNA, BORIS = 1001, 1002
JOURNEY = (
    Step(ANNA, "says", "/start"),
    Step(ANNA, "says", "✍️ Вступить"),
    Step(ANNA, "taps", "Согласен"),
    Step(ANNA, "says", NAME),
    Step(ANNA, "says", "15.03.1998"),
    Step(ANNA, "taps", "📱 Отправить мой номер"),
    Step(ANNA, "taps", TERRITORY),
    Step(ANNA, "taps", HOME),
    Step(ANNA, "taps", "Отправить заявку"),
    Step(BORIS, "taps", "Подтвердить"),
)


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same card is not drawn a hundred times."""
    drawn: dict[str, bytes] = {}

    def once(draw: Callable[..., bytes], **words: object) -> bytes:
        return drawn.get(repr(words)) or drawn.setdefault(repr(words), draw(**words))

    for name, draw in pictures.DRAWINGS.items():
        monkeypatch.setitem(pictures.DRAWINGS, name, partial(once, draw))


@pytest.fixture
async def beginning(
    app: App,
    world: World,
    settings: Settings,
    union: None,
    people: Callable[..., Person],
    holds: Holds,
) -> Snapshot:
    """A guest who has not spoken yet, and the chair who will decide."""
    people("Анна", phone=PHONE)
    await appointed(people, holds, "Борис", "TMN-1")
    await app.database.close()
    world.bots[TOKEN].mailbox.handler = None
    return Snapshot(world, settings)


def messages(life: Life) -> int:
    """How many the bot sent and did not take back."""
    chats = life.world.chats.values()
    return sum(m["from"]["is_bot"] for chat in chats for m in chat.messages.values())


@pytest.mark.timeout(300)
async def test_whenever_it_is_killed_the_step_ends_in_the_same_rows(
    beginning: Snapshot, settings: Settings
) -> None:
    deaths: list[str] = []
    here = beginning
    for step in JOURNEY:
        async with here.life(settings) as quiet:
            await quiet.take(step)
            expected, sent, moments = await quiet.digest(), messages(quiet), quiet.fate.passed
            after = await quiet.snapshot()
        for moment, name in enumerate(moments, 1):
            if name == "before a commit":
                continue  # undone by itself: as good as the end of the one before
            async with here.life(settings, [moment]) as life:
                await life.take(step)
                assert life.deaths == [name]
                found = await life.digest()
                assert found == expected, f"{step}, {name}:\n{rows_gone(expected, found)}"
                # Telegram has no key for «the same again»: what was on its way may come twice.
                twice = name.startswith("after send") or name == "after a commit"
                assert sent <= messages(life) <= sent + twice, (step, name, life.fate.passed)
            deaths.append(name)
        here = after
    assert len(deaths) > 70
    assert {"after a commit", "before sendPhoto", "after sendMessage"} < {*deaths}
    await joined_once(here, settings)


async def joined_once(end: Snapshot, settings: Settings) -> None:
    async with end.life(settings) as life:
        (application,) = await rows(life.app, Application)
        (member,) = await rows(life.app, Member)
        assert (application.state, member.name) == (State.CONFIRMED, NAME)
        actions = [one.action for one in await rows(life.app, AuditRecord)]
        assert actions.count("application.confirmed") == actions.count("member.admitted") == 1
        assert await rows(life.app, DeadLetter) == []


@pytest.mark.parametrize("seed", range(6 if FULL else 2))
async def test_killed_many_times_on_the_way_the_whole_journey_ends_in_the_same_rows(
    beginning: Snapshot, settings: Settings, seed: int
) -> None:
    async with beginning.life(settings) as quiet:
        for step in JOURNEY:
            await quiet.take(step)
        expected, length = await quiet.digest(), len(quiet.fate.passed)
    chance = random.Random(seed)
    async with beginning.life(settings, chance.sample(range(1, length * 2), length // 6)) as life:
        for step in JOURNEY:
            await life.take(step)
        assert len(life.deaths) > 5
        found = await life.digest()
        assert found == expected, f"{life.deaths}:\n{rows_gone(expected, found)}"
