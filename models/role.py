from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId, words

WHOLE_UNION = text("organisation_id IS NULL")


class Role(StrEnum):
    CHAIR = "chair"
    ORGANISER = "organiser"
    LAWYER = "lawyer"
    LEADER = "leader"
    ADMIN = "admin"


class Grant(Base):
    """A role a person holds for an organisation and all below it; no organisation: the union."""

    __tablename__ = "grants"
    __table_args__ = (
        Index("uq_grants_held", "person_id", "role", "organisation_id", unique=True),
        Index(
            "uq_grants_held_union",
            "person_id",
            "role",
            unique=True,
            sqlite_where=WHOLE_UNION,
            postgresql_where=WHOLE_UNION,
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role] = mapped_column(words(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    from_settings: Mapped[bool] = mapped_column(default=False)
    drafts_only: Mapped[bool] = mapped_column(default=False)  # others approve what they write
    granted_at: Mapped[datetime]
