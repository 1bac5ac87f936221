"""aiogram brought in thriftily is the same aiogram."""

import json
import subprocess
import sys

import pytest
from aiogram.types import Update

THRIFTY = """
import json, sys
from pydantic import BaseModel
from bot.thrift import import_aiogram
before = BaseModel.__dict__["model_rebuild"]
import_aiogram()
from aiogram import methods, types
whole = [getattr(room, name) for room in (types, methods) for name in room.__all__]
models = {one for one in whole if isinstance(one, type) and issubclass(one, BaseModel)}
json.dump({
    "built at once": sum(model.__pydantic_complete__ for model in models),
    "sent": methods.SendMessage(chat_id=1, text="x", reply_markup=types.ForceReply()).chat_id,
    "update": types.Update.model_json_schema(),
    "cannot be built": [model.__name__ for model in models if model.model_rebuild() is False],
    "models": len(models),
    "is mended": BaseModel.__dict__["model_rebuild"] is before,
}, sys.stdout)
"""


@pytest.mark.filterwarnings("ignore::pydantic.json_schema.PydanticJsonSchemaWarning")
def test_everything_can_be_built_later_and_is_what_it_would_have_been() -> None:
    found = json.loads(_python(THRIFTY))
    assert 2 * found["built at once"] < found["models"]
    assert found["sent"] == 1
    assert found["update"] == Update.model_json_schema()
    assert found["cannot be built"] == []
    assert found["is mended"]


def test_no_command_brings_it_in_before_it_is_asked_for() -> None:
    rooms = "bot.__main__, bot.running, bot.console, bot.checkup"
    told = _python(f"import sys, {rooms}; print('aiogram' in sys.modules)")
    assert told == "False\n"


def _python(program: str) -> str:
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    return told.stdout
