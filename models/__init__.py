"""What the union remembers. Importing this package loads every table."""

from models import (
    application,
    audit,
    channel,
    event,
    invitation,
    mail,
    member,
    organisation,
    person,
    post,
    registry,
    role,
    subscription,
)

__all__ = [
    "application",
    "audit",
    "channel",
    "event",
    "invitation",
    "mail",
    "member",
    "organisation",
    "person",
    "post",
    "registry",
    "role",
    "subscription",
]
