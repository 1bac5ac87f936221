"""The chat page in a real browser: what people of the sandbox can do there."""

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
import qrcode
from page_visit import ANNA, BORIS, Visit, chromium, visiting
from PIL import Image
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.world import World

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
EVENT = ({"text": "Участвую", "callback_data": "yes"}, {"text": "Места", "callback_data": "full"})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def visit(world: World, browser: Browser) -> AsyncIterator[Visit]:
    world.add_person(ANNA, "Анна", phone="+79001001001", note="Член профсоюза")
    world.add_person(BORIS, "Борис", phone="+79001001002", note="Председатель")
    async with visiting(world, browser) as visit:
        yield visit


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Сообщения")


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Сообщение")


def code(text: str) -> bytes:
    buffer = io.BytesIO()
    qrcode.make(text).save(buffer, "PNG")
    return buffer.getvalue()


def photo() -> Any:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 200), "navy").save(buffer, "PNG")
    return {"name": "щит.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


async def test_a_newcomer_is_added_and_starts_the_bot(visit: Visit) -> None:
    page = await visit.at()
    await button(page, "Новый человек").click()
    await page.get_by_label("Как вас зовут?").fill("Вера <script>alert(1)</script>")
    await button(page, "Добавить").click()
    await page.get_by_role("button", name="Начать").click()
    await expect(log(page)).to_contain_text("Привет, Вера <script>alert(1)</script>!")
    await expect(page.get_by_role("link", name="<script>")).to_be_visible()
    assert await page.locator("script:not([src])").count() == 0


async def test_a_tap_shows_the_answer_and_the_edited_message(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await visit.bot.says(ANNA, "Субботник", list(EVENT))
    await button(page, "Участвую").click()
    await expect(page.locator(".toast")).to_have_text("Вы записаны.")
    await expect(log(page)).to_contain_text("Вы идёте.изменено")
    await expect(log(page)).not_to_contain_text("Субботник")


async def test_an_alert_waits_until_it_is_closed(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await visit.bot.says(ANNA, "Субботник", list(EVENT))
    await button(page, "Места").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Мест больше нет.")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(button(page, "Места")).to_be_focused()


async def test_a_button_that_is_gone_says_so(visit: Visit) -> None:
    page = await visit.started(ANNA)
    message = await visit.bot.says(ANNA, "Субботник", list(EVENT))
    await button(page, "Места").wait_for()
    del visit.world.chat(visit.key(ANNA)).messages[message["message_id"]]
    await button(page, "Места").click()
    await expect(page.locator(".toast")).to_have_text("Этой кнопки уже нет.")


async def test_reply_buttons_say_their_label_and_hide_on_request(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await button(page, "Новости").click()
    await expect(log(page)).to_contain_text("Вы сказали: Новости")
    await page.get_by_role("button", name="Кнопки бота").click()
    await expect(button(page, "Новости")).to_be_hidden()


async def test_the_phone_is_shared_only_after_a_yes(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await button(page, "Поделиться номером").click()
    await button(page, "Отмена").click()
    await button(page, "Прикрепить").click()
    await button(page, "Свой контакт").click()
    await expect(page.get_by_role("dialog")).to_contain_text("номер телефона")
    assert "contact" not in str(visit.world.chat(visit.key(ANNA)).messages)
    await button(page, "Поделиться").click()
    await expect(log(page)).to_contain_text("Ваш номер: +79001001001")


async def test_links_to_the_bot_are_followed_here_and_others_in_a_new_tab(visit: Visit) -> None:
    page = await visit.started(ANNA)
    link = f"https://t.me/{visit.world.bots['42:SANDBOX'].username}?start="
    far = '<a href="https://example.org/">устав</a>'
    await visit.bot.says(ANNA, f"{link}bare {far}", [{"text": "Позвать", "url": f"{link}key"}])
    await page.get_by_role("link", name="start=bare").click()
    await expect(log(page)).to_contain_text("Привет, Анна! bare")
    await page.get_by_role("button", name="Позвать").click()
    await expect(log(page)).to_contain_text("Привет, Анна! key")
    await expect(page.get_by_role("link", name="устав")).to_have_attribute("target", "_blank")


async def test_the_command_menu_lists_what_this_person_may_say(visit: Visit) -> None:
    page = await visit.started(ANNA)
    menu = [
        {"command": "help", "description": "Что я умею"},
        {"command": "card", "description": "Билет"},
    ]
    await visit.bot.call("setMyCommands", commands=menu, scope={"type": "chat", "chat_id": ANNA})
    await field(page).fill("/h")
    await expect(page.get_by_role("group", name="Команды").get_by_role("button")).to_have_text(
        ["/helpЧто я умею"]
    )
