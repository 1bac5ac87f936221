"""An application once it is sent, as the applicant sees it: where it stands, and the way back."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from keyboards import menu
from keyboards.deciders import held_by
from keyboards.menu import Join
from keyboards.organisations import named
from keyboards.requests_card import reason_text
from keyboards.screen import Reader, Screen, Tap, notice
from locales import Translator
from models.application import Application, State
from models.base import Session
from services import joining, organisations
from services.access import Actor


class Withdraw(CallbackData, prefix="jn.withdraw"):
    application_id: int
    sure: bool


class Status(CallbackData, prefix="jn.status"):
    pass


async def status(
    session: Session, actor: Actor, t: Translator, application: Application, now: datetime
) -> Screen:
    """Where the application is: its state, who has it, since when, and what happens next."""
    chosen = application.organisation_id
    place = await organisations.get(session, actor, chosen) if chosen else None
    twins = await organisations.find_twins(session, actor, [place]) if place else {}
    above = await organisations.find_above(session, actor, place) if place else None
    since = application.decided_at or application.submitted_at or application.started_at
    text = t(
        f"joining-status-{application.state}",
        place=named(t, place, twins),
        above=above.name if above else "none",
        holders=await held_by(session, t, application, now),
        days=(now - since).days,
        since=t.moment(since),
        remark=reason_text(t, application.remark),
    )
    return Screen(text, buttons=_next(t, application))


async def sent(
    session: Session, actor: Actor, t: Translator, application: Application, now: datetime
) -> list[Screen]:
    done = Screen(t("joining-sent"), keys=menu.keys(t, actor, application))
    return [await status(session, actor, t, application, now), done]


def withdraw_sure(t: Translator, application_id: int) -> Screen:
    yes = Withdraw(application_id=application_id, sure=True)
    no = Tap(t.label("joining-withdraw-no"), Status())
    return Screen(
        t("joining-withdraw-sure"), buttons=[[Tap(t.label("joining-withdraw-yes"), yes), no]]
    )


async def withdrawn(
    session: Session, actor: Actor, t: Translator, application: Application, now: datetime
) -> list[Screen]:
    gone = Screen(t("joining-withdrawn"), keys=menu.keys(t, actor, application))
    return [await status(session, actor, t, application, now), gone]


@notice("joining-answered")
async def answered(session: Session, to: Reader, application_id: int) -> Screen | None:
    application = await joining.find_latest(session, to.actor)
    if application is None or application.id != application_id:
        return None
    screen = await status(session, to.actor, to.t, application, to.now)
    if application.state is State.REJECTED:
        return Screen(screen.text, keys=menu.keys(to.t, to.actor, application))
    return screen


@notice("joining-welcome")
async def welcome(session: Session, to: Reader, member_id: int) -> Screen | None:
    member, place = to.actor.member, to.actor.organisation
    if member is None or place is None or member.id != member_id:
        return None
    text = to.t(
        "joining-welcome",
        name=menu.given_name(member.name),
        place=place.name,
        number=member.number,
    )
    return Screen(text, keys=menu.keys(to.t, to.actor, None))


def _next(t: Translator, application: Application) -> list[list[Tap]]:
    leave = Withdraw(application_id=application.id, sure=False)
    withdraw = Tap(t.label("joining-withdraw"), leave)
    go_on = Tap(t.label("joining-go-on"), Join())
    again = Tap(t.label("joining-again"), Join())
    return {
        State.DRAFT: [[go_on]],
        State.PENDING: [[withdraw]],
        State.RETURNED: [[go_on], [withdraw]],
        State.REJECTED: [[again]],
        State.WITHDRAWN: [[again]],
    }.get(application.state, [])
