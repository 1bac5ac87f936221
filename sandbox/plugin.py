"""Fixtures for conversations with a bot: a world, its clock and its people."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import pytest

from sandbox.people import Person
from sandbox.world import World

TOKEN = "42:SANDBOX"
START = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Clock:
    """Stands still until moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now.timestamp()

    def __call__(self) -> float:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by).total_seconds()


PeopleFactory: TypeAlias = Callable[..., Person]


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def world(clock: Clock) -> World:
    world = World(clock)
    world.add_bot(TOKEN)
    return world


@pytest.fixture
def people(world: World) -> PeopleFactory:
    """`people("Анна Смирнова", phone="+7…")`: a person about to talk to the bot."""
    ids = itertools.count(1001)

    def make(name: str, **details: Any) -> Person:
        person_id = details.pop("id", None) or next(ids)
        first, _, last = name.partition(" ")
        world.add_person(person_id, first, last_name=last or None, **details)
        return Person(world, person_id, world.private_chat(world.bots[TOKEN], person_id).key)

    return make
