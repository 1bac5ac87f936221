from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId


class AuditRecord(Base):
    """Who changed what, when. No actor: the clock or the settings did it. No names, no texts.

    A membership may go over to another account later: which member an account was then is kept.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    acted_as: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(RowId)
    subject_as: Mapped[int | None] = mapped_column(ForeignKey("members.id"))  # of a person
    details: Mapped[dict[str, Any]]
