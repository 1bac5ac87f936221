"""One router per feature; `routers` is the order in which they are asked."""

from aiogram import Router

from handlers import (
    asides,
    audit,
    cards,
    channels,
    checkins,
    checkins_marks,
    events,
    events_asking,
    events_calendar,
    events_changes,
    events_making,
    events_rating,
    events_reports,
    fallback,
    groups,
    interests,
    invitations,
    joining,
    joining_sent,
    members,
    menu,
    news,
    organisations,
    posts,
    posts_choices,
    posts_correcting,
    posts_edited,
    posts_sending,
    preferences,
    profile,
    requests,
    roles,
)


def routers() -> list[Router]:
    staff = (requests, members, roles, organisations, audit)
    members_own = (news, events, cards, invitations, profile, preferences, interests)
    news_desk = (posts, posts_choices, posts_correcting, posts_edited, posts_sending, channels)
    attending = (checkins, checkins_marks, events_calendar, events_rating, events_reports)
    desks = (*news_desk, events_making, events_asking, events_changes)
    own = (*attending, *members_own)
    features = (groups, asides, joining, joining_sent, *staff, *desks, *own, menu, fallback)
    return [feature.router for feature in features]
