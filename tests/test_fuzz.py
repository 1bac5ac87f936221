"""Updates of all kinds, bent out of shape by the thousand: none does harm, none is in the way."""

import json
import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot import ingest
from bot.app import App
from models.channel import Channel
from models.event import Event
from models.mail import DeadLetter, Owed, Received
from models.organisation import Organisation
from models.post import Post
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.applying import Holds, appointed, rows
from tests.backstage import SINCE, enrol
from tests.bending import CHANNEL, KINDS, LIVE, Bender
from tests.gatherings import Hold, hold
from tests.odd_house import said
from tests.rough import FULL, rounds

FIXTURES = (hold,)

pytestmark = pytest.mark.usefixtures("log")

ADMIN = 900
EXPECTED = ("update failed", "refused", "a tap went unanswered")
SHARES = 4  # spread over the test's workers where there are several
IN_ALL = int(os.environ.get("FUZZ", "20000" if FULL else "2000"))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many attempts as ever, without the pauses between them."""
    monkeypatch.setattr(ingest, "PAUSES", (0,) * len(ingest.PAUSES))


@pytest.fixture
async def house(
    app: App, union: None, people: Callable[..., Person], holds: Holds, hold: Hold
) -> list[Person]:
    """Somebody of each sort, so that every kind of button has an answer."""
    admin, guest, member = people("Елена", id=ADMIN), people("Анна"), people("Вера")
    for person in (admin, guest):
        await person.says("/start")
    await enrol(app, member, "TMN-1", "Верина Вера Ивановна")
    chair = await appointed(people, holds, "Борис", "TMN-1")
    maker = await appointed(people, holds, "Олег", "VEP", "organiser")
    await enrol(app, maker, "TMN-2", "Власов Олег", number="000201")
    await speaks_for(app, "TMN-1")
    await hold(code="VEP")
    return [admin, guest, member, chair, maker]


async def speaks_for(app: App, code: str) -> None:
    """The channel all its posts come from."""
    async with app.database.transaction() as session:
        home = await session.scalar(select(Organisation).filter_by(code=code))
        session.add(
            Channel(
                id=CHANNEL["id"],
                title="К",
                organisation_id=home.id if home else None,
                confirmed_at=SINCE,
            )
        )


@pytest.mark.timeout(max(240, IN_ALL // 50))
@pytest.mark.parametrize("share", range(SHARES))
async def test_no_update_however_bent_does_harm(
    app: App, house: list[Person], log: list[Any], hasty: None, share: int
) -> None:
    bender = Bender(seed=share, people=[person.id for person in house])
    seen: dict[str, int] = dict.fromkeys(KINDS, 0)
    for number, update in enumerate(bender.openings(house[-1].id)):
        await taken(app, {"update_id": 9_000 + number} | update)
    made = await rows(app, Post), await rows(app, Event)
    assert [len(kind) for kind in made] == [3, 2]  # one of them stands already
    in_all = rounds(IN_ALL, app.database)
    for number in range(in_all // SHARES):
        kind, update = bender.bent(10_000 + number)
        seen[kind] += 1
        await taken(app, update)
        if number % 50 == 0:
            await app.courier.drain()
    await app.courier.drain()
    assert min(seen[kind] for kind in (KINDS if in_all >= 20_000 else LIVE)) > 0
    await never_stumbled(app, log)
    assert len(await rows(app, Received)) > 0.9 * in_all // SHARES
    await all_is_well(house)


async def test_no_number_in_a_button_does_harm(
    app: App, house: list[Person], log: list[Any], hasty: None
) -> None:
    """Of things that are there, pressed by whoever may: days and hours that never were."""
    maker = house[-1]
    bender = Bender(seed=0, people=[maker.id])
    updates = [*bender.openings(maker.id), *bender.odd_numbers(maker.id)]
    for number, update in enumerate(updates):
        await taken(app, {"update_id": 9_000 + number} | update)
    await app.courier.drain()
    await never_stumbled(app, log)
    await all_is_well(house)


async def test_nothing_too_large_does_harm_wherever_it_stands(
    app: App, house: list[Person], log: list[Any], hasty: None
) -> None:
    bender = Bender(seed=0, people=[person.id for person in house])
    for number, update in enumerate(bender.each_spot(house[0].id)):
        await taken(app, {"update_id": 9_000 + number} | update)
    assert number > 300
    await app.courier.drain()
    await never_stumbled(app, log)
    await all_is_well(house)


async def never_stumbled(app: App, log: list[Any]) -> None:
    """Set aside is what cannot be read, and numbers no column holds."""
    letters = await rows(app, DeadLetter)
    assert [
        (letter.error, letter.payload[:600])
        for letter in letters
        if letter.error not in ("ValidationError", "OverflowError")
    ] == []
    assert [line for line in log if line["event"] not in EXPECTED] == []


async def taken(app: App, update: dict[str, Any]) -> None:
    try:
        await app.ingest(update)
    except Exception as error:
        pytest.fail(f"{error!r}\n{json.dumps(update)[:2000]}")


async def all_is_well(house: list[Person]) -> None:
    for person in house:
        await person.says("/menu")
        await person.sees()
        await person.sees_nothing_of("сломалось")


async def test_one_poisonous_update_holds_the_others_up_for_less_than_a_second(
    app: App, house: list[Person], clock: Clock
) -> None:
    bender = Bender(seed=0, people=[person.id for person in house])
    admin, guest, *_ = house
    for number, poison in enumerate(bender.poisons(guest.id)):
        begun = time.monotonic()
        await taken(app, {"update_id": 500 + number} | poison)
        await app.ingest(said(700 + number, guest.id, "/help"))
        assert time.monotonic() - begun < 1
    letters = await rows(app, DeadLetter)
    assert len(letters) >= 5
    assert len([row for row in await rows(app, Owed) if row.notice == "system-trouble"]) == 1
    await app.courier.drain()
    assert sum("не смог обработать" in line for line in admin.history) == 1
