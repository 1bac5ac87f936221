"""One router per feature; `routers` is the order in which they are asked."""

from aiogram import Router

from handlers import (
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
    features = (groups, joining, *staff, cards, invitations, profile, interests, menu, fallback)
    return [feature.router for feature in features]
