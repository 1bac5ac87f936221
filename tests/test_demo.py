"""`python -m bot demo` as a newcomer meets it: a real process, a real browser."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize

from tests import page_visit

ROOT = Path(__file__).parent.parent
ANNA, PETER, MARIA, OLEG = 2001, 2002, 2003, 2006
NEWS = "Завтра на базе не будет отопления"
SCREEN: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 380, "height": 740}

browser = page_visit.browser
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def address() -> AsyncIterator[str]:
    demo = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--port",
        "0",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert demo.stdout
    line = (await demo.stdout.readline()).decode()
    found = re.search(r"http://[\d.:]+", line)
    assert found, line
    yield found[0]
    demo.terminate()
    assert await asyncio.wait_for(demo.wait(), 20) == 0


class Desk:
    """One person at the page, tapping by label and reading the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def of(
        cls, browser: Browser, address: str, person: int, size: ViewportSize = SCREEN
    ) -> "Desk":
        page = await browser.new_page(viewport=size, locale="ru")
        await page.goto(f"{address}/#person={person}&chat=p:42:{person}")
        return cls(page)

    async def taps(self, label: str) -> None:
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def says(self, text: str) -> None:
        await self.page.locator("textarea").fill(text)
        await self.page.keyboard.press("Enter")

    async def sees(self, text: str) -> None:
        await page_visit.log(self.page).get_by_text(text).last.wait_for()

    async def keeps(self, name: str) -> None:
        """A picture for the documents, when they are being made."""
        if folder := os.environ.get("SCREENSHOTS"):
            await self.page.wait_for_timeout(700)
            await self.page.screenshot(path=Path(folder) / f"{name}.png")


async def test_a_guest_joins_is_confirmed_and_shows_the_card(
    browser: Browser, address: str
) -> None:
    anna = await Desk.of(browser, address, ANNA)
    peter = await Desk.of(browser, address, PETER)
    await anna.page.get_by_role("button", name="Начать").click()
    await anna.sees("Сила в каждом. Вместе — сильнее.")
    await anna.taps("✍️ Вступить")
    await anna.sees("Согласие на обработку персональных данных")
    await anna.keeps("consent")
    await anna.taps("Согласен")
    await anna.sees("Напишите фамилию")
    await anna.says("смирнова анна ивановна")
    await anna.sees("Когда вы родились?")
    await anna.says("15 марта 1998")
    await anna.sees("Ваш телефон?")
    await anna.taps("📱 Отправить мой номер")
    await anna.taps("Поделиться")
    await anna.sees("подтверждён")
    await anna.taps("Тюменская межрегиональная организация")
    await anna.taps("ППО «Тюменьэнерго»")
    await anna.sees("Смирнова Анна Ивановна")
    await anna.taps("Отправить заявку")
    await anna.sees("на рассмотрении")
    await peter.sees("Смирнова Анна Ивановна")
    await peter.keeps("chat")
    await peter.taps("Подтвердить")
    await peter.sees("Подтверждена")
    await anna.sees("добро пожаловать в профсоюз")
    await anna.taps("🪪 Профбилет")
    await anna.sees("ссылка для проверки")
    await anna.keeps("card")
    maria = await Desk.of(browser, address, MARIA)
    await maria.taps("Сканировать QR")
    await maria.page.get_by_role("button", name=re.compile("Анна Смирнова")).first.click()
    await maria.taps("Открыть ссылку")
    await maria.sees("Профбилет действителен")
    await maria.keeps("checked")


async def test_news_is_written_read_and_counted(browser: Browser, address: str) -> None:
    """On phones, as it mostly is."""
    maria, oleg, peter = [
        await Desk.of(browser, address, one, PHONE) for one in (MARIA, OLEG, PETER)
    ]
    await maria.sees("Нажмите на новость, чтобы прочитать её целиком.")
    await maria.keeps("digest")
    await maria.taps("Путёвки на зиму: заявки до пятницы")
    await maria.sees("Санаторий «Ишимский»")
    await maria.keeps("item")

    await oleg.says("/post")
    await oleg.taps("✏️ Тюменская межрегиональная организация")
    await oleg.sees("Пришлите её так, как отправили бы другу")
    await oleg.says(NEWS)
    await oleg.sees("Черновик новости")
    await oleg.taps("Когда")
    await oleg.taps("Срочно")
    await oleg.taps("Готово")
    await oleg.sees("Когда: срочно, сразу и со звуком")
    await oleg.taps("Показать новость")
    await oleg.keeps("preview")
    await oleg.taps("Опубликовать")
    await oleg.sees("Отправка завершена: 100 %")
    await oleg.sees("Доставлено: 4")
    await oleg.sees("Открыли: 0 · полезно: 0")
    await oleg.keeps("published")

    await peter.sees(NEWS)
    await peter.keeps("urgent")
    await peter.taps("📰 Новости")
    await peter.sees("сначала новые")
    await peter.keeps("feed")
    await peter.taps(f"🔵 {NEWS}")
    # Under what came by itself, and under what was opened.
    await peter.page.get_by_role("button", name="← К новостям", exact=True).nth(1).wait_for()
    await peter.taps("Полезно")
    await peter.sees("✓ Полезно")
    await peter.keeps("useful")

    await oleg.taps("Охват")
    await oleg.sees("«Открыли» — это нажатие")
    await oleg.sees("Полезно: 1, не полезно: 0")
    await oleg.keeps("reach")
    await oleg.taps("← Вернуться")
    await oleg.sees("Открыли: 1 · полезно: 1 · не полезно: 0")
    await oleg.sees("Отправка завершена: 100 %")
