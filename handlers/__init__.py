"""One router per feature; `routers` is the order in which they are asked."""

from aiogram import Router

from handlers import cards, fallback, groups, invitations, joining, menu, requests


def routers() -> list[Router]:
    features = (groups, joining, requests, cards, invitations, menu, fallback)
    return [feature.router for feature in features]
