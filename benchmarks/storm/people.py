"""Who is out in the storm: each waits for an answer before the next word, however long."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import takewhile

from locales import Translator
from sandbox.accounts import Chat
from sandbox.people import words
from sandbox.reply_markup import inline_buttons
from sandbox.wire import Wire
from sandbox.world import World

TERRITORY, HOME = "ТюмнМО ВЭП", "ППО Тюменьэнерго"
HOURS = ("8–22", "9–21", "10–20")
LETTERS = "абвгдежзик"
AS_SHOWN = Translator("ru").phone


class Soul:
    """What it did once, to be found done once: `acts` by the name the audit has for it."""

    def __init__(self, world: World, person_id: int, chat: Chat) -> None:
        self.world = world
        self.id = person_id
        self.chat = chat
        self.stirred = asyncio.Event()
        self.acts: Counter[str] = Counter()
        self.phones: list[str] = []
        self.hours = HOURS[0]
        self.waits_for = ""

    async def live(self, calm: asyncio.Event) -> None:
        """An admin's life: there to be told of what nobody could read."""
        await self.says("/start", "Сила в каждом")

    async def says(self, text: str, *sees: str) -> Wire:
        mark = self.world.say(self.id, self.chat.key, text)["message_id"]
        return await self._sees(mark, *sees)

    async def taps(self, label: str, *sees: str) -> Wire:
        self.waits_for = f"[{label}]"
        message = await self._until(lambda: self._with_button(label))
        data = next(b["callback_data"] for b in inline_buttons(message) if b["text"] == label)
        self.world.tap(self.id, self.chat.key, message["message_id"], data)
        return await self._sees(message["message_id"], *sees)

    async def _sees(self, mark: int, *texts: str) -> Wire:
        def shown() -> Wire | None:
            newer = takewhile(lambda m: m["message_id"] >= mark, self._from_bot())
            return next((m for m in newer if all(text in words(m) for text in texts)), None)

        self.waits_for = " + ".join(texts)
        return await self._until(shown)

    async def _until(self, find: Callable[[], Wire | None]) -> Wire:
        while (found := find()) is None:
            self.stirred.clear()
            await self.stirred.wait()
        self.waits_for = ""
        return found

    def _with_button(self, label: str) -> Wire | None:
        for message in self._from_bot():
            if label in [button["text"] for button in inline_buttons(message)]:
                return message
        return None

    def _from_bot(self) -> Iterator[Wire]:
        """The newest first."""
        return (m for m in reversed(self.chat.messages.values()) if m["from"]["is_bot"])


class Joiner(Soul):
    """Applies, is confirmed, and then goes on changing their phone and hours."""

    def __init__(self, world: World, person_id: int, chat: Chat, after: float) -> None:
        super().__init__(world, person_id, chat)
        self.after = after
        number = "".join(LETTERS[int(digit)] for digit in str(person_id))
        self.name = f"Штормов{number} Пётр Ильич"
        self.chance = random.Random(person_id)

    async def live(self, calm: asyncio.Event) -> None:
        await self._pause(calm)
        if calm.is_set():
            return
        await self._apply()
        while not calm.is_set():
            await self._change_phone()
            for _ in range(2):
                await self._change_hours()

    async def _pause(self, calm: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(self.after):
                await calm.wait()
        except TimeoutError:
            return

    async def _apply(self) -> None:
        await self.says("/start", "Сила в каждом")
        await self.says("✍️ Вступить", "Согласие на обработку")
        await self.taps("Согласен", "Напишите фамилию")
        await self.says(self.name, "Когда вы родились")
        await self.says("15.03.1998", "Ваш телефон")
        await self.says(self._new_phone(), "Где вы работаете")
        await self.taps(TERRITORY, "Выберите свою первичную")
        await self.taps(HOME, "Проверьте заявку", AS_SHOWN(self.phones[-1]))
        await self.taps("Отправить заявку", "Заявка отправлена")
        await self._sees(0, "добро пожаловать в профсоюз")
        self.acts.update({"consent.given": 1, "application.sent": 1})
        await self.says("/profile", "👤 Профиль", AS_SHOWN(self.phones[-1]))

    async def _change_phone(self) -> None:
        await self.taps("Телефон", "Нажмите кнопку внизу")
        phone = self._new_phone()
        self.acts["member.phone"] += 1
        await self.says(phone, "записан", AS_SHOWN(phone))
        await self._sees(0, "👤 Профиль", AS_SHOWN(phone))

    async def _change_hours(self) -> None:
        await self.taps("Часы уведомлений", "В какие часы присылать")
        self.hours = self.chance.choice([one for one in HOURS if one != self.hours])
        self.acts["profile.hours"] += 1
        await self.taps(self.hours, "✅ Часы уведомлений записаны", self.hours)

    def _new_phone(self) -> str:
        """One nobody has had before."""
        self.phones.append(f"+79{self.id % 10_000:04d}{len(self.phones):05d}")
        return self.phones[-1]


class Chair(Soul):
    """Confirms whatever asks for it; two of them race for every application."""

    async def live(self, calm: asyncio.Event) -> None:
        await self.says("/start", "Сила в каждом")
        pressed = set()
        while True:
            for message in list(self._from_bot())[:50]:
                for button in inline_buttons(message):
                    press = (message["message_id"], button["callback_data"])
                    if button["text"] == "Подтвердить" and press not in pressed:
                        pressed.add(press)
                        self.world.tap(self.id, self.chat.key, *press)
            self.stirred.clear()
            await self.stirred.wait()
