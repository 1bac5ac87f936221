"""The membership card and the invitation poster: words and a link in, a PNG out."""

import math
from collections.abc import Callable, Sequence

from keyboards.canvas import BOLD, DEEP, MEDIUM, PALE, REGULAR, WHITE, Box, Canvas, Palette, Style

BLUE = (31, 95, 175)
GOLD = (217, 165, 33)
LIVE = Palette(DEEP, BLUE, GOLD, PALE)
VOID = Palette((62, 70, 82), (108, 118, 131), (176, 184, 194), (222, 226, 231))


def membership_card(
    *,
    title: str,
    name: str,
    organisation: str,
    rows: Sequence[tuple[str, str]],
    slogan: str,
    link: str,
    valid: bool = True,
) -> bytes:
    """1012 by 638 points, as a bank card at 300 dpi; one that is not valid is drawn in grey."""
    palette = LIVE if valid else VOID
    canvas = Canvas(1012, 638)
    canvas.gradient(Box(0, 0, 1012, 638), palette)
    canvas.current(Box(300, 472, 1012, 638), palette)
    canvas.bolt(Box(56, 42, 84, 86), palette.accent)
    canvas.words(title, Box(100, 47, 956, 83), Style(BOLD, 27, 14, WHITE))
    canvas.plate(Box(56, 106, 956, 109), 1.5, palette.accent)
    below = canvas.words(_surname_first(name), Box(56, 136, 584, 286), Style(BOLD, 44, 22, WHITE))
    place = Box(56, below + 12, 584, below + 96)
    canvas.words(organisation, place, Style(MEDIUM, 23, 14, palette.label))
    _rows(canvas, rows, Box(56, 404, 584, 540), palette)
    canvas.words(slogan, Box(56, 572, 956, 600), Style(MEDIUM, 20, 12, palette.label))
    panel = Box(616, 136, 956, 476)
    canvas.plate(panel, 22, WHITE)
    canvas.code(link, panel)
    return canvas.png()


def _surname_first(name: str) -> str:
    """The surname, with its «фон» or «де», has a line of its own."""
    words = name.split()
    particles = next((i for i, word in enumerate(words) if not word.islower()), 0)
    return " ".join(words[: particles + 1]) + "\n" + " ".join(words[particles + 1 :])


def _rows(canvas: Canvas, rows: Sequence[tuple[str, str]], box: Box, palette: Palette) -> None:
    """Two columns of a label above its value, standing on the bottom of the box."""
    lines = max(1, math.ceil(len(rows) / 2))
    height, width = min(68, box.height / lines), box.width / 2
    for number, (label, value) in enumerate(rows):
        top = box.bottom - (lines - number // 2) * height
        left = box.left + number % 2 * width
        cell = Box(left, top, left + width - 16, top + height * 0.35)
        below = canvas.words(label, cell, Style(REGULAR, int(height * 0.25), 8, palette.label))
        cell = cell._replace(top=below + 1, bottom=top + height * 0.95)
        canvas.words(value, cell, Style(MEDIUM, int(height * 0.36), 8, WHITE))


def invitation(*, title: str, organisation: str, code: str, hint: str, link: str) -> bytes:
    """A sheet of A4 at 200 dpi: mostly white, to spare the printer."""
    canvas = Canvas(827, 1169)
    canvas.gradient(Box(0, 0, 827, 360), LIVE)
    canvas.current(Box(0, 252, 827, 352), LIVE)
    canvas.plate(Box(0, 360, 827, 366), 0, GOLD)
    canvas.bolt(Box(392, 54, 435, 122), GOLD)
    below = canvas.words(title, Box(64, 150, 763, 262), Style(BOLD, 46, 22, WHITE, True))
    place = Box(64, below + 8, 763, below + 84)
    canvas.words(organisation, place, Style(MEDIUM, 25, 14, PALE, True))
    canvas.code(link, Box(137, 366, 690, 919))
    canvas.words(hint, Box(96, 914, 731, 990), Style(REGULAR, 23, 13, DEEP, True))
    canvas.plate(Box(193, 1008, 634, 1104), 24, PALE)
    canvas.words(code, Box(213, 1024, 614, 1096), Style(BOLD, 54, 16, DEEP, True))
    return canvas.png()


DRAWINGS: dict[str, Callable[..., bytes]] = {
    "membership_card": membership_card,
    "invitation": invitation,
}
