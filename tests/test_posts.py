"""News: written by an organiser, sent to exactly those it is for, steered and taken back."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

import pytest
from sqlalchemy import func, select, update

from bot.app import App
from models.base import Session
from models.mail import Sending
from models.member import Member
from models.organisation import Organisation
from models.person import Person as Account
from models.post import Delivery, Mailing, Post, Tally
from sandbox.people import Person
from sandbox.plugin import Clock
from services import deliveries, mailings, mailings_pace, outbox, posts_publishing, reach
from tests.applying import Holds, Make, clock_ticks, rows
from tests.backstage import SINCE, audited, carried, enrol
from tests.conftest import ADMIN
from tests.newsroom import NEWS, anna, boris, corrects, draft, due, heard, oleg, urgent
from tests.sandbox_front import picture

FIXTURES = (oleg, anna, boris)

pytestmark = pytest.mark.usefixtures("union")


async def test_urgent_news_reaches_members_and_is_rated(oleg: Person, anna: Person) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sees("Пришлите её так")
    await oleg.says(NEWS)
    await oleg.sees(NEWS, "Черновик новости", "Получат: 2")
    await urgent(oleg)
    await oleg.sees("срочно, сразу")
    await oleg.taps("Опубликовать")
    await oleg.sees("Новость опубликована")
    await anna.sees(NEWS)
    await anna.taps("Полезно")
    assert "✓ Полезно" in anna.buttons
    await anna.says("📰 Новости")
    assert anna.buttons[0] == NEWS  # read by now
    await anna.taps(NEWS)
    await anna.sees(NEWS, "ТюмнМО ВЭП")
    await anna.taps("✓ Полезно")
    assert "Полезно" in anna.buttons
    await anna.taps("Не полезно")
    await oleg.says("/post")
    await oleg.taps(f"📣 {NEWS}")
    await oleg.sees("Открыли: 1 · полезно: 0 · не полезно: 1", "Доставлено: 2", "Осталось: 0")
    await oleg.taps("Охват")
    await oleg.sees(
        "Молодёжь", "ППО Тюменьэнерго", "доставлено 2 из 2, открыли 1", "догадок здесь нет"
    )


async def test_young_are_counted_by_the_day_of_the_organisation(
    app: App, people: Make, holds: Holds, clock: Clock
) -> None:
    """A birthday in Kamchatka begins at noon in Greenwich."""
    async with app.database.transaction() as session:
        await session.execute(
            update(Organisation)
            .where(Organisation.code.startswith("KGD"))
            .values(timezone="Asia/Kamchatka")
        )
    gleb = people("Глеб")
    await enrol(app, gleb, "KGD-1", "Гуляев Глеб")
    await holds(gleb, "organiser", "KGD-1")
    async with app.database.transaction() as session:
        await session.execute(update(Member).values(born_on=date(1990, 11, 24)))
    clock.forward(hours=2, minutes=59)
    for text in ("Ещё 35", "Уже 36"):
        await draft(gleb, text, "ППО Янтарьэнерго")
        await gleb.taps("Кому")
        await gleb.taps("Молодёжи до 35")
        await gleb.sees(f"Сейчас получат: {1 if text == 'Ещё 35' else 0}")
        await gleb.taps("✓ Молодёжи до 35")
        await gleb.taps("Всем")
        await gleb.taps("Готово")
        await urgent(gleb)
        await gleb.taps("Опубликовать")
        clock.forward(minutes=1)
    assert [one.young for one in await rows(app, Tally)] == [True, False]


async def test_nobody_else_may_post(people: Make, anna: Person, holds: Holds) -> None:
    await anna.says("/post")
    await anna.sees("Новости пишут организаторы")
    await holds(anna, "chair", "TMN-1")
    await anna.says("/post")
    await anna.sees("Новости пишут организаторы")
    assert "post" not in anna.commands


async def test_old_buttons_of_another_are_refused(
    oleg: Person, anna: Person, holds: Holds, app: App
) -> None:
    await draft(oleg)
    shown = await oleg.sees("Черновик")
    publish = carried(shown, "Опубликовать")
    await anna.says("/start")
    own = await anna.sees()
    await anna.taps_data(own, publish)
    assert "видят её автор" in (anna.toast or "")
    await holds(anna, "organiser", "KGD")
    await anna.taps_data(own, publish)
    assert "видят её автор" in (anna.toast or "")
    assert [post.standing for post in await rows(app, Post)] == ["draft"]


async def test_a_draft_survives_and_is_taken_up_again(oleg: Person) -> None:
    await draft(oleg)
    await oleg.says("/menu")
    await oleg.says("/post")
    await oleg.taps(f"📝 {NEWS}")
    await oleg.sees("Черновик новости")
    await oleg.taps("Показать новость")
    await oleg.sees(NEWS)
    await oleg.taps("Изменить новость")
    await oleg.says("Иначе")
    await oleg.sees("Иначе")
    await oleg.taps("Удалить черновик")
    await oleg.taps("Да, удалить")
    await oleg.says("/post")
    assert not [label for label in oleg.buttons if label.startswith("📝")]


async def test_in_reply_to_a_message_it_is_asked_whose_it_is(oleg: Person) -> None:
    said = await oleg.says(NEWS)
    await oleg.says("/post", reply_to=said["message_id"])
    await oleg.sees("От чьего имени выйдет", NEWS)
    await oleg.taps("ППО Сургутская ГРЭС")
    await oleg.sees(NEWS, "— ППО Сургутская ГРЭС", "Черновик новости", "Получат: 0")


async def test_news_is_taken_as_soon_as_it_comes_and_then_it_is_asked_whose_it_is(
    app: App, oleg: Person
) -> None:
    await oleg.says("/post")
    await oleg.says(NEWS)
    await oleg.sees("От чьего имени выйдет", NEWS)
    await oleg.taps("ППО Сургутская ГРЭС")
    await oleg.sees("— ППО Сургутская ГРЭС", "Черновик новости")
    await oleg.says("/post")
    await oleg.sends_album(*([(picture(), "1.png")] * 3), caption=NEWS)
    await oleg.taps("ППО Сургутская ГРЭС")
    await oleg.sees("— ППО Сургутская ГРЭС", "Черновик новости")
    assert [len(post.media) for post in await rows(app, Post)] == [0, 3]


async def test_where_nothing_was_sent_there_is_no_draft_to_go_on_with(oleg: Person) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.says("/post")
    assert not [label for label in oleg.buttons if label.startswith("📝")]
    await oleg.sends_photo(picture())
    await oleg.taps("ТюмнМО ВЭП")
    await oleg.says("/post")
    assert [label for label in oleg.buttons if label.startswith("📝")]


async def test_what_waits_for_its_hour_is_a_draft_again_in_one_tap(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await due(oleg, clock)
    await oleg.taps("Снова в черновики")
    assert oleg.toast == "Снова черновик"
    await clock_ticks(app, clock)
    await oleg.taps("Изменить новость")
    await oleg.says("Иначе")
    await oleg.taps("Опубликовать")
    assert (heard(anna), (await rows(app, Post))[0].plain) == (0, "Иначе")


async def test_what_cannot_be_news_is_told(oleg: Person) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_location(57.1, 65.5)
    await oleg.sees("Это не получится разослать")
    await oleg.says("Но это получится")
    await oleg.sees("Черновик")


async def test_only_the_chosen_get_it(
    app: App, oleg: Person, anna: Person, boris: Person, people: Make
) -> None:
    old, far, left = people("Вера"), people("Глеб"), people("Дина")
    await enrol(app, old, "TMN-2", "Ветрова Вера", number="000204")
    await enrol(app, far, "KGD-1", "Гуляев Глеб", number="000205")
    await enrol(app, left, "TMN-1", "Дроздова Дина", number="000206")
    async with app.database.transaction() as session:
        await session.execute(
            update(Member).where(Member.number == "000204").values(born_on=date(1980, 1, 1))
        )
    await left.blocks()
    await draft(oleg)
    await oleg.sees("Получат: 4")
    await oleg.taps("Кому")
    await oleg.taps("Молодёжи до 35")
    await oleg.sees("Сейчас получат: 3")
    await oleg.taps("Готово")
    await oleg.taps("Где")
    await oleg.taps("ППО Сургутская ГРЭС")
    await oleg.sees("Сейчас получат: 1")
    await oleg.taps("Готово")
    await oleg.sees("Где: ППО Сургутская ГРЭС", "Получат: 1")
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    await boris.sees(NEWS)
    for other in (anna, old, far, left):
        assert not heard(other)
    await anna.says("/news")
    await anna.sees("Новостей пока нет")


async def test_followers_of_a_rubric(app: App, oleg: Person, anna: Person, boris: Person) -> None:
    await draft(oleg)
    await oleg.taps("Кому")
    await oleg.taps("Кто выбрал эти рубрики")
    assert "Сначала отметьте рубрики" in (oleg.toast or "")
    await oleg.taps("Готово")
    await oleg.taps("Рубрики")
    await oleg.taps("Спорт")
    await oleg.taps("Готово")
    await oleg.taps("Кому")
    await oleg.taps("Кто выбрал эти рубрики")
    await oleg.sees("Сейчас получат: 0")
    await boris.says("/profile")
    await boris.taps("Интересы")
    await boris.taps("Спорт")
    await oleg.taps("Готово")
    await urgent(oleg)
    await oleg.sees("Рубрики: Спорт", "Получат: 1")
    await oleg.taps("Опубликовать")
    await boris.sees(NEWS)
    assert not heard(anna)


async def test_at_its_hour_moved_and_cancelled(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await draft(oleg)
    await oleg.taps("Когда")
    await oleg.says("когда-нибудь")
    await oleg.sees("Не понял, когда")
    await oleg.says("вчера в 9")
    await oleg.sees("уже прош")
    await oleg.says("15 ноября 18:00")
    await oleg.sees("пн, 15 ноября 2027, 18:00 (Екатеринбург)")
    await oleg.taps("Когда")
    await oleg.sees("«30 ноября, 18:00»")
    await oleg.says("завтра в 9")
    await oleg.sees("24 ноября, 09:00 (Екатеринбург)")
    await oleg.taps("Опубликовать")
    await oleg.sees("ждёт своего часа")
    clock.forward(hours=10)
    await clock_ticks(app, clock)
    assert not heard(anna)
    await oleg.taps("Когда")
    await oleg.says("завтра в 12:30")
    await oleg.sees("Выйдет", "25 ноября, 12:30 (Екатеринбург)", "ждёт своего часа")
    clock.forward(hours=12)
    await clock_ticks(app, clock)
    assert not heard(anna)
    clock.forward(hours=25)
    await clock_ticks(app, clock)
    assert heard(anna) == 1
    await clock_ticks(app, clock)
    assert heard(anna) == 1
    await oleg.taps("Кто и что делал")
    await oleg.sees("назначено время, Власов Олег", "время изменено, Власов Олег", "опубликовано")


async def test_what_has_no_hour_any_more_is_a_draft_again(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await due(oleg, clock)
    clock.forward(minutes=-30)
    await oleg.taps("Когда")
    await oleg.taps("В дайджест")
    assert oleg.toast == "Новость снова черновик. Чтобы она вышла, нажмите «Опубликовать»."
    clock.forward(hours=1)
    await clock_ticks(app, clock)
    assert not heard(anna)
    await oleg.taps("Готово")
    await oleg.taps("Опубликовать")
    assert oleg.toast == "Опубликовано"


async def test_what_changed_meanwhile_is_not_published_unseen(oleg: Person, clock: Clock) -> None:
    await draft(oleg)
    before = await oleg.sees("Черновик")
    clock.forward(seconds=1)
    await oleg.taps("Рубрики")
    await oleg.taps("Спорт")
    await oleg.taps("Готово")
    old = carried(before, "Опубликовать")
    await oleg.taps_data(before, old)
    assert "изменилась" in (oleg.toast or "")


async def test_checked_again_when_it_is_sent(
    app: App, oleg: Person, anna: Person, boris: Person, people: Make, clock: Clock
) -> None:
    """Between owing and sending one blocked the bot and one left; later one joined."""
    await due(oleg, clock)
    async with app.database.transaction() as session:
        await posts_publishing.publish_due(session, now=app.courier._clock())
        left = update(Member).where(Member.number == "000202").values(left_at=SINCE)
        await session.execute(left)
    boris.world.block(boris.id, boris.chat_key)
    await app.courier.drain()
    clock.forward(seconds=3)
    await clock_ticks(app, clock)
    await oleg.sees(
        "Отправка завершена: 100", "Доставлено: 1", "Заблокировали бота: 1", "Не отправлено: 1"
    )
    assert not heard(anna) + heard(boris)
    vera = people("Вера")
    await enrol(app, vera, "TMN-2", "Ветрова Вера", number="000204")
    assert not heard(vera)
    await vera.says("/news")
    assert f"🔵 {NEWS}" in vera.buttons


async def owed_and(app: App, steer: Callable[..., Awaitable[None]]) -> None:
    """What is due is owed, and steered before any of it is sent."""
    (post,) = await rows(app, Post)
    async with app.database.transaction() as session:
        now = app.courier._clock()
        await posts_publishing.publish_due(session, now=now)
        mailing = await deliveries.find_sending(session, post.id, now=now)
        assert mailing
        await steer(session, mailing, now=now)


async def test_paused_resumed_stopped(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    await due(oleg, clock)
    await owed_and(app, mailings.pause)
    await app.courier.drain()
    assert not heard(anna)
    await oleg.says("/post")
    await oleg.taps(f"📣 {NEWS}")
    await oleg.sees("Отправка на паузе", "Осталось: 3")
    await oleg.taps("Продолжить")
    await clock_ticks(app, clock)
    assert heard(anna) == heard(boris) == 1
    clock.forward(seconds=3)
    await clock_ticks(app, clock)
    await oleg.sees("Отправка завершена")


async def test_to_whom_it_perhaps_never_came_it_is_sent_once_more(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    """The process dies with one of three on its way, and nobody knows."""
    await due(oleg, clock)
    await owed_and(app, lose_one)
    await app.courier.drain()
    clock.forward(seconds=3)
    await clock_ticks(app, clock)
    await oleg.says("/post")
    await oleg.taps(f"📣 {NEWS}")
    await oleg.sees("Отправка завершена: 100 %", "Доставлено: 2", "Могло не дойти: 1")
    await oleg.taps("Отправить им ещё раз: 1")
    assert (heard(anna), heard(boris)) == (1, 1)
    clock.forward(seconds=3)
    await clock_ticks(app, clock)
    await oleg.sees("Отправка завершена: 100 %", "Доставлено: 3")
    await oleg.sees_nothing_of("Могло не дойти", "Отправить им ещё раз")
    assert len(await rows(app, Delivery)) == 3


async def test_a_pause_of_what_is_sent_once_more(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock, people: Make
) -> None:
    """Of an album; whoever joined meanwhile finds the news in the feed."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_album(*[(picture(), f"{n}.png") for n in range(2)], caption=NEWS)
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    (post,) = await rows(app, Post)
    async with app.database.transaction() as session:
        words = update(Delivery).where(Delivery.part == 0)
        await session.execute(words.values(state=Sending.UNKNOWN, message_ids=[]))
        first = await session.scalar(select(func.min(Delivery.person_id)))
        album = update(Delivery).where(Delivery.part == 1, Delivery.person_id == first)
        await session.execute(album.values(state=Sending.UNKNOWN, message_ids=[]))
        sending = update(Mailing).where(Mailing.post_id == post.id)
        await session.execute(sending.values(unsure=Mailing.delivered, delivered=0))
    clock.forward(days=2)
    vera = people("Вера")
    await enrol(app, vera, "TMN-2", "Ветрова Вера", number="000204")
    async with app.database.transaction() as session:
        joined = update(Member).where(Member.number == "000204")
        await session.execute(joined.values(joined_at=app.courier._clock()))
    async with app.database.transaction() as session:
        now = app.courier._clock()
        mailing = await deliveries.find_sending(session, post.id, now=now)
        found = await session.get(Post, post.id)
        assert mailing
        assert found
        assert await mailings.repeat(session, found, mailing, now=now)
        assert not await mailings.repeat(session, found, mailing, now=now)  # a second tap
        await mailings.pause(session, mailing, now=now)
        await mailings.resume(session, mailing, now=now)
    await clock_ticks(app, clock)
    assert heard(anna) == heard(boris) == 2
    assert not heard(vera)
    (mailing,) = await rows(app, Mailing)
    progress = mailings_pace.progress(mailing, app.courier._clock())
    assert (progress.delivered, progress.left, progress.is_over) == (3, 0, True)


async def test_an_album_lost_before_its_words_is_perhaps_missed_and_comes_once_more(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    """The process dies with one of three albums on its way; the words below it arrive."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_album(*[(picture(), f"{n}.png") for n in range(2)], caption=NEWS)
    await oleg.taps("Когда")
    await oleg.says("через 1 час")
    await oleg.taps("Опубликовать")
    clock.forward(hours=1)
    await owed_and(app, lose_one_album)
    for _ in range(3):
        clock.forward(seconds=3)
        await clock_ticks(app, clock)
    await oleg.says("/post")
    await oleg.taps(f"📣 {NEWS}")
    await oleg.sees("Отправка завершена: 100 %", "Доставлено: 2", "Могло не дойти: 1")
    async with app.database.transaction() as session:
        assert (await reach.of_post(session, 1, now=app.courier._clock())).delivered == 2
    readers = (oleg, anna, boris)
    told = [heard(one) for one in readers]
    albums = [pictures(one) for one in readers]
    await oleg.taps("Отправить им ещё раз: 1")
    for _ in range(2):
        clock.forward(seconds=3)
        await clock_ticks(app, clock)
    await oleg.sees("Отправка завершена: 100 %", "Доставлено: 3")
    await oleg.sees_nothing_of("Могло не дойти", "Отправить им ещё раз")
    assert [heard(one) for one in readers] == told
    assert sum(pictures(one) for one in readers) == sum(albums) + 2
    assert len(await rows(app, Delivery)) == 6
    async with app.database.transaction() as session:
        assert (await reach.of_post(session, 1, now=app.courier._clock())).delivered == 3


def pictures(person: Person) -> int:
    return sum("photo" in one for one in person.chat.messages.values())


async def lose_one_album(session: Session, mailing: Mailing, *, now: datetime) -> None:
    card, row = await outbox.claim(session, now=now, limit=2, by="dead")
    assert (card.notice, row.notice) == ("posts-card", "posts-lead")
    await deliveries.lose(session, await outbox.recover(session, (), now=now), now=now)


async def lose_one(session: Session, mailing: Mailing, *, now: datetime) -> None:
    card, row = await outbox.claim(session, now=now, limit=2, by="dead")
    assert (card.notice, row.notice) == ("posts-card", "posts-post")
    await deliveries.lose(session, await outbox.recover(session, (), now=now), now=now)


async def test_a_pause_holds_up_nothing_else(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await due(oleg, clock)
    await owed_and(app, mailings.pause)
    await due(oleg, clock, "Другая новость")
    await clock_ticks(app, clock)
    assert (heard(anna), heard(anna, "Другая новость")) == (0, 1)


async def test_a_correction_keeps_to_what_was_sent(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """A picture with words under it stays one: longer words than fit there are refused."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_photo(picture(), "Коротко")
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    await oleg.taps("Исправить")
    await oleg.says("д" * 900)
    await oleg.sees("814")
    await oleg.says("Ещё короче")
    await oleg.taps("Исправить у всех")
    await clock_ticks(app, clock)
    await anna.sees("Ещё короче")


async def test_others_find_what_waits_for_them(
    app: App, oleg: Person, anna: Person, people: Make, holds: Holds
) -> None:
    await draft(oleg)
    await oleg.taps("Опубликовать")
    await holds(anna, "organiser", "TMN")
    await anna.says("/post")
    await anna.taps(f"📣 {NEWS}")
    await anna.taps("Отозвать")
    await anna.taps("Да, отозвать")
    await anna.sees("Новость отозвана")


async def test_those_who_sleep_do_not_hold_up_the_others(
    app: App,
    oleg: Person,
    anna: Person,
    boris: Person,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailings, "STEP", 2)
    async with app.database.transaction() as session:
        asleep = update(Account).where(Account.telegram_id.in_([oleg.id, anna.id]))
        await session.execute(asleep.values(notify_from=1, notify_to=2))
    await due(oleg, clock)
    for _ in range(4):
        await clock_ticks(app, clock)
    assert (heard(anna), heard(boris)) == (0, 1)


async def test_stopped_for_good(app: App, oleg: Person, anna: Person, clock: Clock) -> None:
    await due(oleg, clock)
    await owed_and(app, mailings.stop)
    await app.courier.drain()
    await clock_ticks(app, clock)
    assert not heard(anna)
    await oleg.sees("Отправка завершена", "Не отправлено: 2", "Осталось: 0")


async def test_corrected_and_withdrawn_everywhere(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await draft(oleg)
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    await corrects(oleg, "Спартакиада в субботу")
    await clock_ticks(app, clock)
    await anna.sees("Спартакиада в субботу")
    assert not heard(anna)
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    await oleg.sees("Новость отозвана")
    await clock_ticks(app, clock)
    assert not heard(anna, "Спартакиада в субботу")
    await anna.says("/news")
    await anna.sees("Новостей пока нет")
    await oleg.taps("Кто и что делал")
    await oleg.sees("опубликовано, Власов Олег", "исправлено", "отозвано")
    assert await audited(app, "post.") == [
        "post.begun",
        "post.published",
        "post.corrected",
        "post.withdrawn",
    ]


async def test_drafts_only_go_to_review(app: App, oleg: Person, people: Make) -> None:
    vera = people("Вера")
    await enrol(app, vera, "TMN-1", "Ветрова Вера", number="000204")
    helen = people("Елена", id=ADMIN)
    await helen.says(f"/grant {vera.id} organiser TMN-1 на проверку")
    await vera.sees("Вам назначена роль: организатор", "выйдут после проверки")
    await draft(vera, place="ППО Тюменьэнерго")
    assert "Опубликовать" not in vera.buttons
    await vera.taps("На проверку")
    await oleg.sees("Новость на проверке", "Автор: Ветрова Вера")
    await oleg.taps("Показать новость")
    await oleg.sees(NEWS)
    await oleg.taps("Вернуть с замечанием")
    await oleg.says("Добавьте адрес")
    await vera.sees("вернули", "Добавьте адрес")
    await vera.taps("Открыть")
    await vera.sees("Замечание: Добавьте адрес")
    await vera.taps("Изменить новость")
    await vera.says("Спартакиада, Ленина 1")
    await vera.taps("На проверку")
    await oleg.taps("Опубликовать")
    await vera.sees("Ваша новость вышла")


async def test_an_album_is_one_post(app: App, oleg: Person, anna: Person, clock: Clock) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_album(
        *[(picture(), f"{n}.png") for n in range(3)], caption="Фото с субботника"
    )
    await oleg.sees("Вложений: 3")
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    await anna.sees("Фото с субботника")
    assert sum("photo" in m for m in anna.chat.messages.values()) == 3
    assert await rows(app, Delivery, part=0)
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    await clock_ticks(app, clock)
    assert sum("photo" in m for m in anna.chat.messages.values()) == 0


async def test_a_second_tap_does_nothing_and_does_not_scold(
    app: App, oleg: Person, anna: Person
) -> None:
    await draft(oleg)
    await urgent(oleg)
    card = await oleg.sees("Черновик")
    publish = carried(card, "Опубликовать")
    await oleg.taps("Опубликовать")
    await oleg.taps_data(card, publish)
    assert oleg.toast == "Опубликовано"
    assert heard(anna) == 1
    assert await audited(app, "post.") == ["post.begun", "post.published"]


async def test_at_night_only_what_is_urgent_comes(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    clock.forward(hours=11)  # 01:00 in Tyumen
    await due(oleg, clock, "Не срочно")
    await clock_ticks(app, clock)
    await draft(oleg, "Авария на подстанции")
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    assert (heard(anna, "Не срочно"), heard(anna, "Авария")) == (0, 1)
    assert "disable_notification" not in anna.newest("text")
    clock.forward(hours=6)  # 08:00
    await clock_ticks(app, clock)
    assert (heard(anna, "Не срочно"), heard(anna, "Авария")) == (1, 1)
