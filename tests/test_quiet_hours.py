"""The hours in which somebody wants to hear of things: reminders wait, the rest makes no sound."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from models.mail import Lane
from models.person import Person as Account
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.world import World
from services.hours import quiet_until
from tests.applying import PHONE, Holds, Make, applies, appointed, clock_ticks
from tests.backstage import enrol
from tests.rough import owe

TYUMEN = ZoneInfo("Asia/Yekaterinburg")
REMINDER = "⏰ Заявка ждёт решения"

pytestmark = pytest.mark.usefixtures("union")


def sounds(world: World, to: Person) -> list[bool]:
    """Of the messages sent to somebody, in order: whether each makes a sound."""
    sent = (call for call in world.log if call.method.startswith("send"))
    mine = (call.params for call in sent if call.params["chat_id"] == to.id)
    return [not params.get("disable_notification") for params in mine]


@pytest.fixture
async def reminded_at_night(app: App, people: Make, holds: Holds, clock: Clock) -> Person:
    """A chair: a reminder fell due at 22:46 of their own time."""
    anna = people("Анна", phone=PHONE)
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    clock.forward(hours=8, minutes=46)
    await applies(anna)
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    return peter


async def test_a_reminder_waits_for_the_morning(
    app: App, reminded_at_night: Person, clock: Clock
) -> None:
    peter = reminded_at_night
    await peter.sees_nothing_of(REMINDER)
    clock.forward(hours=9, minutes=13)
    await clock_ticks(app, clock)
    await peter.sees_nothing_of(REMINDER)
    clock.forward(minutes=1)
    for _ in range(2):
        await clock_ticks(app, clock)
        assert sum(REMINDER in text for text in peter.history) == 1


async def test_what_waits_for_the_morning_holds_up_nothing_urgent(
    app: App, reminded_at_night: Person, clock: Clock
) -> None:
    peter = reminded_at_night
    await owe(app, peter.id, "Завтра на работу не выходим", lane=Lane.URGENT)
    await app.courier.drain()
    await peter.sees("Завтра на работу не выходим")
    await peter.sees_nothing_of(REMINDER)


async def test_a_reminder_no_longer_true_in_the_morning_is_never_sent(
    app: App, reminded_at_night: Person, clock: Clock
) -> None:
    peter = reminded_at_night
    await peter.taps("Подтвердить")
    clock.forward(hours=12)
    await clock_ticks(app, clock)
    assert not any(REMINDER in text for text in peter.history)


async def test_at_night_a_decision_comes_at_once_and_without_a_sound(
    app: App, world: World, people: Make, holds: Holds, clock: Clock
) -> None:
    anna = people("Анна", phone=PHONE)
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    clock.forward(hours=9)
    before = len(sounds(world, peter))
    await applies(anna)
    assert sounds(world, peter)[before:] == [False]
    answered = len(sounds(world, anna))
    await peter.taps("Подтвердить")
    assert not any(sounds(world, anna)[answered:])
    await anna.sees("Что вам интересно?")
    await anna.says("/menu")
    assert sounds(world, anna)[-1]  # an answer is looked at


async def test_whoever_wants_to_hear_at_all_hours_does(
    app: App, world: World, people: Make, holds: Holds, clock: Clock
) -> None:
    anna = people("Анна", phone=PHONE)
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    await enrol(app, peter, "TMN-1", "Орлов Пётр")
    await peter.taps("👤 Профиль")
    await peter.taps("Часы уведомлений")
    await peter.sees("напоминания подождут", "без звука")
    await peter.taps("Круглосуточно")
    clock.forward(hours=8, minutes=46)
    await applies(anna)
    assert sounds(world, peter)[-1]
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    await peter.sees(REMINDER)


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        ((8, 22), "2026-11-24 08:00", None),
        ((8, 22), "2026-11-24 21:59", None),
        ((8, 22), "2026-11-24 22:00", "2026-11-25 08:00"),
        ((8, 22), "2026-11-25 07:59", "2026-11-25 08:00"),
        ((22, 8), "2026-11-24 23:30", None),
        ((22, 8), "2026-11-25 07:59", None),
        ((22, 8), "2026-11-25 08:00", "2026-11-25 22:00"),
        ((0, 0), "2026-11-25 03:00", None),
        ((0, 8), "2026-11-25 23:00", "2026-11-26 00:00"),
    ],
)
def test_hours_are_counted_by_their_own_clock(
    hours: tuple[int, int], now: str, until: str | None
) -> None:
    who = Account(telegram_id=1, notify_from=hours[0], notify_to=hours[1])
    moment = datetime.fromisoformat(now).replace(tzinfo=TYUMEN).astimezone(UTC)
    expected = datetime.fromisoformat(until).replace(tzinfo=TYUMEN) if until else None
    assert quiet_until(who, TYUMEN, moment) == expected
