"""The methods of the Bot API the sandbox knows; each module of them adds its own."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.lacking import LACKING
from sandbox.refusals import Refused

Method: TypeAlias = Callable[[Crowd, Ask], Any | Awaitable[Any]]
M = TypeVar("M", bound=Method)


class Methods(dict[str, Method]):
    """A table of methods by lower-case name: the Bot API ignores the case."""

    def add(self, function: M) -> M:
        self[function.__name__.replace("_", "")] = function
        return function


def find(methods: Mapping[str, Method], name: str) -> Method:
    if found := methods.get(name.lower()):
        return found
    if known := LACKING.get(name.lower()):
        raise Refused(501, f"Not Implemented: the sandbox has no method {known}")
    raise Refused(404, "Not Found: method not found")
