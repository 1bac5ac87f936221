"""The digest: one message with a button for each piece of news."""

from datetime import datetime

from keyboards import preferences
from keyboards.news import Feed, Open
from keyboards.posts_parts import teaser
from keyboards.screen import Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.post import Post
from services import digests


@notice("digests-digest")
async def digest(session: Session, to: Reader, slot_id: int, since: str) -> Screen | None:
    start = datetime.fromisoformat(since)
    found = await digests.compose(session, to.actor, slot_id, start, now=to.now)
    if found is None:
        return None
    rows = [[Tap(_title(to.t, post, 48), Open(post_id=post.id))] for post in found.posts]
    if found.more:
        label = to.t.label("digests-more", count=found.more)
        rows.append([Tap(label, Feed(page=0, relevant=False))])
    return Screen(_words(to.t, found), buttons=[*rows, [preferences.open_tap(to.t)]])


def _words(t: Translator, found: digests.Digest) -> str:
    lines = [t("digests-line", title=_title(t, post, 120)) for post in found.posts]
    head = t("digests-head", count=len(lines) + found.more)
    return "\n".join([head, "", *lines, "", t("digests-tail")])


def _title(t: Translator, post: Post, size: int) -> str:
    return teaser(post, size) or t.label("news-untitled")
