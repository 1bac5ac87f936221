"""Applications as those who decide on them see them."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from keyboards.screen import Page, Reader, Screen, Tap, notice
from locales import Translator
from models.application import Application, State
from models.base import Session
from models.organisation import Organisation
from models.role import Role
from services import deciders, requests
from services.ages import full_years, is_young
from services.errors import Refusal
from services.paging import Paged
from services.requests import Request


class Reason(StrEnum):
    NOT_HERE = "not-here"
    DOUBLE = "double"
    WRONG = "wrong"


REASONS = {reason: f"requests-reason-{reason}" for reason in Reason}


class Waiting(CallbackData, prefix="rq.list"):
    page: int


class Open(CallbackData, prefix="rq.open"):
    application_id: int


class Keep(CallbackData, prefix="rq.keep"):
    application_id: int


class Confirm(CallbackData, prefix="rq.confirm"):
    application_id: int
    known: int  # the member the card said it may be; 0: nobody


class LinkTo(CallbackData, prefix="rq.link"):
    application_id: int
    known: int


class GiveBack(CallbackData, prefix="rq.back"):
    application_id: int


class Reject(CallbackData, prefix="rq.reject"):
    application_id: int


class RejectFor(CallbackData, prefix="rq.reason"):
    application_id: int
    reason: Reason


class RejectTyped(CallbackData, prefix="rq.typed"):
    application_id: int


class NoteDecision(CallbackData, prefix="rq.note"):
    application_id: int


def waiting(
    t: Translator, found: Paged[tuple[Application, Organisation]], now: datetime
) -> Screen:
    if not found.total:
        return Screen(t("requests-none"))
    rows = [[_row(t, application, now)] for application, _ in found.items]
    page = Page(rows, found.page, found.last, lambda number: Waiting(page=number))
    return Screen(t("requests-list", count=found.total), buttons=page.buttons())


def card(t: Translator, request: Request, now: datetime) -> Screen:
    application = request.application
    parts = [_who(t, request, now), _register(t, request), *_doubles(t, request)]
    if application.state is not State.PENDING:
        parts.append(_decision(t, request))
    place = deciders.place_of(application)
    return Screen("\n\n".join(parts), buttons=_buttons(t, request), place=place)


def look_again(t: Translator, request: Request, now: datetime) -> Screen:
    """Somebody has joined or left since the card came: nothing is decided on old knowledge."""
    return card(t, request, now).says(t.label("requests-look-again"))


def known_as(request: Request) -> int:
    return request.match.member.id if request.match.member else 0


def reasons(t: Translator, request: Request, now: datetime) -> Screen:
    number = request.application.id
    rows = [
        [Tap(t.label(name), RejectFor(application_id=number, reason=reason))]
        for reason, name in REASONS.items()
    ]
    rows.append([Tap(t.label("requests-reason-typed"), RejectTyped(application_id=number))])
    return _asking(t, request, now, "requests-ask-reason", rows)


def ask(t: Translator, request: Request, now: datetime, what: str) -> Screen:
    """Asks for a remark, a reason or a decision, to be typed."""
    return _asking(t, request, now, f"requests-ask-{what}", [])


def done(t: Translator, request: Request) -> Screen:
    """What typing a remark, a reason or a decision came to; the card changes by itself."""
    application = request.application
    return Screen(t(f"requests-done-{application.state}", name=application.name or ""))


def reason_text(t: Translator, remark: str | None) -> str:
    """A reason from the list is kept by name, and read in the reader's own language."""
    remark = remark or ""
    return t.label(remark) if remark in REASONS.values() else remark


def too_late(t: Translator, refusal: Refusal) -> Screen:
    return Screen(t(refusal.text_id, **refusal.values))


@notice(deciders.CARD)
async def card_notice(session: Session, to: Reader, application_id: int) -> Screen | None:
    try:
        request = await requests.get_for(session, to.actor, application_id, now=to.now)
    except Refusal as refusal:
        # Whoever may no longer see it keeps neither the data nor the buttons.
        return too_late(to.t, refusal) if to.shown else None
    if request.application.state is not State.PENDING and not to.shown:
        return None
    return card(to.t, request, to.now)


@notice("requests-waiting")
async def waiting_notice(session: Session, to: Reader, application_id: int) -> Screen | None:
    try:
        request = await requests.get_in(
            session, to.actor, application_id, State.PENDING, now=to.now
        )
    except Refusal:
        return None
    application = request.application
    text = to.t(
        "requests-waiting",
        name=application.name or "",
        place=request.organisation.name,
        days=request.waiting_days,
    )
    opened = Tap(to.t.label("requests-open"), Open(application_id=application.id))
    return Screen(text, buttons=[[opened]])


def _asking(
    t: Translator, request: Request, now: datetime, question: str, answers: list[list[Tap]]
) -> Screen:
    """The question stands under the card it is about, and gives way to it again."""
    back = [Tap(t.label("requests-keep"), Keep(application_id=request.application.id))]
    shown = card(t, request, now)
    text = f"{shown.text}\n\n❓ {t(question)}"
    return replace(shown, text=text, buttons=[*answers, back])


def _row(t: Translator, application: Application, now: datetime) -> Tap:
    days = (now - (application.submitted_at or now)).days
    label = t.label("requests-row", name=application.name or "", days=days)
    return Tap(label, Open(application_id=application.id))


def _who(t: Translator, request: Request, now: datetime) -> str:
    application, born = request.application, request.application.born_on
    today = now.astimezone(t.zone).date()
    came = request.invitation
    return t(
        "requests-who",
        name=application.name or "",
        age=full_years(born, today) if born else 0,
        born=t.day(born) if born else "",
        young="yes" if born and is_young(born, today) else "no",
        phone=t.phone(application.phone or ""),
        verified="yes" if application.phone_verified else "no",
        place=request.organisation.name,
        came="invited" if came else "self",
        label=(came.label or came.code) if came else "",
        since=t.moment(application.submitted_at or application.started_at),
        days=request.waiting_days,
    )


def _register(t: Translator, request: Request) -> str:
    match = request.match
    differences = ", ".join(t.label(f"requests-differs-{field}") for field in match.differences)
    number = match.entry.number if match.entry else ""
    return t(f"requests-register-{match.verdict}", number=number, differences=differences)


def _doubles(t: Translator, request: Request) -> list[str]:
    match, parts = request.match, []
    if match.member is not None and match.member_of is not None:
        member = match.member
        parts.append(
            t(
                "requests-perhaps",
                name=member.name,
                number=member.number,
                place=match.member_of.name,
            )
        )
    if match.also_applied:
        parts.append(t("requests-also-applied"))
    return parts


def _decision(t: Translator, request: Request) -> str:
    application, who = request.application, request.decided_by or ""
    return t(
        f"requests-decided-{application.state}",
        who=t.label(f"requests-by-{who}") if who in list(Role) else who,
        at=t.moment(application.decided_at or application.started_at),
        remark=reason_text(t, application.remark),
        decision=application.decision or "none",
    )


def _buttons(t: Translator, request: Request) -> list[list[Tap]]:
    number, known = request.application.id, known_as(request)
    if request.application.state is State.CONFIRMED:
        return [[Tap(t.label("requests-note-decision"), NoteDecision(application_id=number))]]
    if request.application.state is not State.PENDING:
        return []
    confirm = Confirm(application_id=number, known=known)
    link = LinkTo(application_id=number, known=known)
    return [
        [Tap(t.label("requests-confirm"), confirm)],
        *([[Tap(t.label("requests-link"), link)]] if known else []),
        [
            Tap(t.label("requests-give-back"), GiveBack(application_id=number)),
            Tap(t.label("requests-reject"), Reject(application_id=number)),
        ],
    ]
