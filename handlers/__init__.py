"""One router per feature; `routers` is the order in which they are asked."""

from aiogram import Router

from handlers import (
    asides,
    audit,
    cards,
    channels,
    events,
    events_asking,
    events_changes,
    events_making,
    events_news,
    fallback,
    groups,
    interests,
    invitations,
    joining,
    members,
    menu,
    news,
    organisations,
    posts,
    posts_choices,
    preferences,
    profile,
    requests,
    roles,
)


def routers() -> list[Router]:
    staff = (requests, members, roles, organisations, audit)
    members_own = (news, events, cards, invitations, profile, preferences, interests)
    news_desk = (posts, posts_choices, channels)
    desks = (*news_desk, events_making, events_asking, events_changes, events_news)
    features = (groups, asides, joining, *staff, *desks, *members_own, menu, fallback)
    return [feature.router for feature in features]
