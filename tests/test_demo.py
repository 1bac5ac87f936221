"""`python -m bot demo` as a newcomer meets it: a real process, a real browser."""

import asyncio
import math
import os
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize

from tests import page_visit

ROOT = Path(__file__).parent.parent
ANNA, PETER, MARIA, OLEG = 2001, 2002, 2003, 2006
NEWS = "Завтра на базе не будет отопления"
EVENT, WORDS = "Обучение: первая помощь", "Теперь знаю, что делать до приезда скорой."
TYUMEN = ZoneInfo("Asia/Yekaterinburg")
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
SCREEN: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 380, "height": 740}

browser = page_visit.browser
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


class Show(NamedTuple):
    """A demo under way: where its page is, and the process with its clock."""

    address: str
    process: Process

    async def forward(self, hours: int) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{hours}\n".encode())
        await self.process.stdin.drain()


@asynccontextmanager
async def showing(*module: str) -> AsyncIterator[Show]:
    demo = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    assert demo.stdout
    line = (await demo.stdout.readline()).decode()
    found = re.search(r"http://[\d.:]+", line)
    assert found, line
    try:
        yield Show(found[0], demo)
    finally:
        demo.terminate()
        assert await asyncio.wait_for(demo.wait(), 20) == 0


@pytest_asyncio.fixture(loop_scope="module")
async def address() -> AsyncIterator[str]:
    async with showing("bot", "demo", "--port", "0") as demo:
        yield demo.address


@pytest_asyncio.fixture(loop_scope="module")
async def ahead() -> AsyncIterator[Show]:
    """The same with a clock that can be put forward."""
    async with showing("tests.demo_ahead") as demo:
        yield demo


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

    async def picks(self, words: str) -> None:
        """From a list, by a part of the label."""
        await self.page.get_by_role("button", name=words).last.click()

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


async def test_two_race_for_a_seat_and_who_waited_comes_and_rates(
    browser: Browser, ahead: Show
) -> None:
    maria, oleg, peter = [
        await Desk.of(browser, ahead.address, one, PHONE) for one in (MARIA, OLEG, PETER)
    ]
    await _holds(oleg)
    first, second = await _race(maria, peter)
    await second.taps("В лист ожидания")
    await second.sees("⏳ Вы в листе ожидания, ваше место — 1.")
    await second.keeps("waiting")
    await first.taps("Не пойду")
    await first.sees("Вы не идёте")
    await second.sees(f"❗ Освободилось место: {EVENT}")
    await second.keeps("offer")
    await second.taps("Иду")
    await second.sees("✅ Вы идёте")

    name, family = ("Мария", "Кузнецова") if second is maria else ("Пётр", "Ильин")
    await _checks_in(oleg, second, f"{name} {family}")
    await oleg.sees(f"✅ {family} {name}")
    await oleg.sees("Пришли: 1")
    await ahead.forward(hours=_until_noon())
    await second.sees(f"Вы были на мероприятии «{EVENT}». Как всё прошло?")
    await second.taps("5")
    await second.sees("ваша оценка 5")
    await second.keeps("rating")
    await second.taps("Добавить пару слов")
    await second.sees("Что понравилось")
    await second.says(WORDS)
    await second.sees(f"Ваши слова: {WORDS}")

    await oleg.sees(f"📝 Как прошло: {EVENT}")
    await oleg.says("/newevent")
    await oleg.picks(f"✔️ {EVENT}")
    await oleg.taps("📝 Отчёт")
    await oleg.sees("Оценка: 5,0 из 5, оценили 1")
    await oleg.sees("Слова появятся здесь, когда оценят хотя бы трое")
    await oleg.keeps("report")


async def _holds(oleg: Desk) -> None:
    """An event with one seat, in two hours."""
    await oleg.says("/newevent")
    await oleg.taps("➕ ППО «Тюменьэнерго»")
    await oleg.sees("Как называется мероприятие?")
    await oleg.says(EVENT)
    await oleg.sees("Расскажите, что будет")
    await oleg.says("Учимся на манекене. Приходите в удобной одежде.")
    await oleg.sees("Когда начало?")
    await oleg.says(_soon())
    await oleg.sees("Когда закончится?")
    await oleg.taps("2 ч")
    await oleg.sees("Где это будет?")
    await oleg.says("Тюмень, ул. Энергетиков, 7")
    await oleg.sees("Сколько мест?")
    await oleg.says("1")
    await oleg.sees("Черновик мероприятия")
    await oleg.keeps("event")
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано")


async def _race(*both: Desk) -> tuple[Desk, Desk]:
    """Who has got the seat, and who has not."""
    for one in both:
        await one.taps("📅 Мероприятия")
        await one.picks(EVENT)
        await one.sees("Мест: 1, свободно 1.")
    await both[0].keeps("event_card")
    await asyncio.gather(*(one.taps("Иду") for one in both))
    for one in both:
        await one.sees("Мест: 1, все заняты.")
    goes = [await one.page.get_by_text("✓ Иду", exact=True).count() for one in both]
    assert sorted(goes) == [0, 1]
    first, second = both if goes[0] else reversed(both)
    await first.sees("✅ Вы идёте")
    return first, second


async def _checks_in(oleg: Desk, who: Desk, name: str) -> None:
    """By their card under the camera."""
    await who.taps("🪪 Профбилет")
    await who.sees("ссылка для проверки")
    await oleg.says("/newevent")
    await oleg.picks(f"📅 {EVENT}")
    await oleg.sees("Идут: 1 · возможно: 0 · в листе ожидания: 0")
    await oleg.taps("Отметить пришедших")
    await oleg.sees("Ответили «Иду»: 1, ещё не отмечены: 1")
    await oleg.keeps("checkin")
    await oleg.taps("Сканировать QR")
    await oleg.page.get_by_role("button", name=re.compile(name)).first.click()
    await oleg.taps("Открыть ссылку")
    await oleg.sees("Профбилет действителен")
    await oleg.taps(f"✅ Отметить на «{EVENT}»")


def _soon() -> str:
    """In two hours, as it is typed in Tyumen."""
    at = datetime.now(TYUMEN) + timedelta(hours=2)
    return f"{at.day} {MONTHS[at.month - 1]} {at:%H:%M}"


def _until_noon() -> int:
    """From now to the noon after it is over, when nobody is asleep."""
    over = datetime.now(TYUMEN) + timedelta(hours=6)
    noon = over.replace(hour=12, minute=0) + timedelta(days=over.hour >= 12)
    return math.ceil((noon - datetime.now(TYUMEN)) / timedelta(hours=1))
