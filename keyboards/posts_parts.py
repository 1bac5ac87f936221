"""A post as its readers get it: one message, or an album with the words below it."""

import re
from dataclasses import replace

from keyboards.screen import Button, Media, Screen, shorten
from locales import Translator
from models.post import Post
from services import mailings
from services.posts_content import FULL

TEASER = 60
WORD = re.compile(r"\S+")


def parts(t: Translator, post: Post, place: str = "", head: str = "") -> list[Screen]:
    """The last one has the words, and takes the buttons. `place`: whose news it is.

    `head`: what it tells of, before the words.
    """
    media = [Media(one["kind"], one["file_id"]) for one in post.media]
    whose = t("posts-whose", place=place) if place and len(post.plain) < FULL else ""
    words = "\n\n".join(part for part in (head, post.html, whose) if part)
    if mailings.has_lead(post):
        return [Screen("", media=media), Screen(words or t("posts-album"), links=True)]
    return [Screen(words, media=media, links=True)]


def main(
    t: Translator, post: Post, buttons: list[list[Button]], place: str = "", head: str = ""
) -> Screen:
    return replace(parts(t, post, place, head)[-1], buttons=buttons)


def teaser(post: Post, size: int = TEASER) -> str:
    return first_line(post.title or post.plain, size)


def beginning(plain: str, size: int) -> str:
    """At most half of the words, and so much of them: never the whole."""
    ends = [word.end() for word in WORD.finditer(plain)]
    half = ends[len(ends) // 2 - 1] if len(ends) > 1 else len(plain) // 2
    return plain[: min(size, half)].rstrip(" \n,.;:—-") + "…" if plain else ""


def first_line(plain: str, size: int) -> str:
    first = next((line for line in plain.splitlines() if line.strip()), "")
    return shorten(" ".join(first.split()), size)


def beside(post: Post, screen: Screen) -> Screen:
    """The card of what is out is redrawn by itself, and must not be what somebody is reading."""
    return screen.apart() if post.published_at else screen
