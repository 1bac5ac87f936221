"""aiogram comes into the tests as into the program: what is never used is never built."""

import typing

from pydantic import BaseModel

from bot.thrift import import_aiogram

import_aiogram()

from aiogram import methods  # noqa: E402 - once it is brought in


def _models_in(kind: object) -> set[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {kind}
    return set().union(*map(_models_in, typing.get_args(kind)))


# Bots of the sandbox's tests read answers: the model of one wants what it holds to be whole.
for name in methods.__all__:
    for model in _models_in(getattr(getattr(methods, name), "__returning__", None)):
        model.model_rebuild()
