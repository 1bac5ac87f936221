"""People in front of the chat page in a real browser, and a little bot that answers them."""

import asyncio
import html
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    async_playwright,
)

from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.wire import Upload, Wire
from sandbox.world import World
from tests.programs import needed

ANNA, BORIS = 1001, 1002
MENU = [["Новости", "Профбилет"], [{"text": "Поделиться номером", "request_contact": True}]]
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    # The address bar of each new window is a page, too, though nobody sees it.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
)  # fmt: skip


class LittleBot:
    def __init__(self, world: World) -> None:
        self.world = world

    async def call(
        self, method: str, files: dict[str, Upload] | None = None, **params: object
    ) -> Any:
        status, body = await self.world.call(TOKEN, method, params, files)
        assert status == 200, body
        return body["result"]

    async def says(self, chat: int, text: str, *rows: list[Wire], **more: object) -> Wire:
        """With buttons under the message, when rows of them are given."""
        if rows:
            more["reply_markup"] = {"inline_keyboard": list(rows)}
        said = {"chat_id": chat, "text": text, "parse_mode": "HTML", **more}
        message: Wire = await self.call("sendMessage", None, **said)
        return message

    async def shows(self, chat: int, picture: bytes, caption: str) -> None:
        files = {"photo": Upload("code.png", picture, "image/png")}
        await self.call("sendPhoto", files, chat_id=chat, caption=caption)

    async def __call__(self, update: Wire) -> None:
        if query := update.get("callback_query"):
            await self.tapped(query)
        elif message := update.get("message"):
            await self.told(message)

    async def told(self, message: Wire) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        if text.startswith("/start"):
            name = html.escape(message["from"]["first_name"])
            keyboard = {"keyboard": MENU, "resize_keyboard": True}
            await self.says(chat, f"Привет, {name}! {text[7:]}", reply_markup=keyboard)
        elif contact := message.get("contact"):
            await self.says(chat, f"Ваш номер: {contact['phone_number']}")
        elif "photo" in message:
            await self.says(chat, f"Фото: {message.get('caption')}")
        else:
            await self.says(chat, f"Вы сказали: {html.escape(text)}")

    async def tapped(self, query: Wire) -> None:
        message, full = query["message"], query["data"] == "full"
        words = "Мест больше нет." if full else "Вы записаны."
        await self.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=words, show_alert=full
        )
        if not full:
            place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
            again = {"inline_keyboard": [[{"text": "Отменить", "callback_data": "no"}]]}
            await self.call("editMessageText", **place, text="Вы идёте.", reply_markup=again)


class Visit:
    """The sandbox while a test looks at it; `errors` is what the browser complained about."""

    def __init__(self, world: World, browser: Browser) -> None:
        self.world = world
        self.browser = browser
        self.bot = LittleBot(world)
        self.errors: list[str] = []
        self.base = ""
        self._server = AsyncExitStack()
        self._tabs = AsyncExitStack()

    async def start(self) -> None:
        port = urlsplit(self.base).port or 0
        self.base = await self._server.enter_async_context(serving(self.world, port))

    async def stop(self) -> None:
        await self._server.aclose()

    async def leave(self) -> None:
        await self._tabs.aclose()
        await self.stop()

    async def answer(self) -> None:
        """The bot's whole life."""
        self.world.connect(TOKEN, self.bot)
        while True:
            self.world.posted.clear()
            await self.world.settle()
            await self.world.posted.wait()

    def key(self, person: int) -> str:
        return f"p:{self.world.bots[TOKEN].id}:{person}"

    async def started(self, person: int, **context: Any) -> Page:
        """The page of somebody who has already talked to the bot."""
        self.world.say(person, self.key(person), "/start")
        await self.world.settle()
        return await self.at(f"#person={person}&chat={self.key(person)}", **context)

    async def at(self, place: str = "", **context: Any) -> Page:
        page = await (await self._context(**context)).new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._check_at_home)
        await page.goto(self.base + "/" + place)
        await page.locator("#people a").first.wait_for(state="attached")
        return page

    async def _context(self, **options: Any) -> BrowserContext:
        size = {"viewport": {"width": 1280, "height": 800}, "locale": "ru"}
        context = await self.browser.new_context(**(size | options))
        self._tabs.push_async_callback(context.close)
        return context

    def _check_at_home(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.errors.append(f"asked elsewhere: {request.url}")


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Сообщения")


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Сообщение")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = needed("chromium", "chromium", "the chat page cannot be seen")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(world: World, browser: Browser) -> AsyncIterator[Visit]:
    world.add_person(ANNA, "Анна", phone="+79001001001", note="Член профсоюза")
    world.add_person(BORIS, "Борис", phone="+79001001002", note="Председатель")
    visit = Visit(world, browser)
    await visit.start()
    async with asyncio.TaskGroup() as group:
        bot = group.create_task(visit.answer())
        yield visit
        await visit.leave()
        bot.cancel()
    assert visit.errors == []
