"""Invitations as those who hand them out see them, and as those who follow them do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from keyboards import joining as joining_kb
from keyboards import joining_sent
from keyboards.organisations import title, told_apart
from keyboards.screen import Button, Page, Picture, Screen, Tap
from locales import Translator
from models.application import State
from models.base import Session
from models.invitation import Invitation
from models.organisation import Organisation
from services import joining
from services.access import Actor
from services.errors import Refusal
from services.house import House
from services.invitations import Counted
from services.paging import Paged


class Places(CallbackData, prefix="iv.places"):
    page: int


class Find(CallbackData, prefix="iv.find"):
    pass


class InviteTo(CallbackData, prefix="iv.to"):
    organisation_id: int


class Open(CallbackData, prefix="iv.open"):
    invitation_id: int


class Keep(CallbackData, prefix="iv.keep"):
    invitation_id: int


class Sign(CallbackData, prefix="iv.sign"):
    invitation_id: int


class Limit(CallbackData, prefix="iv.limit"):
    invitation_id: int


class Unlimit(CallbackData, prefix="iv.unlimit"):
    invitation_id: int


class Revoke(CallbackData, prefix="iv.revoke"):
    invitation_id: int
    sure: bool


class Renew(CallbackData, prefix="iv.renew"):
    invitation_id: int


class ShowAll(CallbackData, prefix="iv.all"):
    pass


class Turn(CallbackData, prefix="iv.turn"):
    page: int


def poster(t: Translator, counted: Counted, twins: Mapping[int, str], house: House) -> Screen:
    """The picture to print or pass on, and everything on it once more as text."""
    words = {
        "title": t.label("invitations-title"),
        "organisation": counted.organisation.name,
        "code": counted.invitation.code,
        "hint": t.label("invitations-hint", bot=house.bot),
        "link": house.link(counted.invitation.code),
    }
    return replace(card(t, counted, twins, house), picture=Picture("invitation", words))


def card(t: Translator, counted: Counted, twins: Mapping[int, str], house: House) -> Screen:
    """What stands under the picture: Telegram takes 1024 characters there."""
    invitation, place = counted.invitation, counted.organisation
    link, name = house.link(invitation.code), title(t, place, twins)
    lines = [t("invitations-card", place=name, code=invitation.code, link=link)]
    if invitation.label:
        lines.append(t("invitations-label", label=invitation.label))
    text = "\n".join([*lines, _lasting(t, counted), _counts(t, counted)])
    return Screen(text, buttons=() if invitation.revoked_at else _buttons(t, invitation.id))


def revoke_sure(t: Translator, counted: Counted, twins: Mapping[int, str], house: House) -> Screen:
    shown, number = card(t, counted, twins, house), counted.invitation.id
    if counted.invitation.revoked_at is not None:
        return shown
    yes = Tap(t.label("invitations-revoke-yes"), Revoke(invitation_id=number, sure=True))
    no = Tap(t.label("invitations-revoke-no"), Keep(invitation_id=number))
    text = f"{shown.text}\n\n{t('invitations-revoke-sure')}"
    return replace(shown, text=text, buttons=[[yes, no]])


def ask_label(t: Translator, invitation_id: int) -> Screen:
    return Screen(t("invitations-ask-label"), buttons=[_back(t, invitation_id)], fresh=True)


def ask_end(t: Translator, invitation_id: int) -> Screen:
    unlimit = Tap(t.label("invitations-unlimited"), Unlimit(invitation_id=invitation_id))
    back = _back(t, invitation_id)
    return Screen(t("invitations-ask-end"), buttons=[[unlimit], back], fresh=True)


def in_force(t: Translator, found: Paged[Counted], twins: Mapping[int, str]) -> Screen:
    if not found.total:
        return Screen(t("invitations-none"))
    lines = [t("invitations-list", count=found.total)]
    lines += [_line(t, counted, twins) for counted in found.items]
    rows = [[_entry(counted.invitation)] for counted in found.items]
    page = Page(rows, found.page, found.last, lambda number: Turn(page=number))
    text = "\n\n".join(lines) + told_apart(t, places_of(found), twins)
    return Screen(text, buttons=page.buttons())


def places_of(found: Paged[Counted]) -> list[Organisation]:
    """Each once, though several invitations may lead there."""
    return list({one.organisation.id: one.organisation for one in found.items}.values())


def places(t: Translator, found: Paged[Organisation], twins: Mapping[int, str]) -> Screen:
    if not found.total:
        return Screen(t("invitations-no-places"))
    rows = _choices(t, found.items, twins)
    page = Page(rows, found.page, found.last, lambda number: Places(page=number))
    find = [Tap(t.label("invitations-find"), Find())]
    text = t("invitations-choose-place") + told_apart(t, found.items, twins)
    return Screen(text, buttons=[*page.buttons(), find])


def ask_words(t: Translator) -> Screen:
    return Screen(t("invitations-ask-words"), buttons=[_all_places(t)], fresh=True)


def found_places(t: Translator, found: Sequence[Organisation], twins: Mapping[int, str]) -> Screen:
    text = t("invitations-found") if found else t("invitations-not-found")
    text += told_apart(t, found, twins)
    return Screen(text, buttons=[*_choices(t, found, twins), _all_places(t)])


def no_words(t: Translator, refusal: Refusal) -> Screen:
    return Screen(t(refusal.text_id, **refusal.values), buttons=[_all_places(t)])


async def opened(
    session: Session, actor: Actor, t: Translator, place: Organisation, link: str, now: datetime
) -> Screen:
    """A guest is invited; whoever is on the way or there already is told where they stand."""
    if actor.member is not None:
        return Screen(t("invitations-member", link=link))
    application = await joining.find_open(session, actor)
    if application is not None and application.state is not State.DRAFT:
        return await joining_sent.status(session, actor, t, application, now)
    return joining_kb.invited(t, place)


def unusable(t: Translator, refusal: Refusal) -> Screen:
    return Screen(t(refusal.text_id, **refusal.values))


def _lasting(t: Translator, counted: Counted) -> str:
    invitation = counted.invitation
    if invitation.revoked_at is not None:
        return t("invitations-revoked-at", at=t.moment(invitation.revoked_at))
    if invitation.ends_on is None:
        return t("invitations-unlimited")
    text = "invitations-over" if counted.over else "invitations-until"
    return t(text, day=t.day(invitation.ends_on))


def _counts(t: Translator, counted: Counted) -> str:
    return t("invitations-counts", opened=counted.opened, joined=counted.joined)


def _buttons(t: Translator, number: int) -> list[list[Tap]]:
    sign = Tap(t.label("invitations-sign"), Sign(invitation_id=number))
    limit = Tap(t.label("invitations-limit"), Limit(invitation_id=number))
    revoke = Tap(t.label("invitations-revoke"), Revoke(invitation_id=number, sure=False))
    renew = Tap(t.label("invitations-renew"), Renew(invitation_id=number))
    show_all = Tap(t.label("invitations-all"), ShowAll())
    return [[sign, limit], [renew], [show_all], [revoke]]


def _line(t: Translator, counted: Counted, twins: Mapping[int, str]) -> str:
    name, place = _name(counted.invitation), title(t, counted.organisation, twins)
    head = t("invitations-row", name=name, place=place)
    return "\n".join([head, _lasting(t, counted), _counts(t, counted)])


def _entry(invitation: Invitation) -> Tap:
    return Tap(_name(invitation), Open(invitation_id=invitation.id))


def _name(invitation: Invitation) -> str:
    return invitation.label or invitation.code


def _choices(
    t: Translator, found: Sequence[Organisation], twins: Mapping[int, str]
) -> list[Sequence[Button]]:
    return [[Tap(title(t, one, twins), InviteTo(organisation_id=one.id))] for one in found]


def _all_places(t: Translator) -> list[Button]:
    return [Tap(t.label("invitations-all-places"), Places(page=0))]


def _back(t: Translator, invitation_id: int) -> list[Button]:
    return [Tap(t.label("invitations-back"), Open(invitation_id=invitation_id))]
