"""«/settings»: a switch for each kind of message, and when the digest comes."""

from aiogram.filters.callback_data import CallbackData

from keyboards import events_calendar, profile
from keyboards.screen import Button, Screen, Tap
from locales import Translator
from models.subscription import Frequency
from services.hours import is_quiet
from services.preferences import Preferences
from services.preferences import Switch as Known


class Switch(CallbackData, prefix="pf.switch"):
    kind: str
    on: bool


class SwitchRubric(CallbackData, prefix="pf.rubric"):
    rubric_id: int
    on: bool


class Often(CallbackData, prefix="pf.often"):
    frequency: Frequency


class At(CallbackData, prefix="pf.at"):
    hour: int


class Beside(CallbackData, prefix="pf.beside"):
    """The settings, and what was tapped stays as it is."""


def settings(t: Translator, found: Preferences, done: str | None = None) -> Screen:
    """`done`: the text that tells what was just changed."""
    slot = found.slot
    text = t(
        "preferences-screen",
        frequency=slot.frequency,
        hour=_clock(slot.hour),
        waits=_waits(found),
        comes=_clock(found.person.notify_from),
        hours=profile.hours_of(t, found.person),
        zone=t.city(slot.zone),
        decides="yes" if found.decides else "no",
    )
    lead = t(done) + "\n\n" if done else ""
    switches: list[Button] = [_switch(t, one) for one in found.switches]
    often: list[Button] = [_often(t, one, one is slot.frequency) for one in Frequency]
    is_off = slot.frequency is Frequency.OFF
    return Screen(
        lead + text,
        buttons=[
            *profile.pairs(switches),
            *profile.pairs(often),
            *([] if is_off else [_hours(t, slot.hour)]),
            profile.reach_taps(t),
            [events_calendar.open_tap(t)],
        ],
    )


def _waits(found: Preferences) -> str:
    """When a digest comes whose hour is one of the quiet ones."""
    hour, begins = found.slot.hour, found.person.notify_from
    if found.slot.frequency is Frequency.OFF or not is_quiet(found.person, hour):
        return "no"
    return "today" if hour < begins else "tomorrow"


def open_tap(t: Translator) -> Tap:
    return Tap(t.label("preferences-title"), Beside())


def _switch(t: Translator, one: Known) -> Tap:
    title = one.rubric.title if one.rubric else t.label(f"preferences-kind-{one.kind}")
    label = t.label("preferences-switch", title=title, on="yes" if one.on else "no")
    if one.rubric:
        return Tap(label, SwitchRubric(rubric_id=one.rubric.id, on=not one.on))
    return Tap(label, Switch(kind=one.kind, on=not one.on))


def _often(t: Translator, frequency: Frequency, chosen: bool) -> Tap:
    label = t.label(f"preferences-often-{frequency}")
    shown = t.label("profile-chosen", label=label) if chosen else label
    return Tap(shown, Often(frequency=frequency))


def _hours(t: Translator, hour: int) -> list[Button]:
    earlier, later = (hour - 1) % 24, (hour + 1) % 24
    return [
        Tap(t.label("preferences-earlier", hour=_clock(earlier)), At(hour=earlier)),
        Tap(t.label("preferences-later", hour=_clock(later)), At(hour=later)),
    ]


def _clock(hour: int) -> str:
    return f"{hour}:00"
