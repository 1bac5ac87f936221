"""The same bot with handlers that do what good ones never would."""

from datetime import UTC, datetime
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.app import App
from bot.ingest import Ingest
from bot.switchboard import Switchboard
from handlers.scene import Scene
from keyboards.menu import Home, Join
from keyboards.screen import Reply, Screen, Tap
from sandbox.plugin import TOKEN, Clock
from sandbox.world import World
from services import audit, notices
from services.errors import Refusal

Json = dict[str, Any]


class Sad(Refusal):
    text_id = "error-forbidden"


class House:
    """Its handlers, what they were seen doing, and the updates that came."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.came: list[Json] = []
        self.router = Router()
        self.router.message(Command("do"))(self.do)
        self.router.message(Command("break"))(self.crash)
        self.router.message(Command("refuse"))(self.refuse)
        self.router.message(Command("buttons"))(self.buttons)
        self.router.callback_query(Join.filter())(self.crash)
        self.router.callback_query(Home.filter())(self.refuse)
        self.router.message()(self.echo)

    async def do(self, message: Message, scene: Scene) -> Reply:
        await self._begin(scene)
        return Screen("сделано")

    async def crash(self, event: Message | CallbackQuery, scene: Scene) -> Reply:
        self.seen.append("crash")
        await self._begin(scene)
        raise KeyError("Смирнова")

    async def refuse(self, event: Message | CallbackQuery, scene: Scene) -> Reply:
        await self._begin(scene)
        raise Sad

    async def buttons(self, message: Message, scene: Scene) -> Reply:
        broken = [Tap("Сломать", Join()), Tap("Нельзя", Home())]
        return Screen("кнопки", buttons=[broken])

    async def echo(self, message: Message, scene: Scene) -> Reply:
        text = message.text or "?"
        self.seen.append(text)
        if text == "сломайся" or (text.startswith("не сразу") and self.seen.count(text) == 1):
            await self._begin(scene)
            raise KeyError(text)
        await scene.dialog.set_data({"said": text})
        self.seen.append(f"{text}.")
        return Screen(f"эхо {len(text)}")

    async def _begin(self, scene: Scene) -> None:
        audit.record(scene.session, scene.actor, "odd.done", "odd", 1, now=scene.now)
        await notices.owe(scene.session, scene.actor.person, "menu-commands", now=scene.now)
        await scene.dialog.set_state("odd:asked")


def inhabit(app: App, router: Router, clock: Clock) -> None:

    def now() -> datetime:
        return datetime.fromtimestamp(clock.now, UTC)

    parts = (app.database, Switchboard([router]), Bot(TOKEN), app.house, app.courier)
    app.ingest = Ingest(*parts, now)


def build_odd(app: App, world: World, clock: Clock) -> House:
    house = House()
    inhabit(app, house.router, clock)

    async def handle(update: Json) -> None:
        house.came.append(update)
        await app.ingest(update)
        await app.courier.drain()

    world.connect(TOKEN, handle)
    return house


def said(update_id: int, who: int, text: str, **more: Any) -> Json:
    sender = {"id": who, "is_bot": False, "first_name": "Некто"} | more.pop("sender", {})
    chat = more.pop("chat", {"id": who, "type": "private"})
    message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": text}
    return {"update_id": update_id, "message": message | more}
