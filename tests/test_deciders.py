"""Nobody decides: who is reminded, who gets it next, each once, whatever restarts."""

from datetime import UTC, datetime

import pytest

from bot.app import App
from models.application import Errand
from models.mail import Owed
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.world import World
from services import deciders
from tests.applying import (
    HOME,
    NAME,
    PHONE,
    Holds,
    Make,
    applies,
    appointed,
    clock_ticks,
    restarted,
    rows,
)
from tests.backstage import enrol
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

REMINDER, CARD = "⏰ Заявка ждёт решения", "Заявка на вступление"


@pytest.fixture
async def anna(people: Make) -> Person:
    return people("Анна", phone=PHONE)


@pytest.fixture
async def peter(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Пётр", "TMN-1")


@pytest.fixture
async def olga(people: Make, holds: Holds) -> Person:
    """The chair of the territorial organisation."""
    return await appointed(people, holds, "Ольга", "TMN")


@pytest.fixture
async def helen(people: Make) -> Person:
    helen = people("Елена", id=ADMIN)
    await helen.says("/start")
    return helen


def heard(*people: Person) -> list[tuple[int, int]]:
    """How many cards and how many reminders each of them has got."""
    return [
        (
            sum(CARD in text for text in person.history),
            sum(REMINDER in text for text in person.history),
        )
        for person in people
    ]


async def test_a_day_two_days_three_days(
    app: App, anna: Person, peter: Person, olga: Person, helen: Person, clock: Clock
) -> None:
    """Each at its minute, each once."""
    await applies(anna)
    all_three = (peter, olga, helen)
    due = {
        24: [(1, 1), (0, 0), (0, 0)],
        48: [(1, 1), (1, 1), (0, 0)],
        72: [(1, 1), (1, 1), (1, 1)],
    }
    told = [(1, 0), (0, 0), (0, 0)]
    for now_told in due.values():
        clock.forward(hours=23, minutes=59)
        await clock_ticks(app, clock)
        assert heard(*all_three) == told
        clock.forward(minutes=1)
        for _ in range(2):
            await clock_ticks(app, clock)
            assert heard(*all_three) == now_told
        told = now_told
    await olga.sees("ждёт решения уже 2 дня", NAME, HOME)
    await helen.sees("ждёт решения уже 3 дня", "ждёт 3 дня")
    clock.forward(days=30)
    await clock_ticks(app, clock)
    assert heard(*all_three) == told


async def test_the_applicant_sees_who_else_has_it_now(
    app: App, anna: Person, peter: Person, olga: Person, helen: Person, clock: Clock
) -> None:
    await applies(anna)
    clock.forward(hours=48)
    await clock_ticks(app, clock)
    await anna.taps("⏳ Моя заявка")
    await anna.sees(f"{HOME} (председатель); ТюмнМО ВЭП (председатель)")
    await anna.sees_nothing_of("администраторы")
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    await anna.taps("⏳ Моя заявка")
    await anna.sees("ТюмнМО ВЭП (председатель); администраторы профсоюза")
    await helen.taps("Подтвердить")
    for chair in (peter, olga):
        await chair.sees("Подтверждена: администратор")
        assert "Подтвердить" not in chair.buttons


async def test_a_restart_repeats_nothing(
    app: App, anna: Person, peter: Person, world: World, clock: Clock
) -> None:
    await applies(anna)
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    async with restarted(app, world, clock) as again:
        await clock_ticks(again, clock)
        assert heard(peter) == [(1, 1)]
        await peter.taps("Открыть заявку")
        await peter.taps("Подтвердить")
        await anna.sees("добро пожаловать")


async def test_a_long_silence_of_the_bot_is_made_good_once(
    app: App, anna: Person, peter: Person, olga: Person, helen: Person, clock: Clock
) -> None:
    await applies(anna)
    clock.forward(days=4)
    for _ in range(2):
        await clock_ticks(app, clock)
    assert heard(peter, olga, helen) == [(1, 1), (1, 1), (1, 1)]
    await peter.sees("уже 4 дня")


async def test_a_decision_or_a_withdrawal_ends_the_reminding(
    app: App, anna: Person, peter: Person, olga: Person, clock: Clock
) -> None:
    """What was corrected and sent again is waited for anew."""
    await applies(anna)
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    assert heard(peter, olga) == [(1, 1), (0, 0)]
    await peter.taps("Вернуть")
    await peter.says("Имя с опечаткой")
    clock.forward(days=3)
    await clock_ticks(app, clock)
    assert heard(peter, olga) == [(1, 1), (0, 0)]
    await anna.taps("Продолжить")
    await anna.taps("Отправить заявку")
    clock.forward(hours=23, minutes=59)
    await clock_ticks(app, clock)
    assert heard(peter, olga) == [(2, 1), (0, 0)]
    clock.forward(minutes=1)
    await clock_ticks(app, clock)
    assert heard(peter, olga) == [(2, 2), (0, 0)]
    await anna.says("⏳ Моя заявка")
    await anna.taps("Отозвать заявку")
    await anna.taps("Да, отозвать")
    clock.forward(days=3)
    await clock_ticks(app, clock)
    assert heard(peter, olga) == [(2, 2), (0, 0)]


async def test_a_reminder_overtaken_by_the_decision_is_not_sent(
    app: App, anna: Person, peter: Person, clock: Clock
) -> None:
    await applies(anna)
    clock.forward(hours=24)
    async with app.database.transaction() as session:
        await deciders.remind(session, now=datetime.fromtimestamp(clock.now, UTC))
    await peter.taps("Подтвердить")
    assert heard(peter) == [(1, 0)]
    (waiting,) = await rows(app, Owed, notice="requests-waiting")
    assert waiting.state == "stale"


async def test_without_a_chair_it_starts_one_level_up(
    app: App, anna: Person, olga: Person, helen: Person, clock: Clock
) -> None:
    await applies(anna)
    assert heard(olga, helen) == [(1, 0), (0, 0)]
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    assert heard(olga, helen) == [(1, 1), (0, 0)]
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    assert heard(olga, helen) == [(1, 1), (1, 1)]
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    assert heard(olga, helen) == [(1, 1), (1, 2)]


async def test_without_any_chair_it_starts_with_the_admins(
    app: App, anna: Person, helen: Person, people: Make, holds: Holds, clock: Clock
) -> None:
    regional = await appointed(people, holds, "Игорь", "TMN", "admin")
    await holds(regional, "admin", "TMN-1")
    stranger = await appointed(people, holds, "Яна", "KGD", "admin")
    await applies(anna)
    assert heard(helen, regional, stranger) == [(1, 0), (1, 0), (0, 0)]
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    assert heard(helen, regional, stranger) == [(1, 1), (1, 1), (0, 0)]


async def test_a_chair_who_cannot_be_reached_is_no_chair(
    app: App, anna: Person, peter: Person, olga: Person, people: Make, holds: Holds, clock: Clock
) -> None:
    """Never spoken to the bot, or has stopped it; back again, they see it and are reminded."""
    await holds(people("Новый"), "chair", "TMN-1")
    await peter.blocks()
    await applies(anna)
    assert heard(peter, olga) == [(0, 0), (1, 0)]
    await peter.unblocks()
    await peter.says("/start")
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    assert heard(peter, olga) == [(1, 1), (1, 0)]
    await peter.taps("Открыть заявку")
    await peter.sees(CARD, NAME)


async def test_with_nobody_at_all_it_waits_for_the_first_to_come(
    app: App, anna: Person, people: Make, holds: Holds, clock: Clock
) -> None:
    await applies(anna)
    clock.forward(days=5)
    await clock_ticks(app, clock)
    assert not await rows(app, Errand)
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    await clock_ticks(app, clock)
    await peter.sees("уже 5 дней")
    await peter.taps("Открыть заявку")
    await peter.taps("Подтвердить")
    await anna.sees("добро пожаловать")


async def test_a_chair_of_the_whole_union_stands_above_the_territories(
    app: App, anna: Person, people: Make, holds: Holds, helen: Person
) -> None:
    whole = people("Олег")
    await whole.says("/start")
    await holds(whole, "chair")
    await applies(anna)
    assert heard(whole, helen) == [(1, 0), (0, 0)]
    await anna.taps("⏳ Моя заявка")
    await anna.sees("Всероссийский Электропрофсоюз (председатель)")


async def test_a_chair_appointed_later_is_shown_what_waits_once(
    app: App, clock: Clock, anna: Person, helen: Person, people: Make, holds: Holds
) -> None:
    await applies(anna)
    peter = people("Пётр")
    await peter.says("/start")
    await helen.says(f"/grant {peter.id} chair TMN-1")
    assert heard(helen, peter) == [(1, 0), (1, 0)]
    yana = people("Яна")
    await helen.says(f"/grant {yana.id} chair TMN-1")
    await yana.says("/start")  # never met before
    await yana.sees("Ждут вашего решения: 1", "/requests")
    for _ in range(2):
        await clock_ticks(app, clock)
        assert heard(helen, peter, yana) == [(1, 0), (1, 0), (1, 0)]


async def test_a_right_taken_away_takes_the_card_with_it_at_once(
    anna: Person, helen: Person, peter: Person
) -> None:
    await applies(anna)
    await peter.sees(CARD, NAME)
    await helen.says(f"/revoke {peter.id} chair TMN-1")
    assert not any(NAME in text for text in peter.history)
    assert heard(helen) == [(1, 0)]  # nobody else is left to decide


async def test_a_chair_who_leaves_the_union_decides_no_more(
    app: App, anna: Person, peter: Person, olga: Person
) -> None:
    await enrol(app, peter, "TMN-1", "Ильин Пётр Сергеевич", "000909")
    await applies(anna)
    await peter.says("👤 Профиль")
    for label in ("Выйти из профсоюза", "Всё равно выйти", "Да, выйти"):
        await peter.taps(label)
    await peter.says("/requests")
    await peter.sees("у вас такой роли здесь нет")
    assert not any(NAME in text for text in peter.history)
    assert heard(olga) == [(1, 0)]
    assert "requests" not in peter.commands
