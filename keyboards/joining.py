"""The way in, as the applicant sees it: one question a message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiogram.filters.callback_data import CallbackData

from keyboards import consents, menu
from keyboards.menu import Join
from keyboards.organisations import named, title, told_apart
from keyboards.screen import AskContact, Button, Key, Page, Screen, Tap, mark
from locales import Translator
from models.organisation import Level, Organisation
from services import organisations, steps
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
        return Screen(text + _confirmed(t, draft), keys=rows)
    return Screen(text, buttons=_back(t, draft, step))


def _confirmed(t: Translator, draft: Draft) -> str:
    """What becomes of a number that is known to be the applicant's, if another is typed."""
    known = draft.application
    if not (known.phone and known.phone_verified):
        return ""
    return "\n\n" + t("joining-phone-goes", phone=t.phone(known.phone))


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


def asked_again(refusal: Screen, question: Screen) -> Screen:
    """What was typed instead of yes or no has led nowhere."""
    return replace(question, text=f"{refusal.text}\n\n{question.text}")


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
    place = f"review:{draft.application.id}"  # of several only the last one asks
    return Screen(text, buttons=[send, changes[:2], changes[2:], *back], place=place)


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
