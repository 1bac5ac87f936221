"""Channels: they speak for an organisation once somebody has said so; news goes both ways."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import App
from models.base import Session
from models.channel import Channel, Printed
from models.mail import DeadLetter, Owed
from models.person import Person as Account
from models.post import Post, Reading, Standing
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from sandbox.world import World
from services import deliveries, outbox, posts, posts_publishing
from services import people as people_service
from services.posts_content import Content
from tests.applying import Holds, Make, restarted, rows
from tests.backstage import audited
from tests.conftest import ADMIN
from tests.newsroom import NEWS, anna, corrects, draft, oleg
from tests.sandbox_front import picture

FIXTURES = (oleg, anna)

pytestmark = pytest.mark.usefixtures("union")

ID, BOT = -1001234567890, 42
TITLE = "<b>Лев & Co</b>"
DISCUSS = "Обсудить и оценить в боте"


class Air:
    """A channel, as its owner knows it."""

    def __init__(self, world: World, owner: Person, number: int = ID, title: str = TITLE) -> None:
        self.world, self.owner, self.number = world, owner, number
        self.chat = world.add_channel(number, title, members={owner.id: "creator"})
        self.voice = owner.inside(self.chat.key)

    async def takes(self, status: str = "administrator", **rights: bool) -> None:
        """The bot in, or throws it out."""
        self.owner._look_away()
        self.world.set_member(self.chat.key, BOT, status, by=self.owner.id, rights=rights or None)
        await self.world.settle()

    async def edits(self, message: dict[str, Any], text: str) -> None:
        await self.voice.edits(message, text)


@pytest.fixture
async def air(world: World, oleg: Person) -> Air:
    """A channel that speaks for the territory."""
    air = Air(world, oleg)
    await air.takes()
    await oleg.taps("ТюмнМО ВЭП")
    return air


async def feed(person: Person) -> list[str]:
    await person.says("/news")
    return [label.removeprefix("🔵 ") for label in person.buttons]


async def test_whoever_adds_the_bot_says_whose_voice_it_is(
    app: App, world: World, oleg: Person, anna: Person
) -> None:
    air = Air(world, oleg)
    await air.takes()
    await oleg.sees(TITLE, "От имени какой организации он говорит?")
    assert oleg.buttons[:2] == ["ТюмнМО ВЭП", "ППО Сургутская ГРЭС"]
    await air.voice.says("Рано")
    assert await rows(app, Post) == []
    await oleg.taps("ТюмнМО ВЭП")
    assert oleg.toast == "Канал подключён"
    await oleg.sees("Говорит от имени: ТюмнМО ВЭП")
    await air.voice.says(NEWS)
    (post,) = await rows(app, Post)
    assert (post.author_id, post.channel_id, post.timing) == (None, ID, "digest")
    assert (await feed(anna))[0] == NEWS
    await anna.taps(f"🔵 {NEWS}")
    await anna.sees(NEWS, "ТюмнМО ВЭП")
    await oleg.says("/channels")
    await oleg.taps(f"{TITLE} — ТюмнМО ВЭП")
    await oleg.taps(NEWS)
    await oleg.sees("Новость опубликована", f"Автор: {TITLE}")
    assert await audited(app, "channel.") == ["channel.confirmed"]
    assert air.voice.history == ["Рано", NEWS]
    assert not await rows(app, DeadLetter)


async def test_it_is_asked_once_and_other_rights_ask_nothing(world: World, oleg: Person) -> None:
    air = Air(world, oleg)
    await air.takes()
    before = len(oleg.history)
    await air.takes(can_post_messages=True, can_edit_messages=False)
    await air.takes()
    assert len(oleg.history) == before
    await air.takes("left")
    await air.takes()
    assert len(oleg.history) == before + 1
    await oleg.sees("От имени какой организации он говорит?")


async def test_nobody_without_the_right_makes_news_of_it(
    app: App, world: World, anna: Person, oleg: Person, people: Make
) -> None:
    stranger = people("Лев")
    for number, owner in enumerate((anna, stranger)):
        air = Air(world, owner, ID - number, f"Канал {number}")
        await air.takes()
        await air.voice.says(NEWS)
    await anna.sees("Спасибо, что добавили бота в канал «Канал 0»", "/channels")
    assert anna.buttons == []
    assert stranger.history == []
    assert [(one.met_at, one.telegram_id) for one in await rows(app, Account) if not one.met_at]
    assert await rows(app, Post) == []
    await anna.says("/channels")
    await anna.sees("Новости пишут организаторы")
    helen = people("Елена", id=ADMIN)
    await helen.says(f"/grant {anna.id} organiser TMN-1 на проверку")
    await anna.says("/channels")
    await anna.sees("подключают каналы организаторы с правом публикации")
    assert "channels" not in anna.commands
    await helen.says("/channels")
    assert helen.buttons == ["❔ Канал 0 — не подключён", "❔ Канал 1 — не подключён"]
    await oleg.says("/channels")
    assert oleg.buttons == ["❔ Канал 0 — не подключён"]
    await oleg.taps("❔ Канал 0 — не подключён")
    await oleg.taps("ППО Тюменьэнерго")
    await oleg.sees("Говорит от имени: ППО Тюменьэнерго")
    await anna.sees("Ваш канал «Канал 0» подключили", "«ППО Тюменьэнерго»")
    await anna.inside(f"g:{ID}").says(NEWS)
    assert [post.organisation_id for post in await rows(app, Post)] == [4]


async def test_it_belongs_to_those_who_publish_there(
    app: App, air: Air, oleg: Person, people: Make, holds: Holds
) -> None:
    card = await oleg.sees("Говорит от имени")
    pressed = {
        button["text"]: button["callback_data"]
        for row in card["reply_markup"]["inline_keyboard"]
        for button in row
    }
    vera = people("Вера")
    await vera.says("/start")
    await holds(vera, "organiser", "KGD")
    await vera.says("/channels")
    await vera.sees("Здесь пока пусто", "Добавьте бота в свой канал")
    own = await vera.sees()
    for data in (*pressed.values(), f"ch.confirm:{ID}:3", f"ch.off:{ID}", f"ch.open:{ID}"):
        await vera.taps_data(own, data)
        if data != "ch.browse:0":
            assert "подключают каналы организаторы" in (vera.toast or "")
    await oleg.taps_data(card, f"ch.confirm:{ID}:3")
    assert "подключают каналы организаторы" in (oleg.toast or "")
    await oleg.taps_data(card, f"ch.confirm:{ID}:999")
    await oleg.taps_data(card, "ch.open:5")
    (channel,) = await rows(app, Channel)
    assert channel.organisation_id == 2


async def test_a_channel_nobody_has_spoken_for_is_offered_to_its_own(
    app: App, world: World, oleg: Person, people: Make, holds: Holds
) -> None:
    far, near, helen = people("Глеб"), people("Вера"), people("Елена", id=ADMIN)
    for one, code in ((far, "KGD"), (near, "TMN-1")):
        await one.says("/start")
        await holds(one, "organiser", code)
    await Air(world, oleg).takes()
    own = f"❔ {TITLE} — не подключён"
    for one, offered in ((oleg, True), (near, True), (far, False), (helen, True)):
        await one.says("/channels")
        assert (own in one.buttons) is offered
    (nothing,) = [one for one in far.chat.messages.values() if "Здесь пока" in one.get("text", "")]
    for data in (f"ch.open:{ID}", f"ch.confirm:{ID}:3", f"ch.choose:{ID}:0"):
        await far.taps_data(nothing, data)
        assert "подключает тот, кто добавил в него бота" in (far.toast or "")
    await helen.taps(own)
    await helen.taps("Калининградская организация")
    await oleg.sees(f"Ваш канал «{TITLE}» подключили", "«Калининградская организация»")
    await far.says("/channels")
    await far.taps(f"{TITLE} — Калининградская организация")
    await far.taps("Отключить")
    await far.sees("Канал не подключён")
    await far.taps("Калининградская организация")
    assert far.toast == "Канал подключён"


async def test_moved_to_another_organisation_and_disconnected(
    app: App, air: Air, oleg: Person, anna: Person
) -> None:
    first = await air.voice.says("Первая")
    await oleg.taps("Сменить организацию")
    await oleg.sees("Сейчас канал говорит от имени: ТюмнМО ВЭП")
    await oleg.taps("← Оставить как есть")
    await oleg.taps("Сменить организацию")
    await oleg.taps("ППО Сургутская ГРЭС")
    await air.voice.says("Вторая")
    assert {post.plain: post.organisation_id for post in await rows(app, Post)} == {
        "Первая": 2,
        "Вторая": 5,
    }
    await air.edits(first, "Первая, иначе")
    assert (await feed(anna))[0] == "Первая"  # it is another's news by now
    await oleg.taps("Отключить")
    assert oleg.toast == "Канал отключён"
    await oleg.sees("Канал не подключён")
    await air.voice.says("Третья")
    assert len(await rows(app, Post)) == 2
    await oleg.taps("ТюмнМО ВЭП")
    await air.edits(first, "Первая, поправка")
    assert (await feed(anna))[0] == "Первая, поправка"
    assert await audited(app, "channel.") == [
        "channel.confirmed",
        "channel.confirmed",
        "channel.disconnected",
        "channel.confirmed",
    ]


async def test_thrown_out_and_back(app: App, air: Air, oleg: Person) -> None:
    first = await air.voice.says("Первая")
    await air.takes("left")
    late = {"channel_post": first | {"message_id": 50}, "update_id": 10**6}
    await app.ingest(late)
    assert not [one for one in await rows(app, Account) if one.unreachable_since]
    await oleg.says("/channels")
    await oleg.sees("Здесь пока пусто")
    old = await oleg.sees()
    await oleg.taps_data(old, f"ch.open:{ID}")
    assert f"Бот больше не администратор канала «{TITLE}»" in (oleg.toast or "")
    await air.takes()
    await air.voice.says("Вторая")
    assert [post.plain for post in await rows(app, Post)] == ["Первая", "Вторая"]
    await oleg.says("/channels")
    assert oleg.buttons == [f"{TITLE} — ТюмнМО ВЭП"]


async def test_everybody_whose_card_it_is_sees_what_has_become_of_it(
    air: Air, oleg: Person, people: Make, holds: Holds
) -> None:
    vera = people("Вера")
    await vera.says("/start")
    await holds(vera, "organiser", "TMN")
    await vera.says("/channels")
    await vera.taps(f"{TITLE} — ТюмнМО ВЭП")
    await vera.taps("Отключить")
    await oleg.sees("Канал не подключён")
    await air.takes("left")
    await vera.sees("Бот больше не администратор канала")


async def test_edits_are_corrections_and_what_is_told_again_changes_nothing(
    app: App, air: Air, oleg: Person, anna: Person, world: World
) -> None:
    came: list[dict[str, Any]] = []
    handler = world.bots[TOKEN].mailbox.handler
    assert handler

    async def listen(update: dict[str, Any]) -> None:
        came.append(update)
        await handler(update)

    world.connect(TOKEN, listen)
    said = await air.voice.says(NEWS)
    await air.edits(said, "Иначе")
    assert [next(kind for kind in one if kind != "update_id") for one in came] == [
        "channel_post",
        "edited_channel_post",
    ]
    for number, one in enumerate((came[0], came[1], came[0], came[1])):
        await app.ingest(one)
        await app.ingest(one | {"update_id": 10**6 + number})
    assert [post.plain for post in await rows(app, Post)] == ["Иначе"]
    assert (await feed(anna))[0] == "Иначе"
    assert await audited(app, "post.") == ["post.published", "post.corrected"]
    await oleg.says("/channels")
    await oleg.taps(f"{TITLE} — ТюмнМО ВЭП")
    await oleg.taps("Иначе")
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    await air.edits(said, "Ещё иначе")
    assert [post.plain for post in await rows(app, Post)] == ["Иначе"]
    await anna.says("/news")
    await anna.sees("Новостей пока нет")
    assert said["message_id"] in air.chat.messages


async def test_an_album_is_one_post_and_its_caption_follows(
    app: App, air: Air, anna: Person
) -> None:
    files = [(picture(), f"{n}.png") for n in range(3)]
    first, second, _ = await air.voice.sends_album(*files, caption="Субботник")
    (post,) = await rows(app, Post)
    assert (post.plain, len(post.media)) == ("Субботник", 3)
    await air.edits(first, "Субботник в парке")
    await air.edits(second, "Спасибо всем")
    (post,) = await rows(app, Post)
    assert (post.plain, len(post.media)) == ("Спасибо всем", 3)
    assert (await feed(anna))[0] == "Спасибо всем"


@pytest.mark.parametrize("pictures", [1, 3])
async def test_what_came_part_by_part_or_was_edited_is_opened_as_it_is_now(
    app: App, air: Air, anna: Person, pictures: int
) -> None:
    if pictures == 1:
        await air.edits(await air.voice.sends_photo(picture(), NEWS), "я" * 1024)
    else:
        parts = [(picture(), f"{n}.png") for n in range(pictures)]
        await air.voice.sends_album(*parts, caption=NEWS)
    await anna.says("/news")
    await anna.taps(anna.buttons[0])
    await anna.taps("Полезно")
    assert {"✓ Полезно", "Поделиться", "← К новостям"} <= set(anna.buttons)
    assert sum("photo" in one for one in anna.chat.messages.values()) == pictures
    assert not await rows(app, Owed, state="failed")
    assert [one.useful for one in await rows(app, Reading)] == [True]


async def test_an_album_may_bear_a_name_of_any_length(app: App, air: Air) -> None:
    chat = {"id": ID, "type": "channel", "title": TITLE}
    for number, name in ((1, "я" * 5000), (2, "я" * 5000), (3, "ё" * 5000)):
        photo = {"file_id": f"{number}", "file_unique_id": f"{number}", "width": 9, "height": 9}
        part = {"message_id": 100 + number, "date": 1, "chat": chat, "photo": [photo]}
        await app.ingest(
            {"update_id": 9_000 + number, "channel_post": part | {"media_group_id": name}}
        )
    assert [len(post.media) for post in await rows(app, Post)] == [2, 1]
    assert not await rows(app, DeadLetter)


async def test_what_is_not_news_is_passed_over(app: App, air: Air) -> None:
    said = await air.voice.says(NEWS)
    await air.voice.pins(said)
    await air.voice.sends_location(57.1, 65.5)
    await air.voice.says("\u200b")
    await air.voice.sends_photo(picture(), "я" * 1024)
    assert [post.plain for post in await rows(app, Post)] == [NEWS, "я" * 1024]
    assert not await rows(app, DeadLetter)


async def test_a_restart_in_between_loses_nothing(
    app: App, air: Air, anna: Person, world: World, clock: Clock
) -> None:
    files = [(picture(), f"{n}.png") for n in range(2)]
    handler, world.bots[TOKEN].mailbox.handler = world.bots[TOKEN].mailbox.handler, None
    await air.voice.sends_album(*files, caption="Субботник")
    assert handler
    await handler(world.bots[TOKEN].mailbox.parcels.pop(0).update)
    async with restarted(app, world, clock) as again:
        await world.settle()
        (post,) = await rows(again, Post)
        assert (post.plain, len(post.media)) == ("Субботник", 2)
        assert "Субботник" in await feed(anna)


async def test_news_goes_out_to_a_channel_and_follows_there(
    app: App, air: Air, oleg: Person, anna: Person
) -> None:
    await draft(oleg)
    await oleg.taps("Каналы")
    await oleg.taps(TITLE)
    await oleg.taps("Готово")
    await oleg.sees(f"Канал: {TITLE}")
    await oleg.taps("Опубликовать")
    assert air.voice.history == [NEWS]
    (shown,) = air.chat.messages.values()
    ((button,),) = shown["reply_markup"]["inline_keyboard"]
    assert button["text"] == DISCUSS
    await anna.opens(button["url"])
    await anna.sees(NEWS, "ТюмнМО ВЭП")
    own = {"channel_post": shown, "update_id": 10**6}
    await app.ingest(own)
    assert len(await rows(app, Post)) == 1
    await corrects(oleg, "Спартакиада в субботу")
    assert air.voice.history == ["Спартакиада в субботу"]
    assert air.chat.messages[shown["message_id"]]["reply_markup"] == shown["reply_markup"]
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    assert air.voice.history == []
    assert not await rows(app, DeadLetter)


async def test_an_album_goes_out_with_its_words_below(app: App, air: Air, oleg: Person) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    files = [(picture(), f"{n}.png") for n in range(3)]
    await oleg.sends_album(*files, caption="Фото с субботника")
    await oleg.taps("Каналы")
    await oleg.taps(TITLE)
    await oleg.taps("Готово")
    await oleg.taps("Опубликовать")
    assert air.voice.history == ["", "", "", "Фото с субботника"]
    assert sorted(one.part for one in await rows(app, Printed)) == [0, 1, 1, 1]
    await corrects(oleg, "Фото с уборки")
    assert air.voice.history == ["", "", "", "Фото с уборки"]
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    assert air.voice.history == []


async def test_one_picture_goes_out_with_its_caption(air: Air, oleg: Person) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_photo(picture(), "Снимок")
    await oleg.taps("Каналы")
    await oleg.taps(TITLE)
    await oleg.taps("Готово")
    await oleg.taps("Опубликовать")
    assert air.voice.history == ["Снимок"]
    await corrects(oleg, "Другая подпись")
    assert air.voice.history == ["Другая подпись"]


async def test_a_channel_that_was_lost_or_is_mute_gets_nothing(
    app: App, air: Air, oleg: Person
) -> None:
    await draft(oleg)
    await oleg.taps("Каналы")
    await oleg.taps(TITLE)
    await oleg.taps("Готово")
    await air.takes(can_post_messages=False)
    await oleg.taps("Опубликовать")
    assert air.voice.history == []
    await draft(oleg, "Другая")
    assert "Каналы" not in oleg.buttons
    await air.takes()
    assert air.voice.history == []


async def test_a_failure_is_never_told_in_the_channel(
    app: App, air: Air, monkeypatch: pytest.MonkeyPatch, log: list[Any]
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise KeyError

    monkeypatch.setattr("services.channels_in.hear", fail)
    monkeypatch.setattr("services.channels.gain", fail)
    await air.voice.says(NEWS)
    await air.takes(can_edit_messages=False, can_post_messages=True)
    assert air.voice.history == [NEWS]
    assert [letter.error for letter in await rows(app, DeadLetter)] == ["KeyError", "KeyError"]


async def test_in_english(world: World, people: Make, holds: Holds) -> None:
    john = people("John", language="en")
    await john.says("/start")
    await holds(john, "organiser", "KGD-1")
    air = Air(world, john, title="News")
    await air.takes()
    await john.taps("ППО Янтарьэнерго")
    await john.sees("Speaks for: ППО Янтарьэнерго")
    await john.says("/channels")
    await john.sees("Channels")
    await john.says("/audit")


async def chosen(oleg: Person, text: str = NEWS) -> None:
    """A draft that is to go out in the channel, too."""
    await draft(oleg, text)
    await oleg.taps("Каналы")
    await oleg.taps(TITLE)
    await oleg.taps("Готово")


STANDS, HAS_NOT = f"Канал: {TITLE} — вышла", f"Канал: {TITLE} — не вышла: боту там нельзя"
TROUBLE = f"Новость «{NEWS}» не вышла в канале «{TITLE}»"


def complaints(person: Person) -> int:
    return sum(TROUBLE in text for text in person.history)


async def test_a_channel_that_refuses_is_told_of_once_and_tried_again(
    app: App, air: Air, oleg: Person, anna: Person
) -> None:
    """Telegram has taken the right away, and its word of that has not come yet."""
    await chosen(oleg)
    air.chat.rights[BOT] = {"can_post_messages": False}
    await oleg.taps("Опубликовать")
    await oleg.sees(TROUBLE, "Боту больше нельзя там публиковать", "«Публикация сообщений»")
    await anna.says("/news")
    assert f"🔵 {NEWS}" in anna.buttons
    assert oleg.buttons == ["Отправить ещё раз", "Открыть"]
    notice = await oleg.sees(TROUBLE)
    await oleg.taps("Отправить ещё раз")
    assert oleg.toast == "Пробуем ещё раз"
    assert complaints(oleg) == 1  # the first has become the card
    await oleg.sees(TROUBLE)
    await oleg.taps("Открыть")
    await oleg.sees(HAS_NOT)
    air.chat.rights[BOT] = {"can_post_messages": True}
    await oleg.taps("Отправить ещё раз")
    await oleg.sees(STANDS)
    assert "Отправить ещё раз" not in oleg.buttons
    await oleg.taps_data(notice, f"po.again:{(await rows(app, Post))[0].id}")
    assert air.voice.history == [NEWS]
    await oleg.taps("Кто и что делал")
    await oleg.sees("отправлено в каналы ещё раз")
    assert await audited(app, "post.s") == ["post.sent-again"] * 2
    assert not await rows(app, DeadLetter)


async def test_a_channel_that_is_lost_before_it_comes_out_is_told_of_as_well(
    air: Air, oleg: Person
) -> None:
    for loses in (air.takes(can_post_messages=False), air.takes("left")):
        await air.takes()
        await chosen(oleg)
        await loses
        await oleg.taps("Опубликовать")
        await oleg.sees(TROUBLE)
    await air.takes()
    await oleg.taps("Отправить ещё раз")
    await oleg.sees(STANDS)
    assert air.voice.history == [NEWS]


async def test_it_says_why(app: App, air: Air, oleg: Person, world: World) -> None:
    await chosen(oleg)
    del world.chats[air.chat.key]
    await oleg.taps("Опубликовать")
    await oleg.sees("Telegram не находит этот канал")
    world.chats[air.chat.key] = air.chat
    await chosen(oleg)
    card = await oleg.sees("Черновик")
    await oleg.says("/channels")
    await oleg.taps(f"{TITLE} — ТюмнМО ВЭП")
    await oleg.taps("Отключить")
    await oleg.taps("Опубликовать", message=card)
    await oleg.sees("Канал больше не говорит от имени вашей организации")
    assert not await rows(app, Printed)


async def publishes(app: App, oleg: Person, session: Session) -> Post:
    """Owed to the channel, and nothing of it sent yet."""
    now = app.courier._clock()
    actor = await people_service.meet(session, oleg.id, None, "ru", now=now)
    post: Post = (await session.scalars(select(Post))).one()
    return await posts_publishing.publish(session, actor, post.id, posts.version(post), now=now)


async def test_where_nobody_knows_whether_it_came_out_it_is_said_so(
    app: App, air: Air, oleg: Person
) -> None:
    """The process dies while it is on its way."""
    await chosen(oleg)
    now = app.courier._clock()
    async with app.database.transaction() as session:
        await publishes(app, oleg, session)
        await outbox.claim(session, now=now, limit=9, by="dead")
        lost = await outbox.recover(session, (), now=now)
        await deliveries.lose(session, lost, now=now)
    await app.courier.drain()
    await oleg.sees("Неизвестно, вышла ли новость", "Загляните в канал")
    await oleg.taps("Открыть")
    await oleg.sees(f"Канал: {TITLE} — неизвестно, вышла ли")
    await oleg.taps("Отправить ещё раз")
    await oleg.sees(STANDS)
    assert air.voice.history == [NEWS]


async def test_words_still_on_their_way_are_not_sent_beside_themselves(
    app: App, air: Air, oleg: Person, clock: Clock
) -> None:
    """The line breaks over the album; the words below it are to be tried again in a minute."""
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    await oleg.sends_album(*[(picture(), f"{n}.png") for n in range(2)], caption=NEWS)
    await oleg.taps("Каналы")
    await oleg.taps(TITLE)
    await oleg.taps("Готово")
    now = app.courier._clock()
    async with app.database.transaction() as session:
        await publishes(app, oleg, session)
        await outbox.claim(session, now=now, limit=9, by="dead")
        lost = await outbox.recover(session, (), now=now)
        await deliveries.lose(session, lost, now=now)
        words = (Owed.notice == "channels-post", Owed.settled_at.is_(None))
        later = now + timedelta(minutes=1)
        await session.execute(update(Owed).where(*words).values(due_at=later))
    await app.courier.drain()
    await oleg.sees("Неизвестно, вышла ли новость")
    await oleg.taps("Отправить ещё раз")
    clock.forward(seconds=61)
    await app.courier.drain()
    assert air.voice.history.count(NEWS) == 1


async def test_whoever_approved_it_hears_of_trouble(
    app: App, air: Air, oleg: Person, anna: Person, people: Make
) -> None:
    helen = people("Елена", id=ADMIN)
    await helen.says(f"/grant {anna.id} organiser TMN на проверку")
    await chosen(anna)
    await anna.taps("На проверку")
    air.chat.rights[BOT] = {"can_post_messages": False}
    await oleg.sees("Новость на проверке")
    await oleg.taps("Опубликовать")
    await oleg.sees(TROUBLE)
    assert [complaints(one) for one in (oleg, anna, helen)] == [1, 0, 0]
    await anna.says("/post")
    await anna.taps(f"📣 {NEWS}")
    await anna.sees(HAS_NOT)
    assert "Отправить ещё раз" not in anna.buttons


async def test_what_is_withdrawn_before_its_turn_is_no_trouble(
    app: App, air: Air, oleg: Person
) -> None:
    await chosen(oleg)
    async with app.database.transaction() as session:
        (await publishes(app, oleg, session)).standing = Standing.WITHDRAWN
    await app.courier.drain()
    assert not air.voice.history
    assert not any("не вышла" in text for text in oleg.history)


async def test_an_album_refused_is_one_trouble_and_comes_whole_later(
    app: App, air: Air, oleg: Person
) -> None:
    await oleg.says("/post")
    await oleg.taps("✏️ ТюмнМО ВЭП")
    files = [(picture(), f"{n}.png") for n in range(2)]
    await oleg.sends_album(*files, caption=NEWS)
    await oleg.taps("Каналы")
    await oleg.taps(TITLE)
    await oleg.taps("Готово")
    air.chat.rights[BOT] = {"can_post_messages": False}
    await oleg.taps("Опубликовать")
    await oleg.sees(TROUBLE)
    assert complaints(oleg) == 1
    air.chat.rights[BOT] = {"can_post_messages": True}
    await oleg.taps("Отправить ещё раз")
    assert air.voice.history == ["", "", NEWS]


UNCORRECTED = f"Исправить новость «{NEWS}» в канале «{TITLE}» не получилось"
OTHER = "Спартакиада в субботу"


async def out(oleg: Person) -> None:
    await chosen(oleg)
    await oleg.taps("Опубликовать")
    await oleg.sees(STANDS)


async def test_a_correction_a_channel_refuses_is_told_once_and_tried_again(
    app: App, air: Air, oleg: Person, anna: Person, people: Make, holds: Holds
) -> None:
    vera = people("Вера")
    await vera.says("/start")
    await holds(vera, "organiser", "TMN")
    await out(oleg)
    await air.takes("left")
    await vera.says("/post")
    await vera.taps(f"📣 {NEWS}")
    await corrects(vera, OTHER)
    told = await vera.sees(UNCORRECTED.replace(NEWS, OTHER), "там она прежняя")
    assert "верните боту право «Публикация сообщений»" in told["text"]
    assert not any("не получилось" in line for line in oleg.history)
    assert (await feed(anna))[0] == OTHER
    card = await oleg.sees(f"Канал: {TITLE} — вышла, но не исправлена: боту там нельзя")
    await oleg.taps("Отправить ещё раз", message=card)
    assert sum("не получилось" in line for line in oleg.history) == 1
    assert air.voice.history == [NEWS]
    await air.takes()
    await vera.taps("Отправить ещё раз", message=told)
    assert air.voice.history == [OTHER]
    await vera.sees(STANDS)
    assert "Отправить ещё раз" not in vera.buttons
    assert len(await rows(app, Printed)) == 1


async def test_what_was_deleted_in_the_channel_is_corrected_by_coming_out_anew(
    app: App, air: Air, oleg: Person, world: World
) -> None:
    await out(oleg)
    (number,) = air.chat.messages
    world.remove(air.chat, number)
    await corrects(oleg, OTHER)
    await oleg.sees(f"Новость «{OTHER}» исправлена, но в канале «{TITLE}» её уже удалили")
    await oleg.taps("Открыть")
    await oleg.sees(f"Канал: {TITLE} — удалена в самом канале")
    await oleg.taps("Отправить ещё раз")
    await oleg.sees(STANDS)
    assert air.voice.history == [OTHER]


REMAINS = f"Новость «{NEWS}» отозвана, но в канале «{TITLE}» она осталась"


async def withdrawn(oleg: Person) -> None:
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")


async def test_a_withdrawal_a_channel_refuses_is_told_once_and_tried_again(
    app: App, air: Air, oleg: Person, anna: Person
) -> None:
    await out(oleg)
    await air.takes("left")
    await withdrawn(oleg)
    told = await oleg.sees(REMAINS, "Бот там больше не администратор", "Удалите её в канале")
    await anna.says("/news")
    await anna.sees("Новостей пока нет")
    await oleg.taps("Открыть")
    await oleg.sees("Новость отозвана", f"Канал: {TITLE} — осталась: бот там больше не")
    await oleg.taps("Отозвать ещё раз")
    assert sum(REMAINS in line for line in oleg.history) == 1  # the first has become the card
    await air.takes()
    await oleg.taps("Отозвать ещё раз")
    await oleg.taps_data(told, f"po.again:{(await rows(app, Post))[0].id}")
    assert air.voice.history == []
    await oleg.sees("Новость отозвана", f"Канал: {TITLE}\n")
    await oleg.taps("Кто и что делал")
    await oleg.sees("отозвано из каналов ещё раз")
    assert await audited(app, "post.withdrawn") == [
        "post.withdrawn",
        *["post.withdrawn-again"] * 2,
    ]
    assert not await rows(app, DeadLetter)


async def test_what_is_too_old_to_be_deleted_is_left_to_people(
    air: Air, oleg: Person, clock: Clock
) -> None:
    await out(oleg)
    clock.forward(hours=49)
    await withdrawn(oleg)
    await oleg.sees(REMAINS, "Ей больше двух суток", "Удалите её в канале сами")
    assert oleg.buttons == ["Открыть"]
    await oleg.taps("Открыть")
    await oleg.sees(f"Канал: {TITLE} — осталась: ей больше двух суток")
    assert oleg.buttons == ["Кто и что делал"]


async def test_a_channel_that_is_gone_keeps_nothing_back(
    air: Air, oleg: Person, world: World
) -> None:
    await out(oleg)
    del world.chats[air.chat.key]
    await corrects(oleg, OTHER)
    await oleg.sees("Telegram не находит этот канал")
    await oleg.taps("Открыть")
    await oleg.taps("Отозвать")
    await oleg.taps("Да, отозвать")
    assert not any("она осталась" in line for line in oleg.history)


async def test_a_correction_in_flight_at_a_crash_is_said_again(
    app: App, air: Air, oleg: Person
) -> None:
    await out(oleg)
    now = app.courier._clock()
    async with app.database.transaction() as session:
        actor = await people_service.meet(session, oleg.id, None, "ru", now=now)
        (post,) = (await session.scalars(select(Post))).all()
        read, words = posts.version(post), Content(OTHER, OTHER)
        await posts_publishing.correct(session, actor, post.id, words, read, now=now)
        assert await outbox.claim(session, now=now, limit=9, by="dead")
        assert await outbox.recover(session, (), now=now) == []
    await app.courier.drain()
    assert air.voice.history == [OTHER]
