"""One update, whole: webhook, inbox, handler, commit, 200, and the answer at Telegram."""

import tempfile
import time
from collections.abc import Iterator

from aiogram.types import Update

from benchmarks.stage import (
    Json,
    Load,
    Process,
    ask,
    crowd,
    message,
    middle,
    newcomers,
    our_bot,
    regulars,
    say,
    steady,
    stock_bot,
    stub,
    until,
)
from bot.switchboard import Switchboard
from handlers import routers
from locales import Translator

ROUNDS = 5
UPDATES = 1500
PRESS = Translator().label("menu-about")


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.db"
        async with (
            stub() as api,
            stock_bot(api.address) as stock,
            our_bot(api.address, url) as ours,
        ):
            for bot in (stock, ours):
                await crowd(bot, UPDATES, regulars(UPDATES, "/start"))
            new = await _side_by_side(stock, ours, api, newcomers())
            known = await _side_by_side(stock, ours, api, regulars(UPDATES, PRESS))
            calm = await steady(ours, rate=100, seconds=8)
    _tell(*new, calm)
    _tell_known(*known)
    await _finding()


async def _side_by_side(
    stock: Process, ours: Process, api: Process, said: Iterator[Json]
) -> tuple[Load, Load]:
    rounds = [
        (await _whole(stock, api, said), await _whole(ours, api, said)) for _ in range(ROUNDS)
    ]
    return middle([one for one, _ in rounds]), middle([two for _, two in rounds])


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


def _tell_known(base: Load, own: Load) -> None:
    say(
        "  the same of somebody known, who opens a menu entry",
        f"{own.per_second:.0f}/s",
        f"stock {base.per_second:.0f}/s",
        f"ratio {own.per_second / base.per_second:.2f}",
    )
    say(
        "  CPU", f"{own.cpu:.0f} µs", f"stock {base.cpu:.0f} µs", f"ratio {own.cpu / base.cpu:.1f}"
    )


async def _whole(bot: Process, api: Process, said: Iterator[Json]) -> Load:
    """Over when the last answer has reached Telegram."""
    await ask(api, "/reset")
    start = time.perf_counter()
    load = await crowd(bot, UPDATES, said)
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
