"""The journal: who did what, when, in plain words."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from keyboards.screen import Screen, Tap
from locales import Translator, known
from services.audit import PAGE, Entry


class Earlier(CallbackData, prefix="au.earlier"):
    before: int


class Latest(CallbackData, prefix="au.latest"):
    pass


def latest(t: Translator, entries: Sequence[Entry], now: datetime) -> Screen:
    return Screen(_text(t, entries, now), buttons=_further(t, entries))


def earlier(t: Translator, entries: Sequence[Entry], now: datetime) -> Screen:
    back = [Tap(t.label("audit-latest"), Latest())]
    return Screen(_text(t, entries, now), buttons=[*_further(t, entries), back])


def _text(t: Translator, entries: Sequence[Entry], now: datetime) -> str:
    if not entries:
        return t("audit-none")
    return "\n\n".join([t("audit-title"), *(_line(t, entry, now) for entry in entries[:PAGE])])


def _line(t: Translator, entry: Entry, now: datetime) -> str:
    at = _at(t, entry.record.at, now)
    return t("audit-line", at=at, who=_who(t, entry), what=_what(t, entry))


def _at(t: Translator, at: datetime, now: datetime) -> str:
    local = at.astimezone(t.zone)
    if local.year == now.astimezone(t.zone).year:
        return t.moment(at)
    return f"{t.day(local)}, {local:%H:%M}"


def _who(t: Translator, entry: Entry) -> str:
    if entry.doer_id is None:
        return t.label("audit-system")
    return entry.doer or f"ID {entry.doer_id}"


def _what(t: Translator, entry: Entry) -> str:
    record = entry.record
    text_id = f"audit-action-{record.action.replace('.', '-')}"
    if not known(text_id):
        return record.action
    named = f"ID {entry.subject_id}" if entry.subject_id else "—"
    return t.label(
        text_id,
        about=record.details.get("title") or entry.subject or named,
        role=record.details.get("role", ""),
        review="yes" if record.details.get("drafts_only") else "no",
        place=record.details.get("code") or t.label("roles-whole-union"),
    )


def _further(t: Translator, entries: Sequence[Entry]) -> list[list[Tap]]:
    if len(entries) <= PAGE:
        return []
    return [[Tap(t.label("audit-earlier"), Earlier(before=entries[PAGE - 1].record.id))]]
