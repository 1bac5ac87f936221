"""The way in, as the applicant sees it: one question a message."""

from aiogram.filters.callback_data import CallbackData

from keyboards import menu
from keyboards.menu import Join
from keyboards.screen import AskContact, Button, Key, Page, Reader, Screen, Tap, notice
from locales import Translator
from models.application import Application, State
from models.base import Session
from models.organisation import Organisation
from services import consents, joining, members, organisations
from services.access import Actor
from services.joining import Draft, Step
from services.paging import Paged


class Agree(CallbackData, prefix="jn.agree"):
    pass


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
    pass


class Withdraw(CallbackData, prefix="jn.withdraw"):
    sure: bool


class Status(CallbackData, prefix="jn.status"):
    pass


def invited(t: Translator, organisation: Organisation) -> Screen:
    text = t("joining-invited", place=organisation.name)
    return Screen(text, buttons=[[Tap(t.label("menu-join"), Join())]])


def consent_text(t: Translator, operator: str) -> str:
    return t("joining-consent", operator=operator, version=consents.VERSION)


def consent(t: Translator, operator: str) -> Screen:
    yes = Tap(t.label("joining-agree"), Agree())
    no = Tap(t.label("joining-decline"), Decline())
    return Screen(consent_text(t, operator), buttons=[[yes], [no]])


def declined(t: Translator) -> Screen:
    return Screen(t("joining-declined"), buttons=[[Tap(t.label("menu-join"), Join())]])


def question(t: Translator, draft: Draft, step: Step) -> Screen:
    """Name, birth date or phone. A returned application shows what was to be corrected."""
    remark = draft.application.remark
    lead = t("joining-remark", remark=remark) + "\n\n" if remark else ""
    if step is Step.PHONE:
        rows: list[list[Key]] = [
            [AskContact(t.label("joining-share-contact"))],
            [t.label("joining-back")],
        ]
        return Screen(lead + t("joining-ask-phone"), keys=rows)
    return Screen(lead + t(f"joining-ask-{step}"), buttons=_back(t, step))


def phone_kept(t: Translator, draft: Draft, actor: Actor) -> Screen:
    """Takes the contact key away and brings the menu back."""
    text = "joining-phone-verified" if draft.application.phone_verified else "joining-phone-typed"
    phone = draft.application.phone or ""
    return Screen(t(text, phone=phone), keys=menu.keys(t, actor, draft.application))


def back_from_phone(t: Translator, draft: Draft, actor: Actor) -> Screen:
    return Screen(t("joining-back-from-phone"), keys=menu.keys(t, actor, draft.application))


def confirm_invited(t: Translator, organisation: Organisation) -> Screen:
    right = Tap(t.label("joining-right"), Choose(organisation_id=organisation.id))
    other = Tap(t.label("joining-other"), Territories(page=0))
    return Screen(
        t("joining-ask-invited", place=organisation.name),
        buttons=[[right, other], *_back(t, Step.ORGANISATION)],
    )


def territories(t: Translator, found: Paged[Organisation]) -> Screen:
    rows = [[Tap(one.name, Primaries(under=one.id, page=0))] for one in found.items]
    page = Page(rows, found.page, found.last, lambda number: Territories(page=number))
    text = t("joining-ask-territory") if found.total else t("joining-no-organisations")
    return Screen(text, buttons=[*page.buttons(), *_back(t, Step.ORGANISATION)])


def primaries(t: Translator, under: Organisation, found: Paged[Organisation]) -> Screen:
    page = Page(
        _choices(list(found.items)),
        found.page,
        found.last,
        lambda number: Primaries(under=under.id, page=number),
    )
    other = [Tap(t.label("joining-other-territory"), Territories(page=0))]
    text = "joining-ask-primary" if found.total else "joining-no-primaries"
    return Screen(t(text, place=under.name), buttons=[*page.buttons(), other])


def found_by_words(t: Translator, found: list[Organisation]) -> Screen:
    text = t("joining-found") if found else t("joining-not-found")
    other = [Tap(t.label("joining-all-territories"), Territories(page=0))]
    return Screen(text, buttons=[*_choices(found), other])


def review(t: Translator, draft: Draft) -> Screen:
    application = draft.application
    verified = "yes" if application.phone_verified else "no"
    text = t(
        "joining-review",
        name=application.name or "",
        born=t.day(application.born_on) if application.born_on else "",
        phone=application.phone or "",
        verified=verified,
        place=draft.organisation.name if draft.organisation else "",
    )
    lead = t("joining-remark", remark=application.remark) + "\n\n" if application.remark else ""
    changes: list[Button] = [
        Tap(t.label(f"joining-change-{step}"), Ask(step=step))
        for step in (Step.NAME, Step.BORN, Step.PHONE, Step.ORGANISATION)
    ]
    send = [Tap(t.label("joining-send"), Send())]
    return Screen(lead + text, buttons=[send, changes[:2], changes[2:]])


async def status(
    session: Session, actor: Actor, t: Translator, application: Application
) -> Screen:
    """Where the application is: its state, who has it, since when, and what happens next."""
    chosen = application.organisation_id
    place = await organisations.get(session, actor, chosen) if chosen else None
    chairs = await members.chairs_of(session, chosen, now=application.started_at) if chosen else ()
    since = application.decided_at or application.submitted_at or application.started_at
    text = t(
        f"joining-status-{application.state}",
        place=place.name if place else "",
        chairs=", ".join(chairs) or t.label("joining-no-chair"),
        since=t.moment(since),
        remark=application.remark or "",
    )
    return Screen(text, buttons=_next(t, application), place="my-application")


def sent(t: Translator, actor: Actor, application: Application) -> Screen:
    return Screen(t("joining-sent"), keys=menu.keys(t, actor, application))


def withdraw_sure(t: Translator) -> Screen:
    yes = Tap(t.label("joining-withdraw-yes"), Withdraw(sure=True))
    no = Tap(t.label("joining-withdraw-no"), Status())
    return Screen(t("joining-withdraw-sure"), buttons=[[yes, no]])


def withdrawn(t: Translator, actor: Actor, application: Application) -> Screen:
    return Screen(t("joining-withdrawn"), keys=menu.keys(t, actor, application))


@notice("joining-answered")
async def answered(session: Session, to: Reader, application_id: int) -> Screen | None:
    application = await joining.find_latest(session, to.actor)
    if application is None or application.id != application_id:
        return None
    screen = await status(session, to.actor, to.t, application)
    return Screen(screen.text, screen.buttons)


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
    withdraw = Tap(t.label("joining-withdraw"), Withdraw(sure=False))
    go_on = Tap(t.label("joining-go-on"), Join())
    return {
        State.DRAFT: [[go_on]],
        State.PENDING: [[withdraw]],
        State.RETURNED: [[go_on], [withdraw]],
        State.REJECTED: [[Tap(t.label("joining-again"), Join())]],
        State.WITHDRAWN: [[Tap(t.label("joining-again"), Join())]],
    }.get(application.state, [])


def _choices(found: list[Organisation]) -> list[list[Tap]]:
    return [[Tap(one.name, Choose(organisation_id=one.id))] for one in found]


def _back(t: Translator, step: Step) -> list[list[Tap]]:
    earlier = joining.before(step)
    if earlier in (None, Step.CONSENT):
        return []
    return [[Tap(t.label("joining-back"), Ask(step=earlier))]]
