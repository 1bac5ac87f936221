"""`make storm`: the long one. Prints what docs/storm.md quotes."""

import asyncio
import platform
import sys
import time

import click

from benchmarks.storm.reckoning import SENDERS
from benchmarks.storm.season import Report, season
from tests import postgres


@click.command()
@click.option("--kills", default=1000, show_default=True, help="In all storms together, at least.")
@click.option("--updates", default=40_000, show_default=True, help="Likewise.")
@click.option("--people", default=40, show_default=True, help="In each storm.")
@click.option("--life", default=3.0, show_default=True, help="A bot's longest, in seconds.")
@click.option("--minutes", default=60.0, show_default=True, help="It ends then in any case.")
@click.option("--seed", default=None, type=int, help="Of the chances; the time of day otherwise.")
def main(seed: int | None, **asked: float) -> None:
    """Kills the bot over and over while people talk to it, then counts everything."""
    seed = int(time.time()) if seed is None else seed
    with postgres.given() as server:
        raging = season(
            int(asked["people"]),
            server=server,
            seed=seed,
            kills=int(asked["kills"]),
            updates=int(asked["updates"]),
            life=asked["life"],
            longest=asked["minutes"] * 60,
            check_every=10,
        )
        reports, took = asyncio.run(raging)
    click.echo(f"Python {platform.python_version()}, seed {seed}, {took:.0f} s\n")
    click.echo(
        "| storm | kills | updates | effects | lost | doubled | never sent | repeats | bound |"
    )
    click.echo("|---|---|---|---|---|---|---|---|---|")
    for report in reports:
        click.echo(_row(report))
    for name, told, bill in reports:
        troubles = ", ".join(f"{kind} {n}" for kind, n in sorted(told.troubles.items()))
        click.echo(f"\n{name}: {troubles}; other ends {told.other_ends}")
        click.echo(f"messages {bill.messages}, calls beyond the first {bill.attempts}")
        for wrong in (*bill.never_sent, *bill.wrong, *told.damaged):
            click.echo(f"  WRONG {wrong}")
    sys.exit(0 if all(kept(report) for report in reports) else 1)


def kept(report: Report) -> bool:
    bill = report.bill
    broken = bill.lost or bill.doubled or bill.never_sent or bill.wrong
    return not broken and bill.repeats <= bound(report)


def bound(report: Report) -> int:
    """What was in flight at each kill, and what the line itself swallowed."""
    return SENDERS * report.told.kills + report.told.troubles["lost"]


def _row(report: Report) -> str:
    name, told, bill = report
    counts = (told.kills, bill.updates, bill.effects, bill.lost, bill.doubled)
    more = (len(bill.never_sent), bill.repeats, bound(report))
    return f"| {name} | " + " | ".join(str(n) for n in (*counts, *more)) + " |"


if __name__ == "__main__":
    main()
