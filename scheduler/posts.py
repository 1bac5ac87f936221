from datetime import datetime

from models.base import Session
from services import mailings, posts_publishing


async def publish_due(session: Session, *, now: datetime) -> None:
    await posts_publishing.publish_due(session, now=now)


async def send_on(session: Session, *, now: datetime) -> None:
    await mailings.feed_all(session, now=now)
    await posts_publishing.redraw_sending(session, now=now)


async def redraw_read(session: Session, *, now: datetime) -> None:
    await posts_publishing.redraw_read(session, now=now)
