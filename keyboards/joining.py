"""The way in, as the applicant sees it: one question a message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from keyboards import consents, menu
from keyboards.deciders import held_by
from keyboards.menu import Join
from keyboards.organisations import named, title, told_apart
from keyboards.requests_card import reason_text
from keyboards.screen import AskContact, Button, Key, Page, Reader, Screen, Tap, mark, notice
from locales import Translator
from models.application import Application, State
from models.base import Session
from models.organisation import Level, Organisation
from services import joining, organisations, steps
from services.access import Actor
from services.errors import Refusal
from services.joining import Draft
from services.paging import Paged
from services.steps import Step


class Agree(CallbackData, prefix="jn.agree"):
    read: str  # the beginning of the hash of what was shown


class Decline(CallbackData, prefix="jn.decline"):
    pass


class Ask(CallbackData, prefix="jn.ask"):
    step: Step


class Territories(CallbackData, prefix="jn.terr"):
    page: int


class Primaries(CallbackData, prefix="jn.prim"):
    under: int
    page: int


class Choose(CallbackData, prefix="jn.choose"):
    organisation_id: int


class Send(CallbackData, prefix="jn.send"):
    read: str


class Withdraw(CallbackData, prefix="jn.withdraw"):
    application_id: int
    sure: bool


class Status(CallbackData, prefix="jn.status"):
    pass


def invited(t: Translator, organisation: Organisation) -> Screen:
    text = t("joining-invited", place=organisation.name)
    return Screen(text, buttons=[[Tap(t.label("menu-join"), Join())]])


def consent(t: Translator, operator: str) -> Screen:
    yes = Tap(t.label("joining-agree"), Agree(read=mark(consents.text(t, operator))))
    no = Tap(t.label("joining-decline"), Decline())
    return Screen(consents.shown(t, operator), buttons=[[yes], [no]])


def declined(t: Translator) -> Screen:
    return Screen(t("joining-declined"), buttons=[[Tap(t.label("menu-join"), Join())]])


def recalled(t: Translator, question: Screen) -> Screen:
    """Above what is asked next."""
    return replace(question, text=f"{t('joining-recalled')}\n\n{question.text}")


def press_a_button(t: Translator) -> Screen:
    return Screen(t("joining-press-a-button"))


def question(t: Translator, draft: Draft, step: Step) -> Screen:
    """Name, birth date or phone. A returned application shows what was to be corrected."""
    text = _remark(t, draft) + t(f"joining-ask-{step}")
    if step is Step.PHONE:
        rows: list[list[Key]] = [
            [AskContact(t.label("joining-share-contact"))],
            [t.label("joining-back")],
        ]
        return Screen(text, keys=rows)
    return Screen(text, buttons=_back(t, draft, step))


def phone_words(t: Translator, phone: str, *, verified: bool) -> str:
    kept = "verified" if verified else "typed"
    return t(f"joining-phone-{kept}", phone=t.phone(phone))


def phone_kept(t: Translator, draft: Draft, actor: Actor) -> Screen:
    """Takes the contact key away and brings the menu back."""
    application = draft.application
    text = phone_words(t, application.phone or "", verified=application.phone_verified)
    return Screen(text, keys=menu.keys(t, actor, application))


def phone_left(t: Translator, draft: Draft, actor: Actor) -> Screen:
    """As `phone_kept`, when nothing was answered."""
    text = "profile-phone-unchanged" if draft.application.phone else "joining-phone-later"
    return Screen(t(text), keys=menu.keys(t, actor, draft.application))


def confirm_invited(t: Translator, draft: Draft, organisation: Organisation) -> Screen:
    right = Tap(t.label("joining-right"), Choose(organisation_id=organisation.id))
    other = Tap(t.label("joining-other"), Territories(page=0))
    return Screen(
        _remark(t, draft) + t("joining-ask-invited", place=organisation.name),
        buttons=[[right, other], *_back(t, draft, Step.ORGANISATION)],
    )


def territories(
    t: Translator, draft: Draft, found: Paged[Organisation], twins: Mapping[int, str]
) -> Screen:
    rows = _choices(t, found.items, twins)
    page = Page(rows, found.page, found.last, lambda number: Territories(page=number))
    text = t("joining-ask-territory") if found.total else t("joining-no-organisations")
    return Screen(
        _remark(t, draft) + text + told_apart(t, found.items, twins),
        buttons=[*page.buttons(), *_back(t, draft, Step.ORGANISATION)],
    )


def primaries(
    t: Translator, under: Organisation, found: Paged[Organisation], twins: Mapping[int, str]
) -> Screen:
    page = Page(
        _choices(t, found.items, twins),
        found.page,
        found.last,
        lambda number: Primaries(under=under.id, page=number),
    )
    other = [Tap(t.label("joining-other-territory"), Territories(page=0))]
    asked = "joining-ask-primary" if found.total else "joining-no-primaries"
    text = t(asked, place=under.name) + told_apart(t, found.items, twins)
    return Screen(text, buttons=[*page.buttons(), other])


def found_by_words(
    t: Translator, found: Sequence[Organisation], twins: Mapping[int, str]
) -> Screen:
    """One more than a page was looked for: then there is too much to show."""
    text = "found" if found else "not-found"
    if len(found) > organisations.PAGE:
        text = "found-many"
    other = [Tap(t.label("joining-all-territories"), Territories(page=0))]
    shown = found[: organisations.PAGE]
    said = t(f"joining-{text}") + told_apart(t, shown, twins)
    return Screen(said, buttons=[*_choices(t, shown, twins), other])


def no_words(t: Translator, refusal: Refusal) -> Screen:
    """What was sent cannot be searched for; the lists are still there."""
    other = [Tap(t.label("joining-all-territories"), Territories(page=0))]
    return Screen(t(refusal.text_id, **refusal.values), buttons=[other])


def review_text(t: Translator, draft: Draft) -> str:
    application = draft.application
    return _remark(t, draft) + t(
        "joining-review",
        name=application.name or "",
        born=t.day(application.born_on) if application.born_on else "",
        phone=t.phone(application.phone or ""),
        verified="yes" if application.phone_verified else "no",
        place=named(t, draft.organisation, draft.twins),
    )


def review(t: Translator, draft: Draft) -> Screen:
    text = review_text(t, draft)
    changes: list[Button] = [
        Tap(t.label(f"joining-change-{step}"), Ask(step=step))
        for step in (Step.NAME, Step.BORN, Step.PHONE, Step.ORGANISATION)
    ]
    send = [Tap(t.label("joining-send"), Send(read=mark(text)))]
    back = _back(t, draft, Step.REVIEW)
    return Screen(text, buttons=[send, changes[:2], changes[2:], *back])


async def status(
    session: Session, actor: Actor, t: Translator, application: Application, now: datetime
) -> Screen:
    """Where the application is: its state, who has it, since when, and what happens next."""
    chosen = application.organisation_id
    place = await organisations.get(session, actor, chosen) if chosen else None
    twins = await organisations.find_twins(session, actor, [place]) if place else {}
    since = application.decided_at or application.submitted_at or application.started_at
    text = t(
        f"joining-status-{application.state}",
        place=named(t, place, twins),
        holders=await held_by(session, t, application, now),
        days=(now - since).days,
        since=t.moment(since),
        remark=reason_text(t, application.remark),
    )
    return Screen(text, buttons=_next(t, application))


async def sos(session: Session, t: Translator, application: Application, now: datetime) -> Screen:
    """For somebody who has applied and is no member yet."""
    holders = await held_by(session, t, application, now)
    return Screen(t(f"joining-sos-{application.state}", holders=holders))


def sent(t: Translator, actor: Actor, application: Application) -> Screen:
    return Screen(t("joining-sent"), keys=menu.keys(t, actor, application))


def withdraw_sure(t: Translator, application_id: int) -> Screen:
    yes = Withdraw(application_id=application_id, sure=True)
    no = Tap(t.label("joining-withdraw-no"), Status())
    return Screen(
        t("joining-withdraw-sure"), buttons=[[Tap(t.label("joining-withdraw-yes"), yes), no]]
    )


def withdrawn(t: Translator, actor: Actor, application: Application) -> Screen:
    return Screen(t("joining-withdrawn"), keys=menu.keys(t, actor, application))


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


def _choices(
    t: Translator, found: Sequence[Organisation], twins: Mapping[int, str]
) -> list[list[Tap]]:
    return [[Tap(title(t, one, twins), _leads_to(one))] for one in found]


def _leads_to(one: Organisation) -> CallbackData:
    if one.level is Level.TERRITORIAL:
        return Primaries(under=one.id, page=0)
    return Choose(organisation_id=one.id)


def _remark(t: Translator, draft: Draft) -> str:
    remark = draft.application.remark
    return t("joining-remark", remark=remark) + "\n\n" if remark else ""


def _back(t: Translator, draft: Draft, step: Step) -> list[list[Tap]]:
    earlier = steps.before(step, draft.step)
    return [[Tap(t.label("joining-back"), Ask(step=earlier))]] if earlier else []
