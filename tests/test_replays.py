"""Again, at once, under another number, in another order: the same final rows."""

import asyncio
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.app import App
from bot.settings import Settings
from models.application import Application, State
from models.audit import AuditRecord
from models.mail import DeadLetter, Dialog, Owed
from models.member import Member
from models.person import Person as PersonRow
from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.world import World
from tests.applying import HOME, NAME, TERRITORY, Holds, applies, appointed, rows
from tests.backstage import audited, enrol
from tests.crashing import Life, Snapshot, Step
from tests.rough import FULL

pytestmark = pytest.mark.usefixtures("log")

Json = dict[str, Any]
ORDERS = 20 if FULL else 6
JOURNEY = (
    Step(0, "says", "/start"),
    Step(0, "says", "✍️ Вступить"),
    Step(0, "taps", "Согласен"),
    Step(0, "says", NAME),
    Step(0, "says", "15.03.1998"),
    Step(0, "taps", "📱 Отправить мой номер"),
    Step(0, "taps", TERRITORY),
    Step(0, "taps", HOME),
    Step(0, "taps", "Отправить заявку"),
    Step(0, "says", "/help"),
)


async def deliver(app: App, *updates: Json) -> None:
    await asyncio.gather(*map(app.ingest, updates))
    await app.courier.drain()


async def test_one_press_of_confirm_five_times_and_under_two_numbers_admits_once(
    app: App, union: None, world: World, people: Callable[..., Person], holds: Holds
) -> None:
    chair = await appointed(people, holds, "Борис", "TMN-1")
    await applies(people("Анна", phone="+79995550101"))
    pressed = await caught(app, world, chair, "Подтвердить")
    twin = pressed | {"update_id": pressed["update_id"] + 10**6}
    await deliver(app, *[pressed] * 3, twin, *[pressed] * 2, twin)
    assert len(await rows(app, Member)) == 1
    assert await audited(app, "application.confirmed") == ["application.confirmed"]
    assert await audited(app, "member.admitted") == ["member.admitted"]


async def test_of_two_chairs_who_press_at_once_one_decides(
    app: App, union: None, world: World, people: Callable[..., Person], holds: Holds
) -> None:
    boris = await appointed(people, holds, "Борис", "TMN-1")
    vera = await appointed(people, holds, "Вера", "TMN-1")
    await applies(people("Анна", phone="+79995550101"))
    yes = await caught(app, world, boris, "Подтвердить")
    no = await caught(app, world, vera, "Отклонить")
    reason = no | {"update_id": 10**6}
    await deliver(app, yes, no, reason)
    (application,) = await rows(app, Application)
    assert application.state is State.CONFIRMED
    assert len(await audited(app, "application.")) == 2


async def test_the_same_choice_under_two_numbers_is_one_change(
    app: App, union: None, world: World, people: Callable[..., Person]
) -> None:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", "Смирнова Анна Ивановна")
    await anna.says("/profile")
    await anna.taps("Часы уведомлений")
    pressed = await caught(app, world, anna, "9–21")
    await deliver(app, pressed, pressed | {"update_id": 10**6})
    assert await audited(app, "profile.hours") == ["profile.hours"]
    (row,) = [one for one in await rows(app, PersonRow) if one.telegram_id == anna.id]
    assert (row.notify_from, row.notify_to) == (9, 21)


async def caught(app: App, world: World, person: Person, label: str) -> Json:
    """The update of a press that has not been delivered yet."""
    mailbox = world.bots[TOKEN].mailbox
    handler, mailbox.handler = mailbox.handler, None
    await person.taps(label)
    mailbox.handler = handler
    return mailbox.parcels.pop().update


async def test_a_history_in_other_orders_with_repeats_comes_to_the_same_rows(
    app: App,
    union: None,
    world: World,
    settings: Settings,
    people: Callable[..., Person],
) -> None:
    applicants = [people(f"Анна {n}", phone=f"+7999555010{n}").id for n in range(3)]
    await app.database.close()
    world.bots[TOKEN].mailbox.handler = None
    beginning = Snapshot(world, settings)
    async with beginning.life(settings) as first:
        history = [await lived(first, one) for one in applicants]
        expected = await facts(first.app)
    assert len(expected["applications"]) == 3
    for seed in range(ORDERS):
        async with beginning.life(settings) as again:
            for update in shuffled(history, random.Random(seed)):
                await again.app.ingest(update)
            assert await facts(again.app) == expected, f"seed {seed}"


async def lived(life: Life, person: int) -> list[Json]:
    """All that one applicant's way to a sent application told the bot."""
    before = set(life.world.given)
    told: list[Json] = []
    mailbox = life.world.bots[TOKEN].mailbox
    for step in JOURNEY:
        await step._replace(who=person).queue(life.world)
        told += [parcel.update for parcel in mailbox.parcels]
        await life.catch_up()
    assert len(told) == len(life.world.given - before)
    return told


def shuffled(history: list[list[Json]], chance: random.Random) -> Iterator[Json]:
    """In order within a chat, chats in any; repeats of what was delivered before come any time."""
    left, gone = [list(told) for told in history], []
    while any(left):
        gone.append(chance.choice([told for told in left if told]).pop(0))
        yield gone[-1]
        while chance.random() < 0.4:
            yield chance.choice(gone)


async def facts(app: App) -> dict[str, list[Any]]:
    """The rows, with people by their Telegram id in place of numbers of rows."""
    who = {one.id: one.telegram_id for one in await rows(app, PersonRow)}
    return {
        "people": sorted((one, "known") for one in who.values()),
        "applications": sorted(
            (who[one.person_id], one.state, one.name, str(one.born_on), one.phone)
            for one in await rows(app, Application)
        ),
        "audit": sorted(
            (who.get(one.actor_id) or 0, one.action) for one in await rows(app, AuditRecord)
        ),
        "dialogs": sorted((one.key, str(one.state)) for one in await rows(app, Dialog)),
        "set aside": [one.error for one in await rows(app, DeadLetter)],
        "owed": sorted(
            (one.chat_id, one.notice or "") for one in await rows(app, Owed) if not one.payload
        ),
    }
