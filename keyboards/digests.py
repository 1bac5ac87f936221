"""The digest: one message with a button for each piece of news."""

from datetime import datetime

from keyboards import preferences
from keyboards.news import Back, Open
from keyboards.posts_parts import first_line
from keyboards.screen import Screen, Tap, alike
from locales import Translator
from models.base import Session
from services.digests_items import Digest, Item, compose
from services.house import House
from services.slots import NOTICE


@alike(NOTICE, compose)
async def digest(
    session: Session, t: Translator, house: House, found: Digest, *, now: datetime
) -> Screen:
    rows = [[Tap(_title(t, one, 48), Open(post_id=one.post_id))] for one in found.items]
    if found.more:
        label = t.label("digests-more", count=found.more)
        rows.append([Tap(label, Back())])
    buttons = [*rows, [preferences.open_tap(t)]]
    return Screen(_words(t, found), buttons=buttons, tells=[one.post_id for one in found.items])


def _words(t: Translator, found: Digest) -> str:
    lines = [t("digests-line", title=_title(t, one, 120)) for one in found.items]
    head = t("digests-head", count=len(lines) + found.more)
    return "\n".join([head, "", *lines, "", t("digests-tail")])


def _title(t: Translator, item: Item, size: int) -> str:
    return first_line(item.plain, size) or t.label("news-untitled")
