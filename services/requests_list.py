"""What waits for whoever decides on applications."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from models.application import Application, State
from models.base import Session
from models.organisation import Organisation
from services.access import Actor, Can, require, within
from services.paging import Paged, page_of

PAGE = 8


@dataclass(frozen=True)
class Queue:
    """A page of what waits."""

    found: Paged[tuple[Application, Organisation]]
    mixed: bool  # whether all that waits belongs to more than one organisation


async def list_waiting(session: Session, actor: Actor, *, page: int = 0) -> Queue:
    """The longest waiting first; nobody decides on their own."""
    require(actor, Can.DECIDE)
    query = _waiting(actor).order_by(Application.submitted_at, Application.id)
    homes = query.with_only_columns(func.count(Application.organisation_id.distinct()))
    count = await session.scalar(homes.order_by(None)) or 0
    return Queue(await page_of(session, query, page, PAGE), mixed=count > 1)


async def count_waiting(session: Session, actor: Actor) -> int:
    """0 for whoever decides on nothing."""
    if not actor.may(Can.DECIDE):
        return 0
    return await session.scalar(select(func.count()).select_from(_waiting(actor).subquery())) or 0


def _waiting(actor: Actor) -> Select[Application, Organisation]:
    return (
        select(Application, Organisation)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(
            Application.state == State.PENDING,
            Application.person_id != actor.id,
            within(Organisation.path, actor.paths(Can.DECIDE)),
        )
    )
