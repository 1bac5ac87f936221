"""What an organiser picks for an event: who sees it, how it is announced, by whose clock."""

from keyboards import posts_choices
from keyboards.events import Manage
from keyboards.events_making import Announce, Clock, Offices, Rehome, SetClock, SetHerald
from keyboards.profile import pairs
from keyboards.screen import Button, Page, Screen, Tap
from locales import Translator
from models.event import Event
from models.organisation import Organisation
from services.events_desk import Desk
from services.events_making import Herald
from services.paging import Paged
from services.profile import ZONES


def spread(t: Translator, event: Event) -> Screen:
    number, post = event.id, event.post_id
    taps: list[Button] = [
        Tap(t.label("events-whom"), posts_choices.Whom(post_id=post)),
        Tap(t.label("events-targets"), posts_choices.Targets(post_id=post, page=0)),
        Tap(t.label("posts-rubrics"), posts_choices.Rubrics(post_id=post)),
        Tap(t.label("events-herald"), Announce(event_id=number)),
        Tap(t.label("events-whose"), Offices(event_id=number, page=0)),
        Tap(t.label("events-clock-of"), Clock(event_id=number)),
    ]
    return Screen(t("events-ask-spread"), buttons=[*pairs(taps), _ready(t, number)])


def ask_herald(t: Translator, desk: Desk) -> Screen:
    number = desk.event.id
    rows: list[list[Button]] = [
        [
            Tap(
                _ticked(t, f"events-herald-{one}", one is desk.herald),
                SetHerald(event_id=number, how=one),
            )
        ]
        for one in Herald
    ]
    if desk.channels and desk.event.announced:
        channels = posts_choices.Channels(post_id=desk.known.post.id)
        rows.append([Tap(t.label("posts-channels"), channels)])
    return Screen(t("events-ask-herald"), buttons=[*rows, _ready(t, number)])


def ask_whose(t: Translator, event: Event, found: Paged[Organisation]) -> Screen:
    rows = [
        [Tap(one.name, Rehome(event_id=event.id, organisation_id=one.id))] for one in found.items
    ]
    page = Page(rows, found.page, found.last, lambda n: Offices(event_id=event.id, page=n))
    return Screen(t("events-ask-whose"), buttons=[*page.buttons(), _ready(t, event.id)])


def ask_clock(t: Translator, event: Event) -> Screen:
    zones = ZONES if event.zone in ZONES else (event.zone, *ZONES)
    taps = [
        Tap(
            t.label("posts-ticked", title=t.city(one)) if one == event.zone else t.city(one),
            SetClock(event_id=event.id, zone=one),
        )
        for one in zones
    ]
    return Screen(t("events-ask-clock"), buttons=[*pairs(taps), _ready(t, event.id)])


def _ready(t: Translator, number: int) -> list[Button]:
    return [Tap(t.label("posts-ready"), Manage(event_id=number))]


def _ticked(t: Translator, text_id: str, on: bool) -> str:
    return t.label("posts-ticked", title=t.label(text_id)) if on else t.label(text_id)
