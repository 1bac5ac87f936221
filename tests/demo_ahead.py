"""The demo with a clock that is put forward by as many hours as are typed."""

import asyncio
import sys
from datetime import datetime, timedelta
from threading import Thread

from bot.app import utc_now
from bot.demo import show

ahead = timedelta()


def clock() -> datetime:
    return utc_now() + ahead


def listen() -> None:
    global ahead
    for line in sys.stdin:
        ahead += timedelta(hours=int(line))


if __name__ == "__main__":
    Thread(target=listen, daemon=True).start()
    asyncio.run(show(0, clock))
