"""The chat page in a real browser: what people of the sandbox can do there."""

import io
from typing import Any

import pytest
import qrcode
from PIL import Image
from playwright.async_api import Route, expect

from sandbox.plugin import TOKEN
from tests import page_visit
from tests.page_visit import ANNA, BORIS, Visit, button, field, log

# Fixtures are found by the names a module has for them.
browser, visit = page_visit.browser, page_visit.visit
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
EVENT = ({"text": "Участвую", "callback_data": "yes"}, {"text": "Места", "callback_data": "full"})


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
    await expect(page.locator("#people").get_by_role("link", name="<script>")).to_be_visible()
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

    async def too_late(route: Route) -> None:
        del visit.world.chat(visit.key(ANNA)).messages[message["message_id"]]
        await route.continue_()

    await page.route("**/sandbox/tap", too_late)
    await button(page, "Места").click()
    await expect(page.locator(".toast")).to_have_text("Этой кнопки уже нет.")


async def test_reply_buttons_say_their_label_and_hide_on_request(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await button(page, "Новости").click()
    await expect(log(page)).to_contain_text("Вы сказали: Новости")
    await page.get_by_role("button", name="Кнопки бота").click()
    await expect(button(page, "Новости")).to_be_hidden()
    once = {"keyboard": [["Согласен"]], "one_time_keyboard": True}
    await visit.bot.says(ANNA, "Согласны?", reply_markup=once)
    await button(page, "Согласен").click()
    await expect(log(page)).to_contain_text("Вы сказали: Согласен")
    await expect(button(page, "Согласен")).to_be_hidden()


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
    link = f"https://t.me/{visit.world.bots[TOKEN].username}?start="
    far = '<a href="https://example.org/">устав</a>'
    await visit.bot.says(ANNA, f"{link}bare {far}", [{"text": "Позвать", "url": f"{link}key"}])
    await log(page).get_by_role("link", name="start=bare").click()
    await expect(log(page)).to_contain_text("Привет, Анна! bare")
    await page.get_by_role("button", name="Позвать").click()
    await expect(log(page)).to_contain_text("Привет, Анна! key")
    await expect(page.get_by_role("link", name="устав")).to_have_attribute("target", "_blank")


async def test_the_command_menu_lists_what_this_person_may_say(visit: Visit) -> None:
    page = await visit.started(ANNA)
    commands = [
        {"command": "help", "description": "Что я умею"},
        {"command": "card", "description": "Профбилет"},
    ]
    scope = {"type": "chat", "chat_id": ANNA}
    await visit.bot.call("setMyCommands", commands=commands, scope=scope)
    await field(page).fill("/")
    menu = page.get_by_role("group", name="Команды").get_by_role("button")
    await expect(menu).to_have_text(["/helpЧто я умею", "/cardПрофбилет"])
    await field(page).fill("/c")
    await expect(menu).to_have_text(["/cardПрофбилет"])
    await menu.click()
    await expect(log(page)).to_contain_text("Вы сказали: /card")
    await expect(field(page)).to_have_value("")


async def test_a_photo_goes_in_with_its_caption(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await button(page, "Прикрепить").click()
    async with page.expect_file_chooser() as chooser:
        await button(page, "Фото или альбом").click()
    await (await chooser.value).set_files(photo())
    await page.get_by_label("Подпись").fill("Щит на ТЭЦ-1")
    await button(page.get_by_role("dialog"), "Отправить").click()
    await expect(log(page)).to_contain_text("Фото: Щит на ТЭЦ-1")
    await button(page, "Увеличить: Щит на ТЭЦ-1").click()
    await expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()


async def test_another_person_scans_the_code_on_a_screen(visit: Visit) -> None:
    anna = await visit.started(ANNA)
    link = f"https://t.me/{visit.world.bots[TOKEN].username}?start=from_anna"
    await visit.bot.shows(ANNA, code(link), "Ваш профбилет")
    await expect(button(anna, "Увеличить: Ваш профбилет")).to_be_visible()
    boris = await visit.at(f"#person={BORIS}")
    await button(boris, "Сканировать QR").click()
    await boris.get_by_role("button", name="Анна Ваш профбилет").click()
    await expect(boris.get_by_role("dialog")).to_contain_text(link)
    await button(boris, "Открыть ссылку").click()
    await expect(log(boris)).to_contain_text("Привет, Борис! from_anna")


async def test_a_picture_without_a_code_says_so(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await visit.bot.shows(ANNA, photo()["buffer"], "Просто вид")
    await button(page, "Сканировать QR").click()
    await page.get_by_role("button", name="Анна Просто вид").click()
    await expect(page.get_by_role("dialog")).to_contain_text("QR-кода не видно")


async def test_others_see_the_news_without_asking(visit: Visit) -> None:
    anna, boris = await visit.started(ANNA), await visit.started(BORIS)
    visit.world.add_group(-1001, "Юристы", members={ANNA: "member", BORIS: "member"})
    await visit.bot.says(ANNA, "Заявка подтверждена.")
    await expect(log(anna)).to_contain_text("Заявка подтверждена.")
    visit.world.say(BORIS, "g:-1001", "Беру это обращение")
    unread = boris.get_by_role("link", name="Анна").locator(".badge")
    await expect(unread).to_have_text("Непрочитанных: 1")
    await anna.get_by_role("link", name="Юристы").click()
    await expect(log(anna)).to_contain_text("Борис")
    await expect(log(anna)).to_contain_text("Беру это обращение")
    await expect(unread).to_have_count(0)


async def test_formatting_is_drawn_from_utf16_offsets(visit: Visit) -> None:
    page = await visit.started(ANNA)
    text = "👍🏽 <b>жирный <i>оба</i></b> <code>A-1</code> <tg-spoiler>тайна 🤫</tg-spoiler> конец"
    await visit.bot.says(ANNA, text)
    words = log(page).locator(".words").last
    await expect(words.locator("strong")).to_have_text("жирный оба")
    await expect(words.locator("strong > em")).to_have_text("оба")
    await expect(words.locator("code")).to_have_text("A-1")
    await button(page, "Скрытый текст, показать").click()
    await expect(words.locator(".revealed")).to_have_text("тайна 🤫")
    await expect(words).to_have_text("👍🏽 жирный оба A-1 тайна 🤫 конец")


async def test_an_answer_shows_what_it_answers(visit: Visit) -> None:
    page = await visit.started(ANNA)
    asked = await visit.bot.says(ANNA, "Сколько вам лет?")
    message = log(page).locator(".message", has_text="Сколько вам лет?")
    await message.hover()
    await button(message, "Ответить").click()
    await field(page).fill("Тридцать")
    await page.keyboard.press("Enter")
    await expect(log(page).locator(".message.mine .quote")).to_contain_text("Сколько вам лет?")
    messages = visit.world.chat(visit.key(ANNA)).messages.values()
    mine = next(message for message in messages if message.get("text") == "Тридцать")
    assert mine["reply_to_message"]["message_id"] == asked["message_id"]


async def test_a_forum_is_read_and_written_by_topics(visit: Visit) -> None:
    members = {ANNA: "administrator", visit.world.bots[TOKEN].id: "administrator"}
    group = visit.world.add_group(-1001, "Юристы", forum=True, members=members)
    topics = [
        (await visit.bot.call("createForumTopic", chat_id=-1001, name=name))["message_thread_id"]
        for name in ("Отпуск", "Премия")
    ]
    page = await visit.at(f"#person={ANNA}&chat=g:-1001")
    await page.get_by_role("link", name="Премия", exact=True).click()
    await expect(log(page)).not_to_contain_text("Отпуск")
    await field(page).fill("Беру")
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Беру")
    mine = next(message for message in group.messages.values() if message.get("text") == "Беру")
    assert mine["message_thread_id"] == topics[1]


async def test_a_blocked_bot_can_be_let_in_again(visit: Visit) -> None:
    page = await visit.started(ANNA)
    await button(page, "Заблокировать бота").click()
    await button(page.get_by_role("dialog"), "Заблокировать").click()
    await expect(field(page)).to_be_hidden()
    assert visit.world.chat(visit.key(ANNA)).blocked
    await button(page, "Разблокировать бота").click()
    await expect(field(page)).to_be_visible()
