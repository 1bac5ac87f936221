"""Finds the handler of an update: aiogram's filters decide, but only those that can fit are asked.

A filter costs 5–10 µs, a router 10: asked one after the other, forty of them cost more than all
the rest. What a handler waits for (a command, a key of the menu, a button, a step of a dialog) is
read off its filters once; the order of routers and handlers stays what it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, Update

from handlers.filters import Command, CommandStart, Pressed
from keyboards.menu import entry_of
from keyboards.screen import Reply

FROM_CHANNELS = ("channel_post", "edited_channel_post")  # nobody says them
KINDS = ("message", "callback_query", "edited_message", "my_chat_member", *FROM_CHANNELS)

Key = tuple[str, str | None]
ANYTHING: Key = ("anything", None)


class Switchboard:
    def __init__(self, routers: Iterable[Router]) -> None:
        self._index: dict[str, dict[Key, list[int]]] = {}
        self._handlers: dict[str, list[HandlerObject]] = {}
        rooms = list(routers)
        for kind in KINDS:
            handlers = [h for room in rooms for h in room.observers[kind].handlers]
            index: dict[Key, list[int]] = defaultdict(list)
            for place, handler in enumerate(handlers):
                for key in _waited_for(handler):
                    index[key].append(place)
            self._handlers[kind], self._index[kind] = handlers, dict(index)

    async def __call__(self, update: Update, **given: Any) -> Reply:
        kind = next((kind for kind in KINDS if getattr(update, kind)), None)
        if kind is None:
            return None
        event = getattr(update, kind)
        for handler in self._fitting(kind, event, given["raw_state"]):
            fits, values = await handler.check(event, **given)
            if fits:
                reply: Reply = await handler.call(event, **values)
                return reply
        return None

    def _fitting(self, kind: str, event: Any, state: str | None) -> Iterator[HandlerObject]:
        index, handlers = self._index[kind], self._handlers[kind]
        keys = [ANYTHING, ("state", state), *_carried(event, state)]
        places = sorted(place for key in keys for place in index.get(key, ()))
        return (handlers[place] for place in places)


def _waited_for(handler: HandlerObject) -> list[Key]:
    """The keys of which an update must carry one; the first filter that has any decides."""
    for one in handler.filters or ():
        match one.callback:
            case CommandStart():
                return [("command", "start")]
            case Command(commands=names):
                return [("command", str(name).casefold()) for name in names]
            case Pressed(entries=entries):
                return [("label", entry) for entry in entries]
            case CallbackQueryFilter(callback_data=data):
                return [("button", data.__prefix__)]
            case StateFilter(states=states):
                return [_step(state) for state in states]
    return [ANYTHING]


def _step(state: object) -> Key:
    match state:
        case State():
            return "state", state.state
        case None:
            return "state", None
    return ANYTHING  # a whole group of steps


def _carried(event: Any, state: str | None) -> Iterator[Key]:
    """Only of its kind: an update may hold fields of others, with anything in them."""
    match event:
        case CallbackQuery(data=str(button)):
            yield "button", button.partition(":")[0]
        case Message():
            text = event.text or event.caption or ""
            if text.startswith("/"):
                word = text[1:].partition(" ")[0].partition("\n")[0]
                yield "command", word.partition("@")[0].casefold()
            if entry := entry_of(text, state):
                yield "label", entry
