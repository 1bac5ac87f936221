"""events"""

import sqlalchemy as sa
from alembic import op

from models.base import Json, Moment, RowId

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_feeds_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("token", name=op.f("uq_feeds_token")),
    )
    op.create_table(
        "events",
        sa.Column("id", RowId, nullable=False),
        sa.Column("post_id", RowId, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "cancelled",
                "discarded",
                name="state",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", Moment(), nullable=True),
        sa.Column("ends_at", Moment(), nullable=True),
        sa.Column("zone", sa.String(length=50), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("link", sa.String(length=300), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("answer_by", Moment(), nullable=True),
        sa.Column("host_id", RowId, nullable=True),
        sa.Column("contact", sa.String(length=120), nullable=True),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(["host_id"], ["people.id"], name=op.f("fk_events_host_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_events_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("post_id", name=op.f("uq_events_post_id")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_starts", ["state", "starts_at"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("id", RowId, nullable=False),
        sa.Column("event_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=True),
        sa.Column("guest", sa.String(length=120), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", RowId, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("young", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_attendances_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_attendances_event_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attendances_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index("ix_attendances_person", ["person_id", "at"], unique=False)
        batch_op.create_index("uq_attendances_person", ["event_id", "person_id"], unique=True)

    op.create_table(
        "event_callings",
        sa.Column("event_id", RowId, nullable=False),
        sa.Column(
            "call",
            sa.Enum("week", "day", "soon", "rate", name="call", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("reached", RowId, nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_callings_event_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "call", "starts_at", name=op.f("pk_event_callings")),
    )
    op.create_table(
        "event_changes",
        sa.Column("event_id", RowId, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("by_id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_event_changes_by_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_changes_event_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "sequence", name=op.f("pk_event_changes")),
    )
    op.create_table(
        "event_ratings",
        sa.Column("event_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_ratings_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_event_ratings_person_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_ratings")),
    )
    op.create_table(
        "event_replies",
        sa.Column("event_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "going",
                "maybe",
                "no",
                "waiting",
                "offered",
                name="answer",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("offered_until", Moment(), nullable=True),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_replies_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_event_replies_person_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_replies")),
    )
    with op.batch_alter_table("event_replies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_event_replies_line", ["event_id", "answer", "place"], unique=False
        )
        batch_op.create_index("ix_event_replies_offers", ["answer", "offered_until"], unique=False)
        batch_op.create_index("ix_event_replies_person", ["person_id", "answer"], unique=False)

    op.create_table(
        "event_reports",
        sa.Column("event_id", RowId, nullable=False),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
        sa.Column("media", Json, nullable=False),
        sa.Column("album", sa.String(length=64), nullable=True),
        sa.Column("by_id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("post_id", RowId, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_event_reports_by_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_reports_event_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_event_reports_post_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_reports")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(length=120), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_column("title")

    op.drop_table("event_reports")
    with op.batch_alter_table("event_replies", schema=None) as batch_op:
        batch_op.drop_index("ix_event_replies_person")
        batch_op.drop_index("ix_event_replies_offers")
        batch_op.drop_index("ix_event_replies_line")

    op.drop_table("event_replies")
    op.drop_table("event_ratings")
    op.drop_table("event_changes")
    op.drop_table("event_callings")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index("uq_attendances_person")
        batch_op.drop_index("ix_attendances_person")

    op.drop_table("attendances")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_starts")

    op.drop_table("events")
    op.drop_table("feeds")
