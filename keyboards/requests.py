"""Applications as those who decide on them see them."""

from dataclasses import replace
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from keyboards.requests_card import REASONS, Reason, resolution, words
from keyboards.screen import Page, Reader, Screen, Tap, mark, notice, shorten
from locales import Translator
from models.application import Application, State
from models.base import Session
from models.organisation import Organisation
from services import deciders, requests
from services.errors import Refusal
from services.requests import Request
from services.requests_list import Queue

SHORT = 24  # of an organisation's name beside an applicant's


class Waiting(CallbackData, prefix="rq.list"):
    page: int


class Open(CallbackData, prefix="rq.open"):
    application_id: int


class Keep(CallbackData, prefix="rq.keep"):
    application_id: int


class Approve(CallbackData, prefix="rq.yes"):
    application_id: int
    known: int  # the member the card said it may be; 0: nobody
    read: str  # the mark of the answers the card showed


class ApproveAs(CallbackData, prefix="rq.as"):
    """The offered entry of the register is the same person."""

    application_id: int
    entry: int
    read: str


class Move(CallbackData, prefix="rq.move"):
    application_id: int
    known: int
    read: str


class MoveSure(CallbackData, prefix="rq.mv"):
    application_id: int
    known: int
    read: str


class Confirm(CallbackData, prefix="rq.confirm"):
    """From before a card knew which answers it showed: it shows them again."""

    application_id: int
    known: int


class LinkTo(CallbackData, prefix="rq.link"):
    """As `Confirm`."""

    application_id: int
    known: int


class GiveBack(CallbackData, prefix="rq.back"):
    application_id: int


class Reject(CallbackData, prefix="rq.reject"):
    application_id: int


class Refuse(CallbackData, prefix="rq.refuse"):
    application_id: int
    reason: Reason
    read: str


class RejectSaid(CallbackData, prefix="rq.said"):
    """For the reason that was typed."""

    application_id: int
    read: str  # the mark of the answers and the reason


class RejectFor(CallbackData, prefix="rq.reason"):
    """As `Confirm`."""

    application_id: int
    reason: Reason


class RejectTyped(CallbackData, prefix="rq.typed"):
    """From before a reason could be typed under the list: it shows the list."""

    application_id: int


class NoteDecision(CallbackData, prefix="rq.note"):
    application_id: int


def waiting(t: Translator, queue: Queue, now: datetime) -> Screen:
    found = queue.found
    if not found.total:
        return Screen(t("requests-none"))
    rows = [
        [_row(t, application, home if queue.mixed else None, now)]
        for application, home in found.items
    ]
    page = Page(rows, found.page, found.last, lambda number: Waiting(page=number))
    return Screen(t("requests-list", count=found.total), buttons=page.buttons())


def card(t: Translator, request: Request, now: datetime) -> Screen:
    place = deciders.place_of(request.application)
    return Screen(words(t, request, now), buttons=_buttons(t, request), place=place)


def look_again(t: Translator, request: Request, now: datetime) -> Screen:
    """Nothing is decided on old knowledge: somebody joined or left, or the answers changed."""
    return card(t, request, now).says(t.label("requests-look-again"))


def typed_too_late(t: Translator, request: Request, now: datetime) -> list[Screen]:
    return [Screen(t("requests-look-again")), card(t, request, now)]


def known_as(request: Request) -> int:
    return request.match.member.id if request.match.member else 0


def offered_by(request: Request) -> int:
    return request.offer.id if request.offer else 0


def read_of(request: Request) -> str:
    """Changes with every sending and with every answer in it."""
    sent = request.application
    answers = (sent.name, sent.born_on, sent.phone, sent.phone_verified, sent.organisation_id)
    return mark(repr((sent.submitted_at, *answers)))


def reasons(t: Translator, request: Request, now: datetime) -> Screen:
    number, read = request.application.id, read_of(request)
    rows = [
        [Tap(t.label(name), Refuse(application_id=number, reason=reason, read=read))]
        for reason, name in REASONS.items()
    ]
    return _asking(t, request, now, "requests-ask-reason", rows)


def reject_sure(t: Translator, request: Request, now: datetime, reason: str) -> Screen:
    """A word typed by chance does not end an application."""
    number = request.application.id
    sure = RejectSaid(application_id=number, read=read_with(request, reason))
    rows = [
        [
            Tap(t.label("requests-reject"), sure),
            Tap(t.label("requests-write-anew"), Reject(application_id=number)),
        ]
    ]
    return _asking(t, request, now, "requests-ask-reject", rows, reason=reason)


def read_with(request: Request, reason: str) -> str:
    return mark(f"{read_of(request)} {reason}")


def move_sure(t: Translator, request: Request, now: datetime) -> Screen:
    """Nobody gets another's membership by a slip of the thumb."""
    sure = MoveSure(
        application_id=request.application.id, known=known_as(request), read=read_of(request)
    )
    by = "phone" if request.match.by_phone_alone else "person"
    rows = [[Tap(t.label("requests-move-yes"), sure)]]
    return _asking(t, request, now, f"requests-ask-move-{by}", rows)


def ask(t: Translator, request: Request, now: datetime, what: str) -> Screen:
    """Asks for a remark or a decision, to be typed."""
    return _asking(t, request, now, f"requests-ask-{what}", [])


def linked(t: Translator, request: Request) -> Screen:
    name = request.application.name or ""
    return Screen(t("requests-done-linked", name=name, number=request.number or ""))


def done(t: Translator, request: Request) -> Screen:
    """What typing a remark, a reason or a decision came to; the card changes by itself."""
    application = request.application
    name, quoted = application.name or "", resolution(t, application)
    return Screen(t(f"requests-done-{application.state}", name=name, resolution=quoted))


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


@notice(deciders.WAITING)
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
    t: Translator,
    request: Request,
    now: datetime,
    question: str,
    answers: list[list[Tap]],
    **values: str,
) -> Screen:
    """The question stands under the card it is about, and gives way to it again."""
    back = [Tap(t.label("requests-keep"), Keep(application_id=request.application.id))]
    shown = card(t, request, now)
    text = f"{shown.text}\n\n❓ {t(question, **values)}"
    return replace(shown, text=text, buttons=[*answers, back])


def _row(t: Translator, application: Application, home: Organisation | None, now: datetime) -> Tap:
    days = (now - (application.submitted_at or now)).days
    place = shorten(home.name, SHORT) if home else "none"
    label = t.label("requests-row", name=application.name or "", days=days, place=place)
    return Tap(label, Open(application_id=application.id))


def _offered(t: Translator, request: Request, read: str) -> list[list[Tap]]:
    if request.offer is None:
        return []
    number, entry = request.application.id, request.offer
    confirm = ApproveAs(application_id=number, entry=entry.id, read=read)
    return [[Tap(t.label("requests-confirm-as", number=entry.number), confirm)]]


def _buttons(t: Translator, request: Request) -> list[list[Tap]]:
    number, known = request.application.id, known_as(request)
    if request.application.state is State.CONFIRMED:
        note = "correct" if request.application.resolved_on else "note"
        label = t.label(f"requests-{note}-decision")
        return [[Tap(label, NoteDecision(application_id=number))]]
    if request.application.state is not State.PENDING:
        return []
    read = read_of(request)
    confirm = Approve(application_id=number, known=known, read=read)
    link = Move(application_id=number, known=known, read=read)
    return [
        [Tap(t.label("requests-confirm"), confirm)],
        *_offered(t, request, read),
        *([[Tap(t.label("requests-link"), link)]] if known else []),
        [
            Tap(t.label("requests-give-back"), GiveBack(application_id=number)),
            Tap(t.label("requests-reject"), Reject(application_id=number)),
        ],
    ]
