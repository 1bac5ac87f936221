"""News as members read it: the feed, an item, what they think of it, a link to share."""

from urllib.parse import parse_qs, urlparse

import pytest

from bot.app import App
from keyboards import posts_parts
from models.post import Reading
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.reply_markup import inline_buttons
from sandbox.wire import Wire
from tests.applying import Make, applies, rows
from tests.backstage import enrol
from tests.newsroom import NEWS, anna, boris, draft, oleg, published

FIXTURES = (oleg, anna, boris)

pytestmark = pytest.mark.usefixtures("union")


def shared(message: Wire) -> str:
    """The link that «Поделиться» hands on."""
    buttons = inline_buttons(message)
    url = next(button["url"] for button in buttons if button["text"] == "Поделиться")
    return str(parse_qs(urlparse(url).query)["url"][0])


async def test_the_feed_is_for_members(people: Make) -> None:
    guest = people("Гость")
    await guest.says("/news")
    await guest.sees("раздел для членов профсоюза")


async def test_read_once_however_often_it_is_opened(app: App, oleg: Person, anna: Person) -> None:
    await published(oleg, NEWS)
    await anna.says("📰 Новости")
    feed = await anna.sees("сначала новые")
    await anna.taps(f"🔵 {NEWS}")
    await anna.sees(NEWS)
    await anna.taps(f"🔵 {NEWS}", message=feed)
    (reading,) = await rows(app, Reading)
    assert reading.useful is None
    await anna.taps("← К новостям")
    assert NEWS in anna.buttons


async def test_newest_first_or_what_matters_first(
    oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    await draft(oleg, "Своим", place="ППО Тюменьэнерго")
    await oleg.taps("Опубликовать")
    clock.forward(minutes=1)
    await published(oleg, "Всем")
    clock.forward(minutes=1)
    await anna.says("/news")
    assert anna.buttons[:2] == ["🔵 Всем", "🔵 Своим"]
    await anna.taps("Сначала важное")
    assert anna.buttons[:2] == ["🔵 Своим", "🔵 Всем"]
    await anna.taps("🔵 Своим")
    await anna.says("/news")
    await anna.taps("Сначала важное")
    assert anna.buttons[:2] == ["🔵 Всем", "Своим"]
    await boris.says("/news")
    assert boris.buttons[0] == "🔵 Всем"
    assert "🔵 Своим" not in boris.buttons


async def test_found_by_a_word_in_any_form(oleg: Person, anna: Person) -> None:
    await published(oleg, "Зимняя спартакиада", "Путёвки в санаторий", "100% <скидка>")
    await anna.says("/news")
    await anna.taps("🔍 Найти")
    await anna.says("спартакиаду")
    await anna.sees("Нашлось", "1")
    assert "🔵 Зимняя спартакиада" in anna.buttons
    await anna.says("путевка")
    assert "🔵 Путёвки в санаторий" in anna.buttons
    await anna.says("100%")
    assert "🔵 100% <скидка>" in anna.buttons
    await anna.says("<b>нет такого</b>")
    await anna.sees("<b>нет такого</b>", "ничего не нашлось")
    await anna.taps("← К новостям")
    assert len(anna.buttons) > 3


async def test_long_lists_have_pages(oleg: Person, anna: Person, clock: Clock) -> None:
    for number in range(8):
        await published(oleg, f"Новость {number}")
        clock.forward(minutes=1)
    await anna.says("/news")
    assert anna.buttons[0] == "🔵 Новость 7"
    await anna.taps("›")
    assert anna.buttons[:2] == ["🔵 Новость 1", "🔵 Новость 0"]
    await anna.taps("🔍 Найти")
    await anna.says("новость")
    await anna.taps("›")
    assert "🔵 Новость 0" in anna.buttons


async def test_old_buttons_of_what_is_gone(oleg: Person, anna: Person) -> None:
    await published(oleg, NEWS)
    await anna.says("/news")
    feed = await anna.sees("Новости")
    await anna.taps(f"🔵 {NEWS}")
    shown = await anna.sees(NEWS)
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    await anna.taps(f"🔵 {NEWS}", message=feed)
    assert "больше нет" in (anna.toast or "")
    await anna.taps("Полезно", message=shown)
    assert "больше нет" in (anna.toast or "")


async def test_an_item_of_another_territory_cannot_be_opened(
    app: App, oleg: Person, anna: Person, people: Make
) -> None:
    far = people("Глеб")
    await enrol(app, far, "KGD-1", "Гуляев Глеб", number="000205")
    await published(oleg, NEWS)
    await anna.says("/news")
    feed = await anna.sees("Новости")
    data = feed["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await far.says("/news")
    await far.taps_data(await far.sees(), data)
    assert "не для вашей организации" in (far.toast or "")
    assert await rows(app, Reading) == []


async def test_a_guest_with_the_link_sees_the_beginning(
    oleg: Person, anna: Person, people: Make
) -> None:
    await draft(oleg)
    await oleg.taps("Опубликовать")
    await anna.says("/news")
    await anna.taps(f"🔵 {NEWS}")
    shown = await anna.sees(NEWS)
    link = shared(shown)
    guest = people("Гость")
    await guest.opens(link)
    await guest.sees("Завтра спартакиада…", "Вступить можно")
    await guest.sees_nothing_of("Лев & Co")
    assert "✍️ Вступить" in guest.buttons
    await guest.says("/start n_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    await guest.sees("больше нет")


async def test_whoever_has_applied_or_belongs_elsewhere_is_told_what_is_true_for_them(
    app: App, oleg: Person, anna: Person, people: Make
) -> None:
    await published(oleg, NEWS)
    await anna.says("/news")
    await anna.taps(f"🔵 {NEWS}")
    link = shared(await anna.sees(NEWS))
    far, applicant = people("Глеб"), people("Вера", phone="+79995550112")
    await enrol(app, far, "KGD-1", "Гуляев Глеб", number="000205")
    await far.opens(link)
    await far.sees("Завтра спартакиада…", "Это новость организации «ТюмнМО ВЭП»")
    assert far.buttons == ["← К новостям"]
    await applies(applicant)
    await applicant.opens(link)
    await applicant.sees("Завтра спартакиада…", "Ваша заявка на рассмотрении")
    await applicant.sees_nothing_of("Вступить можно")
    await applicant.taps("⏳ Моя заявка")
    await applicant.sees("Моя заявка")
    assert len(await rows(app, Reading)) == 1


@pytest.mark.parametrize(
    ("whole", "beginning"),
    [
        ("Один два, три четыре пять", "Один два…"),
        ("https://example.org/abc", "https://exa…"),
        ("Слово " * 900, "Слово " * 49 + "Слово…"),
        ("", ""),
    ],
)
def test_a_guest_never_reads_the_whole(whole: str, beginning: str) -> None:
    assert posts_parts.beginning(whole, 300) == beginning


async def test_the_way_back_leads_to_the_list_as_it_was(
    oleg: Person, anna: Person, clock: Clock
) -> None:
    for number in range(14):
        await published(oleg, f"Новость {number}")
        clock.forward(minutes=1)
    await anna.says("/news")
    await anna.taps("Сначала важное")
    await anna.taps("›")
    await anna.taps("🔵 Новость 7")
    await anna.taps("Полезно")
    await anna.taps("← К новостям")
    await anna.sees("сначала важное для вас")
    assert "2 / 3" in anna.buttons
    await anna.taps("🔍 Найти")
    await anna.says("новость")
    await anna.taps("›")
    await anna.taps("🔵 Новость 6")
    await anna.taps("← К новостям")
    await anna.sees("Нашлось по словам «новость»")
    assert "2 / 3" in anna.buttons
    await anna.says("/news")
    await anna.taps("🔵 Новость 13")
    await anna.taps("← К новостям")
    await anna.sees("сначала новые")
    assert "1 / 3" in anna.buttons


async def test_buttons_of_before_still_answer(oleg: Person, anna: Person) -> None:
    await published(oleg, NEWS)
    await anna.says("/news")
    await anna.taps_data(await anna.sees("Новости"), "nw.open:1")
    shown = await anna.sees(NEWS)
    await anna.taps_data(shown, "nw.rate:1:1")
    assert "✓ Полезно" in anna.buttons
    await anna.taps_data(shown, "nw.back")
    await anna.sees("сначала новые")


async def test_signs_alone_are_nothing_to_search_for(oleg: Person, anna: Person) -> None:
    await published(oleg, NEWS)
    await anna.says("/news")
    await anna.taps("🔍 Найти")
    await anna.says("!!!")
    await anna.sees("нет ни слова")
    await anna.says("спартакиада")
    await anna.sees("Нашлось")
