"""What goes wrong on purpose: on the line between a bot and Telegram, and with its updates."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sandbox.refusals import Refused, flooded
from sandbox.wire import Wire

UPDATE = "update"  # in place of a method: what happens to updates on their way to the bot

CALLS = {
    "flood": "429, `seconds` as retry_after",
    "server": "500 in Telegram's own words",
    "gateway": "502 with a page of HTML",
    "slow": "the answer comes `seconds` late",
    "silence": "no effect and no answer, for `seconds`",
    "reset": "the line breaks before the call has any effect",
    "lost": "the call takes effect, and the line breaks before the answer",
}
UPDATES = {
    "again": "delivered a second time, under the same number",
    "twin": "delivered a second time, under a number of its own",
    "late": "delivered `seconds` late",
    "poison": "an update nobody can read goes before it",
}
POISONS: tuple[Wire, ...] = (
    {"message": {"message_id": "x", "chat": 5}},
    {"callback_query": {"id": 5, "from": None}},
    {"my_chat_member": []},
    {"message": {"message_id": 10**30, "date": 10**30, "chat": {"id": 10**30}, "text": "\ud83d"}},
)


@dataclass
class Fault:
    """Befalls each call of `method` to `chat_id` (None: any) with this `share` of chance."""

    kind: str
    method: str | None = None
    chat_id: int | None = None
    share: float = 1.0
    times: int | None = None  # how often yet; None: until switched off
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.kind in UPDATES:
            self.method = UPDATE
        elif self.kind not in CALLS or self.method == UPDATE:
            raise ValueError(self.kind)

    def suits(self, method: str, chat_id: int | None) -> bool:
        if self.method is None:  # a bot's own questions fail only when they are named
            return method not in ("getupdates", UPDATE) and self._about(chat_id)
        return self.method.lower() == method and self._about(chat_id)

    def _about(self, chat_id: int | None) -> bool:
        return self.chat_id in (None, chat_id)


class Faults:
    """Those switched on, in the order of it, and how often each kind has struck."""

    def __init__(self, seed: int | None = None) -> None:
        self.on: list[Fault] = []
        self.struck: Counter[str] = Counter()
        self.chance = random.Random(seed)

    def switch_on(self, kind: str, **details: Any) -> Fault:
        fault = Fault(kind, **details)
        self.on.append(fault)
        return fault

    def switch_off(self, kind: str | None = None) -> None:
        self.on = [fault for fault in self.on if kind is not None and fault.kind != kind]

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that befalls this call, if any does."""
        for fault in self.on:
            if fault.suits(method.lower(), chat_id) and self.chance.random() < fault.share:
                self.struck[fault.kind] += 1
                if fault.times is not None:
                    fault.times -= 1
                self.on = [one for one in self.on if one.times != 0]
                return fault
        return None


class Broken(Exception):
    """The line breaks: no answer comes, whatever became of the call."""


class Garbled(Exception):
    """Something in between answers in Telegram's place."""


async def before(fault: Fault) -> None:
    """What keeps the call from taking effect."""
    match fault.kind:
        case "flood":
            raise flooded(max(1, round(fault.seconds)))
        case "server":
            raise Refused(500, "Internal Server Error")
        case "gateway":
            raise Garbled
        case "reset":
            raise Broken
        case "silence":
            await asyncio.sleep(fault.seconds)
            raise Broken


async def after(fault: Fault) -> None:
    """What befalls the answer to a call that took effect."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "lost":
        raise Broken
