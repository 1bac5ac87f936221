"""Flood limits: so many messages in any stretch of time, sliding."""

import math
from collections import deque
from collections.abc import Hashable

from sandbox import guesses
from sandbox.accounts import BotAccount, Chat
from sandbox.refusals import flooded


class Window:
    def __init__(self, messages: int, seconds: float) -> None:
        self.messages = messages
        self.seconds = seconds
        self.sent: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self.sent and self.sent[0] <= now - self.seconds:
            self.sent.popleft()
        return self.sent[0] + self.seconds - now if len(self.sent) >= self.messages else 0.0


class Pace:
    def __init__(self, *, watched: bool) -> None:
        self.watched = watched
        self._windows: dict[Hashable, Window] = {}

    def count(self, bot: BotAccount, chat: Chat, now: float, *, paid: bool = False) -> None:
        if not self.watched:
            return
        overall = guesses.FLOOD_PAID_OVERALL if paid else guesses.FLOOD_OVERALL
        windows = [
            self._window((bot.id, paid), overall),
            self._window(
                (bot.id, chat.key), guesses.FLOOD_PRIVATE if chat.private else guesses.FLOOD_GROUP
            ),
        ]
        if wait := max(window.wait(now) for window in windows):
            raise flooded(max(1, math.ceil(wait)))
        for window in windows:
            window.sent.append(now)

    def _window(self, key: Hashable, limit: tuple[int, float]) -> Window:
        return self._windows.setdefault(key, Window(*limit))
