"""News being written, and what is said when no question is open any more."""

import pytest

from bot.app import App
from models.post import Mailing, Post, Standing
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.world import World
from tests.applying import PHOTO, Holds, Make, clock_ticks, restarted, rows, step_of
from tests.backstage import audited, carried, enrol
from tests.conftest import ADMIN
from tests.newsroom import NEWS, anna, boris, corrects, draft, heard, oleg, urgent
from tests.sandbox_front import picture

FIXTURES = (oleg, anna, boris)

pytestmark = pytest.mark.usefixtures("union")

OTHER = "Спартакиада в субботу"
STRAY = "Спасибо, Маша"


@pytest.fixture
async def vera(app: App, people: Make) -> Person:
    """An organiser whose news others let out."""
    vera, helen = people("Вера"), people("Елена", id=ADMIN)
    await enrol(app, vera, "TMN-1", "Ветрова Вера", number="000204")
    await helen.says(f"/grant {vera.id} organiser TMN-1 на проверку")
    return vera


async def out(oleg: Person) -> None:
    await draft(oleg)
    await urgent(oleg)
    await oleg.taps("Опубликовать")


async def texts(app: App) -> list[str]:
    return [post.plain for post in await rows(app, Post)]


def album(size: int = 3) -> list[tuple[bytes, str]]:
    return [(picture(), f"{number}.png") for number in range(size)]


async def test_a_word_after_publishing_is_no_correction(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await draft(oleg)
    await urgent(oleg)
    card = await oleg.sees("Черновик")
    await oleg.taps("Изменить новость")
    await oleg.taps_data(card, carried(card, "Опубликовать"))
    assert oleg.toast == "Опубликовано"
    await oleg.says(STRAY)
    await oleg.sees("Не понял")
    await clock_ticks(app, clock)
    assert (heard(anna), heard(anna, STRAY)) == (1, 0)
    assert await texts(app) == [NEWS]


async def test_a_word_after_an_album_is_published_or_submitted_goes_nowhere(
    app: App, oleg: Person, vera: Person
) -> None:
    for person, place, button in (
        (oleg, "ТюмнМО ВЭП", "Опубликовать"),
        (vera, "ППО Тюменьэнерго", "На проверку"),
    ):
        await person.says("/post")
        await person.taps(f"✏️ {place}")
        await person.sends_album(*album(), caption=NEWS)
        await person.taps(button)
        await person.says(STRAY)
        await person.sees("Не понял")
    assert await texts(app) == [NEWS, NEWS]


async def test_another_draft_goes_on_when_an_older_one_is_published(
    app: App, oleg: Person
) -> None:
    await draft(oleg)
    card = await oleg.sees("Черновик")
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.taps_data(card, carried(card, "Опубликовать"))
    await oleg.says(OTHER)
    await oleg.sees(OTHER, "Черновик новости")
    found = [(post.standing, post.plain) for post in await rows(app, Post)]
    assert found == [(Standing.PUBLISHED, NEWS), (Standing.DRAFT, OTHER)]


async def test_the_late_part_of_an_album_is_told_so_once(app: App, oleg: Person) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends(photo=[PHOTO], media_group_id="late", caption=NEWS)
    await oleg.taps("Опубликовать")
    await oleg.sends(photo=[PHOTO], media_group_id="late")
    await oleg.sees("Часть альбома дошла, когда новость уже ушла")
    said = len(oleg.history)
    await oleg.sends(photo=[PHOTO], media_group_id="late")
    assert len(oleg.history) == said + 1
    (post,) = await rows(app, Post)
    assert len(post.media) == 1
    await oleg.sends(photo=[PHOTO], media_group_id="another")
    await oleg.sees("Не понял")


async def test_a_correction_is_seen_before_anybody_gets_it(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await out(oleg)
    await oleg.taps("Исправить")
    clock.forward(hours=20)
    await oleg.says("Маша, перезвони мне")
    await oleg.sees("Маша, перезвони мне", "— ТюмнМО ВЭП", "Так новость будет выглядеть")
    await clock_ticks(app, clock)
    assert (heard(anna), heard(anna, "Маша")) == (1, 0)
    sure = await oleg.sees()
    yes = carried(sure, "Исправить у всех")
    await oleg.taps("Оставить как есть")
    await oleg.sees("Новость опубликована")
    await oleg.says(STRAY)
    await oleg.sees("Не понял")
    await oleg.taps_data(sure, yes)
    assert "уже не последний вариант" in (oleg.toast or "")
    await clock_ticks(app, clock)
    assert await texts(app) == [NEWS]
    await corrects(oleg, OTHER)
    assert oleg.toast == "Исправлено"
    await clock_ticks(app, clock)
    assert (heard(anna), heard(anna, OTHER)) == (0, 1)


async def test_a_correction_waits_for_its_author_through_a_restart(
    app: App, oleg: Person, anna: Person, world: World, clock: Clock
) -> None:
    """The latest of two versions; twice pressed it is sent once."""
    await out(oleg)
    await oleg.taps("Исправить")
    await oleg.says("Первый вариант")
    first = await oleg.sees("Так новость будет выглядеть")
    await oleg.says(OTHER)
    last = await oleg.sees(OTHER, "Так новость будет выглядеть")
    old, yes = (carried(one, "Исправить у всех") for one in (first, last))
    clock.forward(minutes=5)  # by then nobody waits for the process that is gone
    async with restarted(app, world, clock) as again:
        await oleg.taps_data(first, old)
        assert "уже не последний вариант" in (oleg.toast or "")
        for _ in range(2):
            await oleg.taps_data(last, yes)
            assert oleg.toast == "Исправлено"
        await clock_ticks(again, clock)
        assert heard(anna, OTHER) == 1
        assert [one.errand for one in await rows(again, Mailing)] == ["send", "correct"]
        assert await audited(again, "post.c") == ["post.corrected"]


async def test_of_two_who_correct_at_once_the_second_sees_what_the_first_did(
    app: App, oleg: Person, anna: Person, holds: Holds, clock: Clock
) -> None:
    await holds(anna, "organiser", "TMN")
    await out(oleg)
    await oleg.taps("Исправить")
    await oleg.says("Одно")
    clock.forward(seconds=1)
    await anna.says("/post")
    await anna.taps(f"📣 {NEWS}")
    await corrects(anna, "Другое")
    await oleg.taps("Исправить у всех")
    assert "уже не последний вариант" in (oleg.toast or "")
    assert await texts(app) == ["Другое"]


async def test_pictures_sent_for_a_correction_stay_as_they_were(
    app: App, oleg: Person, clock: Clock
) -> None:
    """Of one photo the words are taken, of an album too, whichever part has them."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_photo(picture(), NEWS)
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    (before,) = await rows(app, Post)
    await oleg.taps("Исправить")
    await oleg.sends_photo(picture(), "")
    await oleg.sees("исправить можно только текст")
    await oleg.sends_photo(picture(), "Из подписи")
    await oleg.sees("Из подписи", "фото и видео останутся прежними")
    for number in range(3):
        words = {"caption": OTHER} if number == 1 else {}
        await oleg.sends(photo=[PHOTO], media_group_id="new", **words)
    said = [line for line in oleg.history if "исправить можно только текст" in line]
    assert len(said) == 2
    await oleg.taps("Исправить у всех")
    await clock_ticks(app, clock)
    (post,) = await rows(app, Post)
    assert (post.plain, post.media) == (OTHER, before.media)
    assert await step_of(app, oleg) is None


async def test_a_reviewer_chooses_another_hour_when_the_first_has_passed(
    app: App, oleg: Person, vera: Person, clock: Clock
) -> None:
    """It stays in review meanwhile, and its author sees the new hour."""
    await draft(vera, place="ППО Тюменьэнерго")
    await vera.taps("Когда")
    await vera.says("через 1 час")
    await vera.taps("На проверку")
    assert "Когда" not in vera.buttons
    clock.forward(hours=2)
    await oleg.taps("Опубликовать")
    assert oleg.toast == "Этот час уже прошёл. Выберите другое время."
    await oleg.taps("Когда")
    await oleg.says("завтра в 9")
    await oleg.sees("Новость на проверке", "24 ноября, 09:00")
    await vera.sees("Новость на проверке", "24 ноября, 09:00")
    await oleg.taps("Опубликовать")
    assert oleg.toast == "Выйдет в назначенный час"
    (post,) = await rows(app, Post)
    assert post.standing is Standing.SCHEDULED
    assert await audited(app, "post.") == [
        "post.begun",
        "post.submitted",
        "post.rescheduled",
        "post.scheduled",
    ]


async def test_an_author_who_moves_what_was_approved_is_told_what_to_press(
    app: App, oleg: Person, vera: Person
) -> None:
    await draft(vera, place="ППО Тюменьэнерго")
    await vera.taps("Когда")
    await vera.says("завтра в 9")
    await vera.taps("На проверку")
    await oleg.taps("Опубликовать")
    await vera.says("/post")
    await vera.taps(f"🕘 {NEWS}")
    await vera.taps("Когда")
    await vera.says("завтра в 12")
    await vera.sees("Чтобы она вышла, нажмите «На проверку»", "Черновик новости", "12:00")
    await oleg.sees("Черновик новости")
    await vera.taps("На проверку")
    await oleg.sees("Новость на проверке", "12:00")


async def test_every_draft_and_all_that_is_out_can_be_reached(oleg: Person, clock: Clock) -> None:
    for number in range(7):
        await draft(oleg, f"Вышла {number}")
        await oleg.taps("Опубликовать")
        await draft(oleg, f"Черновик {number}")
        clock.forward(minutes=1)
    await oleg.says("/post")
    assert oleg.buttons[:2] == ["📝 Черновик 6", "📝 Черновик 5"]
    await oleg.taps("Все ещё не вышедшие: 7")
    await oleg.taps("›")
    assert oleg.buttons == ["📝 Черновик 1", "📝 Черновик 0", "‹", "2 / 2", "← Вернуться"]
    await oleg.taps("← Вернуться")
    await oleg.taps("Все вышедшие: 7")
    await oleg.sees("Вышедшие новости")
    await oleg.taps("›")
    await oleg.taps("📣 Вышла 0")
    await oleg.sees("Новость опубликована")


async def test_what_others_hand_in_does_not_hide_ones_own(
    oleg: Person, vera: Person, clock: Clock
) -> None:
    await draft(oleg)
    for number in range(5):
        clock.forward(minutes=1)
        await draft(vera, f"Вера {number}", "ППО Тюменьэнерго")
        await vera.taps("На проверку")
    await oleg.says("/post")
    assert oleg.buttons[:2] == [f"📝 {NEWS}", "👀 Вера 4"]
    await oleg.taps("Все ещё не вышедшие: 6")
    await oleg.taps("›")
    assert oleg.buttons[0] == "👀 Вера 0"


async def test_lists_of_news_are_for_organisers(oleg: Person, anna: Person) -> None:
    await anna.says("/start")
    shown = await anna.sees()
    for out in (0, 1):
        await anna.taps_data(shown, f"po.list:{out}:0")
        assert "Новости пишут организаторы" in (anna.toast or "")


async def test_of_a_text_too_long_for_one_message_it_is_told_what_was_left_out(
    app: App, oleg: Person, clock: Clock
) -> None:
    """Telegram parts a paste by itself; however many parts there are, it is told once."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.says("а" * 4000)
    await oleg.says("Вторая часть <b>поста\nи так далее")
    await oleg.sees("не больше 4 096", "начиная со слов «Вторая часть <b>поста»")
    await oleg.says("и третья")
    assert oleg.history[-1] == "и третья"
    assert await texts(app) == ["а" * 4000]
    clock.forward(minutes=1)
    await oleg.says("Короче")
    await oleg.sees("Короче", "Черновик новости")
    await oleg.says(STRAY)
    await oleg.sees("Не понял")
    assert await texts(app) == ["Короче"]


async def test_what_is_said_later_is_no_rest_of_a_long_text(
    app: App, oleg: Person, clock: Clock
) -> None:
    await draft(oleg, "а" * 4000)
    clock.forward(seconds=10)
    await oleg.says(STRAY)
    await oleg.sees("Не понял")
    assert await texts(app) == ["а" * 4000]


async def test_of_a_correction_too_long_for_one_message_the_rest_is_left_out(
    app: App, oleg: Person, clock: Clock
) -> None:
    await out(oleg)
    await oleg.taps("Исправить")
    for part in ("б" * 4000, "Конец текста", "Совсем конец"):
        await oleg.says(part)
    assert sum("начиная со слов «Конец текста»" in line for line in oleg.history) == 1
    await oleg.taps("Исправить у всех")
    assert await texts(app) == ["б" * 4000]


async def test_a_message_edited_in_telegram_reaches_its_draft(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """Whatever was asked meanwhile; what is out already stays, and that is said."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    said = await oleg.says("Опечтака")
    other = await oleg.says("Не новость")
    await oleg.taps("Рубрики")
    await oleg.taps("Спорт")
    await oleg.taps("Готово")
    card = await oleg.sees("Черновик новости")
    clock.forward(minutes=1)
    await oleg.edits(said, "Опечатка")
    await oleg.sees("Опечатка", "Черновик новости", "Рубрики: Спорт")
    seen = len(oleg.history)
    await oleg.edits(other, "И это не новость")
    await anna.edits(await anna.says("Привет"), "Здравствуйте")
    await oleg.taps_data(card, carried(card, "Опубликовать"))
    assert "изменилась" in (oleg.toast or "")
    assert len(oleg.history) == seen
    await oleg.says("/post")
    await oleg.taps("📝 Опечатка")
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    await oleg.edits(said, "Совсем другое")
    await oleg.sees("правка в новость не вошла")
    await clock_ticks(app, clock)
    assert (await texts(app), heard(anna, "Опечатка")) == (["Опечатка"], 1)


async def test_an_edited_caption_reaches_its_album_and_the_words_below_another(
    app: App, oleg: Person
) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    _, second, _ = [
        await oleg.sends(photo=[PHOTO], media_group_id="first", **words)
        for words in ({}, {"caption": "Субота"}, {})
    ]
    await oleg.edits(second, "Суббота")
    await oleg.sees("Суббота", "Вложений: 3")
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_album(*album(2))
    below = await oleg.says("Воскресение")
    await oleg.edits(below, "Воскресенье")
    await oleg.sees("Воскресенье", "Вложений: 2")
    assert await texts(app) == ["Суббота", "Воскресенье"]


async def test_of_an_edited_message_whose_draft_has_other_words_now_nothing_is_said(
    app: App, oleg: Person
) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    said = await oleg.says("Первое")
    await oleg.taps("Изменить новость")
    await oleg.sends_photo(picture(), "")
    seen = len(oleg.history)
    await oleg.edits(said, "Второе")
    assert len(oleg.history) == seen
    assert await texts(app) == [""]


async def test_one_part_of_an_album_is_not_taken_for_all_of_it(app: App, oleg: Person) -> None:
    sent = await oleg.sends_album(*album(), caption=NEWS)
    await oleg.says("/post", reply_to=sent[0]["message_id"])
    await oleg.sees("только ту часть, на которую вы ответили")
    assert not await rows(app, Post)
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_album(*album(), caption=NEWS)
    await oleg.sees("Вложений: 3")


async def scheduled(oleg: Person) -> None:
    await draft(oleg)
    await oleg.taps("Когда")
    await oleg.says("через 2 часа")
    await oleg.taps("Опубликовать")


async def test_what_was_scheduled_by_somebody_who_lost_the_right_is_for_others_to_let_out(
    app: App, oleg: Person, anna: Person, people: Make, clock: Clock
) -> None:
    helen = people("Елена", id=ADMIN)
    await scheduled(oleg)
    await helen.says(f"/revoke {oleg.id} organiser TMN")
    await helen.sees("Новость на проверке", "Автор: Власов Олег")
    await oleg.sees_nothing_of("на проверке")
    await helen.taps("Кто и что делал")
    await helen.sees("снова на проверке: кто назначил время, больше не публикует новости")
    await helen.taps("← Вернуться")
    clock.forward(hours=2)
    await clock_ticks(app, clock)
    assert not heard(anna)
    await helen.taps("Опубликовать")
    await helen.taps("Когда")
    await helen.says("через 1 час")
    await helen.taps("Опубликовать")
    clock.forward(hours=1)
    await clock_ticks(app, clock)
    assert heard(anna) == 1


async def test_what_another_stands_behind_goes_out_without_its_author(
    app: App, oleg: Person, vera: Person, anna: Person, people: Make, clock: Clock
) -> None:
    helen = people("Елена", id=ADMIN)
    await draft(vera, place="ППО Тюменьэнерго")
    await vera.taps("Когда")
    await vera.says("через 2 часа")
    await vera.taps("На проверку")
    await oleg.taps("Опубликовать")
    await helen.says(f"/revoke {vera.id} organiser TMN-1")
    await helen.sees_nothing_of("Новость на проверке")
    clock.forward(hours=2)
    await clock_ticks(app, clock)
    assert heard(anna) == 1


async def test_one_who_drafts_only_from_now_on_sends_nothing_out_any_more(
    app: App, oleg: Person, people: Make
) -> None:
    helen = people("Елена", id=ADMIN)
    await scheduled(oleg)
    await helen.says(f"/grant {oleg.id} organiser TMN на проверку")
    await helen.sees("Новость на проверке")
    await oleg.sees("Новость на проверке")
    await oleg.says("/post")
    await oleg.taps(f"👀 {NEWS}")
    await oleg.taps("Забрать с проверки")
    await oleg.sees("Черновик новости")


async def test_what_another_publisher_does_to_it_stands_on_its_authors_card(
    oleg: Person, vera: Person
) -> None:
    await draft(vera, place="ППО Тюменьэнерго")
    await vera.taps("На проверку")
    await oleg.taps("Опубликовать")
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    await vera.sees("Вашу новость отозвали", NEWS)
    await draft(vera, OTHER, "ППО Тюменьэнерго")
    await vera.taps("На проверку")
    await oleg.sees("Новость на проверке")
    await vera.taps("Удалить черновик")
    await vera.taps("Да, удалить")
    await oleg.sees("Черновик удалён")
