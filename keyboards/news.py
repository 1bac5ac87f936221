"""News as members read it."""

from dataclasses import replace
from enum import StrEnum
from urllib.parse import quote, urlencode

from aiogram.filters.callback_data import CallbackData

from keyboards import events_news, menu
from keyboards.posts_parts import beginning, main, parts, teaser
from keyboards.screen import Button, Link, Page, Screen, Tap, shorten
from locales import Translator
from models.event import Event
from models.organisation import Organisation
from models.post import Post
from services.deliveries import CAPTIONED, OPENED, OPENED_LEAD, Opened
from services.house import House
from services.news import Item
from services.paging import Paged

TEASED = 300  # signs of a post that a guest may read


class Feed(CallbackData, prefix="nw.feed"):
    page: int
    relevant: bool


class Found(CallbackData, prefix="nw.found"):
    page: int


class Back(CallbackData, prefix="nw.back"):
    """To the feed, and the piece of news stays where it is."""


class Order(StrEnum):
    NEWEST = "n"
    RELEVANT = "r"
    FOUND = "f"  # by the words last searched for


class Return(CallbackData, prefix="nw.return"):
    """To the list it was opened from, as that was; the piece of news stays where it is."""

    order: Order
    page: int


class Read(CallbackData, prefix="nw.read"):
    """Opens it from a list."""

    post_id: int
    order: Order
    page: int


class Say(CallbackData, prefix="nw.say"):
    """What is thought of it where it was opened from a list."""

    post_id: int
    useful: bool
    order: Order
    page: int


class Search(CallbackData, prefix="nw.search"):
    pass


class Open(CallbackData, prefix="nw.open"):
    post_id: int


class Rate(CallbackData, prefix="nw.rate"):
    post_id: int
    useful: bool


def feed(
    t: Translator, found: Paged[tuple[Post, Organisation, bool]], *, relevant: bool
) -> Screen:
    way = Return(order=Order.RELEVANT if relevant else Order.NEWEST, page=found.page)
    page = Page(
        [[_row(t, way, *one)] for one in found.items],
        found.page,
        found.last,
        lambda number: Feed(page=number, relevant=relevant),
    )
    turn = Tap(
        t.label("news-newest" if relevant else "news-relevant"),
        Feed(page=0, relevant=not relevant),
    )
    settings = [Tap(t.label("preferences-title"), menu.Settings())]
    search = Tap(t.label("news-search"), Search())
    controls = [[turn, search], settings] if found.total else [settings]
    text = t("news-feed", total=found.total, order="relevant" if relevant else "newest")
    return Screen(text if found.total else t("news-none"), buttons=[*page.buttons(), *controls])


def found_by_words(
    t: Translator, found: Paged[tuple[Post, Organisation, bool]], words: str
) -> Screen:
    way = Return(order=Order.FOUND, page=found.page)
    page = Page(
        [[_row(t, way, *one)] for one in found.items],
        found.page,
        found.last,
        lambda number: Found(page=number),
    )
    text = t("news-found" if found.total else "news-not-found", total=found.total, words=words)
    return Screen(text, buttons=[*page.buttons(), [_back(t)]])


def ask_words(t: Translator) -> Screen:
    return Screen(t("news-ask-words"), buttons=[[_back(t)]])


def item(t: Translator, house: House, found: Item, way: Return | None = None) -> list[Screen]:
    """Whole, as it was posted. `way`: to the list it was opened from."""
    buttons = reader_buttons(t, house, found.post, found.useful, found.event, way)
    shown = parts(t, found.post, found.organisation.name, events_news.head(t, found.event))
    *lead, words = [one.apart() for one in shown]
    before = [replace(one, opens=Opened(found.post.id, OPENED_LEAD)) for one in lead]
    opens = Opened(found.post.id, CAPTIONED if words.media else OPENED)
    return [*before, replace(words, buttons=buttons, opens=opens)]


def rated(t: Translator, house: House, found: Item, way: Return | None = None) -> Screen:
    """The message that was tapped, with what was said of it."""
    buttons = reader_buttons(t, house, found.post, found.useful, found.event, way)
    head = events_news.head(t, found.event)
    words = main(t, found.post, buttons, found.organisation.name, head)
    shown = replace(words, media=())
    return shown.says(t.label("news-thanks" if found.useful is not None else "news-taken-back"))


def reader_buttons(
    t: Translator,
    house: House,
    post: Post,
    useful: bool | None,
    event: Event | None,
    way: Return | None = None,
) -> list[list[Button]]:
    opinions: list[Button] = [
        Tap(_chosen(t, "news-useful", useful is True), _opinion(post, True, way)),
        Tap(_chosen(t, "news-useless", useful is False), _opinion(post, False, way)),
    ]
    ways: list[Button] = [Link(t.label("news-share"), _share(t, house, post)), _back(t, way)]
    return [*events_news.buttons(t, event), opinions, ways]


def teased(t: Translator, post: Post, place: str, standing: str) -> Screen:
    """What somebody sees who was sent the link, and whom it is not for, or not yet.

    `standing`: guest, pending or returned, as their application is; elsewhere: a member.
    """
    whole = "\n\n".join(part for part in (post.title, post.plain) if part)
    text = beginning(whole, TEASED) or t.label("news-untitled")
    way = {
        "guest": Tap(t.label("menu-join"), menu.Join()),
        "elsewhere": _back(t),
    }.get(standing, Tap(t.label("menu-application"), menu.Join()))
    said = t("news-teased", text=text, standing=standing, place=place)
    return Screen(said, buttons=[[way]])


def outgrown(t: Translator, post: Post) -> Screen:
    """Under a picture its words have no room any more."""
    again = Tap(t.label("news-whole"), Open(post_id=post.id))
    return Screen(t("news-outgrown", text=shorten(post.plain, TEASED)), buttons=[[again]])


def withdrawn(t: Translator) -> Screen:
    return Screen(t("news-withdrawn"), buttons=[[_back(t)]])


def gone(t: Translator) -> Screen:
    return Screen(t("news-gone"), buttons=[[_back(t)]])


def _row(
    t: Translator, way: Return, post: Post, organisation: Organisation, was_read: bool
) -> Tap:
    label = t.label(
        "news-row",
        read="yes" if was_read else "no",
        teaser=teaser(post, 48) or t.label("news-untitled"),
    )
    return Tap(label, Read(post_id=post.id, order=way.order, page=way.page))


def _opinion(post: Post, useful: bool, way: Return | None) -> CallbackData:
    if way is None:
        return Rate(post_id=post.id, useful=useful)
    return Say(post_id=post.id, useful=useful, order=way.order, page=way.page)


def _chosen(t: Translator, label: str, chosen: bool) -> str:
    return t.label("posts-ticked", title=t.label(label)) if chosen else t.label(label)


def _share(t: Translator, house: House, post: Post) -> str:
    shared = {"url": house.link(house.seal.pointer(post.id, "n")), "text": teaser(post)}
    return f"https://t.me/share/url?{urlencode(shared, quote_via=quote)}"


def _back(t: Translator, way: Return | None = None) -> Tap:
    return Tap(t.label("news-to-feed"), way or Back())
