"""Rubrics: the list a member ticks, and the same list as admins keep it."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData

from keyboards.screen import Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.person import Interest
from services import interests
from services.access import Actor, Can
from services.interests import Choice


class List(CallbackData, prefix="in.list"):
    pass


class Choose(CallbackData, prefix="in.choose"):
    interest_id: int
    chosen: bool


class Done(CallbackData, prefix="in.done"):
    pass


class Arrange(CallbackData, prefix="in.arrange"):
    pass


class Open(CallbackData, prefix="in.open"):
    interest_id: int


class Add(CallbackData, prefix="in.add"):
    pass


class Rename(CallbackData, prefix="in.rename"):
    interest_id: int


class Retire(CallbackData, prefix="in.retire"):
    interest_id: int


class Restore(CallbackData, prefix="in.restore"):
    interest_id: int


def choices(t: Translator, actor: Actor, found: Sequence[Choice]) -> Screen:
    rows = [[_choice(t, one)] for one in found]
    if actor.may(Can.ARRANGE):
        rows.append([arrange_tap(t)])
    done = [Tap(t.label("interests-done"), Done())]
    text = t("interests-choose") if found else t("interests-none")
    return Screen(text, buttons=[*rows, done])


def arrange_tap(t: Translator) -> Tap:
    return Tap(t.label("interests-arrange"), Arrange())


def arrangement(
    t: Translator, actor: Actor, found: Sequence[Interest], added: Interest | None = None
) -> Screen:
    lead = t("interests-added", title=added.title) + "\n\n" if added else ""
    text = t("interests-all") if found else t("interests-none")
    rows = [[Tap(_shown(t, one), Open(interest_id=one.id))] for one in found]
    add = [Tap(t.label("interests-add"), Add())]
    back = [[Tap(t.label("interests-back-to-own"), List())]] if actor.member else []
    return Screen(lead + text, buttons=[*rows, add, *back])


def card(t: Translator, interest: Interest, followers: int) -> Screen:
    retired = "yes" if interest.retired else "no"
    text = t("interests-card", title=interest.title, followers=followers, retired=retired)
    turn = (
        Tap(t.label("interests-restore"), Restore(interest_id=interest.id))
        if interest.retired
        else Tap(t.label("interests-retire"), Retire(interest_id=interest.id))
    )
    rename = Tap(t.label("interests-rename"), Rename(interest_id=interest.id))
    return Screen(text, buttons=[[rename], [turn], _back_to_all(t)])


def ask_title(t: Translator) -> Screen:
    return Screen(t("interests-ask-title"), buttons=[_back_to_all(t)])


def ask_new_title(t: Translator, interest: Interest) -> Screen:
    text = t("interests-ask-new-title", title=interest.title)
    return Screen(text, buttons=[_back_to_all(t)])


@notice("profile-interests")
async def invitation(session: Session, to: Reader, member_id: int) -> Screen | None:
    member = to.actor.member
    if member is None or member.id != member_id:
        return None
    if await interests.list_chosen(session, to.actor):
        return None
    return Screen(
        to.t("interests-invitation"), buttons=[[Tap(to.t.label("interests-open"), List())]]
    )


def _choice(t: Translator, choice: Choice) -> Tap:
    title = choice.interest.title
    label = t.label("interests-chosen", title=title) if choice.chosen else title
    return Tap(label, Choose(interest_id=choice.interest.id, chosen=not choice.chosen))


def _shown(t: Translator, interest: Interest) -> str:
    if interest.retired:
        return t.label("interests-retired", title=interest.title)
    return interest.title


def _back_to_all(t: Translator) -> list[Tap]:
    return [Tap(t.label("interests-back-to-all"), Arrange())]
