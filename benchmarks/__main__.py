"""`make bench`: each figure beside its yardstick, in one run; `python -m benchmarks NAME`: a part.

Ratios are what to quote: wall times change with the machine and with whatever else it does.
"""

import asyncio
import importlib
import platform
import sys

import click

from tests import postgres

PARTS = ("start", "updates", "courier", "queue", "growth", "mailings", "digests")


async def main(names: list[str]) -> None:
    click.echo(
        f"Python {platform.python_version()}, {platform.machine()}, SQLite synchronous=FULL"
    )
    for name in names or PARTS:
        click.echo(f"\n{name}")
        await importlib.import_module(f"benchmarks.{name}").measure()


if __name__ == "__main__":
    with postgres.given():
        asyncio.run(main(sys.argv[1:]))
