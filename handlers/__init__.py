"""One router per feature; `routers` is the order in which they are asked."""

from aiogram import Router

from handlers import (
    asides,
    audit,
    cards,
    fallback,
    groups,
    interests,
    invitations,
    joining,
    members,
    menu,
    organisations,
    profile,
    requests,
    roles,
)


def routers() -> list[Router]:
    staff = (requests, members, roles, organisations, audit)
    members_own = (cards, invitations, profile, interests)
    features = (groups, asides, joining, *staff, *members_own, menu, fallback)
    return [feature.router for feature in features]
