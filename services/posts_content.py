"""The words and files of a post, or of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.event import Report
from models.post import Post
from services.errors import Refusal
from services.stems import key_of

MOST_MEDIA = 10
FULL = 4096 - 250  # signs after which there is no room to say whose it is, or what it tells of


class Full(Refusal):
    text_id = "posts-full"


@dataclass(frozen=True)
class Content:
    """What was sent, as it is sent on. `album`: further parts of it carry the same name.

    `at`: the message it came in.
    """

    html: str
    plain: str
    media: Sequence[dict[str, Any]] = ()
    album: str | None = None
    at: int | None = None


def fill(post: Post | Report, content: Content) -> None:
    """With what was sent, or with one more part of its album."""
    if content.album is None or content.album != post.album:
        post.media, post.album = list(content.media), content.album
        word(post, content)
        return
    if len(post.media) >= MOST_MEDIA:
        raise Full(limit=MOST_MEDIA)
    post.media = sorted([*post.media, *content.media], key=lambda one: one["at"])
    if content.plain:
        word(post, content)


def word(post: Post | Report, content: Content) -> None:
    post.html, post.plain = content.html, content.plain
    if isinstance(post, Post):
        index(post)


def index(post: Post) -> None:
    """It is found by all its words."""
    post.search_key = key_of(f"{post.title or ''} {post.plain}")


def change(post: Post, message_id: int, content: Content) -> bool:
    """One of its messages was edited; whether it reads or looks otherwise now."""
    before = (post.html, post.plain, post.media)
    spoke = any(one["at"] == message_id and one.get("speaks") for one in post.media)
    if content.album is None or content.plain or spoke:
        word(post, content)
    kept = [one for one in post.media if content.album and one["at"] != message_id]
    post.media = sorted([*kept, *content.media], key=lambda one: one["at"])
    return before != (post.html, post.plain, post.media)
