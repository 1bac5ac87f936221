from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId, words

OPEN = text("state IN ('draft', 'pending', 'returned')")


class State(StrEnum):
    DRAFT = "draft"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


EDITABLE = (State.DRAFT, State.RETURNED)


class Application(Base):
    """A person's way into the union: filled in step by step, then decided once."""

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_open",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_applications_waiting", "state", "organisation_id", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[State] = mapped_column(
        words(State),
        default=State.DRAFT,
    )
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consents.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"))
    name: Mapped[str | None] = mapped_column(String(120))
    born_on: Mapped[date | None]
    phone: Mapped[str | None] = mapped_column(String(20))
    phone_verified: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_as: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    remark: Mapped[str | None] = mapped_column(String(500))
    changed: Mapped[list[str]] = mapped_column(default=list)  # names of answers, since a return
    resolution_number: Mapped[str | None] = mapped_column(String(20))  # of the committee
    resolved_on: Mapped[date | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))  # what it led to

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_begun(self) -> bool:
        """It is the applicant's turn; whoever only looked at the consent has not begun."""
        return self.is_editable and self.consent_id is not None

    @property
    def is_blank(self) -> bool:
        return not any((self.name, self.born_on, self.phone, self.organisation_id))


class Consent(Base):
    """A person's agreement to one text: 152-ФЗ asks for a document of its own."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Errand(Base):
    """Something the clock did once about one row; the key is what keeps it from doing it again."""

    __tablename__ = "errands"

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    details: Mapped[dict[str, Any] | None]
    done_at: Mapped[datetime]
