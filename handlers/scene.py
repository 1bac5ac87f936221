"""What every handler works with: who asks, in which words, when, in which transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from aiogram.fsm.context import FSMContext

from locales import Translator
from models.base import Session
from services.access import Actor
from services.house import House


@dataclass(frozen=True)
class Scene:
    session: Session
    actor: Actor
    t: Translator
    now: datetime
    dialog: FSMContext
    house: House

    @property
    def today(self) -> date:
        """The person's own date."""
        return self.now.astimezone(self.t.zone).date()
