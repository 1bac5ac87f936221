"""The words: both languages say the same things, everything said is known and used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from locales import LANGUAGES, Translator

ROOT = Path(__file__).parent.parent
SPEAKING = ("bot", "handlers", "keyboards", "scheduler", "services", "web")
PLURALS = {"zero", "one", "two", "few", "many", "other"}
PREFIX = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


class Read(Visitor):
    """The variables of one message, and the variant names of its selectors."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.selectors: list[set[str]] = []

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_SelectExpression(self, node: fluent.SelectExpression) -> None:  # noqa: N802
        names = {v.key.name for v in node.variants if isinstance(v.key, fluent.Identifier)}
        self.selectors.append(names)
        self.generic_visit(node)


def messages(language: str) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for file in sorted((ROOT / "locales" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, fluent.Message):
                name = str(entry.id.name)
                assert name not in found, f"{name} is said twice"
                assert name.startswith(_prefixes(file)), f"{name} stands in {file.name}"
                found[name] = Read()
                found[name].visit(entry)
    return found


def _prefixes(file: Path) -> tuple[str, ...]:
    extra = {"menu": ("command-", "language-"), "errors": ("error-", "people-", "system-")}
    feature = file.stem.partition("_")[0]
    return (f"{feature}-", f"{feature.rstrip('s')}-", *extra.get(feature, ()))


def strings() -> Iterator[tuple[str, str]]:
    """Every string in the code, with `{…}` of f-strings as `*`."""
    for room in SPEAKING:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield file.name, node.value
                elif isinstance(node, ast.JoinedStr):
                    parts = [p.value if isinstance(p, ast.Constant) else "*" for p in node.values]
                    yield file.name, "".join(str(part) for part in parts)


RU, EN = messages("ru"), messages("en")


def test_both_languages_say_the_same_things() -> None:
    assert set(RU) == set(EN)


def test_both_languages_ask_for_the_same_values() -> None:
    differing = {
        name for name in RU.keys() & EN.keys() if RU[name].variables != EN[name].variables
    }
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_are_complete(language: str) -> None:
    """A `one` without `few` is English grammar in a Russian sentence."""
    needed = set(Locale(language).plural_form.tags) - {"many"} | {"other"}
    for name, read in messages(language).items():
        for variants in read.selectors:
            if variants & (PLURALS - {"other"}):
                assert needed <= variants, f"{name}: {sorted(needed - variants)} missing"


def test_everything_said_is_used() -> None:
    said = {text for _, text in strings()}
    patterns = [
        re.compile(re.escape(t).replace(r"\*", ".+")) for t in said if "*" in t and "-" in t
    ]
    unused = [
        name for name in RU if name not in said and not any(p.fullmatch(name) for p in patterns)
    ]
    assert not unused


def test_everything_used_is_said() -> None:
    families = {name.split("-")[0] for name in RU}
    for file, text in strings():
        if PREFIX.fullmatch(text) and text.split("-")[0] in families:
            known = text in RU or any(name.startswith(text + "-") for name in RU)
            assert known or _is_notice(text), f"{file}: {text}"


def _is_notice(text: str) -> bool:
    from keyboards.screen import ALIKE, NOTICES

    return text in NOTICES | ALIKE or text in ("input-field", "requests-card")


def test_a_value_is_escaped_and_a_label_is_plain() -> None:
    t = Translator("ru")
    name = "<b>Лев & Co</b>"
    assert "&lt;b&gt;Лев &amp; Co&lt;/b&gt;" in t("people-unknown", who=name)
    assert name in t.label("people-unknown", who=name)


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Клуб «Рога»", "«Клуб „Рога“»"),
        ("«Рога» и «Копыта»", "«„Рога“ и „Копыта“»"),
        ("Клуб «Рога", "«Клуб „Рога»"),
        ("Рога» и", "«Рога“ и»"),
    ],
)
def test_a_quotation_in_a_quotation_has_marks_of_its_own(title: str, read: str) -> None:
    t = Translator("ru")
    assert f"Удалить черновик {read}?" in t("events-sure-discard", title=title)
    assert f"было {read}, стало {read}." in t("events-told-title", before=title, after=title)
    assert t("events-head", title=title) == f"<b>{title}</b>"
    assert f"“{title}”" in Translator("en")("events-sure-discard", title=title)


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("+79224560101", "+7 922 456-01-01"),
        ("+73452123456", "+7 345 212-34-56"),
        ("+77012345678", "+7 701 234 5678"),
        ("+375291234567", "+375 29 123-45-67"),
        ("+447911123456", "+44 7911 123456"),
        ("112", "112"),
        ("", ""),
    ],
)
def test_a_phone_is_shown_as_people_read_it(stored: str, read: str) -> None:
    assert Translator("ru").phone(stored) == Translator("en").phone(stored) == read
