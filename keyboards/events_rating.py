"""«Оцените»: asked once of those who came; the stars stay under the thanks."""

from aiogram.filters.callback_data import CallbackData

from keyboards.screen import Button, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.event import Rating
from services import events_rating
from services.events import Known


class Rate(CallbackData, prefix="ev.rate"):
    event_id: int
    stars: int


class Comment(CallbackData, prefix="ev.comment"):
    event_id: int


class Keep(CallbackData, prefix="ev.keeprating"):
    """Back from the question for words."""

    event_id: int


def rated(t: Translator, known: Known, rating: Rating) -> Screen:
    number = known.event.id
    text = t(
        "events-rating-thanks",
        title=known.event.title,
        stars=rating.stars,
        words=rating.words or "none",
    )
    label = "events-rating-reword" if rating.words else "events-rating-comment"
    comment: list[Button] = [Tap(t.label(label), Comment(event_id=number))]
    return Screen(text, buttons=[_stars(t, number, rating.stars), comment])


def ask_words(t: Translator, event_id: int) -> Screen:
    keep: list[Button] = [Tap(t.label("events-rating-keep"), Keep(event_id=event_id))]
    return Screen(t("events-rating-ask-words"), buttons=[keep])


@notice("events-rate")
async def ask(session: Session, to: Reader, event_id: int) -> Screen | None:
    found = await events_rating.find(session, to.actor, event_id, now=to.now)
    if found is None or found[1] is not None:
        return None
    text = to.t("events-rating-ask", title=found[0].event.title)
    return Screen(text, buttons=[_stars(to.t, event_id, None)])


def _stars(t: Translator, event_id: int, chosen: int | None) -> list[Button]:
    return [
        Tap(
            t.label("events-rating-star", count=count, chosen="yes" if count == chosen else "no"),
            Rate(event_id=event_id, stars=count),
        )
        for count in range(1, events_rating.MOST + 1)
    ]
