"""news"""

import sqlalchemy as sa
from alembic import op

from models.base import Json, Moment, RowId

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=50), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "daily",
                "workdays",
                "weekly",
                "off",
                name="frequency",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment(), nullable=True),
        sa.Column("told_up_to", Moment(), nullable=False),
        sa.Column("up_to", Moment(), nullable=True),
        sa.Column("reached", RowId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
    )
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.create_index("ix_slots_due", ["next_at"], unique=False)
        batch_op.create_index("uq_slots_zone", ["zone", "frequency", "hour"], unique=True)

    op.create_table(
        "channels",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("added_by", RowId, nullable=True),
        sa.Column("may_post", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("lost_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_channels_added_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_channels_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
    )
    op.create_table(
        "mutes",
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_mutes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_mutes")),
    )
    with op.batch_alter_table("mutes", schema=None) as batch_op:
        batch_op.create_index("ix_mutes_kind", ["kind", "person_id"], unique=False)

    op.create_table(
        "subscriptions",
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("since", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_subscriptions_person_id")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_subscriptions_slot_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_subscriptions")),
    )
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.create_index("ix_subscriptions_slot", ["slot_id", "person_id"], unique=False)

    op.create_table(
        "posts",
        sa.Column("id", RowId, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", RowId, nullable=True),
        sa.Column(
            "standing",
            sa.Enum(
                "draft",
                "review",
                "returned",
                "scheduled",
                "published",
                "withdrawn",
                "discarded",
                name="standing",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("media", Json, nullable=False),
        sa.Column("album", sa.String(length=64), nullable=True),
        sa.Column(
            "audience",
            sa.Enum("all", "young", "followers", name="audience", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column(
            "timing",
            sa.Enum("digest", "urgent", "at", name="timing", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("remark", sa.String(length=400), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("lead", sa.Boolean(), nullable=True),
        sa.Column("recipients", sa.Integer(), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("told", sa.String(length=80), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_posts_author_id")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_posts_channel_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_posts_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index("ix_posts_author", ["author_id", "standing"], unique=False)
        batch_op.create_index("ix_posts_published", ["standing", "published_at"], unique=False)
        batch_op.create_index(
            "uq_posts_source",
            ["channel_id", "message_id"],
            unique=True,
            sqlite_where=sa.text("channel_id IS NOT NULL"),
            postgresql_where=sa.text("channel_id IS NOT NULL"),
        )

    op.create_table(
        "deliveries",
        sa.Column("post_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "sending",
                "sent",
                "stale",
                "blocked",
                "unknown",
                "failed",
                name="sending",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_ids", Json, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_deliveries_post_id")),
        sa.PrimaryKeyConstraint("post_id", "person_id", "part", name=op.f("pk_deliveries")),
    )
    op.create_table(
        "mailings",
        sa.Column("id", RowId, nullable=False),
        sa.Column("post_id", RowId, nullable=False),
        sa.Column(
            "errand",
            sa.Enum("send", "correct", "withdraw", name="errand", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column(
            "pulse",
            sa.Enum(
                "running", "paused", "stopped", "done", name="pulse", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("resumed_at", Moment(), nullable=True),
        sa.Column("settled_by_then", sa.Integer(), nullable=False),
        sa.Column("reached", RowId, nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("told", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_mailings_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
    )
    with op.batch_alter_table("mailings", schema=None) as batch_op:
        batch_op.create_index("ix_mailings_post", ["post_id", "errand"], unique=False)
        batch_op.create_index("ix_mailings_pulse", ["pulse"], unique=False)

    op.create_table(
        "post_channels",
        sa.Column("post_id", RowId, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "trouble",
            sa.Enum(
                "rights",
                "gone",
                "elsewhere",
                "unsure",
                "refused",
                name="trouble",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_post_channels_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_channels_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "channel_id", name=op.f("pk_post_channels")),
    )
    op.create_table(
        "post_rubrics",
        sa.Column("post_id", RowId, nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interest_id"], ["interests.id"], name=op.f("fk_post_rubrics_interest_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_rubrics_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "interest_id", name=op.f("pk_post_rubrics")),
    )
    op.create_table(
        "post_targets",
        sa.Column("post_id", RowId, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_post_targets_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_targets_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "organisation_id", name=op.f("pk_post_targets")),
    )
    with op.batch_alter_table("post_targets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_post_targets_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "printed",
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", RowId, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_printed_channel_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_printed_post_id")),
        sa.PrimaryKeyConstraint("channel_id", "message_id", name=op.f("pk_printed")),
    )
    with op.batch_alter_table("printed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_printed_post_id"), ["post_id"], unique=False)

    op.create_table(
        "readings",
        sa.Column("post_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("young", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_readings_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_readings_post_id")),
        sa.PrimaryKeyConstraint("post_id", "person_id", name=op.f("pk_readings")),
    )
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.create_index("ix_readings_person", ["person_id", "at"], unique=False)

    op.create_table(
        "tallies",
        sa.Column("post_id", RowId, nullable=False),
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("young", sa.Boolean(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("useful", sa.Integer(), nullable=False),
        sa.Column("useless", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_tallies_post_id")),
        sa.PrimaryKeyConstraint("post_id", "organisation_id", "young", name=op.f("pk_tallies")),
    )
    # Readers are counted without a look at their rows.
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index("ix_members_organisation")
        batch_op.create_index(
            "ix_members_organisation",
            ["organisation_id", "born_on"],
            unique=False,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.create_index(
            "ix_members_person",
            ["person_id", "born_on", "organisation_id"],
            unique=False,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(
            "ix_people_unreachable",
            ["id"],
            unique=False,
            sqlite_where=sa.text("unreachable_since IS NOT NULL OR met_at IS NULL"),
            postgresql_where=sa.text("unreachable_since IS NOT NULL OR met_at IS NULL"),
        )

    with op.batch_alter_table("person_interests", schema=None) as batch_op:
        batch_op.create_index(
            "ix_person_interests_interest", ["interest_id", "person_id"], unique=False
        )

    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("drafts_only", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_column("drafts_only")

    with op.batch_alter_table("person_interests", schema=None) as batch_op:
        batch_op.drop_index("ix_person_interests_interest")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_people_unreachable",
            sqlite_where=sa.text("unreachable_since IS NOT NULL OR met_at IS NULL"),
            postgresql_where=sa.text("unreachable_since IS NOT NULL OR met_at IS NULL"),
        )

    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_members_person",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_members_organisation",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.create_index(
            "ix_members_organisation", ["organisation_id", "left_at"], unique=False
        )

    op.drop_table("tallies")
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.drop_index("ix_readings_person")

    op.drop_table("readings")
    with op.batch_alter_table("printed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_printed_post_id"))

    op.drop_table("printed")
    with op.batch_alter_table("post_targets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_targets_organisation_id"))

    op.drop_table("post_targets")
    op.drop_table("post_rubrics")
    op.drop_table("post_channels")
    with op.batch_alter_table("mailings", schema=None) as batch_op:
        batch_op.drop_index("ix_mailings_pulse")
        batch_op.drop_index("ix_mailings_post")

    op.drop_table("mailings")
    op.drop_table("deliveries")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_posts_source",
            sqlite_where=sa.text("channel_id IS NOT NULL"),
            postgresql_where=sa.text("channel_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_posts_published")
        batch_op.drop_index("ix_posts_author")

    op.drop_table("posts")
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.drop_index("ix_subscriptions_slot")

    op.drop_table("subscriptions")
    with op.batch_alter_table("mutes", schema=None) as batch_op:
        batch_op.drop_index("ix_mutes_kind")

    op.drop_table("mutes")
    op.drop_table("channels")
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.drop_index("uq_slots_zone")
        batch_op.drop_index("ix_slots_due")

    op.drop_table("slots")
