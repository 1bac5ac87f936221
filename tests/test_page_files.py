"""The chat page's files: small, safe with data, needing nobody's server."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "sandbox" / "page"
SOURCES = sorted(file for file in PAGE.iterdir() if file.suffix in (".js", ".css", ".html"))
NAMESPACES = {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_a_file_of_the_page_is_small_and_safe(file: Path) -> None:
    source = file.read_text()
    lines = source.splitlines()
    assert len(lines) <= 300
    assert max(map(len, lines)) <= 110 or file.suffix == ".html"
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", source)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_a_file_of_the_page_asks_nobody_else(file: Path) -> None:
    addresses = set(re.findall(r"https?://[\w./]+", file.read_text()))
    assert addresses <= NAMESPACES | {"https://t.me/"}


def test_the_typeface_comes_with_its_licence() -> None:
    assert len(list((PAGE / "fonts").glob("*.ttf"))) == 3
    assert "SIL OPEN FONT LICENSE" in (PAGE / "fonts" / "LICENSE_FONT").read_text()
