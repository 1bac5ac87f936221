"""A member leaves the union, and all that they held or were expected at because they were one."""

from datetime import datetime

from models.base import Session
from models.member import Member
from services import (
    audit,
    events_calendar,
    events_leaving,
    events_seats,
    members,
    notices,
    roles,
)
from services.access import Actor


async def leave(session: Session, actor: Actor, *, now: datetime) -> Member:
    member = members.require_member(actor)
    member.left_at = now
    audit.record(session, actor, "member.left", "member", member.id, now=now)
    await roles.lay_down(session, actor, now=now)
    await events_seats.give_up(session, actor, now=now)
    await events_leaving.follow(session, actor.person, now=now)
    await events_calendar.close_feed(session, actor, now=now)
    await members.tell_chairs(session, member, "members-left", now=now)
    await notices.owe(session, actor.person, "menu-commands", now=now)
    actor.member = actor.organisation = None
    return member
