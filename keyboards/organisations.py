"""The tree of the union as its admins walk it."""

from collections.abc import Mapping, Sequence

from aiogram.filters.callback_data import CallbackData

from keyboards.screen import Button, Page, Screen, Tap
from locales import Translator
from models.organisation import Level, Organisation
from services.errors import Refusal
from services.organisations import Described, Overview
from services.paging import Paged

CHAIRS_NAMED = 10


class Browse(CallbackData, prefix="og.browse"):
    page: int


class Open(CallbackData, prefix="og.open"):
    organisation_id: int
    page: int


class Find(CallbackData, prefix="og.find"):
    pass


def overview(t: Translator, found: Overview) -> Screen:
    if not found.top.total:
        return Screen(t("organisations-none"))
    counts = {str(level): found.counts.get(level, 0) for level in Level}
    text = t("organisations-overview", members=found.members, **counts)
    page = Page(_rows(t, found.top), found.top.page, found.top.last, lambda n: Browse(page=n))
    return Screen(text, buttons=[*page.buttons(), [_find(t)]])


def named(t: Translator, one: Organisation | None, twins: Mapping[int, str]) -> str:
    """In a sentence; with its code where the name is not its alone."""
    if one is None or one.id not in twins:
        return one.name if one else ""
    return t.label("organisations-one-of-twins", name=one.name, code=one.code)


def card(t: Translator, found: Described) -> Screen:
    one, below = found.organisation, found.below
    text = t(
        "organisations-card",
        name=one.name,
        code=one.code,
        level=one.level,
        zone=f"{t.city(one.timezone)} ({one.timezone})",
        parent=found.parent.name if found.parent else "—",
        members=found.members,
        chairs=_chairs(t, found),
        below=below.total,
    )
    page = Page(
        _rows(t, below),
        below.page,
        below.last,
        lambda number: Open(organisation_id=one.id, page=number),
    )
    return Screen(text, buttons=[*page.buttons(), *_ways_up(t, found)])


def ask_words(t: Translator) -> Screen:
    return Screen(t("organisations-ask-words"), buttons=[[_all(t)]])


def found_by_words(t: Translator, found: Paged[Organisation]) -> Screen:
    more = "yes" if found.total > len(found.items) else "no"
    text = t("organisations-found", count=found.total, more=more, shown=len(found.items))
    return Screen(text, buttons=[*_rows(t, found), [_find(t)], [_all(t)]])


def no_words(t: Translator, refusal: Refusal) -> Screen:
    return Screen(t(refusal.text_id, **refusal.values), buttons=[[_all(t)]])


def nothing_found(t: Translator) -> Screen:
    return Screen(t("organisations-not-found"), buttons=[[_all(t)]])


def title(t: Translator, one: Organisation, twins: Mapping[int, str]) -> str:
    """On a button where it is chosen: with its code in front where the name is not enough."""
    if one.id not in twins:
        return one.name
    return t.label("organisations-row", code=one.code, name=one.name)


def told_apart(t: Translator, found: Sequence[Organisation], twins: Mapping[int, str]) -> str:
    """What the codes on the buttons stand for; nothing where names are enough."""
    lines = [
        t("organisations-twin", code=one.code, place=twins[one.id])
        for one in found
        if one.id in twins
    ]
    return "\n".join(["", "", t("organisations-twins"), *lines]) if lines else ""


def _rows(t: Translator, found: Paged[Organisation]) -> list[list[Button]]:
    return [
        [
            Tap(
                t.label("organisations-row", code=one.code, name=one.name),
                Open(organisation_id=one.id, page=0),
            )
        ]
        for one in found.items
    ]


def _ways_up(t: Translator, found: Described) -> list[list[Button]]:
    rows: list[list[Button]] = [[_all(t), _find(t)]]
    if found.parent is not None and found.goes_up:
        up = t.label("organisations-up", name=found.parent.name)
        rows.insert(0, [Tap(up, Open(organisation_id=found.parent.id, page=0))])
    return rows


def _chairs(t: Translator, found: Described) -> str:
    if not found.chairs:
        return t.label("organisations-no-chair")
    named = [name or f"ID {telegram_id}" for name, telegram_id in found.chairs]
    shown, rest = named[:CHAIRS_NAMED], len(named) - CHAIRS_NAMED
    more = [t.label("organisations-more-chairs", count=rest)] if rest > 0 else []
    return ", ".join([*shown, *more])


def _find(t: Translator) -> Tap:
    return Tap(t.label("organisations-find"), Find())


def _all(t: Translator) -> Tap:
    return Tap(t.label("organisations-all"), Browse(page=0))
