"""The short storm: the bot killed dozens of times under load, on everything it can run on."""

import os

import pytest

from benchmarks.storm.__main__ import kept
from benchmarks.storm.season import season
from tests import postgres
from tests.rough import FULL

KILLS = 60 if FULL else 24
# On a machine with nothing else to do:
LIFE = 1.5  # seconds a bot has at most
SOON = 90  # seconds in which they are over


@pytest.mark.timeout(400)
async def test_killed_over_and_over_nothing_is_lost_and_nothing_done_twice() -> None:
    try:
        server: str | None = postgres.server()
    except postgres.Absent:
        if FULL:
            raise
        server = None
    busy = others_at_work()
    life = LIFE * min(busy, 5)
    reports, _ = await season(people=8, seed=1, kills=KILLS, life=life, server=server)
    assert len(reports) == (4 if server else 2)
    assert [report for report in reports if not kept(report)] == []
    assert sum(report.told.kills for report in reports) >= KILLS
    assert max(report.told.raged for report in reports) <= SOON * max(busy, others_at_work())
    # They have been in the thick of it: calls were on their way when bots were killed.
    assert sum(report.bill.attempts for report in reports) > 10
    assert all(report.bill.effects > 20 for report in reports)


def others_at_work() -> float:
    """How many want each core, of late; this storm among them."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
