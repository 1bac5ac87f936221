"""The chat page is usable by everybody: keys only, a small screen, the dark, a bad connection."""

import aiohttp
import pytest
from playwright.async_api import Locator, Page, expect

from tests import page_visit
from tests.page_visit import ANNA, BORIS, Visit, button, field, log

# Fixtures are found by the names a module has for them.
browser, visit = page_visit.browser, page_visit.visit
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHONE = {"width": 360, "height": 740}
EVENT = (
    [{"text": "Участвую", "callback_data": "yes"}, {"text": "Не смогу", "callback_data": "no"}],
    [{"text": "Сколько осталось мест?", "callback_data": "full"}],
)
RICH = (
    "<b>Субботник</b> /help <code>A-1</code> <a href='https://example.org'>правила</a>\n"
    "<blockquote>Сила в каждом</blockquote>" + "Оченьдлинноеслово" * 9
)
# Every visible text against the nearest painted background, in sRGB as WCAG counts it.
PALE_TEXTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => [0.2126, 0.7152, 0.0722].reduce((sum, part, i) => {
    const c = rgb[i] / 255;
    return sum + part * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  }, 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const color = paint(getComputedStyle(node).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !node.checkVisibility() || node.closest(".unseen")) continue;
    const [a, b] = [paint(getComputedStyle(node).color), ground(node)].map(light);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) pale.push(`${ratio.toFixed(2)} ${text}`);
  }
  return pale;
}"""
COVERED_TIMES = """() => {
  const boxes = (what) => [...document.querySelectorAll(what)]
    .filter((node) => node.checkVisibility()).map((node) => node.getBoundingClientRect());
  const tools = boxes(".tools button");
  const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom;
  return boxes(".meta").filter((time) => tools.some((tool) => covers(tool, time))).length;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a[href], textarea")]
  .filter((node) => node.checkVisibility() && !node.closest(".words, .skip"))
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([node, box]) => `${node.className} ${node.textContent} ${box.width}x${box.height}`)"""


async def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    for _ in range(40):
        if await target.evaluate("(node) => node === document.activeElement"):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{key} never reaches {target}")


async def busy_page(visit: Visit, **context: object) -> Page:
    """A page with something of everything on it."""
    page = await visit.started(ANNA, **context)
    commands = [{"command": "help", "description": "Что я умею и куда писать, если не вышло"}]
    await visit.bot.call("setMyCommands", commands=commands)
    visit.world.say(ANNA, visit.key(ANNA), "Здравствуйте! Вопрос про отпуск.")
    await visit.bot.says(ANNA, RICH, *EVENT, reply_parameters={"message_id": 1})
    visit.world.say(BORIS, visit.key(BORIS), "/start")
    await expect(button(page, "Участвую")).to_be_visible()
    await button(page, "Команды").click()
    return page


async def test_everything_can_be_done_with_keys_alone(visit: Visit) -> None:
    page = await visit.at()
    await tab_to(page, page.get_by_role("link", name="Анна"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Начать")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(field(page)).to_be_focused()
    await page.keyboard.type("Добрый день")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("Это я")
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Вы сказали: Добрый день\nЭто я")
    await visit.bot.says(ANNA, "Субботник", *EVENT)
    await button(page, "Участвую").wait_for()
    await tab_to(page, button(page, "Участвую"), "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast")).to_have_text("Вы записаны.")
    await expect(button(page, "Отменить")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(visit: Visit, scheme: str) -> None:
    page = await busy_page(visit, color_scheme=scheme)
    assert await page.evaluate(PALE_TEXTS) == []
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) < 200) == (scheme == "dark")
    await button(page, "Сколько осталось мест?").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await page.evaluate(PALE_TEXTS) == []


async def test_a_phone_shows_one_column_that_fits(visit: Visit) -> None:
    page = await busy_page(visit, viewport=PHONE, has_touch=True, is_mobile=True)
    for back in ("К списку чатов", "К списку людей", None):
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert await page.evaluate(SMALL_TARGETS) == []
        await expect(page.get_by_role("heading", name="Песочница, не Telegram")).to_be_visible()
        if back:
            await page.get_by_role("link", name=back).click()
    await expect(page.get_by_role("link", name="Борис")).to_be_visible()
    await expect(log(page)).to_be_hidden()


@pytest.mark.parametrize("width", [360, 380, 420])
async def test_a_narrow_window_covers_no_time_and_breaks_no_word_off_its_picture(
    visit: Visit, width: int
) -> None:
    page = await visit.started(ANNA, viewport={"width": width, "height": 740})
    switches = ["🔔 Общие новости", "🔔 Мероприятия"], ["🔔 Напоминания", "🔔 Голосования"]
    rows = [[{"text": one, "callback_data": one} for one in pair] for pair in switches]
    await visit.bot.says(ANNA, "О чём вам писать? " * 9, *rows)
    await button(page, "🔔 Мероприятия").hover()
    assert await page.evaluate(COVERED_TIMES) == 0
    for pair in switches:
        heights = [await button(page, one).evaluate("(it) => it.offsetHeight") for one in pair]
        assert heights == [44, 44]


async def test_the_address_brings_back_the_place_and_the_draft(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await field(page).fill("Начато и не послано")
    await page.reload()
    await expect(page).to_have_title("Анна · Песочница")
    await expect(field(page)).to_have_value("Начато и не послано")


async def test_nothing_typed_is_lost_while_the_sandbox_is_away(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await field(page).fill("Не потерять")
    await visit.stop()
    banner = page.get_by_text("Нет связи с песочницей, пробую снова…")
    await expect(banner).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Текст остался в поле.")
    await expect(field(page)).to_have_value("Не потерять")
    await visit.start()
    await expect(banner).to_be_hidden()
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Вы сказали: Не потерять")
    await expect(field(page)).to_have_value("")


async def test_a_tab_nobody_sees_counts_the_news_in_its_title(visit: Visit) -> None:
    page = await visit.started(ANNA)
    hide = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => %s});"
    turn = "document.dispatchEvent(new Event('visibilitychange'))"
    await page.evaluate(hide % "true" + turn)
    await visit.bot.says(ANNA, "Новость дня")
    await expect(page).to_have_title("(1) Анна · Песочница")
    await expect(log(page)).not_to_contain_text("Новость дня")
    await page.evaluate(hide % "false" + turn)
    await expect(log(page)).to_contain_text("Новость дня")
    await expect(page).to_have_title("Анна · Песочница")


async def test_a_screen_reader_finds_its_way(visit: Visit) -> None:
    page = await visit.started(ANNA)
    for column in ("Кто вы", "Чаты"):
        await expect(page.get_by_role("navigation", name=column)).to_be_visible()
    await expect(page.get_by_role("main", name="Переписка")).to_be_visible()
    await expect(log(page)).to_have_attribute("aria-live", "polite")
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    nameless = page.locator("button:not([aria-label]):empty, a:not([aria-label]):empty")
    assert await nameless.count() == 0


async def test_the_server_refuses_what_is_not_the_pages(visit: Visit) -> None:
    wish = {"person": ANNA, "chat": visit.key(ANNA), "text": "/start"}
    tries = [
        ("POST", "/sandbox/say", wish, {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", "/sandbox/say", wish | {"person": 7}, {}, 404),
        ("POST", "/sandbox/say", wish | {"chat": visit.key(BORIS)}, {}, 404),
        ("POST", "/sandbox/say", wish | {"text": " "}, {}, 400),
        ("POST", "/sandbox/say", ["not an object"], {}, 400),
        ("POST", "/sandbox/open", wish | {"link": "https://t.me/durov"}, {}, 400),
        ("POST", "/sandbox/tap", wish | {"message_id": 1, "data": "x"}, {}, 400),
        ("GET", "/page/../control.py", None, {}, 404),
        ("GET", "/page/%2e%2e/control.py", None, {}, 404),
        ("GET", "/sandbox/file/none", None, {}, 404),
        ("POST", "/sandbox/say", wish, {"Sec-Fetch-Site": "same-origin"}, 200),
    ]
    async with aiohttp.ClientSession(visit.base) as client:
        for method, path, body, headers, status in tries:
            async with client.request(method, path, json=body, headers=headers) as answer:
                assert answer.status == status, (path, body, await answer.text())
