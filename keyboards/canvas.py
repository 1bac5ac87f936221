"""Words, shapes and QR codes on a picture. One point of a layout is two pixels."""

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from services.parsing import clean

SCALE = 2
SMOOTH = 2  # shapes are drawn this much larger still and reduced, for soft edges
FINE = SCALE * SMOOTH
FONTS = Path(__file__).parent / "fonts"
QUIET_ZONE = 4  # white modules around a QR, as its standard asks
NEUTRAL_SIGN = "•"
LONGEST = 400  # characters: more than any place here holds
REGULAR, MEDIUM, BOLD = "400Regular", "500Medium", "700Bold"

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
DEEP: Colour = (18, 53, 107)
PALE: Colour = (207, 227, 247)

BOLT = ((0.66, 0), (0.04, 0.57), (0.43, 0.57), (0.3, 1), (0.96, 0.38), (0.55, 0.38))


class Palette(NamedTuple):
    dark: Colour
    bright: Colour
    accent: Colour
    label: Colour


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def corner(self) -> tuple[int, int]:
        """In pixels."""
        return round(self.left * SCALE), round(self.top * SCALE)


class Style(NamedTuple):
    weight: str
    size: int
    smallest: int
    colour: Colour
    centred: bool = False


class Setting(NamedTuple):
    font: ImageFont.FreeTypeFont
    lines: list[str]
    step: float  # points from line to line

    def fits(self, box: Box) -> bool:
        widest = max(map(self.font.getlength, self.lines), default=0)
        return widest <= box.width * SCALE and len(self.lines) * self.step <= box.height


@cache
def font(weight: str, pixels: int) -> ImageFont.FreeTypeFont:
    path = FONTS / f"GolosText_{weight}.ttf"
    return ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _shape(char: str) -> tuple[tuple[int, int], bytes]:
    mask = font(REGULAR, 24).getmask(char)
    return mask.size, bytes(mask)


def legible(text: str) -> str:
    """What the font cannot draw becomes one neutral sign, not a row of empty boxes."""
    unknown = _shape("\uffff")
    signs = clean(text[:LONGEST])
    drawn = (c if c == "\n" or _shape(c) != unknown else NEUTRAL_SIGN for c in signs)
    return re.sub(f"{NEUTRAL_SIGN}+", NEUTRAL_SIGN, re.sub(" +", " ", "".join(drawn)))


def _wrapped(pieces: Iterable[str], face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if piece == "\n" or face.getlength(lines[-1] + piece) > width:
            lines.append(piece.strip())
        else:
            lines[-1] += piece
    return [kept for line in lines if (kept := line.strip())]


def fit(text: str, box: Box, style: Style) -> Setting:
    """The largest setting that fits; below the smallest size words break and the end is cut."""
    pieces = re.findall(r"\n| ?[^ \n-]*-?", legible(text))
    for size in range(style.size, style.smallest - 1, -1):
        setting = _set(pieces, box, style, size)
        if setting.fits(box):
            return setting._replace(lines=_companied(pieces, setting, box.width * SCALE))
    setting = _set("".join(pieces), box, style, style.smallest)
    room = max(1, int(box.height // setting.step))
    return setting._replace(lines=_cut(setting, room, box.width * SCALE))


def _set(pieces: Iterable[str], box: Box, style: Style, size: int) -> Setting:
    face = font(style.weight, size * SCALE)
    return Setting(face, _wrapped(pieces, face, box.width * SCALE), size * 1.18)


def _companied(pieces: list[str], setting: Setting, width: float) -> list[str]:
    """As many lines, but set narrower where the last would be one lonely short word."""
    tries = (_wrapped(pieces, setting.font, width * part / 20) for part in range(20, 13, -1))
    alike = (lines for lines in tries if len(lines) == len(setting.lines) > 1)
    good = (lines for lines in alike if setting.font.getlength(lines[-1]) > width * 0.3)
    return next(good, setting.lines)


def _cut(setting: Setting, room: int, width: float) -> list[str]:
    lines = setting.lines[:room]
    if len(setting.lines) > room:
        while setting.font.getlength(lines[-1] + "…") > width:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip() + "…"
    return lines


class Canvas:
    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), WHITE)

    def gradient(self, box: Box, palette: Palette) -> None:
        """Dark in the upper left corner, bright in the lower right one."""
        corners = Image.frombytes("L", (2, 2), bytes((0, 128, 128, 255)))
        size = round(box.width * SCALE), round(box.height * SCALE)
        between_centres = (0.5, 0.5, 1.5, 1.5)
        light = corners.resize(size, Image.Resampling.BILINEAR, between_centres)
        ground = Image.new("RGB", size, palette.dark)
        ground.paste(palette.bright, (0, 0), light)
        self.image.paste(ground, box.corner)

    @contextmanager
    def stencil(self, box: Box, colour: Colour, glow: float = 0) -> Iterator[ImageDraw.ImageDraw]:
        """With a glow the colour comes from nothing at the left to that strength at the right."""
        mask = Image.new("L", (round(box.width * FINE), round(box.height * FINE)))
        yield ImageDraw.Draw(mask)
        mask = mask.reduce(SMOOTH)
        if glow:
            dusk = Image.linear_gradient("L").rotate(90).point(lambda value: value * glow)
            mask = ImageChops.multiply(mask, dusk.resize(mask.size))
        self.image.paste(colour, box.corner, mask)

    def plate(self, box: Box, radius: float, colour: Colour) -> None:
        with self.stencil(box, colour) as pen:
            edge = (0, 0, box.width * FINE - 1, box.height * FINE - 1)
            pen.rounded_rectangle(edge, radius * FINE, fill=255)

    def bolt(self, box: Box, colour: Colour) -> None:
        with self.stencil(box, colour) as pen:
            pen.polygon([(x * box.width * FINE, y * box.height * FINE) for x, y in BOLT], fill=255)

    def current(self, box: Box, palette: Palette) -> None:
        """Three phases of one alternating current, each a third of a turn behind the other."""
        lines = (palette.label, 0.45), (palette.label, 0.45), (palette.accent, 0.9)
        for phase, (colour, glow) in enumerate(lines):
            with self.stencil(box, colour, glow) as pen:
                points = _sine(box, phase * math.tau / 3)
                pen.line(points, fill=255, width=2 * FINE, joint="curve")

    def words(self, text: str, box: Box, style: Style) -> float:
        """Draws from the top of the box and returns where the next words may begin."""
        setting = fit(text, box, style)
        pen = ImageDraw.Draw(self.image)
        left, anchor = (box.left + box.width / 2, "ma") if style.centred else (box.left, "la")
        for number, line in enumerate(setting.lines):
            at = (left * SCALE, (box.top + number * setting.step) * SCALE)
            pen.text(at, line, style.colour, setting.font, anchor)
        return box.top + len(setting.lines) * setting.step

    def code(self, link: str, box: Box) -> None:
        qr = QRCode(error_correction=ERROR_CORRECT_M)
        qr.add_data(link)
        qr.make()
        count = len(qr.modules)
        # A whole number of pixels to a module: uneven modules are what scanners stumble on.
        side = count * (round(box.width * SCALE) // (count + 2 * QUIET_ZONE))
        dark = bytes(255 * bool(cell) for row in qr.modules for cell in row)
        mask = Image.frombytes("L", (count, count), dark)
        mask = mask.resize((side, side), Image.Resampling.NEAREST)
        margin = (round(box.width * SCALE) - side) // 2
        left, top = box.corner
        self.image.paste(DEEP, (left + margin, top + margin), mask)

    def png(self) -> bytes:
        file = BytesIO()
        self.image.save(file, "PNG")
        return file.getvalue()


def _sine(box: Box, phase: float) -> list[tuple[float, float]]:
    """One wave that grows from left to right."""
    along = [step / 240 for step in range(241)]
    swing = [(0.12 + 0.34 * x) * math.sin(math.tau * 1.5 * x + phase) for x in along]
    width, height = box.width * FINE, box.height * FINE
    return [(x * width, (0.5 + y) * height) for x, y in zip(along, swing, strict=True)]
