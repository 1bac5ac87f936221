"""How long until there is somebody to talk to, and how much room that takes."""

import asyncio
import os
import sys
import tempfile
import time
from statistics import median

from benchmarks.stage import ROOT, crowd, our_bot, say, steady, stub

ROUNDS = 5
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "20000"))  # 250,000 take a quarter of an hour


async def measure() -> None:
    help_ = [await _time("-m", "bot", "--help") for _ in range(ROUNDS)]
    say("python -m bot --help", f"{median(help_):.2f} s", "", "goal ≤ 0.5 s", median(help_) <= 0.5)
    imports = [await _time("-c", "import aiogram") for _ in range(ROUNDS)]
    starts, rests, grown = list[float](), list[float](), 0.0
    async with stub() as api:
        for number in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                start = time.perf_counter()
                async with our_bot(api.address, f"sqlite+aiosqlite:///{folder}/bench.db") as bot:
                    await steady(bot, rate=1, seconds=1)
                    starts.append(time.perf_counter() - start - 1)
                    rests.append(bot.memory)
                    if number == ROUNDS - 1:
                        await crowd(bot, PEOPLE)
                        grown = bot.memory - rests[-1]
    idle, ratio = median(rests), median(starts) / median(imports)
    say(
        "from start to the first update handled",
        f"{median(starts):.2f} s",
        f"import aiogram {median(imports):.2f} s",
        f"ratio {ratio:.2f}, goal ≤ 1.3",
        ratio <= 1.3,
    )
    say("memory, idle", f"{idle:.0f} MB", "", "goal ≤ 205 MB", idle <= 205)
    say(f"  after {PEOPLE:,} people", f"+ {grown:.0f} MB", "", "goal + ≤ 20 MB", grown <= 20)


async def _time(*words: str) -> float:
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
    )
    await process.wait()
    return time.perf_counter() - start
