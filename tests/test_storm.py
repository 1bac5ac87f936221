"""The short storm: the bot killed dozens of times under load, on everything it can run on."""

import pytest

from benchmarks.storm.__main__ import kept
from benchmarks.storm.places import SERVER
from benchmarks.storm.season import season
from tests import postgres
from tests.rough import FULL

KILLS = 60 if FULL else 24


@pytest.mark.timeout(400)
async def test_killed_over_and_over_nothing_is_lost_and_nothing_done_twice() -> None:
    try:
        server = postgres.server()
    except postgres.Absent:
        if FULL:
            raise
        server = SERVER
    reports, _ = await season(people=8, seed=1, kills=KILLS, server=server)
    assert len(reports) == 4 or server == SERVER
    assert [report for report in reports if not kept(report)] == []
    assert sum(report.told.kills for report in reports) >= KILLS
    # They have been in the thick of it: calls were on their way when bots were killed.
    assert sum(report.bill.attempts for report in reports) > 10
    assert all(report.bill.effects > 20 for report in reports)
