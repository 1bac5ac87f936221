"""One update, whole: webhook, inbox, handler, commit, 200, and the answer at Telegram."""

import tempfile
import time

from aiogram.types import Update

from benchmarks.stage import (
    Load,
    Process,
    ask,
    crowd,
    message,
    middle,
    our_bot,
    say,
    steady,
    stock_bot,
    stub,
    until,
)
from bot.switchboard import Switchboard
from handlers import routers

ROUNDS = 5
UPDATES = 1500


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.db"
        async with (
            stub() as api,
            stock_bot(api.address) as stock,
            our_bot(api.address, url) as ours,
        ):
            for bot in (stock, ours):
                await crowd(bot, 300)
            rounds = [(await _whole(stock, api), await _whole(ours, api)) for _ in range(ROUNDS)]
            calm = await steady(ours, rate=100, seconds=8)
    _tell(middle([one for one, _ in rounds]), middle([two for _, two in rounds]), calm)
    await _finding()


def _tell(base: Load, own: Load, calm: Load) -> None:
    ratio = own.per_second / base.per_second
    beside = f"stock {base.per_second:.0f}/s"
    say(
        "one update, whole: updates a second",
        f"{own.per_second:.0f}/s",
        beside,
        f"ratio {ratio:.2f}, goal ≥ 0.5",
        ratio >= 0.5,
    )
    say("  at least 200 a second", f"{own.per_second:.0f}/s", "", "", own.per_second >= 200)
    say(
        "  p99 to the acknowledgement, 32 at once",
        f"{own.p99:.0f} ms",
        f"stock {base.p99:.0f} ms",
        "goal: lower",
        own.p99 < base.p99,
    )
    say(
        "  CPU", f"{own.cpu:.0f} µs", f"stock {base.cpu:.0f} µs", f"ratio {own.cpu / base.cpu:.1f}"
    )
    say(
        "  p99 to the acknowledgement at 100/s",
        f"{calm.p99:.1f} ms",
        f"p50 {calm.p50:.1f} ms",
        "goal ≤ 50 ms",
        calm.p99 <= 50,
    )


async def _whole(bot: Process, api: Process) -> Load:
    """Over when the last answer has reached Telegram."""
    await ask(api, "/reset")
    start = time.perf_counter()
    load = await crowd(bot, UPDATES)
    await until(lambda: _has(api, UPDATES))
    return load._replace(per_second=UPDATES / (time.perf_counter() - start))


async def _has(api: Process, count: int) -> bool:
    return bool((await ask(api, "/report"))["messages"] >= count)


async def _finding() -> None:
    """The step that decides, with nothing behind it: the last handler of all is looked for."""
    board = Switchboard(routers())
    update = Update.model_validate(message("слово, которого никто не ждёт", 1))
    times = []
    for _ in range(300):
        start = time.perf_counter()
        for handler in board._fitting("message", update.message, None):
            await handler.check(update.message, raw_state=None, scene=None, bot=None)
        times.append(time.perf_counter() - start)
    took = sorted(times)[150] * 1e3
    say(
        "finding the handler, all routers in place",
        f"{took:.2f} ms",
        "",
        "goal ≤ 0.3 ms",
        took <= 0.3,
    )
