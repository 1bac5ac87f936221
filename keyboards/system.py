"""What the program itself has to say to those who look after it."""

from keyboards.screen import Reader, Screen, notice
from models.base import Session


@notice("system-trouble")
async def trouble(session: Session, to: Reader, error: str) -> Screen:
    return Screen(to.t("system-trouble", error=error))
