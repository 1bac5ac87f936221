"""«/checkin»: whoever comes is marked by their card, by the door's QR or by name, once."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.app import App
from models.base import Session
from models.event import Answer, Attendance, Feed, Reply, State
from models.mail import DeadLetter, Owed
from models.member import Member
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.reply_markup import inline_buttons
from sandbox.wire import Wire
from services import checkins_marks
from services.access import Actor
from services.checkins_marks import Undone, Verdict
from services.house import Seal
from tests.applying import Holds, Make, applies, restarted, rows
from tests.backstage import STICKER, audited, card_link, carried, enrol, read_by
from tests.gatherings import (
    TITLE,
    Hold,
    came,
    changed,
    comes,
    file_of,
    had_answered,
    hold,
    id_of,
    leaves,
    now_of,
)
from tests.newsroom import anna, boris, oleg
from tests.test_races import Act, Both, both, twin

FIXTURES = (hold, oleg, anna, boris, both, twin)
MARK = f"✅ Отметить на «{TITLE}»"
BEFORE, ON, AFTER = timedelta(hours=1), timedelta(hours=-1), timedelta(hours=-3)

pytestmark = pytest.mark.usefixtures("union")


async def at_desk(person: Person, title: str = TITLE) -> Wire:
    await person.says("/checkin")
    await person.taps(next(label for label in person.buttons if title[:30] in label))
    return await person.sees("Кто пришёл")


async def is_offered(person: Person, link: str) -> bool:
    await person.opens(link)
    return MARK in [button["text"] for button in inline_buttons(await person.sees("Профбилет"))]


async def door_link(app: App, event_id: int) -> str:
    return app.house.link(app.house.seal.pointer(event_id, "e"))


async def test_a_card_read_by_the_camera_is_one_tap_away_from_a_mark(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock, zbarimg: str, tmp_path: Path
) -> None:
    number = await hold(in_=BEFORE)
    await had_answered(app, anna, number, clock)
    await at_desk(oleg)
    await oleg.sees("Пришли: 0", "Ответили «Иду»: 1, ещё не отмечены: 1")
    await anna.says("/card")
    file = tmp_path / "card.png"
    file.write_bytes(await anna.picture())
    await oleg.opens(await read_by(zbarimg, file))
    await oleg.sees("Профбилет действителен", "Смирнова Анна", "ППО Тюменьэнерго")
    assert await came(app, number) == []
    await oleg.taps(MARK)
    await oleg.sees("✅ Смирнова Анна — отметили в 14:00", "До 14:10 отметку можно снять")
    await oleg.sees("Пришли: 1", "ещё не отмечены: 0", "14:00 Смирнова Анна")  # the list
    (mark,) = await came(app, number)
    assert (mark.person_id, mark.by_id) == (await id_of(app, anna), await id_of(app, oleg))
    assert mark.organisation_id
    assert mark.young
    assert await audited(app, "checkin") == ["checkin.marked"]


async def test_the_same_card_twice_is_one_mark(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    link = await card_link(anna)
    await oleg.opens(link)
    shown = await oleg.sees("Профбилет действителен")
    tap = carried(shown, MARK)
    assert len(tap.encode()) <= 64
    await oleg.taps(MARK)
    clock.forward(minutes=3)
    await oleg.taps_data(shown, tap)
    await oleg.sees("уже отметили в 14:00", "До 14:10 отметку можно снять")
    assert len(await came(app, number)) == 1


async def test_a_mark_is_undone_for_ten_minutes(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    for wait, kept in ((10, 0), (11, 1)):
        await oleg.opens(await card_link(anna))
        await oleg.taps(MARK)
        clock.forward(minutes=wait)
        await oleg.taps("Снять отметку")
        assert len(await came(app, number)) == kept
        if kept:
            assert "больше десяти минут" in (oleg.toast or "")
        else:
            await oleg.sees("Отметка снята: Смирнова Анна", "Пришли: 0")
    assert await audited(app, "checkin") == ["checkin.marked", "checkin.undone", "checkin.marked"]


async def test_a_mark_taken_back_twice_is_taken_back_once(
    app: App, oleg: Person, anna: Person, hold: Hold
) -> None:
    await hold(in_=ON)
    await at_desk(oleg)
    await oleg.opens(await card_link(anna))
    await oleg.taps(MARK)
    shown = await oleg.sees("отметили в")
    tap = carried(shown, "Снять отметку")
    await oleg.taps("Снять отметку")
    await oleg.taps_data(shown, tap)
    assert "уже снята" in (oleg.toast or "")


async def test_a_card_is_only_checked_where_nobody_is_checking_in(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(hours=5))
    link = await card_link(anna)
    clock.forward(hours=3)
    assert not await is_offered(oleg, link)  # the list of it is not open
    clock.now -= 3 * 3600
    await at_desk(oleg)
    assert not await is_offered(oleg, link)  # too early
    clock.forward(hours=2)
    assert await is_offered(oleg, link)
    clock.forward(hours=8)
    assert await is_offered(oleg, link)
    clock.forward(minutes=1)
    assert not await is_offered(oleg, link)  # over for more than three hours
    assert await came(app, number) == []


async def test_whoever_is_responsible_checks_in_without_any_role(
    app: App, anna: Person, boris: Person, hold: Hold
) -> None:
    number = await hold(in_=ON, host_id=await id_of(app, boris))
    await at_desk(boris)
    await boris.opens(await card_link(anna))
    await boris.sees("Смирнова Анна")
    await boris.taps(MARK)
    await boris.sees("✅ Смирнова Анна")
    assert len(await came(app, number)) == 1


async def test_nobody_else_checks_in(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, holds: Holds
) -> None:
    number = await hold(in_=ON)
    await boris.says("/checkin")
    await boris.sees("Отмечают пришедших организаторы")
    assert "checkin" not in boris.commands
    assert "checkin" in oleg.commands
    desk = await at_desk(oleg)
    taps = {label: carried(desk, label) for label in oleg.buttons}
    await oleg.opens(await card_link(anna))
    scan = carried(await oleg.sees("действителен"), MARK)
    await oleg.taps(MARK)
    undo = carried(await oleg.sees("отметили в"), "Снять отметку")
    await boris.says("/start")
    own = await boris.sees()
    member = (await rows(app, Member, person_id=await id_of(app, anna)))[0].id
    forged = [*taps.values(), scan, undo, f"ck.mark:{number}:{member}", f"ck.open:{number}"]
    await holds(boris, "organiser", "KGD")  # elsewhere
    for tap in forged:
        await boris.taps_data(own, tap)
        assert "Отмечают пришедших организаторы" in (boris.toast or ""), tap
    assert len(await came(app, number)) == 1
    assert not await rows(app, DeadLetter)


async def test_a_card_that_is_not_ours_marks_nobody(
    app: App, oleg: Person, anna: Person, hold: Hold
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    await oleg.opens(await card_link(anna))
    shown = await oleg.sees("действителен")
    foreign = Seal("another house's key, as long as any").pointer(1)
    for pointer in (foreign, "c_" + "A" * 32, "c_", app.house.seal.pointer(number, "e")):
        await oleg.taps_data(shown, f"ck.scan:{number}:{pointer}")
        assert "Такого профбилета нет" in (oleg.toast or "")
    assert await came(app, number) == []


async def test_who_has_left_the_union_comes_as_a_guest(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    link = await card_link(anna)
    await oleg.opens(link)
    shown = await oleg.sees("действителен")
    await leaves(app, anna)
    await oleg.taps_data(shown, carried(shown, MARK))
    assert "больше не состоит" in (oleg.toast or "")
    assert not await is_offered(oleg, link)
    await oleg.sees("недействителен")
    assert await came(app, number) == []


async def test_members_are_found_by_name_and_number(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    await oleg.taps("🔍 Найти человека")
    for words in ("смирн", "Анна Смирнова", "202", "000202"):
        await oleg.says(words)
        await oleg.sees(f"словам «{words}»")
        assert oleg.buttons[:-1] == ["Смирнова Анна · ППО Тюменьэнерго"]
    for words in ("Никто", "%", "🧨", "000999"):
        await oleg.says(words)
        await oleg.sees("никого не нашлось")
    await oleg.says("Быков")
    await oleg.taps("Быков Борис · ППО Сургутская ГРЭС")
    await oleg.sees("✅ Быков Борис", "Пришли: 1")
    await oleg.says("Быков")
    await oleg.taps("✓ Быков Борис · ППО Сургутская ГРЭС")
    await oleg.sees("уже отметили")
    assert len(await came(app, number)) == 1


async def test_one_finds_only_those_one_may_see_and_those_who_answered(
    app: App, anna: Person, boris: Person, people: Make, hold: Hold, clock: Clock
) -> None:
    jana = people("Яна")
    await enrol(app, jana, "KGD-1", "Яковлева Яна", number="000209")
    number = await hold(in_=ON, host_id=await id_of(app, boris))
    stranger = (await rows(app, Member, person_id=await id_of(app, jana)))[0].id
    desk = await at_desk(boris)
    await boris.taps_data(desk, f"ck.mark:{number}:{stranger}")
    assert "Этого больше нет" in (boris.toast or "")
    await boris.taps("🔍 Найти человека")
    for words in ("Яковлева", "000209", "Смирнова"):
        await boris.says(words)
        await boris.sees("никого не нашлось", "есть профбилет, наведите на него камеру телефона")
    await had_answered(app, anna, number, clock, Answer.NO)
    await boris.says("Смирнова")
    await boris.taps("Смирнова Анна · ППО Тюменьэнерго · не собирался")
    await boris.sees("✅ Смирнова Анна")


async def test_those_who_are_awaited_are_listed_and_marked_by_a_tap(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    await had_answered(app, anna, number, clock, Answer.MAYBE)
    await had_answered(app, boris, number, clock, Answer.GOING)
    await had_answered(app, oleg, number, clock, Answer.NO)
    await at_desk(oleg)
    await oleg.sees("Ответили «Иду»: 1")
    await oleg.taps("Кого ждём")
    await oleg.sees("Ответили «Иду», ещё не отмечены: 1.", "Могут прийти ещё: 1.")
    assert oleg.buttons == [
        "Быков Борис · ППО Сургутская ГРЭС",
        "Смирнова Анна · ППО Тюменьэнерго · возможно",
        "← К списку",
    ]
    await oleg.taps("Быков Борис · ППО Сургутская ГРЭС")
    await oleg.taps("← К списку")
    await oleg.sees("Пришли: 1", "ещё не отмечены: 0")
    await oleg.taps("Кого ждём")
    await oleg.taps("Смирнова Анна · ППО Тюменьэнерго · возможно")
    await oleg.taps("← К списку")
    await oleg.taps("Кого ждём")
    await oleg.sees("все, кто собирался, уже отмечены")


async def test_a_long_list_of_awaited_is_turned(
    app: App, oleg: Person, people: Make, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    for one in range(10):
        person = people(f"Гость{one}")
        await enrol(app, person, "TMN-1", f"Фамилия{one} Имя", number=f"0003{one:02}")
        await had_answered(app, person, number, clock)
    await at_desk(oleg)
    await oleg.taps("Кого ждём")
    assert oleg.buttons[0].startswith("Фамилия0")
    await oleg.taps("›")
    assert [label[:8] for label in oleg.buttons[:2]] == ["Фамилия8", "Фамилия9"]


async def test_guests_have_only_a_name(app: App, oleg: Person, hold: Hold) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    await oleg.taps("👤 Гость")
    await oleg.sends(sticker=STICKER)
    await oleg.sees("Напишите, пожалуйста, текст")
    await oleg.says("x" * 121)
    await oleg.sees("Напишите короче")
    await oleg.says("<b>Иван & Co</b>")
    await oleg.sees("✅ <b>Иван & Co</b>", "Пришли: 1, из них гостей: 1", "(гость)")
    await oleg.taps("Ещё гость")
    await oleg.says("Пётр\n\n Гость")
    await oleg.sees("✅ Пётр Гость — отметили", "Пришли: 2, из них гостей: 2")
    await oleg.taps("Снять отметку")
    await oleg.sees("Отметка снята: Пётр Гость")
    assert [one.guest for one in await came(app, number)] == ["<b>Иван & Co</b>"]
    assert await audited(app, "checkin") == [
        "checkin.guest",
        "checkin.guest",
        "checkin.undone",
    ]


async def test_the_list_of_each_organiser_lives(
    app: App, oleg: Person, anna: Person, boris: Person, people: Make, hold: Hold, holds: Holds
) -> None:
    """Two at two doors: each sees what the other does, in the message that is there already."""
    await hold(in_=ON)
    vera = people("Вера")
    await enrol(app, vera, "TMN-1", "Ветрова Вера", number="000204")
    await holds(vera, "organiser", "TMN")
    await at_desk(oleg)
    await at_desk(vera)
    before = len(vera.history)
    await oleg.opens(await card_link(anna))
    await oleg.taps(MARK)
    await vera.sees("Пришли: 1", "Смирнова Анна")
    assert len(vera.history) == before
    await vera.opens(await card_link(boris))
    await vera.taps(MARK)
    await oleg.sees("Пришли: 2", "Быков Борис")


async def test_the_door_is_shown_and_read_by_a_members_phone(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock, zbarimg: str, tmp_path: Path
) -> None:
    number = await hold(in_=BEFORE)
    await at_desk(oleg)
    await oleg.taps("QR для двери")
    await oleg.sees("QR для двери", "Работает с 23 ноября, 14:00", "17:00 (Екатеринбург)")
    file = tmp_path / "door.png"
    file.write_bytes(await oleg.picture())
    link = await read_by(zbarimg, file)
    assert link == await door_link(app, number)
    await anna.opens(link)
    await anna.sees("Вы отмечены", TITLE, "14:00 (Екатеринбург)")
    assert anna.menu
    await oleg.sees("Пришли: 1", "14:00 Смирнова Анна")
    (mark,) = await came(app, number)
    assert mark.person_id == mark.by_id == await id_of(app, anna)
    clock.forward(minutes=5)
    await anna.opens(link)
    await anna.sees("Вы уже отмечены", "14:00")
    assert len(await came(app, number)) == 1


async def test_the_door_opens_an_hour_before_and_closes_with_the_event(
    app: App, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(hours=1, minutes=1))
    link = await door_link(app, number)
    await anna.opens(link)
    await anna.sees("отметиться можно с 23 ноября, 14:01 (Екатеринбург)")
    assert await came(app, number) == []
    clock.forward(hours=3, minutes=2)
    await anna.opens(link)
    await anna.sees("уже закончилось", "до 23 ноября, 17:01", "скажите организатору")
    assert await came(app, number) == []
    clock.now -= 60
    await anna.opens(link)
    await anna.sees("Вы отмечены")


async def test_a_forged_or_foreign_door_lets_nobody_in(
    app: App, anna: Person, oleg: Person, people: Make, hold: Hold
) -> None:
    number = await hold(in_=ON)
    pointer = app.house.seal.pointer(number, "e")
    foreign = Seal("another house's key, as long as any").pointer(number, "e")
    swapped = pointer[:-1] + ("A" if pointer[-1] != "A" else "B")
    card_as_door = "e" + app.house.seal.pointer(number)[1:]
    for forged in (foreign, swapped, card_as_door, "e_", "e_" + "A" * 32, pointer + "A"):
        await anna.opens(app.house.link(forged))
        await anna.sees("Такого QR у нас нет")
    await anna.opens(app.house.link(app.house.seal.pointer(999, "e")))
    await anna.sees("По этому QR вас не отметить")
    jana, guest = people("Яна"), people("Гость")
    await enrol(app, jana, "KGD-1", "Яковлева Яна", number="000209")
    await jana.opens(app.house.link(pointer))  # not for her organisation
    await jana.sees("По этому QR вас не отметить", "Подойдите к организатору")
    await guest.opens(app.house.link(pointer))
    await guest.sees("отмечаются члены профсоюза", "он отметит вас как гостя")
    assert "✍️ Вступить" in guest.menu
    await changed(app, number, state=State.CANCELLED)
    await anna.opens(app.house.link(pointer))
    await anna.sees("По этому QR вас не отметить")
    assert await came(app, number) == []


async def test_marks_have_their_hours(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(hours=3, minutes=1))
    await had_answered(app, anna, number, clock)
    await at_desk(oleg)
    await oleg.taps("Кого ждём")
    await oleg.taps("Смирнова Анна · ППО Тюменьэнерго")
    assert "за три часа" in (oleg.toast or "")
    clock.forward(days=3, hours=5, minutes=2)
    await oleg.taps("Смирнова Анна · ППО Тюменьэнерго")
    assert "уже поздно" in (oleg.toast or "")
    await oleg.says("/checkin")
    await oleg.sees("отмечать некого")
    clock.now -= 120
    await at_desk(oleg)
    await oleg.taps("Кого ждём")
    await oleg.taps("Смирнова Анна · ППО Тюменьэнерго")
    assert len(await came(app, number)) == 1


async def test_todays_come_first(oleg: Person, hold: Hold) -> None:
    for title, days in (("Завтра", 2), ("Вчера", -2), ("Давно", -4), ("Через месяц", 30)):
        await hold(in_=timedelta(days=days), title=title)
    await hold(in_=timedelta(hours=6), title="Сегодня")
    await hold(in_=timedelta(hours=1), title="Черновик", state=State.DRAFT)
    await hold(in_=timedelta(hours=1), title="Чужое", code="KGD")
    await oleg.says("/checkin")
    shown = [label.partition(" · ")[2] for label in oleg.buttons]
    assert shown == ["Сегодня", "Завтра", "Через месяц", "Вчера"]


async def test_at_a_cancelled_event_nobody_is_marked(
    app: App, oleg: Person, anna: Person, hold: Hold
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    await oleg.opens(await card_link(anna))
    await changed(app, number, state=State.CANCELLED)
    await oleg.taps(MARK)
    assert "отменено" in (oleg.toast or "")
    assert await came(app, number) == []


async def test_the_table_holds_who_answered_and_who_came(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    await had_answered(app, anna, number, clock, sure=True)
    await had_answered(app, boris, number, clock, Answer.WAITING)
    await at_desk(oleg)
    await oleg.opens(await card_link(anna))
    await oleg.taps(MARK)
    await oleg.taps("← К списку")
    await oleg.taps("👤 Гость")
    await oleg.says("=HYPERLINK(1)")
    await oleg.opens(await door_link(app, number))
    await oleg.says("/checkin")
    await oleg.taps(next(label for label in oleg.buttons if "Спартакиада" in label))
    await oleg.taps("Таблица")
    name, data = file_of(oleg, await oleg.sees("кто ответил и кто пришёл", "Пришли: 3"))
    assert name == "Спартакиада b Лев & Co b 23.11.xlsx"
    head, *lines = load_workbook(BytesIO(data))["Участники"].iter_rows()
    names = [cell.value for cell in head]
    assert names[:3] == ["Имя", "Номер профбилета", "Организация"]
    assert names[3:6] == ["Ответ", "Когда ответил", "Подтверждение"]
    stated = "23 ноября 2026, 14:00"
    here, there = "ППО Тюменьэнерго", "ППО Сургутская ГРЭС"
    marked = ["Да", stated, "Власов Олег"]
    assert [[cell.value for cell in line] for line in lines] == [
        ["Быков Борис", "000203", there, "Ждёт места", stated, None, "Нет", None, None],
        ["Власов Олег", "000201", here, "Не отвечал", None, None, "Да", stated, None],
        ["Смирнова Анна", "000202", here, "Иду", stated, "Да", *marked],
        ["=HYPERLINK(1)", None, None, "Гость", None, None, *marked],
    ]
    assert {cell.data_type for line in lines for cell in line if cell.value} == {"s"}
    assert (await audited(app, "checkin"))[-1] == "checkin.exported"


async def test_no_names_wait_in_the_outbox_for_a_table(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    await had_answered(app, anna, number, clock)
    await at_desk(oleg)
    await oleg.taps("Таблица")
    (owed,) = await rows(app, Owed, notice="checkins-sheet")
    assert (owed.payload, owed.details) == (None, {"event_id": number})


async def test_checking_in_goes_on_after_a_restart(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    await oleg.taps("🔍 Найти человека")
    link = await card_link(anna)
    async with restarted(app, oleg.world, clock) as again:
        await oleg.says("Смирнова")
        await oleg.sees("Нажмите на имя")
        await oleg.opens(link)
        await oleg.taps(MARK)
        await oleg.sees("✅ Смирнова Анна", "Пришли: 1")
        assert len(await rows(again, Attendance, event_id=number)) == 1


async def test_where_somebody_was_goes_with_the_membership(
    app: App, oleg: Person, anna: Person, people: Make, holds: Holds, hold: Hold, clock: Clock
) -> None:
    """To another account, where somebody may have answered and come already.

    The address of a calendar stays known to whoever has the old one: it ends.
    """
    first, both_came = await hold(in_=ON), await hold(in_=ON)
    new = people("Анна", phone="+79990000001")
    await holds(oleg, "chair", "TMN-1")
    await new.says("/start")
    for number in (first, both_came):
        await had_answered(app, anna, number, clock)
        await comes(app, anna, number, clock)
    await had_answered(app, new, both_came, clock, Answer.MAYBE)
    await comes(app, new, both_came, clock)
    before = await id_of(app, anna)
    async with app.database.transaction() as session:
        session.add(Feed(person_id=before, token="a" * 43, at=now_of(clock)))
    await applies(new, name="Смирнова Анна", born="15.03.1998")
    await oleg.taps("Тот же человек — перенести профбилет")
    await oleg.taps("Да, перенести")
    assert await rows(app, Feed) == []
    whose = {
        (kind, one.event_id, one.person_id)
        for kind in (Attendance, Reply)
        for one in await rows(app, kind)
    }
    now = await id_of(app, new)
    assert whose == {
        (Attendance, first, now),
        (Attendance, both_came, now),
        (Attendance, both_came, before),
        (Reply, first, now),
        (Reply, both_came, now),
    }


async def test_it_is_all_said_in_english_too(
    app: App, people: Make, holds: Holds, anna: Person, hold: Hold
) -> None:
    await hold(in_=ON)
    oleg = people("Oleg", language="en")
    await enrol(app, oleg, "TMN-1", "Vlasov Oleg", number="000201")
    await holds(oleg, "organiser", "TMN")
    await oleg.says("/checkin")
    await oleg.taps(oleg.buttons[0])
    await oleg.sees("Who came", "Came: 0")
    await oleg.opens(await card_link(anna))
    await oleg.taps(f"✅ Check in at “{TITLE}”")
    await oleg.sees("is checked in at 14:00", "Came: 1", "14:00 Смирнова Анна")


def marking(number: int, member_id: int) -> Act:
    async def mark(session: Session, actor: Actor, now: datetime) -> Any:
        return await checkins_marks.mark(session, actor, number, member_id, now=now)

    return mark


def coming(number: int) -> Act:
    async def come(session: Session, actor: Actor, now: datetime) -> Any:
        return await checkins_marks.come(session, actor, number, now=now)

    return come


def undoing(attendance_id: int) -> Act:
    async def undo(session: Session, actor: Actor, now: datetime) -> Any:
        return await checkins_marks.undo(session, actor, attendance_id, now=now)

    return undo


async def test_marked_at_once_by_the_organiser_and_at_the_door_is_marked_once(
    app: App, oleg: Person, anna: Person, hold: Hold, both: Both
) -> None:
    number = await hold(in_=ON)
    member = (await rows(app, Member, person_id=await id_of(app, anna)))[0].id
    first, second = await both(oleg, marking(number, member), anna, coming(number))
    assert first.fresh
    assert second[0] is Verdict.ALREADY
    (mark,) = await came(app, number)
    assert mark.by_id == await id_of(app, oleg)
    assert await audited(app, "checkin") == ["checkin.marked"]
    first, second = await both(oleg, undoing(mark.id), oleg, undoing(mark.id))
    assert isinstance(second, Undone)
    assert await came(app, number) == []
    assert await audited(app, "checkin") == ["checkin.marked", "checkin.undone"]
