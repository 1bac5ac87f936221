"""A post as its readers get it: one message, or an album with the words below it."""

from dataclasses import replace

from keyboards.screen import Button, Media, Screen, shorten
from locales import Translator
from models.post import Post
from services import mailings
from services.posts_content import FULL

TEASER = 60


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


def first_line(plain: str, size: int) -> str:
    first = next((line for line in plain.splitlines() if line.strip()), "")
    return shorten(" ".join(first.split()), size)


def beside(post: Post, screen: Screen) -> Screen:
    """The card of what is out is redrawn by itself, and must not be what somebody is reading."""
    return screen.apart() if post.published_at else screen
