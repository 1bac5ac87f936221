"""Places, live and still; contacts and dice."""

import math
import random

from sandbox import guesses
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.methods import Methods
from sandbox.methods_editing import editable, replace
from sandbox.refusals import bad
from sandbox.sending import deliver
from sandbox.wire import Wire, present

methods = Methods()

_FOREVER = 0x7FFFFFFF
_FACES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
_VENUE = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


@methods.add
def send_location(world: Crowd, ask: Ask) -> Wire:
    return deliver(world, ask, location_content(ask))


@methods.add
def send_venue(world: Crowd, ask: Ask) -> Wire:
    return deliver(world, ask, venue_content(ask))


@methods.add
def send_contact(world: Crowd, ask: Ask) -> Wire:
    return deliver(world, ask, contact_content(ask))


@methods.add
def edit_message_live_location(world: Crowd, ask: Ask) -> Wire | bool:
    location = _read_location(ask, live=True)
    chat, old = editable(world, ask)
    period = _running(world, old)
    period = ask.number("live_period") or period
    new = {"location": location | {"live_period": period}}
    return replace(world, ask, chat, old, ("location",), new)


@methods.add
def stop_message_live_location(world: Crowd, ask: Ask) -> Wire | bool:
    chat, old = editable(world, ask)
    _running(world, old)
    place = {key: old["location"][key] for key in ("latitude", "longitude")}
    return replace(world, ask, chat, old, ("location",), {"location": place})


@methods.add
def send_dice(world: Crowd, ask: Ask) -> Wire:
    emoji = ask.text("emoji") or "🎲"
    if emoji not in _FACES:
        raise bad(guesses.DICE_UNKNOWN)
    value = random.randint(1, _FACES[emoji])
    return deliver(world, ask, {"dice": {"emoji": emoji, "value": value}})


def location_content(ask: Ask) -> Wire:
    period = ask.number("live_period")
    location = _read_location(ask, live=bool(period))
    if period and period != _FOREVER and not 60 <= period <= 86_400:
        raise bad("wrong live location period specified")
    return {"location": location | present(live_period=period or None)}


def venue_content(ask: Ask) -> Wire:
    location = _read_location(ask, live=False)
    said = {name: ask.text(name) for name in ("title", "address")}
    venue = said | present(**{name: ask.text(name) for name in _VENUE})
    # Older programs look for a place: Telegram gives a venue in both fields.
    return {"venue": {"location": location, **venue}, "location": location}


def contact_content(ask: Ask) -> Wire:
    fields = {name: ask.text(name) for name in ("phone_number", "first_name")}
    optional = present(last_name=ask.text("last_name"), vcard=ask.text("vcard"))
    return {"contact": fields | optional}


def _read_location(ask: Ask, *, live: bool) -> Wire:
    latitude, longitude = (_degrees(ask, name) for name in ("latitude", "longitude"))
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise bad(f"invalid {'live ' if live else ''}location specified")
    heading, radius = ask.number("heading"), ask.number("proximity_alert_radius")
    if live and heading and not 1 <= heading <= 360:
        raise bad("wrong live location heading specified")
    if live and not 0 <= radius <= 100_000:
        raise bad("wrong live location proximity alert radius specified")
    aim = present(heading=heading or None, proximity_alert_radius=radius or None) if live else {}
    return {"latitude": latitude, "longitude": longitude} | aim


def _degrees(ask: Ask, name: str) -> float:
    if not ask.text(name):
        raise bad(f"{name} is empty")
    try:
        degrees = float(ask.text(name))
    except ValueError:
        degrees = 0.0
    return degrees if math.isfinite(degrees) else 1000.0


def _running(world: Crowd, message: Wire) -> int:
    """How long the place lives; what has come to its end cannot be moved any more."""
    period = int(message.get("location", {}).get("live_period", 0))
    if not period or (period != _FOREVER and world.clock() > message["date"] + period):
        raise bad("message can't be edited")
    return period
