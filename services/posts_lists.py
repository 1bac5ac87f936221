"""The news somebody works on, a page at a time."""

from sqlalchemy import Select, or_, select

from models.base import Session
from models.organisation import Organisation
from models.post import Post, Standing
from services import posts
from services.access import Actor, Can, require
from services.paging import Paged, page_of

SHOWN = 5


async def list_open(session: Session, actor: Actor, *, page: int = 0) -> Paged[Post]:
    """The actor's own unfinished posts, then those that wait for a publisher; the latest first."""
    require(actor, Can.POST)
    unfinished = [Standing.DRAFT, Standing.RETURNED, Standing.REVIEW, Standing.SCHEDULED]
    holds_something = or_(Post.plain != "", Post.message_id.is_not(None))
    found = _placed().where(
        Post.standing.in_(unfinished), posts.is_open_to(actor), holds_something
    )
    found = found.order_by(Post.author_id != actor.id, Post.changed_at.desc(), Post.id.desc())
    return await page_of(session, found, page, SHOWN)


async def list_published(session: Session, actor: Actor, *, page: int = 0) -> Paged[Post]:
    """The actor's own published posts and those they may withdraw, the latest first."""
    require(actor, Can.POST)
    found = _placed().where(
        Post.standing == Standing.PUBLISHED,
        or_(Post.author_id == actor.id, posts.are_theirs(actor)),
    )
    found = found.order_by(Post.published_at.desc(), Post.id.desc())
    return await page_of(session, found, page, SHOWN)


def _placed() -> Select[Post]:
    joined = select(Post).join(Organisation, Organisation.id == Post.organisation_id)
    return joined.where(Post.title.is_(None))  # an event's is worked on there
