"""The union's channels: whose voice each is, as those who publish news see it."""

from aiogram.filters.callback_data import CallbackData

from keyboards import posts_choices
from keyboards.posts_parts import teaser
from keyboards.screen import Button, Page, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.channel import Channel
from models.organisation import Organisation
from services import channels, organisations
from services.access import Can
from services.channels import Described
from services.errors import Refusal
from services.paging import Paged


class Browse(CallbackData, prefix="ch.browse"):
    page: int


class Open(CallbackData, prefix="ch.open"):
    channel_id: int


class Choose(CallbackData, prefix="ch.choose"):
    channel_id: int
    page: int


class Confirm(CallbackData, prefix="ch.confirm"):
    channel_id: int
    organisation_id: int


class Disconnect(CallbackData, prefix="ch.off"):
    channel_id: int


def overview(t: Translator, found: Paged[tuple[Channel, Organisation | None]]) -> Screen:
    rows = [[_row(t, *one)] for one in found.items]
    page = Page(rows, found.page, found.last, lambda number: Browse(page=number))
    text = t("channels-overview" if found.total else "channels-none")
    return Screen(text, buttons=page.buttons())


def card(t: Translator, found: Described) -> Screen:
    """Of a channel that speaks for somebody."""
    channel = found.channel
    news: list[list[Button]] = [
        [Tap(teaser(one, 48) or t.label("news-untitled"), posts_choices.Open(post_id=one.id))]
        for one in found.posts
    ]
    buttons: list[list[Button]] = [
        *news,
        [
            Tap(t.label("channels-choose"), Choose(channel_id=channel.id, page=0)),
            Tap(t.label("channels-disconnect"), Disconnect(channel_id=channel.id)),
        ],
        [_to_list(t)],
    ]
    text = t("channels-card", **_facts(found), news="yes" if news else "no")
    return Screen(text, buttons=buttons, place=channels.place_of(channel.id))


def choice(t: Translator, found: Described, offered: Paged[Organisation]) -> Screen:
    """One tap says whose voice it is."""
    number = found.channel.id
    rows = [
        [Tap(one.name, Confirm(channel_id=number, organisation_id=one.id))]
        for one in offered.items
    ]
    page = Page(rows, offered.page, offered.last, lambda n: Choose(channel_id=number, page=n))
    back = (
        Tap(t.label("channels-keep"), Open(channel_id=number))
        if found.organisation
        else _to_list(t)
    )
    text = t("channels-choice", **_facts(found))
    return Screen(text, buttons=[*page.buttons(), [back]], place=channels.place_of(number))


@notice(channels.CARD)
async def card_notice(session: Session, to: Reader, channel_id: int) -> Screen | None:
    try:
        found = await channels.get_for(session, to.actor, channel_id, now=to.now)
    except Refusal as refusal:
        return await _without_right(session, to, channel_id, refusal)
    if found.organisation is not None:
        return card(to.t, found)
    offered = await organisations.list_open_to(session, to.actor, Can.PUBLISH)
    return choice(to.t, found, offered)


@notice(channels.CLAIMED)
async def claimed(
    session: Session, to: Reader, channel_id: int, organisation_id: int
) -> Screen | None:
    found = await channels.find_claimed(session, channel_id, organisation_id, now=to.now)
    if found is None:
        return None
    channel, place = found
    return Screen(to.t("channels-claimed", title=channel.title, place=place.name))


async def _without_right(
    session: Session, to: Reader, channel_id: int, refusal: Refusal
) -> Screen | None:
    """A card that is already there says what has become of it; else whom to ask."""
    if to.shown:
        return Screen(to.t(refusal.text_id, **refusal.values))
    channel = await channels.find_unclaimed(session, channel_id, now=to.now)
    return Screen(to.t("channels-thanks", title=channel.title)) if channel else None


def _facts(found: Described) -> dict[str, str]:
    username = found.channel.username
    return {
        "title": found.channel.title,
        "known": f"@{username}" if username else "none",
        "place": found.organisation.name if found.organisation else "none",
    }


def _row(t: Translator, channel: Channel, place: Organisation | None) -> Tap:
    label = t.label("channels-row", title=channel.title, place=place.name if place else "none")
    return Tap(label, Open(channel_id=channel.id))


def _to_list(t: Translator) -> Tap:
    return Tap(t.label("channels-to-list"), Browse(page=0))
