"""aiogram brought in thriftily is the same aiogram."""

import json
import subprocess
import sys

import pytest
from aiogram.types import Update
from pydantic import BaseModel

from bot.thrift import import_aiogram

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
    told = subprocess.run(
        [sys.executable, "-c", THRIFTY], capture_output=True, check=True, text=True
    )
    found = json.loads(told.stdout)
    assert 2 * found["built at once"] < found["models"]
    assert found["sent"] == 1
    assert found["update"] == Update.model_json_schema()
    assert found["cannot be built"] == []
    assert found["is mended"]


def test_where_it_is_there_already_nothing_changes() -> None:
    before = BaseModel.__dict__["model_rebuild"]
    import_aiogram()
    assert BaseModel.__dict__["model_rebuild"] is before
    assert Update.__pydantic_parent_namespace__ is None
