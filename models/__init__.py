"""What the union remembers. Importing this package loads every table."""

from models import (
    application,
    audit,
    invitation,
    mail,
    member,
    organisation,
    person,
    registry,
    role,
)

__all__ = [
    "application",
    "audit",
    "invitation",
    "mail",
    "member",
    "organisation",
    "person",
    "registry",
    "role",
]
