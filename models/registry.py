from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId


class RegistryEntry(Base):
    """A line of the union's own register of members, as last imported."""

    __tablename__ = "registry"
    __table_args__ = (
        Index("ix_registry_name_born", "name_key", "born_on"),
        Index("ix_registry_phone", "phone"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    born_on: Mapped[date]
    phone: Mapped[str | None] = mapped_column(String(20))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    imported_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
