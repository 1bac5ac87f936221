"""News: a post, whom it is for, what came of sending it, and who has read it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId, TelegramId, words
from models.channel import Trouble
from models.mail import Sending


class Standing(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"  # with those who may publish it
    RETURNED = "returned"  # by them, with a remark
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"  # never published
    SILENT = "silent"  # of an event that is there without being announced


EDITABLE = (Standing.DRAFT, Standing.RETURNED)


class Audience(StrEnum):
    ALL = "all"
    YOUNG = "young"
    FOLLOWERS = "followers"  # of any of its rubrics


class Timing(StrEnum):
    DIGEST = "digest"
    URGENT = "urgent"
    AT = "at"  # a message of its own, at `due_at`


class Errand(StrEnum):
    """What a mailing does with the post in every reader's chat."""

    SEND = "send"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class Pulse(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"  # all is owed; some may still be on its way


ALBUM = 64  # characters of its name
MAIN, LEAD = 0, 1  # the part with the buttons, and an album or a picture before it

post_targets = Table(
    "post_targets",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), primary_key=True, index=True),
)

post_rubrics = Table(
    "post_rubrics",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("interest_id", Integer, ForeignKey("interests.id"), primary_key=True),
)

post_channels = Table(
    "post_channels",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("channel_id", ForeignKey("channels.id"), primary_key=True),
    Column("trouble", words(Trouble)),  # none: it is there as it should be, or on its way
)


class Post(Base):
    """One piece of news of an organisation, for its members and those of all below it."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_published", "standing", "published_at"),
        Index("ix_posts_author", "author_id", "standing"),
        # A post of a channel, and each message of its album, becomes news once.
        Index(
            "uq_posts_source",
            "channel_id",
            "message_id",
            unique=True,
            sqlite_where=text("channel_id IS NOT NULL"),
            postgresql_where=text("channel_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # none: a channel
    standing: Mapped[Standing] = mapped_column(words(Standing), default=Standing.DRAFT)
    title: Mapped[str | None] = mapped_column(String(120))  # of the event it stands under
    html: Mapped[str] = mapped_column(default="")
    plain: Mapped[str] = mapped_column(default="")  # the same words without markup
    search_key: Mapped[str] = mapped_column(default="")  # the stems of them
    media: Mapped[list[dict[str, Any]]] = mapped_column(default=list)  # kind, file_id
    album: Mapped[str | None] = mapped_column(String(ALBUM))  # the group further parts belong to
    audience: Mapped[Audience] = mapped_column(words(Audience), default=Audience.ALL)
    timing: Mapped[Timing] = mapped_column(words(Timing), default=Timing.DIGEST)
    due_at: Mapped[datetime | None]
    remark: Mapped[str | None] = mapped_column(String(400))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    lead: Mapped[bool | None]  # whether it went out as two messages: see `mailings.has_lead`
    recipients: Mapped[int | None]  # how many it was for when it was published
    told_at: Mapped[datetime | None]  # when its card, or its event's, last followed what people do
    told: Mapped[str | None] = mapped_column(
        String(80)
    )  # what it said then; none: it is to be said anew
    # Where it came from
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"))
    message_id: Mapped[int | None] = mapped_column(TelegramId)


class Mailing(Base):
    """A post on its way to many: owed a step at a time, so that it can be halted at any moment."""

    __tablename__ = "mailings"
    __table_args__ = (
        Index("ix_mailings_post", "post_id", "errand"),
        Index("ix_mailings_pulse", "pulse"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    errand: Mapped[Errand] = mapped_column(words(Errand))
    pulse: Mapped[Pulse] = mapped_column(words(Pulse), default=Pulse.RUNNING)
    begun_at: Mapped[datetime]
    resumed_at: Mapped[datetime | None]  # after the last pause
    settled_by_then: Mapped[int] = mapped_column(default=0)  # people
    reached: Mapped[int] = mapped_column(RowId, default=0)  # the last person it is owed to
    expected: Mapped[int] = mapped_column(default=0)  # people, counted at the start
    owed: Mapped[int] = mapped_column(default=0)  # people it is owed to so far
    # What became of those: kept in step with `deliveries`, which takes long to count.
    delivered: Mapped[int] = mapped_column(default=0)
    blocked: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    unsure: Mapped[int] = mapped_column(default=0)  # on its way when a process died
    dropped: Mapped[int] = mapped_column(default=0)  # left, muted or moved meanwhile
    told_at: Mapped[datetime | None]  # when its card was last redrawn
    told: Mapped[str | None] = mapped_column(String(80))  # what it said then


class Delivery(Base):
    """What became of one part of a post for one reader."""

    __tablename__ = "deliveries"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[Sending] = mapped_column(words(Sending))
    chat_id: Mapped[int] = mapped_column(TelegramId)
    message_ids: Mapped[list[int]]
    at: Mapped[datetime]


class Reading(Base):
    """A member opened the post: a tap, never a guess."""

    __tablename__ = "readings"
    __table_args__ = (Index("ix_readings_person", "person_id", "at"),)

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]
    useful: Mapped[bool | None]
    organisation_id: Mapped[int | None]
    young: Mapped[bool] = mapped_column(Boolean, default=False)


class Tally(Base):
    """Whom in one organisation a post reached, in numbers of people.

    Kept in step with receipts and readings: those take long to count, and receipts are forgotten.
    """

    __tablename__ = "tallies"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    # 0: they were in none by then
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    young: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    delivered: Mapped[int] = mapped_column(default=0)  # by itself or in a digest
    blocked: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    useful: Mapped[int] = mapped_column(default=0)
    useless: Mapped[int] = mapped_column(default=0)
