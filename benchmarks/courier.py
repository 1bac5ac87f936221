"""The way out: how fast, how even, and how little an answer waits behind a broadcast."""

import asyncio
import gc
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import select

from benchmarks.peers import peers
from benchmarks.stage import TOKEN, Json, Process, ask, percentile, say, stub, until
from bot.app import App, build
from bot.migrating import migrate
from bot.pace import Pace
from bot.settings import load
from bot.telegram import Http, Telegram
from models.mail import Lane, Owed
from services import outbox

ROUNDS = 5
MESSAGES = 5_000
QUEUED = 100_000  # behind which an answer must not wait
PACES = ((28.2, 30, 8), (285, 300, 8), (960, 1000, 6))  # set, allowed, seconds
MINUTE = 65  # seconds in which a group might get too much
CHATS, EACH = 40, 50  # more than a minute takes at 30 a second
LINE = 0.06  # seconds there and back
TEXT = "Новости профсоюза. " * 10
FIRST_OF_MANY = 2_000_000  # such chats may be refused by the stub; others not


async def measure() -> None:
    async with stub() as api:
        await _unthrottled(api)
        for rate, allowed, seconds in PACES:
            await _paced(api, rate, allowed, seconds)
        await _over_a_line(api)
        await _mixed(api)
        await _answers(api)


@asynccontextmanager
async def our_app(api: Process, pace: Pace) -> AsyncIterator[App]:
    with tempfile.TemporaryDirectory() as folder:
        settings = load(
            _env_file=None,
            bot_token=TOKEN,
            signing_key="k" * 32,
            database_url=f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}",
        )
        http = Http(api.address)
        app = build(settings, Telegram(TOKEN, http), "bench_bot", pace=pace)
        await migrate(app.database)
        gc.collect()
        gc.freeze()  # as `App` does at its start
        yield app
        gc.unfreeze()
        await http.close()
        await app.database.close()


async def _owe(app: App, count: int, lane: Lane = Lane.BULK, first: int = FIRST_OF_MANY) -> None:
    now = datetime.now(UTC)
    payload = {"text": TEXT, "parse_mode": "HTML"}
    rows = [
        outbox.owing(first + n, "sendMessage", payload, now=now, lane=lane) for n in range(count)
    ]
    async with app.database.transaction() as session:
        await outbox.add(session, rows, now=now)


async def _is_empty(app: App) -> bool:
    async with app.database.transaction() as session:
        return await session.scalar(select(Owed.id).where(outbox.WAITING).limit(1)) is None


async def _unthrottled(api: Process) -> None:
    others = await peers()
    rates: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, rate in others.items():
            rates[name].append(await rate(api, MESSAGES, FIRST_OF_MANY, TEXT))
        rates["ours"].append(await _ours(api))
    medians = {name: median(each) for name, each in rates.items()}
    own = medians.pop("ours")
    say(
        "courier, claim to settle: messages a second",
        f"{own:,.0f}/s",
        "",
        "goal ≥ 3,000/s",
        own >= 3000,
    )
    for name, base in medians.items():
        goal = 1.5 if name == "aiogram" else 1.0
        say(
            f"  beside what {name} only sends",
            f"ratio {own / base:.2f}",
            f"{base:,.0f}/s",
            f"goal ≥ {goal}",
            own / base >= goal,
        )


async def _ours(api: Process) -> float:
    async with our_app(api, Pace(100_000)) as app:
        await _owe(app, MESSAGES)
        start = time.perf_counter()
        async with asyncio.TaskGroup() as life:
            life.create_task(app.courier.run())
            await until(lambda: _is_empty(app))
            app.courier.stop()
        return MESSAGES / (time.perf_counter() - start)


async def _paced(api: Process, rate: float, allowed: int, seconds: int) -> None:
    async with our_app(api, Pace(rate)) as app:
        await _owe(app, allowed * (seconds + 2))
        await paced(app, api, allowed, seconds)


async def _over_a_line(api: Process) -> None:
    """Each call takes its time: there must be as many at once as that needs."""
    rate, allowed, seconds = PACES[-1]
    async with our_app(api, Pace(rate)) as app:
        await _owe(app, allowed * (seconds + 2))
        await ask(api, f"/set?delay={LINE}")
        await paced(app, api, allowed, seconds, f"a line of {LINE * 1e3:.0f} ms, ")
        await ask(api, "/set?delay=0")


async def _mixed(api: Process) -> None:
    """Several to each chat, a group that gets news and one that gets SOS, for a minute."""
    rate, allowed, _ = PACES[0]
    async with our_app(api, Pace(rate)) as app:
        for number in range(EACH):
            await _owe(app, CHATS, Lane.BULK if number % 2 else Lane.REMINDER)
            await _owe(app, 1, Lane.BULK, -1)
            await _owe(app, 1, Lane.SOS, -2)
        found = await paced(app, api, allowed, MINUTE, "mixed, ")
    chat, group = found["worst_chat"], found["worst_group"]
    say("  most in one chat in any second", f"{chat}", "", "goal ≤ 1", chat <= 1)
    say("  most in one group in any minute", f"{group}", "", "goal ≤ 20", group <= 20)


async def paced(app: App, api: Process, allowed: int, seconds: int, what: str = "") -> Json:
    """What is owed already, for so many seconds; measured by whoever receives it."""
    await ask(api, "/reset")
    async with asyncio.TaskGroup() as life:
        life.create_task(app.courier.run())
        await asyncio.sleep(seconds)
        found: Json = await ask(api, "/report")
        app.courier.stop()
    reached = (found["messages"] - 1) / found["span"] / allowed
    title = f"{what}paced for {allowed} a second"
    say(title, f"{reached:.0%} of it", "", "goal ≥ 93 %", reached >= 0.93)
    worst = found["worst_second"]
    say(
        "  most in any second, 50 ms of jitter",
        f"{worst}",
        "",
        f"goal ≤ {allowed}",
        worst <= allowed,
    )
    return found


async def _answers(api: Process) -> None:
    """An answer is owed at each beat; how long until it is at Telegram."""
    async with our_app(api, Pace(960)) as app, asyncio.TaskGroup() as life:
        life.create_task(app.courier.run())
        idle = await _waits(app, api, Lane.ANSWER, 20_000)
        await _owe(app, QUEUED)
        busy = await _waits(app, api, Lane.ANSWER, 40_000)
        await ask(api, "/set?refuse=0.3")
        sos = await _waits(app, api, Lane.SOS, 60_000)
        await ask(api, "/set?refuse=0")
        app.courier.stop()
    say(
        f"an answer while {QUEUED:,} are being sent: p99",
        f"{busy:.0f} ms",
        f"idle {idle:.0f} ms",
        "goal ≤ 100 ms, ≤ 2 × idle",
        busy <= min(100, 2 * idle),
    )
    say(
        "an SOS while 30 % of the rest get 429: p99",
        f"{sos:.0f} ms",
        "",
        "goal ≤ 1,000 ms",
        sos <= 1000,
    )


async def _waits(app: App, api: Process, lane: Lane, first: int) -> float:
    """Milliseconds: of a hundred the 99th, and of several such the median."""
    return median([await _ninety_ninth(app, api, lane, first + 1000 * n) for n in range(ROUNDS)])


async def _ninety_ninth(app: App, api: Process, lane: Lane, first: int) -> float:
    owed_at = {}
    for n in range(100):
        await asyncio.sleep(0.025)
        owed_at[first + n] = time.monotonic()
        await _owe(app, 1, lane, first + n)
        app.courier.wake()
    await asyncio.sleep(1.5)
    arrived: Json = (await ask(api, "/report"))["last"]
    return percentile([arrived[str(c)] - at for c, at in owed_at.items()], 0.99) * 1e3
