"""What every handler works with: who asks, in which words, when, in which transaction."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import StatesGroup

from locales import Translator
from models.base import Session
from services.access import Actor
from services.house import House


@dataclass(frozen=True)
class Stage:
    """All that is known of an event which is nobody's in particular: a post of a channel."""

    session: Session
    t: Translator
    now: datetime
    house: House


@dataclass(frozen=True)
class Scene(Stage):
    actor: Actor
    dialog: FSMContext

    @property
    def today(self) -> date:
        """The person's own date."""
        return self.now.astimezone(self.t.zone).date()


Tidy = Callable[[Scene], Awaitable[None]]

TIDIES: dict[str, Tidy] = {}


def on_leaving(steps: type[StatesGroup]) -> Callable[[Tidy], Tidy]:
    """What is put back in its place when somebody turns away from these questions."""

    def keep(tidy: Tidy) -> Tidy:
        TIDIES[steps.__full_group_name__] = tidy
        return tidy

    return keep


async def leave(scene: Scene) -> None:
    """Nothing is being asked any more; that something was is known until the next word."""
    asked = await scene.dialog.get_state()
    if asked is None:
        return
    if tidy := TIDIES.get(asked.partition(":")[0]):
        await tidy(scene)
    await scene.dialog.clear()
    await scene.dialog.set_data({"left": asked})


async def answers_late(scene: Scene) -> bool:
    """Whether the last word turned away from a question, so that this one may be its answer."""
    late = "left" in await scene.dialog.get_data()
    if late:
        await scene.dialog.clear()
    return late
