from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId


class Invitation(Base):
    """A code that leads into one organisation; printed as a QR, spoken, or typed."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    label: Mapped[str | None] = mapped_column(String(80))
    ends_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class InvitationUse(Base):
    """Somebody opened an invitation; opening it again changes nothing."""

    __tablename__ = "invitation_uses"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    opened_at: Mapped[datetime]
