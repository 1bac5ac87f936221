"""A published event for those who work on it: what can be done, and what is asked first."""

from dataclasses import replace
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from keyboards import checkins, events_reports, posts_sending
from keyboards import events_making as kb
from keyboards.events import Manage, Open
from keyboards.events_making import Ask, Step, change
from keyboards.events_parts import answers_of, when_of
from keyboards.profile import pairs
from keyboards.screen import Button, Reader, Screen, Tap, mark, notice
from locales import Translator
from models.base import Session
from models.event import Event, State
from models.post import Standing
from services import events, events_cards, events_changes, events_desk, events_leaving
from services.access import Actor
from services.errors import Refusal
from services.events_desk import Desk
from services.events_fields import Weighed
from services.events_making import Herald

FIELDS = (
    Step.TITLE, Step.DESCRIPTION, Step.END, Step.PLACE, Step.SEATS, Step.ANSWER_BY,
    Step.HOST, Step.CONTACT,
)  # fmt: skip


class Change(CallbackData, prefix="em.change"):
    """All that may be changed."""

    event_id: int


class Move(CallbackData, prefix="em.move"):
    """Of old questions: what was read when it was pressed nobody knows."""

    event_id: int


class MoveTo(CallbackData, prefix="em.moveto"):
    """To the moment that was named; `read` is the mark of the question."""

    event_id: int
    read: str


class Cancel(CallbackData, prefix="em.cancel"):
    event_id: int


class CancelSure(CallbackData, prefix="em.off"):
    """Of old questions: what was read when it was pressed nobody knows."""

    event_id: int


class CancelFor(CallbackData, prefix="em.offfor"):
    """For the reason that was given; `read` is the mark of the question."""

    event_id: int
    read: str


class Repeat(CallbackData, prefix="em.repeat"):
    event_id: int


async def show(
    session: Session, actor: Actor, t: Translator, event_id: int, *, now: datetime
) -> Screen:
    """All of an event for those who work on it, whatever has become of it."""
    return _shown(t, await events_desk.get_desk(session, actor, event_id, now=now), now)


async def show_changed(
    session: Session, actor: Actor, t: Translator, event_id: int, *, now: datetime
) -> Screen:
    """And of what is published, how many hear of what was changed just now."""
    found = await events_desk.get_desk(session, actor, event_id, now=now)
    event, shown = found.event, _shown(t, found, now)
    if event.state is not State.OPEN or event.changed_at != now:
        return shown
    told = await events_changes.count_told(session, event_id, now=now)
    return replace(shown, text="\n\n".join([t("events-changed", told=told), shown.text]))


@notice(events_cards.CARD)
async def shown_again(session: Session, to: Reader, event_id: int) -> Screen | None:
    """Where it still stands: nobody is sent it for the sake of a number."""
    if not to.shown:
        return None
    try:
        return await show(session, to.actor, to.t, event_id, now=to.now)
    except Refusal as refusal:
        return Screen(to.t(refusal.text_id, **refusal.values))


@notice(events_cards.REVIEW)
async def asked(session: Session, to: Reader, event_id: int) -> Screen | None:
    """While it waits for them."""
    try:
        found = await events_desk.get_desk(session, to.actor, event_id, now=to.now)
    except Refusal:
        return None
    waits = found.known.post.standing is Standing.REVIEW
    return _shown(to.t, found, to.now) if waits else None


def _shown(t: Translator, found: Desk, now: datetime) -> Screen:
    event = found.event
    shown = kb.draft(t, found) if event.state is State.DRAFT else desk(t, found, now)
    return replace(shown, place=events_cards.place_of(event.id))


def desk(t: Translator, found: Desk, now: datetime) -> Screen:
    """The published event, how many answered, and what can be done."""
    event = found.event
    state = kb.state_of(event, now)
    counts = {f"is_{name}": number for name, number in found.answers._asdict().items()}
    text = t(
        "events-desk",
        state=state,
        reason=event.reason or "none",
        answers=answers_of(event, now),
        **kb.facts(t, found),
        **counts,
    )
    return Screen(text, buttons=_buttons(t, found, state, now))


def beside(event: Event, screen: Screen) -> Screen:
    """The card of what is out is redrawn by itself, and must not be what somebody is reading."""
    return screen.apart() if event.published_at else screen


def fields(t: Translator, event: Event) -> Screen:
    taps: list[Button] = [
        Tap(t.label("events-move"), _start(event)),
        *(change(t, event.id, step) for step in FIELDS),
    ]
    buttons = [*pairs(taps), [_keep(t, event)]]
    return beside(event, Screen(t("events-change-what"), buttons=buttons))


def ask_move(t: Translator, weighed: Weighed, now: datetime) -> Screen:
    event, to, told, marks = weighed
    closed = to.answer_by is not None and to.answer_by <= now
    by = kb.moment(t, to.answer_by, event) if to.answer_by else "none"
    text = t(
        "events-ask-move",
        title=event.title,
        before=kb.said_when(t, event),
        after=kb.said_when(t, to),
        by="closed" if closed else by,
        told=told,
        marks=marks,
    )
    read = read_of_move(weighed)
    sure = Tap(t.label("events-move-yes"), MoveTo(event_id=event.id, read=read))
    other = Tap(t.label("events-move-other"), _start(event))
    return Screen(text, buttons=[[sure], [other], [_keep(t, event)]])


def ask_reason(t: Translator, event: Event) -> Screen:
    text = t("events-ask-reason", title=event.title)
    return beside(event, Screen(text, buttons=[[_keep(t, event)]]))


def ask_cancel(t: Translator, event: Event, reason: str, told: int) -> Screen:
    text = t("events-ask-cancel", title=event.title, reason=reason, told=told)
    read = read_of_cancel(event, reason)
    sure = Tap(t.label("events-cancel-yes"), CancelFor(event_id=event.id, read=read))
    return Screen(text, buttons=[[sure], [_keep(t, event)]])


def read_of_move(weighed: Weighed) -> str:
    """The mark of what «Перенести» says; how many it concerns may change meanwhile."""
    event, to, _, marks = weighed
    moments = (getattr(one, name) for one in (event, to) for name in events.MOMENTS)
    said = [moment and moment.timestamp() for moment in moments]
    return mark(repr((event.title, *said, marks > 0)))


def read_of_cancel(event: Event, reason: str) -> str:
    return mark(repr((event.title, reason)))


@notice("events-host")
async def host(session: Session, to: Reader, event_id: int) -> Screen | None:
    """Somebody is responsible now who has not said so themselves."""
    known = await events.find(session, event_id, now=to.now)
    if known is None or known.event.host_id != to.actor.id:
        return None
    event = known.event
    if event.state is not State.OPEN or not events.works_on(to.actor, known):
        return None
    text = to.t("events-told-host", title=event.title, when=when_of(to.t, event))
    return Screen(text, buttons=[[Tap(to.t.label("posts-open"), Manage(event_id=event_id))]])


@notice("events-host-no-more")
async def host_no_more(session: Session, to: Reader, event_id: int) -> Screen | None:
    """Somebody else is responsible now."""
    known = await events.find(session, event_id, now=to.now)
    if known is None or known.event.host_id == to.actor.id:
        return None
    event = known.event
    if event.state is not State.OPEN:
        return None
    text = to.t("events-told-host-no-more", title=event.title, when=when_of(to.t, event))
    return Screen(text)


@notice(events_leaving.HOSTLESS)
async def hostless(session: Session, to: Reader, event_id: int, host_id: int) -> Screen | None:
    """Somebody else can be made responsible by one tap."""
    event = await events_leaving.find_hostless(session, to.actor, event_id, host_id, now=to.now)
    if event is None:
        return None
    why = "left" if await events_leaving.has_left(session, host_id, now=to.now) else "role"
    text = to.t("events-told-hostless", title=event.title, when=when_of(to.t, event), why=why)
    appoint = Ask(event_id=event_id, step=Step.HOST, chain=False)
    return Screen(
        text,
        buttons=[
            [Tap(to.t.label("events-appoint"), appoint)],
            [Tap(to.t.label("posts-open"), Manage(event_id=event_id))],
        ],
    )


def _buttons(t: Translator, found: Desk, state: str, now: datetime) -> list[list[Button]]:
    event, rows = found.event, list[list[Button]]()
    if found.may_publish and state == State.OPEN:
        rows += [
            [
                Tap(t.label("events-change"), Change(event_id=event.id)),
                Tap(t.label("events-move"), _start(event)),
            ],
            [Tap(t.label("events-cancel"), Cancel(event_id=event.id))],
        ]
    if event.state is State.OPEN:
        rows.append([checkins.open_tap(t, event.id)])
        if event.starts_at and event.starts_at <= now:
            rows.append([events_reports.open_tap(t, event.id)])
    if found.may_edit:
        rows.append([Tap(t.label("events-repeat"), Repeat(event_id=event.id))])
    if found.herald is not Herald.NONE and found.may_publish:
        reach = posts_sending.Reached(post_id=found.known.post.id)
        rows.append([Tap(t.label("posts-reach-open"), reach)])
    return [*rows, [Tap(t.label("events-as-member"), Open(event_id=event.id))]]


def _start(event: Event) -> Ask:
    return Ask(event_id=event.id, step=Step.START, chain=False)


def _keep(t: Translator, event: Event) -> Tap:
    return Tap(t.label("events-keep"), Manage(event_id=event.id))
