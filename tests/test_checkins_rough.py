"""Checking in where it is rough: at midnight, under odd names, with odd buttons, at once."""

import asyncio
import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, update

from bot.app import App
from models.base import Session
from models.event import Attendance, Rating, Reply, Report
from models.mail import DeadLetter
from models.member import Member
from sandbox.people import Person
from sandbox.plugin import Clock
from services import events_changes
from services.access import Actor
from services.checkins_marks import Undone
from services.parsing import name_key
from tests.applying import Holds, Make, clock_ticks, rows
from tests.backstage import card_link, carried, enrol, told
from tests.gatherings import (
    Hold,
    by_clock,
    came,
    comes,
    file_of,
    had_answered,
    hold,
    id_of,
    leaves,
)
from tests.newsroom import anna, boris, oleg
from tests.postgres import connect
from tests.programs import needed
from tests.test_checkins import MARK, ON, at_desk, door_link, marking, undoing
from tests.test_events_after import does, member_of, opens_report
from tests.test_places import count
from tests.test_races import Act, Both, both, twin

FIXTURES = (hold, oleg, anna, boris, both, twin)
KAMCHATKA = "Asia/Kamchatka"
OLD_HTML, FORMULA = "<b>Лев & Co</b>", "=1+1"
ODD = (-1, 0, 99, 2**31, 2**62, 2**63, -(2**63) - 1, 10**30)
OF_EVENTS = (
    "ck.open", "ck.await", "ck.find", "ck.guest", "ck.door", "ck.sheet", "ck.undo",
    "ev.report", "ev.keepreport", "ev.tell", "ev.recount", "ev.tonews", "ev.comment", "ev.ics",
)  # fmt: skip
OF_TWO = ("ck.expected", "ck.mark", "ck.scan", "ev.rate")

pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def vera(app: App, people: Make, holds: Holds) -> Person:
    """Another organiser of the territory."""
    vera = people("Вера")
    await enrol(app, vera, "TMN-1", "Ветрова Вера", number="000204")
    await holds(vera, "organiser", "TMN")
    return vera


@pytest.fixture(scope="session")
def soffice() -> str:
    """What people open tables with."""
    return needed("soffice", "libreoffice-calc-nogui", "the tables cannot be opened")


async def opened_by(soffice: str, table: bytes, where: Path) -> list[list[str]]:
    """What the table shows in LibreOffice."""
    file = where / "table.xlsx"
    file.write_bytes(table)
    profile = f"-env:UserInstallation=file://{where}/profile"
    shown = "csv:Text - txt - csv (StarCalc):44,34,76"
    given = (soffice, profile, "--headless", "--convert-to", shown, "--outdir", where, file)
    program = await asyncio.create_subprocess_exec(*given, stdout=asyncio.subprocess.DEVNULL)
    assert await program.wait() == 0
    return list(csv.reader(file.with_suffix(".csv").read_text("utf-8").splitlines()))


async def test_after_midnight_and_far_away_it_is_the_hour_of_the_event(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, holds: Holds, clock: Clock
) -> None:
    starts = datetime(2026, 11, 30, 23, tzinfo=ZoneInfo(KAMCHATKA))
    ends = starts + timedelta(hours=2)
    number = await hold(code="VEP", zone=KAMCHATKA, starts_at=starts, ends_at=ends)
    await holds(oleg, "organiser", "VEP")
    door = await door_link(app, number)
    by_clock(clock, "2026-11-30 21:59", KAMCHATKA)
    await anna.opens(door)
    await anna.sees("отметиться можно с 30 ноября, 22:00 (Петропавловск-Камчатский)")
    by_clock(clock, "2026-12-01 00:30", KAMCHATKA)
    await at_desk(oleg)
    await oleg.opens(await card_link(anna))
    await oleg.taps(MARK)
    await oleg.sees("отметили в 00:30", "До 00:40", "00:30 Смирнова Анна")
    await oleg.taps("← К списку")
    await oleg.taps("QR для двери")
    await oleg.sees("с 30 ноября, 22:00 до 1 декабря, 01:00 (Петропавловск-Камчатский)")
    by_clock(clock, "2026-12-01 01:00", KAMCHATKA)
    await boris.opens(door)
    await boris.sees("Вы отмечены", "1 декабря, 01:00 (Петропавловск-Камчатский)")
    await oleg.sees("Пришли: 2", "01:00 Быков Борис")
    clock.forward(minutes=1)
    await oleg.opens(door)
    await oleg.sees("уже закончилось", "до 1 декабря, 01:00 (Петропавловск-Камчатский)")
    assert len(await came(app, number)) == 2


async def test_odd_names_are_shown_as_they_are(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    for person, name in ((anna, OLD_HTML), (boris, FORMULA)):
        who = await id_of(app, person)
        async with app.database.transaction() as session:
            named = update(Member).where(Member.person_id == who)
            await session.execute(named.values(name=name, name_key=name_key(name)))
    await had_answered(app, boris, number, clock)
    await at_desk(oleg)
    await oleg.opens(await card_link(anna))
    await oleg.sees("действителен", OLD_HTML)
    await oleg.taps(MARK)
    await oleg.sees(f"✅ {OLD_HTML} — отметили", f"14:00 {OLD_HTML}")
    await oleg.taps("← К списку")
    await oleg.taps("Кого ждём")
    await oleg.taps(f"{FORMULA} · ППО Сургутская ГРЭС")
    await oleg.sees(f"✅ {FORMULA} — отметили", f"14:00 {FORMULA}")
    assert not await rows(app, DeadLetter)


@pytest.mark.embedded
async def test_the_table_opens_in_a_real_office_and_reckons_nothing(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock, soffice: str, tmp_path: Path
) -> None:
    number = await hold(in_=ON)
    await had_answered(app, anna, number, clock)
    await at_desk(oleg)
    await oleg.taps("👤 Гость")
    for name in (FORMULA, OLD_HTML, '+7 «Ёж» 🦔, "Co"', "@SUM(1;2)", "00012"):
        await oleg.says(name)
        await oleg.taps("Ещё гость")
    await oleg.says("/checkin")
    await oleg.taps(next(label for label in oleg.buttons if "Спартакиада" in label))
    await oleg.taps("Таблица")
    _, data = file_of(oleg, await oleg.sees("кто ответил и кто пришёл"))
    head, *lines = await opened_by(soffice, data, tmp_path)
    assert head[0] == "Имя"
    at = "23 ноября 2026, 14:00"
    assert lines[0] == [
        "Смирнова Анна",
        "000202",
        "ППО Тюменьэнерго",
        "Иду",
        at,
        "",
        "Нет",
        "",
        "",
    ]
    assert [line[0] for line in lines[1:]] == [
        FORMULA,
        OLD_HTML,
        '+7 «Ёж» 🦔, "Co"',
        "@SUM(1;2)",
        "00012",
    ]
    assert {tuple(line[3:]) for line in lines[1:]} == {("Гость", "", "", "Да", at, "Власов Олег")}


async def test_odd_numbers_on_a_button_are_refused(
    app: App, oleg: Person, anna: Person, hold: Hold
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    for person in (oleg, anna):
        await person.says("/start")
        own = await person.sees()
        for odd in ODD:
            forged = [f"{kind}:{odd}" for kind in OF_EVENTS]
            forged += [f"{kind}:{odd}:{odd}" for kind in OF_TWO]
            forged += [f"{kind}:{number}:{odd}" for kind in ("ck.mark", "ck.scan", "ck.expected")]
            for tap in forged:
                await person.taps_data(own, tap)
    assert not await rows(app, DeadLetter)
    assert not await came(app, number)
    assert not await rows(app, Rating)
    assert not await rows(app, Report)


async def test_the_card_of_a_former_membership_marks_nobody(
    app: App, oleg: Person, anna: Person, hold: Hold
) -> None:
    number = await hold(in_=ON)
    await at_desk(oleg)
    old = await card_link(anna)
    await oleg.opens(old)
    shown = await oleg.sees("действителен")
    await leaves(app, anna)
    await enrol(app, anna, "TMN-2", "Смирнова Анна", number="000299")
    await oleg.taps_data(shown, carried(shown, MARK))
    assert "QR от прежнего членства" in (oleg.toast or "")
    assert await came(app, number) == []
    await oleg.opens(await card_link(anna))
    await oleg.taps(MARK)
    await oleg.sees("✅ Смирнова Анна")
    assert len(await came(app, number)) == 1


def cancelling(number: int) -> Act:
    async def cancel(session: Session, actor: Actor, now: datetime) -> None:
        await events_changes.cancel(session, actor, number, "Пожар", now=now)

    return cancel


async def test_cancelled_while_they_check_in_it_ends_everywhere(
    app: App, oleg: Person, vera: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    for person in (vera, oleg):
        await at_desk(person)
    await oleg.opens(await card_link(anna))
    await oleg.taps(MARK)
    marked = await oleg.sees("отметили")
    await oleg.taps("← К списку")
    await oleg.taps("👤 Гость")
    await does(app, vera, cancelling(number), clock)
    await app.courier.drain()
    for person in (vera, oleg):
        await person.sees("Мероприятие отменено: отмечать на нём некого")
    await oleg.says("Гостев Глеб")
    await oleg.sees("отменено")
    for tap in (
        carried(marked, "Снять отметку"),
        f"ck.mark:{number}:{await member_of(app, boris)}",
    ):
        await oleg.taps_data(marked, tap)
        assert "отменено" in (oleg.toast or ""), tap
    await boris.opens(await door_link(app, number))
    await boris.sees("По этому QR вас не отметить")
    assert len(await came(app, number)) == 1
    clock.forward(hours=3)
    await clock_ticks(app, clock)
    assert await told(app, "events-rate") == []


async def test_two_organisers_at_once_mark_somebody_once(
    app: App, oleg: Person, vera: Person, anna: Person, hold: Hold, both: Both
) -> None:
    number = await hold(in_=ON)
    act = marking(number, await member_of(app, anna))
    first, second = await both(oleg, act, vera, act)
    assert (first.fresh, second.fresh) == (True, False)
    assert first.attendance.id == second.attendance.id
    (mark,) = await came(app, number)
    assert mark.by_id == await id_of(app, oleg)


async def test_an_answer_alone_counts_for_nothing(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(hours=-3))
    for person in (anna, boris):
        await had_answered(app, person, number, clock)
    async with app.database.transaction() as session:
        await session.execute(update(Reply).values(sure=True))
    await clock_ticks(app, clock)
    assert await told(app, "events-rate") == []
    await anna.taps_data(await anna.sees(), f"ev.rate:{number}:5")
    assert "кто был на мероприятии и отметился" in (anna.toast or "")
    await opens_report(oleg, number)
    await oleg.sees("Пришли: 0")
    assert await rows(app, Attendance) == []


async def test_an_opinion_goes_with_a_mark_that_is_taken_back(
    app: App, oleg: Person, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(hours=-4))
    await comes(app, boris, number, clock)
    marked = await does(app, oleg, marking(number, await member_of(app, anna)), clock)
    for person, stars in ((anna, 1), (boris, 5)):
        await person.taps_data(await person.sees(), f"ev.rate:{number}:{stars}")
    await opens_report(oleg, number)
    await oleg.sees("Оценка: 3,0 из 5, оценили 2")
    await does(app, oleg, undoing(marked.attendance.id), clock)
    await opens_report(oleg, number)
    await oleg.sees("Оценка: 5,0 из 5, оценили 1")


async def test_a_mark_taken_back_while_another_is_put_leaves_that_one(
    app: App, oleg: Person, vera: Person, anna: Person, hold: Hold, both: Both, clock: Clock
) -> None:
    number = await hold(in_=ON)
    mark = marking(number, await member_of(app, anna))
    before = await does(app, oleg, mark, clock)
    _, after = await both(oleg, undoing(before.attendance.id), vera, mark)
    assert after.fresh
    assert [one.by_id for one in await came(app, number)] == [await id_of(app, vera)]


async def test_a_crowd_at_the_door_is_one_new_look_at_the_list(
    app: App, oleg: Person, people: Make, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON)
    crowd = [people(f"Гость{one}") for one in range(12)]
    for one, person in enumerate(crowd):
        await enrol(app, person, "TMN-1", f"Фамилия{one:02} Имя", number=f"0003{one:02}")
    desk = await at_desk(oleg)
    for person in crowd:
        await does(app, oleg, marking(number, await member_of(app, person)), clock)
    before = count(oleg.world, "editMessageText")
    await app.courier.drain()
    shown = await oleg.sees("Пришли: 12", "Фамилия11")
    assert shown["message_id"] == desk["message_id"]
    assert count(oleg.world, "editMessageText") == before + 1


async def test_at_two_events_at_once_a_card_asks_where(
    app: App, oleg: Person, anna: Person, hold: Hold
) -> None:
    first, second = await hold(in_=ON), await hold(in_=ON, title="Дартс")
    await at_desk(oleg)
    await at_desk(oleg, "Дартс")
    await oleg.opens(await card_link(anna))
    assert oleg.buttons == [MARK, "✅ Отметить на «Дартс»"]
    await oleg.taps("✅ Отметить на «Дартс»")
    assert [len(await came(app, number)) for number in (first, second)] == [0, 1]


async def test_whoever_is_responsible_does_all_of_it_without_a_role(
    app: App, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=ON, host_id=await id_of(app, boris))
    await had_answered(app, anna, number, clock)
    await at_desk(boris)
    await boris.taps("Кого ждём")
    await boris.taps("Смирнова Анна · ППО Тюменьэнерго")
    await boris.taps("Снять отметку")
    await boris.sees("Отметка снята")
    await boris.taps("← К списку")
    await boris.taps("👤 Гость")
    await boris.says("Гостев Глеб")
    await boris.sees("Пришли: 1, из них гостей: 1")
    await boris.taps("← К списку")
    await boris.taps("QR для двери")
    await boris.sees("QR для двери", "Работает с")
    await boris.taps("Таблица")
    await boris.sees("кто ответил и кто пришёл", "Пришли: 1")
    clock.forward(hours=1)
    await opens_report(boris, number)
    card = await boris.sees("Пришли: 1, из них гостей: 1")
    await leaves(app, boris)
    for tap in ("ck.open", "ck.sheet", "ck.door", "ev.report"):
        await boris.taps_data(card, f"{tap}:{number}")
        assert "Отмечают пришедших организаторы" in (boris.toast or ""), tap


@pytest.mark.server
async def test_a_mark_taken_back_between_two_looks_at_it_is_said_to_be(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock, database_url: str
) -> None:
    number = await hold(in_=ON)
    mark = marking(number, await member_of(app, anna))
    await does(app, oleg, mark, clock)

    def take_back(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO attendances"):
            with connect(database_url) as elsewhere:
                elsewhere.execute("DELETE FROM attendances")

    event.listen(app.database.engine.sync_engine, "after_cursor_execute", take_back)
    with pytest.raises(Undone):
        await does(app, oleg, mark, clock)
    assert await came(app, number) == []
