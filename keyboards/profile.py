"""A member's own page: what is known about them, with a way to change each of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards import interests, joining, menu
from keyboards.screen import AskContact, Button, Screen, Tap
from locales import Translator
from models.member import Member
from models.person import Person
from services.access import Actor, Can
from services.hours import ROUND_THE_CLOCK
from services.parsing import name_key
from services.profile import USUAL_HOURS, ZONES, Profile
from services.profile_cities import CITIES


class Item(StrEnum):
    NAME = "name"
    PHONE = "phone"
    LANGUAGE = "language"
    ZONE = "zone"
    HOURS = "hours"


class Open(CallbackData, prefix="pr.open"):
    pass


class Change(CallbackData, prefix="pr.change"):
    item: Item


class Adjust(CallbackData, prefix="pr.adjust"):
    """The same from the settings, and back to them."""

    item: Item


class SetZone(CallbackData, prefix="pr.zone"):
    zone: str | None = None  # the organisation's


class SetHours(CallbackData, prefix="pr.hours"):
    start: int
    end: int


class Leave(CallbackData, prefix="pr.leave"):
    said: int  # how often already


LEAVING = ("profile-leave-first", "profile-leave-second")


def profile(t: Translator, found: Profile, done: str | None = None) -> Screen:
    """`done`: the text that tells what was just changed."""
    person, member = found.person, found.member
    text = t(
        "profile-screen",
        name=member.name,
        number=member.number,
        place=found.organisation.name,
        since=t.day(found.organisation.day_of(member.joined_at)),
        phone=t.phone(member.phone),
        verified="yes" if member.phone_verified else "no",
        interests=", ".join(found.interests) or t.label("profile-no-interests"),
        language=t.label(f"language-{t.language}"),
        zone=t.city(t.zone.key),
        own="yes" if person.timezone else "no",
        hours=hours_of(t, person),
    )
    lead = t(done) + "\n\n" if done else ""
    return Screen(lead + text, buttons=_changes(t))


def or_arrange(t: Translator, actor: Actor, closed: Sequence[Screen]) -> list[Screen]:
    """Admins need not be members, and keep the list of interests all the same."""
    if not actor.may(Can.ARRANGE):
        return [*closed]
    return [replace(closed[0], buttons=[[interests.arrange_tap(t)]]), *closed[1:]]


def question(t: Translator, found: Profile, item: Item, now: datetime) -> Screen:
    match item:
        case Item.NAME:
            return Screen(t("profile-ask-name", name=found.member.name), buttons=[_back(t)])
        case Item.PHONE:
            return _ask_phone(t, found.member)
        case Item.LANGUAGE:
            languages = menu.language(t)
            return replace(languages, buttons=[*languages.buttons, _back(t)])
        case Item.ZONE:
            return _ask_zone(t, found, now)
        case Item.HOURS:
            return _ask_hours(t, found)


def to_settings(t: Translator, asked: Screen) -> Screen:
    """The same question, and its way back to where it was asked from."""
    back: list[Button] = [Tap(t.label("profile-back"), menu.Settings())]
    return replace(asked, buttons=[*asked.buttons[:-1], back]) if asked.buttons else asked


def phone_kept(t: Translator, member: Member) -> Screen:
    return Screen(joining.phone_words(t, member.phone, verified=member.phone_verified))


def phone_unchanged(t: Translator) -> Screen:
    return Screen(t("profile-phone-unchanged"))


def leave_sure(t: Translator, said: int) -> Screen:
    said = max(said, 0)  # what a button carries can be forged
    stay = [Tap(t.label("profile-stay"), Open())]
    go = [Tap(t.label(f"{LEAVING[said]}-yes"), Leave(said=said + 1))]
    return Screen(t(LEAVING[said]), buttons=[stay, go])


def left(t: Translator, member: Member) -> Screen:
    return Screen(t("profile-left", name=menu.given_name(member.name)))


def _changes(t: Translator) -> list[list[Button]]:
    name, phone, language, zone, hours = (
        Tap(t.label(f"profile-item-{item}"), Change(item=item)) for item in Item
    )
    followed = Tap(t.label("profile-item-interests"), interests.List())
    leave = Tap(t.label("profile-leave"), Leave(said=0))
    settings = Tap(t.label("preferences-title"), menu.Settings())
    return [[name, phone], [followed, language], [zone, hours], [settings], [leave]]


def reach_taps(t: Translator) -> list[Button]:
    """When, and by which clock, a member is written to."""
    return [
        Tap(t.label(f"profile-item-{item}"), Adjust(item=item)) for item in (Item.HOURS, Item.ZONE)
    ]


def _ask_phone(t: Translator, member: Member) -> Screen:
    share = AskContact(t.label("joining-share-contact"))
    verified = "yes" if member.phone_verified else "no"
    text = t("profile-ask-phone", phone=t.phone(member.phone), verified=verified)
    return Screen(text, keys=[[share], [t.label("joining-back")]])


def _ask_zone(t: Translator, found: Profile, now: datetime) -> Screen:
    chosen = found.person.timezone
    taps: list[Button] = [
        Tap(_marked(t, _clock(t, zone, now), zone == chosen), SetZone(zone=zone)) for zone in ZONES
    ]
    like_home = Tap(_marked(t, t.label("profile-zone-home"), chosen is None), SetZone())
    home = found.organisation.timezone
    text = t("profile-ask-zone", clock=_clock(t, home, now))
    return Screen(text, buttons=[[like_home], *pairs(taps), _back(t)])


def find_zone(t: Translator, words: str) -> str | None:
    """By a city's name, or how one or a word in it begins: «камчатка» is the one Kamchatka."""
    asked = name_key(words).removeprefix("г ").removeprefix("город ")
    cities = [(city, zone) for zone in ZONES for city in _cities(t, zone)]
    for city, zone in cities:
        if city == asked:
            return zone
    begun = f" {asked[:6]}"
    found = {zone for city, zone in cities if begun in f" {city}"} if len(begun) > 4 else set()
    return found.pop() if len(found) == 1 else None


def _cities(t: Translator, zone: str) -> tuple[str, ...]:
    return (name_key(t.city(zone)), *CITIES.get(zone, ()))


def zone_unknown(t: Translator) -> Screen:
    return Screen(t("profile-zone-unknown"))


def _ask_hours(t: Translator, found: Profile) -> Screen:
    now = (found.person.notify_from, found.person.notify_to)
    taps: list[Button] = [
        Tap(_marked(t, _hours(t, *usual), usual == now), SetHours(start=usual[0], end=usual[1]))
        for usual in USUAL_HOURS
    ]
    *spans, always = taps
    return Screen(t("profile-ask-hours"), buttons=[spans, [always], _back(t)])


def hours_of(t: Translator, person: Person) -> str:
    return _hours(t, person.notify_from, person.notify_to)


def _hours(t: Translator, start: int, end: int) -> str:
    if (start, end) == ROUND_THE_CLOCK:
        return t.label("profile-hours-always")
    return t.label("profile-hours-span", start=start, end=end)


def _clock(t: Translator, zone: str, now: datetime) -> str:
    local = now.astimezone(ZoneInfo(zone))
    return t.label("profile-zone-clock", city=t.city(zone), time=f"{local:%H:%M}")


def _marked(t: Translator, label: str, chosen: bool) -> str:
    return t.label("profile-chosen", label=label) if chosen else label


def pairs(taps: Sequence[Button]) -> list[Sequence[Button]]:
    return [taps[at : at + 2] for at in range(0, len(taps), 2)]


def _back(t: Translator) -> list[Button]:
    return [Tap(t.label("profile-back"), Open())]
