"""start"""

import sqlalchemy as sa
from alembic import op

from models.base import Json, Moment, RowId

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "dead_letters",
        sa.Column("id", RowId, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dead_letters")),
    )
    with op.batch_alter_table("dead_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dead_letters_at"), ["at"], unique=False)

    op.create_table(
        "dialogs",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=80), nullable=True),
        sa.Column("data", Json, nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dialogs")),
    )
    with op.batch_alter_table("dialogs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dialogs_changed_at"), ["changed_at"], unique=False)

    op.create_table(
        "errands",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", RowId, autoincrement=False, nullable=False),
        sa.Column("details", Json, nullable=True),
        sa.Column("done_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_errands")),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_received_at"), ["received_at"], unique=False)

    op.create_table(
        "interests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interests")),
        sa.UniqueConstraint("title", name=op.f("uq_interests_title")),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum("union", "territorial", "primary", name="level", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "path",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("timezone", sa.String(length=50), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisations.id"], name=op.f("fk_organisations_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
    )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisations_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index("ix_organisations_path", ["path"], unique=True)

    op.create_table(
        "people",
        sa.Column("id", RowId, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("timezone", sa.String(length=50), nullable=True),
        sa.Column("notify_from", sa.Integer(), nullable=False),
        sa.Column("notify_to", sa.Integer(), nullable=False),
        sa.Column("met_at", Moment(), nullable=True),
        sa.Column("seen_at", Moment(), nullable=True),
        sa.Column("unreachable_since", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_people_telegram_id")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("ix_people_username", ["username"], unique=False)

    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "moves",
        sa.Column("old_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("new_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("old_id", name=op.f("pk_moves")),
    )
    op.create_table(
        "places",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("shown_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "place", name=op.f("pk_places")),
    )
    op.create_table(
        "consents",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "grants",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "organiser",
                "lawyer",
                "leader",
                "admin",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("from_settings", sa.Boolean(), nullable=False),
        sa.Column("granted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_grants_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_grants_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_grants_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_grants_held", ["person_id", "role", "organisation_id"], unique=True
        )
        batch_op.create_index(
            "uq_grants_held_union",
            ["person_id", "role"],
            unique=True,
            sqlite_where=sa.text("organisation_id IS NULL"),
            postgresql_where=sa.text("organisation_id IS NULL"),
        )

    op.create_table(
        "invitations",
        sa.Column("id", RowId, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("created_by", RowId, nullable=False),
        sa.Column("label", sa.String(length=80), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_invitations_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code", name=op.f("uq_invitations_code")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitations_created_by"), ["created_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_invitations_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "members",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("phone_verified", sa.Boolean(), nullable=False),
        sa.Column("joined_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_members_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_members_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index("ix_members_name_born", ["name_key", "born_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_members_number"), ["number"], unique=False)
        batch_op.create_index(
            "ix_members_organisation", ["organisation_id", "left_at"], unique=False
        )
        batch_op.create_index("ix_members_phone", ["phone"], unique=False)
        batch_op.create_index(
            "uq_members_number_active",
            ["number"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.create_index(
            "uq_members_person_active",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "audit",
        sa.Column("id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor_id", RowId, nullable=True),
        sa.Column("acted_as", RowId, nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", RowId, nullable=False),
        sa.Column("subject_as", RowId, nullable=True),
        sa.Column("details", Json, nullable=False),
        sa.ForeignKeyConstraint(["acted_as"], ["members.id"], name=op.f("fk_audit_acted_as")),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_audit_actor_id")),
        sa.ForeignKeyConstraint(["subject_as"], ["members.id"], name=op.f("fk_audit_subject_as")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index("ix_audit_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", RowId, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", RowId, nullable=True),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=True),
        sa.Column("payload", Json, nullable=True),
        sa.Column("notice", sa.String(length=60), nullable=True),
        sa.Column("details", Json, nullable=True),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("redraws", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=True),
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
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("claimed_at", Moment(), nullable=True),
        sa.Column("holder", sa.String(length=40), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "uq_outbox_key",
            ["key"],
            unique=True,
            sqlite_where=sa.text("key IS NOT NULL"),
            postgresql_where=sa.text("key IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_queue",
            ["lane", "id"],
            unique=False,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )
        batch_op.create_index(
            "ix_outbox_settled",
            ["settled_at"],
            unique=False,
            sqlite_where=sa.text("settled_at IS NOT NULL"),
            postgresql_where=sa.text("settled_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_waiting",
            ["chat_id", "lane", "id"],
            unique=False,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    if op.get_bind().dialect.name == "postgresql":
        # A queue turns over all day: its statistics and its dead rows must not wait for a fifth,
        # and a row that is taken finds room beside itself in a page half full.
        op.execute(
            "ALTER TABLE outbox SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01,"
            " autovacuum_analyze_scale_factor = 0.02)"
        )

    op.create_table(
        "person_interests",
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interest_id"], ["interests.id"], name=op.f("fk_person_interests_interest_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_person_interests_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "interest_id", name=op.f("pk_person_interests")),
    )
    op.create_table(
        "registry",
        sa.Column("id", RowId, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_registry_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry")),
        sa.UniqueConstraint("number", name=op.f("uq_registry_number")),
    )
    with op.batch_alter_table("registry", schema=None) as batch_op:
        batch_op.create_index("ix_registry_name_born", ["name_key", "born_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_registry_phone", ["phone"], unique=False)

    op.create_table(
        "applications",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "pending",
                "confirmed",
                "returned",
                "rejected",
                "withdrawn",
                name="state",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("consent_id", RowId, nullable=True),
        sa.Column("invitation_id", RowId, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("phone_verified", sa.Boolean(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by", RowId, nullable=True),
        sa.Column("decided_as", RowId, nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=True),
        sa.Column("changed", Json, nullable=False),
        sa.Column("resolution_number", sa.String(length=20), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("member_id", RowId, nullable=True),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consents.id"], name=op.f("fk_applications_consent_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_as"], ["members.id"], name=op.f("fk_applications_decided_as")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_applications_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_applications_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_applications_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_applications_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_applications_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applications_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_applications_waiting", ["state", "organisation_id", "submitted_at"], unique=False
        )
        batch_op.create_index(
            "uq_applications_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'pending', 'returned')"),
            postgresql_where=sa.text("state IN ('draft', 'pending', 'returned')"),
        )

    op.create_table(
        "invitation_uses",
        sa.Column("invitation_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_uses_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_invitation_uses_person_id")
        ),
        sa.PrimaryKeyConstraint("invitation_id", "person_id", name=op.f("pk_invitation_uses")),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("invitation_uses")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_applications_open",
            sqlite_where=sa.text("state IN ('draft', 'pending', 'returned')"),
            postgresql_where=sa.text("state IN ('draft', 'pending', 'returned')"),
        )
        batch_op.drop_index("ix_applications_waiting")
        batch_op.drop_index(batch_op.f("ix_applications_person_id"))

    op.drop_table("applications")
    with op.batch_alter_table("registry", schema=None) as batch_op:
        batch_op.drop_index("ix_registry_phone")
        batch_op.drop_index(batch_op.f("ix_registry_organisation_id"))
        batch_op.drop_index("ix_registry_name_born")

    op.drop_table("registry")
    op.drop_table("person_interests")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_outbox_settled",
            sqlite_where=sa.text("settled_at IS NOT NULL"),
            postgresql_where=sa.text("settled_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_outbox_key",
            sqlite_where=sa.text("key IS NOT NULL"),
            postgresql_where=sa.text("key IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_outbox_queue",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_subject")
        batch_op.drop_index(batch_op.f("ix_audit_actor_id"))

    op.drop_table("audit")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_members_person_active",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_members_number_active",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index("ix_members_phone")
        batch_op.drop_index("ix_members_organisation")
        batch_op.drop_index(batch_op.f("ix_members_number"))
        batch_op.drop_index("ix_members_name_born")

    op.drop_table("members")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_created_by"))

    op.drop_table("invitations")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_grants_held_union",
            sqlite_where=sa.text("organisation_id IS NULL"),
            postgresql_where=sa.text("organisation_id IS NULL"),
        )
        batch_op.drop_index("uq_grants_held")
        batch_op.drop_index(batch_op.f("ix_grants_organisation_id"))

    op.drop_table("grants")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consents_person_id"))

    op.drop_table("consents")
    op.drop_table("places")
    op.drop_table("moves")
    op.drop_table("leases")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index("ix_people_username")

    op.drop_table("people")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_index("ix_organisations_path")
        batch_op.drop_index(batch_op.f("ix_organisations_parent_id"))

    op.drop_table("organisations")
    op.drop_table("interests")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_received_at"))

    op.drop_table("inbox")
    op.drop_table("errands")
    with op.batch_alter_table("dialogs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dialogs_changed_at"))

    op.drop_table("dialogs")
    with op.batch_alter_table("dead_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dead_letters_at"))

    op.drop_table("dead_letters")
    op.drop_table("counters")
    # ### end Alembic commands ###
