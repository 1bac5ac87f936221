"""An event as its organiser makes it: what is begun, the card of a draft, how it will look."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from html import unescape
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards import events as kb_events
from keyboards import events_news, posts_review
from keyboards.events import Manage
from keyboards.events_parts import LINK, place_line
from keyboards.posts_parts import parts
from keyboards.profile import pairs
from keyboards.screen import Button, Page, Screen, Tap, shorten
from locales import Translator
from models.event import Event, State
from models.organisation import Organisation
from models.post import EDITABLE, Standing
from services.events import Known, Shown
from services.events_desk import Desk, as_published
from services.events_making import Herald, missing, says_how, version
from services.paging import Paged

LISTED = 3  # organisations or channels named on a card


class Step(StrEnum):
    TITLE = "title"
    DESCRIPTION = "words"
    START = "start"
    END = "end"
    PLACE = "place"
    SEATS = "seats"
    ANSWER_BY = "by"
    HOST = "host"
    CONTACT = "contact"


FIELDS = (
    Step.TITLE, Step.DESCRIPTION, Step.START, Step.END, Step.PLACE, Step.SEATS,
    Step.ANSWER_BY, Step.HOST,
)  # fmt: skip


class Ask(CallbackData, prefix="em.ask"):
    """`chain`: one question after the other."""

    event_id: int
    step: Step
    chain: bool


class New(CallbackData, prefix="em.new"):
    organisation_id: int


class Places(CallbackData, prefix="em.places"):
    page: int


class Managed(CallbackData, prefix="em.list"):
    """All published ones."""

    page: int


class Preview(CallbackData, prefix="em.preview"):
    event_id: int


class Publish(CallbackData, prefix="em.publish"):
    event_id: int
    read: int


class Discard(CallbackData, prefix="em.discard"):
    event_id: int
    sure: bool


class Spread(CallbackData, prefix="em.spread"):
    """Who sees it and how."""

    event_id: int


class Announce(CallbackData, prefix="em.announce"):
    event_id: int


class SetHerald(CallbackData, prefix="em.herald"):
    event_id: int
    how: Herald


class Offices(CallbackData, prefix="em.offices"):
    """Whose it may be instead."""

    event_id: int
    page: int


class Rehome(CallbackData, prefix="em.rehome"):
    event_id: int
    organisation_id: int


class Clock(CallbackData, prefix="em.clock"):
    event_id: int


class SetClock(CallbackData, prefix="em.setclock"):
    event_id: int
    zone: str


def start(
    t: Translator,
    drafts: Sequence[Known],
    managed: Paged[Event],
    found: Paged[Organisation],
    now: datetime,
) -> Screen:
    """Drafts, then what is published, then whose a new one would be."""
    begun = [[_row(t, one.event, one.post.standing)] for one in drafts]
    begun += [[_row(t, one, state_of(one, now))] for one in managed.items]
    if managed.last:
        begun.append([Tap(t.label("events-managed-all"), Managed(page=0))])
    places = [
        [Tap(t.label("events-new-for", place=one.name), New(organisation_id=one.id))]
        for one in found.items
    ]
    page = Page(places, found.page, found.last, lambda number: Places(page=number))
    text = t("events-start-open" if begun else "events-start")
    return Screen(text, buttons=[*begun, *page.buttons()])


def managed(t: Translator, found: Paged[Event], now: datetime) -> Screen:
    rows = [[_row(t, one, state_of(one, now))] for one in found.items]
    page = Page(rows, found.page, found.last, lambda number: Managed(page=number))
    back = Tap(t.label("events-keep"), Places(page=0))
    return Screen(t("events-managed"), buttons=[*page.buttons(), [back]])


def draft(t: Translator, desk: Desk) -> Screen:
    post = desk.known.post
    said = {"standing": post.standing, "remark": post.remark or "none"}
    text = t("events-draft", author=desk.author or "—", **said, **facts(t, desk))
    left = [t.label(f"events-left-{what}") for what in missing(desk.event)]
    if left:
        text += "\n\n" + t("events-left", what=", ".join(left))
    if post.standing is not Standing.REVIEW and not says_how(desk.event.contact):
        text += "\n\n" + t("events-left-contact")
    return Screen(text, buttons=_buttons(t, desk))


def facts(t: Translator, desk: Desk) -> dict[str, str | int]:
    event, post = desk.event, desk.known.post
    named = ", ".join(one.name for one in desk.targets[:LISTED])
    chosen = [one.channel.title for one in desk.channels if one.chosen]
    return {
        "title": event.title or "none",
        "when": said_when(t, event),
        "where": said_where(t, event),
        "words": shorten(post.plain, 200) or "none",
        "media": len(post.media),
        "place": desk.known.organisation.name,
        "rubrics": ", ".join(one.title for one in desk.rubrics) or "none",
        "audience": post.audience,
        "targets": "all" if desk.targets[:1] == [desk.known.organisation] else named,
        "others": max(0, len(desk.targets) - LISTED),
        "seats": str(event.seats) if event.seats else "none",
        "by": moment(t, event.answer_by, event) if event.answer_by else "none",
        "host": desk.host or "none",
        "contact": event.contact or "none",
        "herald": desk.herald,
        "channels": ", ".join(chosen) or "none",
        "recipients": desk.recipients,
    }


def said_when(t: Translator, event: Event) -> str:
    """By its own clock; an end without a beginning says nothing."""
    return events_news.when(t, event) if event.starts_at else "none"


def said_where(t: Translator, event: Event) -> str:
    """To be escaped with all that it stands among."""
    return unescape(place_line(t, event, LINK)) or "none"


def moment(t: Translator, at: datetime, event: Event) -> str:
    return t.span(at, None, ZoneInfo(event.zone), event.changed_at)


def preview(t: Translator, desk: Desk, now: datetime) -> list[Screen]:
    """The card and the announcement as members will see them, and the way back."""
    shown = Shown(replace(desk.known, event=as_published(desk.event)), None, 0, 0, as_member=True)
    card = [
        replace(one.apart(), buttons=(), place=None) for one in kb_events.opened(t, shown, now)
    ]
    out, keep = _out(t, desk), Tap(t.label("events-keep"), Manage(event_id=desk.event.id))
    label = out.label if out else "none"
    text = t("events-preview-end", herald=desk.herald, out=label)
    end = Screen(text, buttons=[*([[out]] if out else []), [keep]]).apart()
    if desk.herald is Herald.NONE:
        return [*card, end]
    head, place = events_news.head(t, desk.event), desk.known.organisation.name
    news = [one.apart() for one in parts(t, desk.known.post, place, head)]
    return [*card, Screen(t("events-preview-news")).apart(), *news, end]


def sure(t: Translator, event: Event) -> Screen:
    rows = [
        [Tap(t.label("posts-discard-yes"), Discard(event_id=event.id, sure=True))],
        [Tap(t.label("events-keep"), Manage(event_id=event.id))],
    ]
    return Screen(t("events-sure-discard", title=titled(t, event)), buttons=rows)


def discarded(t: Translator) -> Screen:
    return Screen(t("posts-discarded"))


def state_of(event: Event, now: datetime) -> str:
    """A word for it: `over` is a question to the clock."""
    over = event.state is State.OPEN and event.is_over(now)
    return "over" if over else str(event.state)


def titled(t: Translator, event: Event) -> str:
    return event.title or t.label("events-untitled")


def change(t: Translator, event_id: int, step: Step) -> Tap:
    return Tap(t.label(f"events-field-{step}"), Ask(event_id=event_id, step=step, chain=False))


def _row(t: Translator, event: Event, state: str) -> Tap:
    zone = ZoneInfo(event.zone)
    day = f"{event.starts_at.astimezone(zone):%d.%m}" if event.starts_at else "none"
    label = t.label(
        "events-managed-row",
        state=state,
        title=shorten(titled(t, event), 40),
        day=day,
    )
    return Tap(label, Manage(event_id=event.id))


def _buttons(t: Translator, desk: Desk) -> list[Sequence[Button]]:
    """No more of them than a phone shows at once, and what publishes it is the last."""
    number, post = desk.event.id, desk.known.post
    preview = Tap(t.label("events-preview"), Preview(event_id=number))
    away = Tap(t.label("posts-discard"), Discard(event_id=number, sure=False))
    if post.standing is Standing.REVIEW:
        may = desk.may_publish
        return [[preview], *posts_review.decisions(t, post, _publish(t, desk), away, may=may)]
    spread = Tap(t.label("events-spread"), Spread(event_id=number))
    rows = [*pairs([change(t, number, step) for step in FIELDS]), [spread, away]]
    if not missing(desk.event) and (out := _out(t, desk)):
        rows += [[preview], [out]]
    return rows


def _out(t: Translator, desk: Desk) -> Tap | None:
    """None: it is with those who may publish it."""
    post = desk.known.post
    if desk.may_publish:
        return _publish(t, desk)
    return posts_review.submit(t, post) if post.standing in EDITABLE else None


def _publish(t: Translator, desk: Desk) -> Tap:
    read = version(desk.known)
    return Tap(t.label("posts-publish"), Publish(event_id=desk.event.id, read=read))
