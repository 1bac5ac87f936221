import subprocess
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from keyboards import canvas, pictures
from keyboards.canvas import Box, Style

CARD_LINK = "https://t.me/sila_v_kazhdom_bot?start=v_9f3a1c7be2d84c1c"
JOIN_LINK = "https://t.me/sila_v_kazhdom_bot?start=ABEKMHPC"
ROWS = (("Номер", "№ 000 123"), ("В профсоюзе с", "15 марта 2024"), ("Статус", "Действителен"))
LONG_NAME = "Константинопольская-Преображенская Александра Константиновна"
LONG_ORGANISATION = "Первичная профсоюзная организация «Магистральные электрические сети» " * 4
QR_PANEL = (1232, 272, 1912, 952)  # pixels
QR_WHITE = (1272, 312, 1872, 912)
SHEET = (0, 740, 1654, 1760)
NAME_PLACE = (112, 272, 1168, 572)
NAME_STYLE = Style(canvas.BOLD, 44, 22, canvas.WHITE)


@cache
def card(**changes: Any) -> bytes:
    drawn: dict[str, Any] = {
        "title": "Профсоюзный билет",
        "name": "Иванова Анна Петровна",
        "organisation": "",
        "rows": ROWS,
        "slogan": "Сила в каждом. Вместе — сильнее.",
        "link": CARD_LINK,
    }
    return pictures.membership_card(**drawn | changes)


@cache
def poster() -> bytes:
    return pictures.invitation(
        title="Вступайте в профсоюз",
        organisation="ППО «Тюменские электрические сети»",
        code="ABEK-MHPC",
        hint="Наведите камеру телефона или напишите боту этот код:",
        link=JOIN_LINK,
    )


def seen(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


def differing(one: bytes, other: bytes) -> tuple[int, int, int, int]:
    """The smallest box that holds every differing pixel."""
    box = ImageChops.difference(seen(one), seen(other)).getbbox()
    assert box is not None, "the two pictures are the same"
    return box


def lies_within(inner: tuple[int, ...], outer: tuple[int, ...]) -> bool:
    left, top, right, bottom = outer
    return left <= inner[0] and top <= inner[1] and inner[2] <= right and inner[3] <= bottom


def colourfulness(picture: bytes) -> int:
    corner = seen(picture).getpixel((20, 20))
    assert isinstance(corner, tuple)
    return int(max(corner) - min(corner))


def squeezed(picture: bytes) -> bytes:
    """As a messenger passes a photo on: smaller, and a JPEG of middling quality."""
    large = seen(picture)
    file = BytesIO()
    large.resize((large.width * 6 // 10, large.height * 6 // 10)).save(file, "JPEG", quality=75)
    return file.getvalue()


def scanned(program: str, picture: bytes, file: Path) -> str:
    file.write_bytes(picture)
    command = [program, "--quiet", "--raw", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("draw", "link"),
    [
        (card, CARD_LINK),
        (partial(card, valid=False), CARD_LINK),
        (partial(card, link=CARD_LINK + "x" * 60), CARD_LINK + "x" * 60),
        (poster, JOIN_LINK),
    ],
    ids=["card", "void card", "card with a long link", "poster"],
)
def test_a_scanner_reads_the_code_even_after_a_messenger_squeezed_it(
    draw: Callable[[], bytes], link: str, zbarimg: str, tmp_path: Path
) -> None:
    assert scanned(zbarimg, draw(), tmp_path / "sent.png") == link
    assert scanned(zbarimg, squeezed(draw()), tmp_path / "received.jpg") == link


@pytest.mark.parametrize("name", [LONG_NAME, "Щ" * 120])
def test_a_name_of_any_length_stays_in_its_place(name: str) -> None:
    assert lies_within(differing(card(name=name), card(name="")), NAME_PLACE)


def test_the_longest_words_never_touch_the_code() -> None:
    rows = ((LONG_NAME, LONG_ORGANISATION),) * 4
    full = card(name=LONG_NAME, organisation=LONG_ORGANISATION, rows=rows)
    bare = card(name="", rows=())
    left, _, _, _ = QR_PANEL
    assert differing(full, bare)[2] < left


def test_a_long_name_is_smaller_and_not_cut() -> None:
    drawn = canvas.fit(LONG_NAME, Box(0, 0, 528, 150), NAME_STYLE)
    assert "".join(drawn.lines).replace(" ", "") == LONG_NAME.replace(" ", "")
    assert drawn.font.size < NAME_STYLE.size * canvas.SCALE
    endless = canvas.fit("Щ" * 400, Box(0, 0, 528, 150), NAME_STYLE)
    assert endless.lines[-1].endswith("…")


def test_a_lonely_last_word_gets_company() -> None:
    organisation = "ППО «Тюменские электрические сети» Тюменской межрегиональной организации ВЭП"
    style = Style(canvas.MEDIUM, 23, 14, canvas.WHITE)
    drawn = canvas.fit(organisation, Box(0, 0, 528, 84), style)
    assert drawn.lines[-1] == "организации ВЭП"


@pytest.mark.parametrize("foreign", ["🙂", "🙂👩‍🔧🇷🇺", "李小龙", "אב", "\U0010fffd", "\ue000"])
def test_what_the_font_lacks_becomes_one_neutral_sign(foreign: str) -> None:
    assert canvas.legible(f"Анна {foreign}!") == "Анна •!"


def test_every_letter_of_the_unions_people_is_in_the_font() -> None:
    letters = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ ӘҒҚҢӨҰҮҺІЇЄҐҖЎ ÄÖÜßŞÇĞİ №₽«»—–…@_"
    assert canvas.legible(letters + letters.lower().replace("i\u0307", "i")).count("•") == 0


def test_invisible_signs_and_broken_text_draw_nothing() -> None:
    assert card(name="Иванова\u202e\x00\ud800 Ян") == card(name="Иванова Ян")


def test_a_void_card_has_no_colour_but_its_code() -> None:
    assert colourfulness(card()) > 60
    assert colourfulness(card(valid=False)) < 30


@pytest.mark.parametrize(("draw", "white"), [(card, QR_WHITE), (poster, SHEET)])
def test_the_modules_of_a_code_are_all_one_size(
    draw: Callable[[], bytes], white: tuple[int, int, int, int]
) -> None:
    ink = ImageChops.invert(seen(draw()).convert("L").crop(white))
    code = ink.crop(ink.getbbox())
    upper_edge = code.crop((0, 0, code.width, 1)).tobytes()
    runs = [len(list(run)) for _, run in groupby(upper_edge)]
    assert all(run * 7 % runs[0] == 0 for run in runs)  # a corner mark is seven modules


def test_pictures_are_sharp_enough_to_print_and_light_enough_to_send() -> None:
    assert seen(card()).size == (2024, 1276)
    assert seen(poster()).size == (1654, 2338)
    assert max(len(card()), len(poster())) < 500_000
