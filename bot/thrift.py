"""aiogram at a third of its start and its memory: what is never used is never built.

When imported, aiogram builds the validators of its four hundred models one after another: four
fifths of the start and 110 MB. pydantic builds them just as well when they are first needed, if it
is told where their names are found; a bot needs some dozens.
"""

import sys
from typing import Any

from pydantic import BaseModel


def import_aiogram() -> None:
    """Before anything else imports it. Where it is built otherwise, it is simply imported."""
    if "aiogram" in sys.modules:
        return
    names: dict[str, Any] = {}

    def put_off(_model: type[BaseModel], /, *, _types_namespace: Any = None, **_: Any) -> None:
        names.update(_types_namespace or {})

    at_once = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(put_off)  # type: ignore[method-assign, assignment]
    try:
        import aiogram
    finally:
        BaseModel.model_rebuild = at_once  # type: ignore[method-assign]
    for model in _all_below(BaseModel):
        if model.__module__.startswith("aiogram.") and not model.__pydantic_complete__:
            model.__pydantic_parent_namespace__ = names
    aiogram.types.Update.model_rebuild()  # no first update waits for it


def _all_below(model: type[BaseModel]) -> set[type[BaseModel]]:
    return set(model.__subclasses__()).union(*map(_all_below, model.__subclasses__()))
