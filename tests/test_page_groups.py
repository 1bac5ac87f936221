"""The chat page in a real browser: groups, files, marks, pages of the bot and its calls."""

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from sandbox.accounts import Chat
from sandbox.plugin import TOKEN
from tests import page_visit
from tests.page_visit import ANNA, BORIS, Visit, button, field, log

# Fixtures are found by the names a module has for them.
browser, visit = page_visit.browser, page_visit.visit
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

STAFF = -1001


def picture(name: str) -> Any:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 200), "navy").save(buffer, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": buffer.getvalue()}


def staff_of(visit: Visit) -> Chat:
    members = {ANNA: "creator", BORIS: "member", visit.world.bots[TOKEN].id: "administrator"}
    return visit.world.add_group(STAFF, "Юристы", forum=True, members=members)


async def choose(page: Page, kind: str, *files: Any) -> None:
    await button(page, "Прикрепить").click()
    async with page.expect_file_chooser() as chooser:
        await button(page, kind).click()
    await (await chooser.value).set_files(list(files))
    await button(page.get_by_role("dialog"), "Отправить").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def menu(page: Page, words: str, deed: str) -> None:
    message = log(page).locator(".message", has_text=words)
    await message.hover()
    await button(message, "Что сделать с сообщением").click()
    await button(page.get_by_role("dialog"), deed).click()


async def test_an_album_files_a_voice_and_a_place_go_into_a_topic(visit: Visit) -> None:
    group = staff_of(visit)
    topic = await visit.bot.call("createForumTopic", chat_id=STAFF, name="Отпуск")
    page = await visit.at(f"#person={ANNA}&chat={group.key}")
    await page.get_by_role("link", name="Отпуск", exact=True).click()
    await choose(page, "Фото или альбом", picture("один.png"), picture("два.png"))
    album = log(page).get_by_role("group", name="Альбом: 2")
    await expect(album.get_by_role("button", name="Увеличить: Картинка")).to_have_count(2)
    order = {"name": "приказ.txt", "mimeType": "text/plain", "buffer": b"1" * 99}
    await choose(page, "Файлы", order)
    async with page.expect_download() as download:
        await page.get_by_role("link", name="приказ.txt 1 КБ").click()
    assert (await (await download.value).path()).read_bytes() == b"1" * 99
    voice = {"name": "a.ogg", "mimeType": "audio/ogg", "buffer": b"OggS"}
    await choose(page, "Голосовое из файла", voice)
    await expect(log(page).locator("audio")).to_have_attribute("aria-label", "Голосовое сообщение")
    await button(page, "Прикрепить").click()
    await button(page, "Место").click()
    await page.get_by_label("Название").fill("Обком")
    await button(page.get_by_role("dialog"), "Отправить").click()
    await expect(log(page)).to_contain_text("Обком57.15303, 65.53433")
    sent = [message for message in group.messages.values() if message["from"]["id"] == ANNA]
    assert {message["message_thread_id"] for message in sent} == {topic["message_thread_id"]}
    assert len({message["media_group_id"] for message in sent if "photo" in message}) == 1


async def test_a_message_is_answered_edited_pinned_and_reacted_to(visit: Visit) -> None:
    group = staff_of(visit)
    topic = await visit.bot.call("createForumTopic", chat_id=STAFF, name="Отпуск")
    thread = topic["message_thread_id"]
    visit.world.say(BORIS, group.key, "Когда отпуск?", thread=thread)
    page = await visit.at(f"#person={ANNA}&chat={group.key}&topic={thread}")
    await menu(page, "Когда отпуск?", "Ответить")
    await page.keyboard.type("В мае")
    await page.keyboard.press("Enter")
    await expect(log(page).locator(".mine .quote")).to_contain_text("Когда отпуск?")
    await field(page).fill("Недописано")
    await menu(page, "В мае", "Изменить")
    await expect(field(page)).to_have_value("В мае")
    await field(page).fill("В июне")
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("В июнеизменено")
    await expect(field(page)).to_have_value("Недописано")
    await menu(page, "В июне", "Отклик 👍")
    await expect(button(page, "👍: 1, ваш тоже")).to_be_visible()
    await button(page, "👍: 1, ваш тоже").click()
    await expect(log(page).locator(".chip")).to_have_count(0)
    await menu(page, "В июне", "Закрепить")
    await expect(page.get_by_role("button", name="Закреплено: В июне")).to_be_visible()
    await menu(page, "В июне", "Открепить")
    await expect(page.locator(".pins")).to_be_hidden()
    assert group.pinned == []


async def test_a_vote_shows_the_counts_and_can_be_taken_back(visit: Visit) -> None:
    page = await visit.started(ANNA)
    poll: Any = {
        "question": "Когда собрание?",
        "options": [{"text": "Пятница"}, {"text": "Суббота"}],
    }
    await visit.bot.call("sendPoll", chat_id=ANNA, **poll)
    await button(page, "Пятница").click()
    counts = log(page).locator(".counts li")
    await expect(counts).to_contain_text(["Пятница: 1ваш голос", "Суббота: 0"])
    await button(page, "Отменить голос").click()
    await expect(button(page, "Суббота")).to_be_visible()


async def test_a_channel_is_read_and_only_its_keepers_write(visit: Visit) -> None:
    members = {ANNA: "creator", BORIS: "member"}
    channel = visit.world.add_channel(-1005, "Новости союза", members=members)
    visit.world.say(ANNA, channel.key, "Собрание в пятницу")
    page = await visit.at(f"#person={BORIS}&chat={channel.key}")
    await expect(log(page).locator(".sender")).to_have_text("Новости союза")
    await expect(page.get_by_text("Писать сюда могут те, кто ведёт канал.")).to_be_visible()
    await expect(field(page)).to_be_hidden()


async def test_two_people_talk_side_by_side(visit: Visit) -> None:
    group = staff_of(visit)
    page = await visit.at(f"#person={ANNA}&chat={group.key}")
    await button(page, "Ещё человек рядом").click()
    beside = page.get_by_role("region", name="Рядом: Борис")
    await beside.get_by_role("combobox", name="Чат").select_option("Юристы")
    await beside.get_by_role("textbox", name="Сообщение").fill("Это Борис")
    await page.keyboard.press("Enter")
    main = page.get_by_role("main")
    await expect(main.get_by_role("log")).to_contain_text("Это Борис")
    await expect(beside.locator(".message.mine")).to_contain_text("Это Борис")
    await page.set_viewport_size({"width": 360, "height": 740})
    await expect(beside).to_have_count(0)
    await expect(field(page)).to_be_visible()
    await page.set_viewport_size({"width": 1280, "height": 800})
    await button(beside, "Убрать этого человека").click()
    await expect(page.get_by_role("navigation", name="Кто вы")).to_be_visible()


async def test_calls_and_refusals_are_listed_for_those_who_write_bots(visit: Visit) -> None:
    page = await visit.started(ANNA)
    refused = {"chat_id": 7, "text": "Кому?"}
    status, _ = await visit.world.call(TOKEN, "sendMessage", refused)
    await button(page, "Вызовы бота").click()
    calls = page.get_by_role("complementary", name="Вызовы бота")
    await expect(calls.locator(".call")).to_have_count(2)
    await calls.get_by_label("Только отказы").check()
    await expect(calls.locator(".call")).to_have_count(1)
    await expect(calls.locator(".call")).to_contain_text("Bad Request: chat not found")
    await calls.locator("summary").click()
    await expect(calls.locator("dl")).to_have_text("chat_id7textКому?")
    await page.keyboard.press("Escape")
    await expect(button(page, "Вызовы бота")).to_be_focused()
    assert status == 400


async def test_a_page_of_the_bot_gets_signed_data_and_answers_with_its_own(visit: Visit) -> None:
    page = await visit.started(ANNA)
    shown = """<script>parent.postMessage(JSON.stringify(
      {eventType: "web_app_data_send", eventData: {data: "42"}}), "*")</script>"""
    asked: list[str] = []

    async def serve(route: Any) -> None:
        asked.append(await page.locator("iframe").get_attribute("src") or "")
        await route.fulfill(body=shown, content_type="text/html")

    await page.route("**/form", serve)
    key = {"text": "Анкета", "web_app": {"url": f"{visit.base}/form"}}
    await visit.bot.says(ANNA, "Заполните", reply_markup={"keyboard": [[key]]})
    await button(page, "Анкета").click()
    await expect(log(page)).to_contain_text("Страница «Анкета» отправила данные боту")
    told = parse_qs(parse_qs(urlsplit(asked[0]).fragment)["tgWebAppData"][0])
    assert told["hash"]
    assert "Анна" in told["user"][0]
    newest = list(visit.world.chat(visit.key(ANNA)).messages.values())
    assert {"data": "42", "button_text": "Анкета"} in [m.get("web_app_data") for m in newest]
