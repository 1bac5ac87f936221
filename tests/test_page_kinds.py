"""The chat page in a real browser: each kind of message, and where in the lists there is news."""

import io
import re

import pytest
from PIL import Image
from playwright.async_api import expect

from sandbox.wire import Upload, Wire
from tests import page_visit
from tests.page_visit import ANNA, BORIS, Visit, field, log
from tests.test_page_groups import menu, staff_of

# Fixtures are found by the names a module has for them.
browser, visit = page_visit.browser, page_visit.visit
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


def webp() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", (64, 64), "gold").save(buffer, "WEBP")
    return buffer.getvalue()


async def test_a_sticker_is_drawn_or_told_by_its_emoji(visit: Visit) -> None:
    page = await visit.started(ANNA)
    for data in (webp(), b"not a picture"):
        files = {"sticker": Upload("a.webp", data, "image/webp")}
        await visit.bot.call("sendSticker", files, chat_id=ANNA, emoji="👷")
    drawn = log(page).get_by_role("img", name="Стикер 👷")
    await expect(drawn).to_have_count(1)
    assert await drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") == 64
    await expect(log(page).locator(".message", has_text="👷")).to_have_count(1)


async def test_a_throw_a_film_and_a_contact_are_shown(visit: Visit) -> None:
    page = await visit.started(ANNA)
    thrown = await visit.bot.call("sendDice", chat_id=ANNA, emoji="🎯")
    files = {"video": Upload("собрание.mp4", b"1" * 3000, "video/mp4")}
    await visit.bot.call("sendVideo", files, chat_id=ANNA, duration=67, caption="Собрание")
    of_boris: Wire = {"phone_number": "+79001001002", "first_name": "Борис", "last_name": "Ильин"}
    await visit.bot.call("sendContact", chat_id=ANNA, **of_boris)
    await expect(log(page)).to_contain_text(f"🎯{thrown['dice']['value']}")
    film = log(page).locator(".message", has_text="Собрание")
    await expect(film.locator("video")).to_have_attribute("aria-label", "Видео")
    async with page.expect_download() as download:
        await film.get_by_role("link", name="собрание.mp4 1:07 · 3 КБ").click()
    assert (await (await download.value).path()).read_bytes() == b"1" * 3000
    await expect(log(page).locator(".contact")).to_have_text("Борис Ильин+79001001002")


async def test_a_forwarded_message_says_whose_it_was(visit: Visit) -> None:
    group = staff_of(visit)
    said = visit.world.say(BORIS, group.key, "Приказ подписан")
    page = await visit.started(ANNA)
    where: Wire = {"from_chat_id": group.id, "message_id": said["message_id"]}
    await visit.bot.call("forwardMessage", chat_id=ANNA, **where)
    shown = log(page).locator(".message", has_text="Приказ подписан")
    await expect(shown.locator(".forwarded")).to_have_text("Переслано: Борис")


async def test_a_group_that_moved_leads_to_where_it_went(visit: Visit) -> None:
    old = visit.world.add_group(-5, "Малая", kind="group", members={ANNA: "creator"})
    page = await visit.at(f"#person={ANNA}&chat={old.key}")
    await expect(field(page)).to_be_visible()
    new = visit.world.migrate(old.key, -1005)
    await expect(field(page)).to_be_hidden()
    await page.get_by_role("main").get_by_role("link", name="Перейти в супергруппу").click()
    await field(page).fill("Мы здесь")
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Мы здесь")
    assert [message.get("text") for message in new.messages.values()][-1] == "Мы здесь"


async def test_what_is_pinned_in_a_topic_is_told_there(visit: Visit) -> None:
    group = staff_of(visit)
    topic = await visit.bot.call("createForumTopic", chat_id=group.id, name="Отпуск")
    thread = topic["message_thread_id"]
    visit.world.say(BORIS, group.key, "Когда отпуск?", thread=thread)
    page = await visit.at(f"#person={ANNA}&chat={group.key}&topic={thread}")
    await menu(page, "Когда отпуск?", "Закрепить")
    await expect(log(page).locator(".service").last).to_have_text("Анна закрепляет: Когда отпуск?")
    await page.get_by_role("link", name="General", exact=True).click()
    await expect(page).to_have_url(re.compile("topic=1$"))
    await expect(log(page)).not_to_contain_text("закрепляет")


async def test_news_is_counted_beside_the_chat_and_the_person_until_it_is_read(
    visit: Visit,
) -> None:
    group = visit.world.add_group(-5, "Юристы", members={ANNA: "member", BORIS: "member"})
    page = await visit.started(ANNA)
    chat = page.locator("#chats a", has_text="Юристы")
    anna, boris = (page.locator("#people a", has_text=name) for name in ("Анна", "Борис"))
    await expect(chat).to_contain_text("Ещё ничего не написано")
    for text in ("Есть вопрос", "Срочный"):
        visit.world.say(BORIS, group.key, text)
    await expect(chat.locator(".badge")).to_have_text("Непрочитанных: 2")
    await expect(anna.locator(".badge")).to_have_text("Непрочитанных: 2")
    await expect(boris.locator(".badge")).to_have_count(0)
    await expect(page).to_have_title("(2) Анна · Песочница")
    await chat.click()
    await expect(log(page)).to_contain_text("Срочный")
    await expect(page.locator("#chats .badge, #people .badge")).to_have_count(0)
    await expect(page).to_have_title("Анна · Песочница")
