"""The menu that is always there, the commands that are one's own, and the way out of anything."""

import pytest

from bot.app import App
from models.mail import DeadLetter
from models.person import Person as Account
from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.world import World
from tests.applying import (
    NAME,
    PHONE,
    RUBBISH,
    Holds,
    Make,
    applies,
    appointed,
    returns,
    rows,
    step_of,
)
from tests.backstage import enrol
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

GUEST = ["✍️ Вступить", "ℹ️ О профсоюзе", "🆘 SOS"]
APPLICANT = ["⏳ Моя заявка", "ℹ️ О профсоюзе", "🆘 SOS"]
MEMBER = [
    "📰 Новости",
    "📅 Мероприятия",
    "🗳 Голосования",
    "⚖️ Юрист",
    "🪪 Профбилет",
    "👤 Профиль",
    "🆘 SOS",
]
EVERYONE = {"start", "menu", "help", "language", "cancel", "privacy"}
GROUP = "g:-1001"


@pytest.fixture
async def guest(people: Make) -> Person:
    guest = people("Гость", phone=PHONE)
    await guest.says("/start")
    return guest


@pytest.fixture
async def member(app: App, people: Make) -> Person:
    member = people("Анна")
    await enrol(app, member, "TMN-1", NAME)
    return member


async def test_each_has_the_menu_of_where_they_stand(
    guest: Person, member: Person, people: Make, holds: Holds
) -> None:
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    assert guest.menu == GUEST
    assert member.menu == MEMBER
    await applies(guest)
    assert guest.menu == APPLICANT
    await peter.taps("Отклонить")
    await peter.taps("Указаны неверные данные")
    assert guest.menu == GUEST
    await returns(guest)
    await peter.taps("Подтвердить")
    assert guest.menu == MEMBER
    for command in ("/start", "/menu"):
        await guest.says(command)
        await guest.sees("Анна, вы в меню", "ППО Тюменьэнерго")


async def test_each_has_the_commands_of_what_they_are(
    guest: Person, member: Person, people: Make, holds: Holds
) -> None:
    assert set(guest.commands) == EVERYONE
    await member.says("/start")
    assert set(member.commands) == EVERYONE | {"news", "events", "card", "profile", "settings"}
    chair, organiser, admin = people("Пётр"), people("Ольга"), people("Елена", id=ADMIN)
    await holds(chair, "chair", "TMN-1")
    await holds(organiser, "organiser", "TMN")
    for person in (chair, organiser, admin):
        await person.says("/start")
    assert set(chair.commands) == EVERYONE | {"requests", "invite", "members"}
    assert set(organiser.commands) == EVERYONE | {
        "invite", "members", "post", "newevent", "checkin", "channels",
    }  # fmt: skip
    assert {"requests", "invite", "members", "grant", "revoke", "orgs", "audit"} <= set(
        admin.commands
    )


async def test_help_lists_exactly_ones_own_commands(
    guest: Person, people: Make, holds: Holds
) -> None:
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    await guest.says("/help")
    await guest.sees("/privacy — Какие данные хранятся")
    await guest.sees_nothing_of("/requests", "/card", "/grant")
    await peter.says("/help")
    await peter.sees("/requests — Заявки на вступление", "/invite")
    await peter.sees_nothing_of("/grant")


async def test_sections_say_what_a_guest_and_a_member_can_do(
    guest: Person, member: Person, people: Make, holds: Holds, app: App
) -> None:
    await guest.taps("🆘 SOS")
    await guest.sees("для членов профсоюза", "112")
    await guest.taps("ℹ️ О профсоюзе")
    await guest.sees("Всероссийский Электропрофсоюз")
    news, events, *sections = MEMBER[:4]
    for section in (news, events):
        await guest.says(section)
        await guest.sees(f"«{section}» — раздел для членов профсоюза")
    for section in sections:
        await guest.says(section)
        await guest.sees(f"«{section}» пока не открыт")
        await guest.sees_nothing_of("откроется")
    await member.taps(news)
    await member.sees("Новостей пока нет")
    await member.taps(events)
    await member.sees("Мероприятий пока нет")
    for section in sections:
        await member.taps(section)
        await member.sees(f"«{section}» пока не открыт", "его имя подскажут на работе")
    chair = people("Пётр")
    await enrol(app, chair, "TMN-1", "Орлов Пётр", number="000102")
    await holds(chair, "chair", "TMN-1")
    await member.taps("🗳 Голосования")
    await member.sees("Орлов Пётр")
    for asked in ("🆘 SOS", "/sos"):
        await member.says(asked)
        await member.sees("112", "Орлов Пётр")


async def test_whom_to_ask_is_said_with_a_way_and_never_to_ask_oneself(
    app: App, member: Person, people: Make, holds: Holds
) -> None:
    peter, olga, helen = people("Пётр", username="Orlov"), people("Ольга"), people("Елена")
    await enrol(app, peter, "TMN-1", "Орлов Пётр", number="000102")
    await holds(peter, "chair", "TMN-1")
    for asked in ("🗳 Голосования", "🆘 SOS"):
        await member.says(asked)
        await member.sees("председатель вашей организации — Орлов Пётр, @orlov.")
        await peter.says(asked)
        await peter.sees_nothing_of("председател")
    await enrol(app, olga, "TMN-2", "Белова Ольга", number="000103")
    await holds(olga, "chair", "TMN")
    await helen.says("/start")
    await holds(helen, "chair", "VEP")
    for asked in ("🗳 Голосования", "🆘 SOS"):
        await peter.says(asked)
        await peter.sees("председатель организации ТюмнМО ВЭП — Белова Ольга.")
        await peter.sees_nothing_of("Орлов")
        await olga.says(asked)
        await olga.sees("председатель организации Всероссийский Электропрофсоюз.")


async def test_the_menu_can_be_written_in_words(guest: Person, member: Person) -> None:
    for said, seen in (
        ("новости", "Новостей пока нет"),
        ("МЕРОПРИЯТИЯ", "Мероприятий пока нет"),
        ("Юрист", "Раздел «⚖️ Юрист» пока не открыт"),
        ("🗳 голосования ", "Раздел «🗳 Голосования» пока не открыт"),
        ("профбилет", NAME),
        ("Profile", "👤 Профиль"),
        ("sos", "112"),
    ):
        await member.says(said)
        await member.sees(seen)
        await member.sees_nothing_of("Не понял вас")
    for said in ("о профсоюзе", "ℹ️ О ПРОФСОЮЗЕ"):
        await guest.says(said)
        await guest.sees("Всероссийский Электропрофсоюз")
    await guest.says("моя заявка")
    await guest.sees("Открытой заявки нет")
    await guest.says("вступить")
    await guest.sees("Согласие на обработку")


async def test_words_of_the_menu_may_be_the_answer_to_a_question(app: App, member: Person) -> None:
    await member.says("/profile")
    await member.taps("Имя")
    await member.says("новости")
    await member.sees("фамилию и имя")
    await member.says("📰 Новости")
    await member.sees("Новостей пока нет")
    assert await step_of(app, member) is None


async def test_the_language_is_chosen_and_stays(people: Make) -> None:
    anna, boris = people("Anna", language="en-US"), people("Борис")
    del boris.world.people[boris.id].user["language_code"]
    await boris.says("/start")
    await boris.sees("Сила в каждом")
    await anna.says("/start")
    assert anna.menu[0] == "✍️ Join"
    await anna.says("/language")
    await anna.taps("Русский")
    await anna.sees("Теперь бот говорит по-русски")
    assert anna.menu == GUEST
    await anna.says("✍️ Join")
    await anna.sees("Согласие на обработку")
    asked = await anna.sees("Версия текста")
    await anna.taps_data(asked, "mn.speak:tlh")
    await anna.says("/start")
    await anna.sees("Здравствуйте")


async def test_privacy_says_who_keeps_what(guest: Person) -> None:
    await guest.says("/privacy")
    await guest.sees("Оператор: Всероссийский Электропрофсоюз", "вы пока не давали")


@pytest.mark.parametrize("rubbish", RUBBISH)
async def test_anything_else_leads_back_to_the_menu(app: App, guest: Person, rubbish: str) -> None:
    await guest.sends(**RUBBISH[rubbish])
    await guest.sees("Не понял вас", "/help")
    assert guest.menu == GUEST
    assert not await rows(app, DeadLetter)


async def test_old_and_unknown_buttons_show_what_there_is_now(
    guest: Person, member: Person
) -> None:
    for person, home in ((guest, "Нажмите «✍️ Вступить»"), (member, "вы в меню")):
        await person.says("/start")
        shown = await person.sees()
        for data in ("xx.gone:1", "", "mn.home:1:2", "🧨" * 16):
            await person.taps_data(shown, data)
            assert person.toast == "Эта кнопка уже не действует. Вот что есть сейчас."
            await person.sees(home)
        await person.taps_data(shown, "mn.home")
        await person.sees(home)


async def test_commands_are_known_with_the_bots_name_too(
    app: App, guest: Person, world: World
) -> None:
    name = world.bots[TOKEN].username
    for said in (f"/start@{name}", f"/start@{name.upper()}", "/start"):
        await guest.says(said)
        await guest.sees("Сила в каждом")
    await guest.says("/start@another_bot")
    await guest.sees("Не понял вас")
    await guest.says("/nothing")
    await guest.sees("Не понял вас")
    assert not await rows(app, DeadLetter)


async def test_in_a_group_it_only_points_to_the_private_chat(
    app: App, guest: Person, people: Make, world: World
) -> None:
    passer_by = people("Прохожий")
    bot = world.bots[TOKEN]
    people_there = {guest.id: "member", passer_by.id: "member", bot.id: "administrator"}
    group = world.add_group(-1001, "Цех", members=people_there)
    inside = guest.inside(GROUP)
    await inside.says(f"/start@{bot.username}")
    await inside.sees("Я отвечаю в личных сообщениях")
    assert inside.buttons == ["Открыть бота"]
    assert group.keyboard_of(guest.id) is None
    said = len(inside.history)
    await passer_by.inside(GROUP).says("Кто идёт обедать? ✍️ Вступить")
    for talk in ("✍️ Вступить", NAME, "/start@another_bot", "ABCD2345"):
        await inside.says(talk)
    await inside.sends(**RUBBISH["forwarded contact"])
    assert len(inside.history) == said + 6
    assert not await rows(app, Account, telegram_id=passer_by.id)
    assert "обедать" not in str(
        [vars(row) for kind in (DeadLetter,) for row in await rows(app, kind)]
    )
    await guest.says("/start")
    await guest.sees("Нажмите «✍️ Вступить»")


async def test_a_word_in_a_group_is_no_acquaintance(app: App, people: Make, world: World) -> None:
    """Telegram lets a bot write only to those who have spoken to it in private."""
    passer_by = people("Прохожий")
    bot = world.bots[TOKEN]
    world.add_group(-1001, "Цех", members={passer_by.id: "member", bot.id: "administrator"})
    await passer_by.inside(GROUP).says(f"/start@{bot.username}")
    (account,) = await rows(app, Account, telegram_id=passer_by.id)
    assert account.met_at is None
    await passer_by.says("/start")
    (account,) = await rows(app, Account, telegram_id=passer_by.id)
    assert account.met_at


async def test_whoever_comes_back_finds_their_commands(
    app: App, guest: Person, holds: Holds
) -> None:
    await guest.says("/start")
    await guest.blocks()
    await holds(guest, "chair", "TMN-1")
    await guest.unblocks()
    assert "requests" in guest.commands


async def test_a_group_does_not_disturb_a_dialog(guest: Person, world: World) -> None:
    world.add_group(-1001, "Цех", members={guest.id: "creator", world.bots[TOKEN].id: "member"})
    await guest.taps("✍️ Вступить")
    await guest.taps("Согласен")
    await guest.inside(GROUP).says(f"/cancel@{world.bots[TOKEN].username}")
    await guest.says(NAME)
    await guest.sees("Когда вы родились?")
    world.set_member(GROUP, world.bots[TOKEN].id, "kicked", by=guest.id)
    await world.settle()
    await guest.says("15.03.1998")
    await guest.sees("Ваш телефон?")


async def test_whoever_stopped_the_bot_and_came_back_is_reached_again(
    app: App, guest: Person
) -> None:
    await guest.blocks()
    (account,) = await rows(app, Account, telegram_id=guest.id)
    assert account.unreachable_since
    await guest.unblocks()
    await guest.says("/start")
    (account,) = await rows(app, Account, telegram_id=guest.id)
    assert account.unreachable_since is None
