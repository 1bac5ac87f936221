"""People who do not stop talking while machines fall over, and what they must have heard."""

import asyncio
from itertools import cycle, groupby

from sandbox.people import Person, words
from tests.rough import by_and_by

# What is said, and how the answer begins.
SAID = {"/help": "Что умеет", "/language": "Выберите язык", "/privacy": "Ваши данные"}


class Crowd:
    def __init__(self, people: list[Person], every: float = 1.0) -> None:
        self.people = people
        self.said = {person.id: list[str]() for person in people}
        self._every = every

    async def talk(self, enough: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as group:
            for person in self.people:
                group.create_task(self._talk(person, enough))

    async def _talk(self, person: Person, enough: asyncio.Event) -> None:
        for word in cycle(SAID):
            if enough.is_set():
                return
            self.said[person.id].append(word)
            person.world.say(person.id, person.chat_key, word)
            await asyncio.sleep(self._every)

    def heard(self, person: Person) -> list[str]:
        """Which words were answered, in order; an answer said twice in a row counts once."""
        came = [words(m) for m in person.chat.messages.values() if m["from"]["is_bot"]]
        meant = [word for text in came for word in SAID if text.startswith(SAID[word])]
        return [word for word, _ in groupby(meant)]

    async def is_answered(self) -> None:
        try:
            await by_and_by(self._has_no_complaints)
        except TimeoutError:
            raise AssertionError(self.complaints) from None

    async def _has_no_complaints(self) -> bool:
        return not self.complaints

    @property
    def complaints(self) -> list[str]:
        return [
            f"{person.name}: said {len(self.said[person.id])}, heard {self.heard(person)}"
            for person in self.people
            if self.heard(person) != self.said[person.id]
        ]

    @property
    def updates(self) -> int:
        return sum(map(len, self.said.values()))
