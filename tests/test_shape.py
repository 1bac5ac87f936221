"""The house keeps its shape: sizes, names, who asks whom, and every button with its handler."""

import ast
import importlib
import inspect
import re
import subprocess
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import get_args

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import StatesGroup

import handlers
from keyboards.screen import ALIKE, NOTICES

ROOT = Path(__file__).parent.parent
ROOMS = (
    "bot",
    "handlers",
    "keyboards",
    "models",
    "scheduler",
    "services",
    "locales",
    "web",
    "sandbox",
)
LARGEST: dict[object, object] = {int: 2**63 - 1, str: "я" * 8, bool: True}
# Rooms' furniture rather than features of the union.
FURNITURE = {"", "asides", "filters", "scene", "fallback", "groups"}


def sources(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def modules(room: str) -> Iterator[ModuleType]:
    for file in sources(room):
        parts = file.relative_to(ROOT).with_suffix("").parts
        yield importlib.import_module(".".join(p for p in parts if p != "__init__"))


def buttons() -> list[type[CallbackData]]:
    for module in modules("keyboards"):
        assert module
    return CallbackData.__subclasses__()


def test_files_and_functions_stay_small() -> None:
    sizes = []
    for file in sources(*ROOMS):
        lines = file.read_text("utf-8").count("\n")
        assert lines <= 300, f"{file.relative_to(ROOT)}: {lines} lines"
        for node in functions(file):
            assert length(node) <= 40, f"{file.relative_to(ROOT)}: {node.name} {length(node)}"
            sizes.append(length(node))
    assert median(sizes) <= 8
    assert sorted(sizes)[len(sizes) * 9 // 10] <= 20


def test_a_handler_is_a_sentence() -> None:
    for file in sources("handlers"):
        for node in functions(file):
            body = (node.body[-1].end_lineno or 0) - node.body[0].lineno + 1
            assert body <= 12, f"{file.name}: {node.name} has {body} lines"


def test_every_service_knows_who_asks() -> None:
    for module in modules("services"):
        for name, service in inspect.getmembers(module, inspect.iscoroutinefunction):
            if service.__module__ == module.__name__ and not name.startswith("_"):
                asked = {"actor", "now"} & set(inspect.signature(service).parameters)
                assert asked or name == "page_of", f"{module.__name__}.{name}"


def test_every_feature_has_one_name_in_every_room() -> None:
    features = {file.stem.partition("_")[0] for file in sources("handlers")} - FURNITURE
    for feature in features:
        assert (ROOT / f"keyboards/{feature}.py").exists(), feature
        assert (ROOT / f"locales/ru/{feature}.ftl").exists(), feature
        assert (ROOT / f"tests/test_{feature}.py").exists(), feature


@pytest.mark.parametrize("button", buttons(), ids=lambda b: b.__prefix__)
def test_what_a_button_carries_fits(button: type[CallbackData]) -> None:
    values: dict[str, object] = {}
    for name, field in button.model_fields.items():
        kind = field.annotation
        for option in get_args(kind) or (kind,):
            if isinstance(option, type) and issubclass(option, Enum):
                values[name] = max(option, key=lambda o: len(str(o.value)))
            elif option in LARGEST:
                values[name] = LARGEST[option]
    packed = button(**values).pack()
    assert len(packed.encode()) <= 64, packed


def test_prefixes_are_unique_and_readable() -> None:
    prefixes = [button.__prefix__ for button in buttons()]
    assert len(set(prefixes)) == len(prefixes)
    assert all(re.fullmatch(r"[a-z]{2}\.[a-z]{2,10}", prefix) for prefix in prefixes)


def test_every_button_has_a_handler() -> None:
    written = "\n".join(file.read_text("utf-8") for file in sources("handlers"))
    for button in buttons():
        assert f"{button.__name__}.filter(" in written, f"{button.__prefix__} answers to nobody"


def test_no_two_dialogs_have_the_same_name() -> None:
    """Or the answer to one would be read by the other."""
    for module in modules("handlers"):
        assert module
    names = [group.__full_group_name__ for group in StatesGroup.__subclasses__()]
    assert len(set(names)) == len(names)


def test_every_notice_owed_is_worded() -> None:
    assert handlers.routers()
    for file in sources("services"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and "owe" in ast.unparse(node.func):
                for word in node.args:
                    if isinstance(word, ast.Constant) and isinstance(word.value, str):
                        assert word.value in NOTICES | ALIKE, f"{file.name}: {word.value}"


def test_nothing_is_left_behind() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    for file in sources(*ROOMS):
        assert not unfinished.search(file.read_text("utf-8")), file.name


def test_the_lock_names_no_host() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in file.read_text("utf-8")
        assert "--hash=sha256:" in file.read_text("utf-8")


def test_models_match_migrations() -> None:
    done = subprocess.run(
        [".venv/bin/python", "-m", "bot", "migrate", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
