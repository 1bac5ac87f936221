"""From a finished draft to every reader: sent out, corrected, taken back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select

from models.audit import AuditRecord
from models.base import Session
from models.member import Member
from models.person import Person
from models.post import Errand, Mailing, Post, Pulse, Standing, Timing
from services import (
    audiences,
    channels_out,
    deliveries,
    mailings,
    mailings_pace,
    notices,
    posts,
    posts_cards,
    reach,
)
from services.access import Actor
from services.errors import Refusal
from services.parsing import TooLong
from services.posts_content import Content, word

CARD_EVERY = timedelta(seconds=3)
NIGHT, NIGHT_EVERY = "night", timedelta(minutes=5)  # while all who are left sleep
READ_EVERY, READ_FOR = timedelta(minutes=1), timedelta(hours=48)
OVER = "over"
LONGEST = 4096  # what Telegram takes as a message, after parsing
TOLD = 30  # lines of a history


class Outdated(Refusal):
    """Other words have been typed since, or none are remembered."""

    text_id = "posts-correction-outdated"


async def publish(
    session: Session, actor: Actor, post_id: int, read: int, *, now: datetime
) -> Post:
    """What was seen when «Опубликовать» was pressed; `read` is its mark."""
    post = await posts.get_to_publish(session, actor, post_id)
    posts.require_news(post)
    if post.standing in (Standing.SCHEDULED, Standing.PUBLISHED):
        return post  # a second tap
    if post.standing not in (Standing.DRAFT, Standing.RETURNED, Standing.REVIEW):
        raise posts.Elsewhere
    posts.require_content(post)
    await posts.require_rubric(session, post, now=now)
    if read != posts.version(post):
        raise posts.Changed
    was_asked = post.standing is Standing.REVIEW
    if post.timing is Timing.AT:
        if post.due_at is None or post.due_at <= now:
            raise posts.Past
        post.standing = Standing.SCHEDULED
        posts.note(session, actor, post, "scheduled", now)
    else:
        posts.note(session, actor, post, "published", now)
        await go_out(session, post, now=now)
    if was_asked:
        await tell_author(session, actor, post, "posts-approved", now=now)
        await posts_cards.redraw(session, post.id, now=now)
    return post


async def go_out(session: Session, post: Post, *, now: datetime) -> None:
    post.standing, post.published_at, post.changed_at = Standing.PUBLISHED, now, now
    await session.flush()
    if post.timing is Timing.DIGEST:
        post.recipients = await audiences.count(session, post, now=now)
    else:
        post.recipients = (await mailings.begin(session, post, Errand.SEND, now=now)).expected
    await channels_out.owe(session, post, now=now)


async def send_again(session: Session, actor: Actor, post_id: int, *, now: datetime) -> None:
    """To the channels it did not come out in, or go from; a second tap finds none."""
    post = await posts.get_to_publish(session, actor, post_id)
    if post.standing not in (Standing.PUBLISHED, Standing.WITHDRAWN):
        raise posts.Elsewhere
    if await channels_out.owe_again(session, post, now=now):
        done = "sent" if post.standing is Standing.PUBLISHED else "withdrawn"
        posts.note(session, actor, post, f"{done}-again", now)


async def repeat(session: Session, actor: Actor, post_id: int, *, now: datetime) -> None:
    """To the readers of whom nobody knows whether it reached them; a second tap finds none."""
    post = await posts.get_in(session, actor, post_id, Standing.PUBLISHED)
    mailing = await deliveries.find_sending(session, post.id, to_change=True, now=now)
    if mailing and await mailings.repeat(session, post, mailing, now=now):
        posts.note(session, actor, post, "repeated", now)


async def publish_due(session: Session, *, now: datetime) -> None:
    """The clock's: what was scheduled for this moment."""
    due = select(Post).where(Post.standing == Standing.SCHEDULED, Post.due_at <= now)
    for post in (await session.scalars(due.with_for_update(skip_locked=True))).all():
        posts.note(session, None, post, "published", now)
        await go_out(session, post, now=now)
        await posts_cards.redraw(session, post.id, now=now)


async def correct(
    session: Session, actor: Actor, post_id: int, content: Content, instead: int, *, now: datetime
) -> Post:
    """New words for what is out already, in feeds and in every chat it is in.

    `instead`: the mark of what they were typed instead of.
    """
    post = await get_to_correct(session, actor, post_id, content, now=now)
    if instead != posts.version(post):
        raise Outdated
    word(post, content)
    await amend(session, actor, post, now=now)
    await posts_cards.redraw_others(session, actor, post.id, now=now)
    return post


async def get_to_correct(
    session: Session, actor: Actor, post_id: int, content: Content, *, now: datetime
) -> Post:
    """These words could stand for those that are out."""
    post = await posts.get_in(session, actor, post_id, Standing.PUBLISHED)
    posts.require_news(post)
    if not content.plain:
        raise posts.Empty
    captioned = bool(post.media) and not mailings.has_lead(post)
    limit = mailings.CAPTION if captioned else LONGEST
    if len(content.plain) > limit:
        raise TooLong(limit=limit, length=len(content.plain))
    return post


async def amend(session: Session, actor: Actor | None, post: Post, *, now: datetime) -> None:
    """Wherever it stands it reads as it does now. No actor: its channel has edited it."""
    post.changed_at = now
    posts.note(session, actor, post, "corrected", now)
    await mailings.begin(session, post, Errand.CORRECT, now=now)
    await channels_out.follow(session, post, Errand.CORRECT, now=now)


async def withdraw(session: Session, actor: Actor, post_id: int, *, now: datetime) -> Post:
    """Out of feeds and digests, and out of chats; where Telegram deletes no more it says so."""
    post = await posts.get_to_publish(session, actor, post_id)
    if post.standing is Standing.WITHDRAWN:
        return post  # a second tap
    if post.standing is not Standing.PUBLISHED:
        raise posts.Elsewhere
    posts.require_news(post)
    post.standing, post.withdrawn_at, post.changed_at = Standing.WITHDRAWN, now, now
    posts.note(session, actor, post, "withdrawn", now)
    await tell_author(session, actor, post, "posts-withdrawn", now=now)
    await posts_cards.redraw_others(session, actor, post.id, now=now)
    # Channels first, as whoever writes down what became of it.
    await channels_out.follow(session, post, Errand.WITHDRAW, now=now)
    if mailing := await deliveries.find_sending(session, post.id, to_change=True, now=now):
        await mailings.stop(session, mailing, now=now)
    await mailings.begin(session, post, Errand.WITHDRAW, now=now)
    return post


async def steer(
    session: Session, actor: Actor, post_id: int, pulse: Pulse, *, now: datetime
) -> None:
    """Pauses, resumes or stops its sending."""
    post = await posts.get_in(session, actor, post_id, Standing.PUBLISHED)
    mailing = await deliveries.find_sending(session, post.id, to_change=True, now=now)
    if mailing is None:
        raise posts.Elsewhere
    if mailing.pulse is pulse:
        return  # a second tap
    match pulse:
        case Pulse.PAUSED:
            await mailings.pause(session, mailing, now=now)
        case Pulse.RUNNING:
            await mailings.resume(session, mailing, now=now)
        case _:
            await mailings.stop(session, mailing, now=now)
    posts.note(session, actor, post, f"sending-{pulse}", now)
    await posts_cards.redraw_others(session, actor, post.id, now=now)


async def tell_author(
    session: Session, actor: Actor, post: Post, notice: str, *, now: datetime
) -> None:
    author = await session.get(Person, post.author_id) if post.author_id else None
    if author and author.id != actor.id and author.is_reachable:
        await notices.owe(session, author, notice, now=now, post_id=post.id)


async def list_history(
    session: Session, actor: Actor, post_id: int, *, now: datetime
) -> Sequence[tuple[datetime, str, str]]:
    """When, what and who; the clock is nobody."""
    await posts.look(session, actor, post_id, now=now)
    records = (
        select(AuditRecord.at, AuditRecord.action, Member.name, Person.telegram_id)
        .outerjoin(Person, Person.id == AuditRecord.actor_id)
        .outerjoin(Member, Member.id == AuditRecord.acted_as)
        .where(AuditRecord.subject == "post", AuditRecord.subject_id == post_id)
        .order_by(AuditRecord.id.desc())
        .limit(TOLD)
    )
    return [
        (at, action.removeprefix("post."), name or (f"ID {number}" if number else ""))
        for at, action, name, number in reversed((await session.execute(records)).all())
    ]


async def redraw_sending(session: Session, *, now: datetime) -> None:
    """The cards of what is being sent, each at most every three seconds and when it has moved."""
    lately = or_(Mailing.told_at.is_(None), Mailing.told_at <= now - CARD_EVERY)
    unsaid = or_(Mailing.told.is_(None), Mailing.told != OVER)
    due = select(Mailing).where(Mailing.errand == Errand.SEND, lately, unsaid)
    # One that is being counted waits for the next tick, and the clock for nobody.
    due = due.order_by(Mailing.id).with_for_update(skip_locked=True)
    found = await session.scalars(due.execution_options(populate_existing=True))
    for mailing in found.all():
        if said := await _news_of(session, mailing, now):
            if (mailing.told or "").startswith(NIGHT):
                mailings_pace.count_pace_from(mailing, now)
            mailing.told, mailing.told_at = said, now
            await posts_cards.redraw(session, mailing.post_id, now=now)


async def _news_of(session: Session, mailing: Mailing, now: datetime) -> str | None:
    """What its card is to say, if that is something else; who sleeps is looked up seldom."""
    progress = mailings_pace.progress(mailing, now)
    night = f"{NIGHT}/{progress.settled}/{progress.left}"
    if progress.is_over:
        return OVER
    if mailing.told == night:
        assert mailing.told_at
        if mailing.told_at > now - NIGHT_EVERY:
            return None
        mailing.told_at = now
    asleep = await mailings_pace.count_asleep(session, mailing, now=now)
    progress = mailings_pace.progress(mailing, now, asleep)
    said = night if progress.is_night else f"{progress.settled}/{progress.left}/{asleep}"
    return said if said != mailing.told else None


async def redraw_read(session: Session, *, now: datetime) -> None:
    """The cards of new news, each at most once a minute and when more people have opened it.

    While it is being sent its card is redrawn for that, and tells this too.
    """
    lately = or_(Post.told_at.is_(None), Post.told_at <= now - READ_EVERY)
    redrawn = exists().where(Mailing.post_id == Post.id, Mailing.told_at > now - READ_EVERY)
    news = (Post.standing == Standing.PUBLISHED, Post.title.is_(None))
    fresh = (*news, Post.published_at > now - READ_FOR, lately, ~redrawn)
    found = {post.id: post for post in await session.scalars(select(Post).where(*fresh))}
    for post_id, reached in (await reach.of_posts(session, list(found), now=now)).items():
        post, said = found[post_id], "/".join(map(str, reached))
        if said != post.told:
            post.told, post.told_at = said, now
            await posts_cards.redraw(session, post_id, now=now)
