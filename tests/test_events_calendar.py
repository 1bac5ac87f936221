"""An event in a phone's calendar: a file that any calendar reads, and an address that lives."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.app import App
from bot.settings import load
from keyboards.events_parts import file_name
from models.event import Answer, Event, Feed, State
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from services.events_calendar import Entry, Status, written
from tests.applying import Make, rows
from tests.backstage import audited, enrol
from tests.gatherings import (
    TITLE,
    Hold,
    answers,
    changed,
    file_of,
    had_answered,
    hold,
    id_of,
    leaves,
    opens,
)
from tests.making import makes, only
from tests.newsroom import anna, boris, oleg
from tests.test_events_changes import managed
from web import make_app

FIXTURES = (hold, oleg, anna, boris)
AT = datetime(2026, 11, 15, 15, tzinfo=UTC)
KAMCHATKA = "Asia/Kamchatka"
HOOK = "https://union.example/bot/telegram"

# A content line of RFC 5545: a name, parameters, a value without controls.
LINE = re.compile(r"[A-Z-]+(?:;[A-Z-]+=[A-Z0-9-]+)*:[^\x00-\x1f\x7f]*")
MOMENT = re.compile(r"\d{8}T\d{6}Z")
TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "UID", "X-WR-CALNAME")
MOMENTS = ("DTSTAMP", "DTSTART", "DTEND", "LAST-MODIFIED")
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "DESCRIPTION")

Client = TestClient[Any, Any]


def checked(text: str) -> list[dict[str, Any]]:
    """What a strict reader makes of it: each event with its lines by name, unfolded."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75, line  # a letter cut in two would not even encode
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    for line in lines:
        assert LINE.fullmatch(line), line
    pairs = [(line.partition(":")[0].partition(";")[0], line.partition(":")[2]) for line in lines]
    assert pairs[:3] == [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Sila//Events//RU"),
    ]
    assert pairs[-1] == ("END", "VCALENDAR")
    assert pairs[-2][0] == "END"  # something is in it
    for name, value in pairs:
        assert name not in TEXTS or TEXT.fullmatch(value), value
    return _events(pairs)


def _events(pairs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    inside: list[str] = []
    for name, value in pairs:
        if name == "END":
            assert inside.pop() == value
        elif name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                found.append({})
        elif inside[-1] in ("VEVENT", "VALARM"):
            key = name if inside[-1] == "VEVENT" else f"alarm {name}"
            assert key not in found[-1], f"{key} twice"
            found[-1][key] = value
    assert not inside
    for event in found:
        _check_event(event)
    return found


def _check_event(event: dict[str, str]) -> None:
    assert event.keys() >= set(ONCE)
    for name in MOMENTS:
        assert MOMENT.fullmatch(event[name]), event[name]
    assert event["DTSTART"] < event["DTEND"]
    assert event["STATUS"] in Status.__members__
    alarm = {name: value for name, value in event.items() if name.startswith("alarm ")}
    if event["STATUS"] == "CANCELLED":
        assert not alarm
    else:
        assert (alarm["alarm ACTION"], alarm["alarm TRIGGER"]) == ("DISPLAY", "-PT2H")
        assert alarm["alarm DESCRIPTION"] == event["SUMMARY"]


def parsed(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def entry(**changes: Any) -> Entry:
    usual: dict[str, Any] = {
        "uid": "event-7@sila_bot",
        "sequence": 2,
        "changed_at": AT - timedelta(days=9),
        "starts_at": AT,
        "ends_at": AT + timedelta(hours=2),
        "status": Status.CONFIRMED,
        "title": "Спартакиада",
        "details": "Лыжи",
        "place": "Тюмень, ул. Мира, 1; вход со двора",
    }
    return Entry(**usual | changes)


@pytest.fixture
async def phone(app: App) -> AsyncIterator[Client]:
    """Whatever reads an address over HTTP."""
    site: web.Application = make_app(app.ingest, "w", app.database.ping, app.read_calendar)
    async with TestClient(TestServer(site)) as client:
        yield client


@pytest.fixture
def public(app: App) -> None:
    """The bot has an address of its own."""
    object.__setattr__(app.house, "address", "https://union.example/bot")


async def path_of(person: Person) -> str:
    """The address as it is shown, without the host."""
    shown = str((await person.sees("Ваш адрес"))["text"])
    (found,) = re.findall(r"https://union\.example/bot(/calendar/[\w-]{43}\.ics)", shown)
    return str(found)


async def subscribes(person: Person) -> str:
    await person.says("/settings")
    await person.taps("📆 Календарь на телефоне")
    await person.taps("Получить адрес")
    return await path_of(person)


async def to_calendar(person: Person, number: int) -> tuple[str, str]:
    """The name of the file, and what is in it."""
    await person.says("/start")
    await person.taps_data(await person.sees(), f"ev.ics:{number}")
    name, data = file_of(person, await person.sees("Откройте файл"))
    return name, data.decode()


# The file itself


@given(
    title=st.text(st.characters(codec="utf-8"), max_size=120),
    details=st.text(st.characters(codec="utf-8"), max_size=400),
    place=st.text("Ёжik,;\\\n\r\t \"':я🧨\u00a0", max_size=200),
)
@pytest.mark.embedded
def test_whatever_people_write_is_read_back(title: str, details: str, place: str) -> None:
    text = written([entry(title=title, details=details, place=place)], KAMCHATKA)
    checked(text)
    (event,) = parsed(text)
    for name, said in (("SUMMARY", title), ("DESCRIPTION", details), ("LOCATION", place)):
        lines = said.replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(one for one in lines if one == "\n" or (one >= " " and one != "\x7f"))
        assert str(event.get(name, "")) == kept


@pytest.mark.parametrize("shift", range(12))
def test_a_line_is_folded_between_letters(shift: int) -> None:
    words = "x" * shift + "Съешь ещё этих мягких французских булок 🧨 да выпей чаю " * 9
    text = written([entry(title=words)], KAMCHATKA)
    checked(text)
    assert max(len(line.encode()) for line in text.split("\r\n")) > 70
    assert str(parsed(text)[0]["SUMMARY"]) == words


def test_times_are_utc_and_a_change_is_newer() -> None:
    for status in Status:
        (event,) = checked(written([entry(status=status)], KAMCHATKA))
        assert (event["DTSTART"], event["DTEND"]) == ("20261115T150000Z", "20261115T170000Z")
        assert (event["UID"], event["SEQUENCE"]) == ("event-7@sila_bot", "2")
        assert (event["STATUS"], event["DTSTAMP"]) == (status, "20261106T150000Z")
    (read,) = parsed(written([entry(spot=(57.15, 65.53))], KAMCHATKA))
    assert read["DTSTART"].dt == AT
    assert (read["GEO"].latitude, read["GEO"].longitude) == (57.15, 65.53)


def test_an_empty_calendar_is_a_calendar() -> None:
    text = written([], "Asia/Tokyo", name="Электропрофсоюз")
    assert checked(text) == []
    (clock,) = Calendar.from_ical(text).walk("VTIMEZONE")
    assert clock["TZID"] == "UTC"


# «В календарь»


@pytest.mark.usefixtures("union")
async def test_the_file_says_where_when_and_who(
    app: App, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(
        address="Тюмень, ул. Мира, 1",
        latitude=57.15,
        longitude=65.53,
        contact="Власов Олег, @oleg",
        words="Лыжи, дартс; и чай\nПриходите!",
        in_=timedelta(days=3),
    )
    name, text = await to_calendar(anna, number)
    assert name == "Спартакиада b Лев & Co b 26.11.ics"
    (event,) = checked(text)
    (read,) = parsed(text)
    assert str(read["SUMMARY"]) == TITLE
    assert str(read["LOCATION"]) == "Тюмень, ул. Мира, 1"
    details = str(read["DESCRIPTION"])
    for said in (
        "Начало: 26 ноября, 14:00 (Екатеринбург)",
        "Лыжи, дартс; и чай\nПриходите!",
        "Вопросы: Власов Олег, @oleg",
        "ТюмнМО ВЭП",
    ):
        assert said in details
    assert event["DTSTART"] == "20261126T090000Z"
    assert event["UID"] == f"event-{number}@{app.house.bot}"
    assert event["STATUS"] == "CONFIRMED"


@pytest.mark.usefixtures("union")
async def test_whoever_waits_for_a_seat_reads_so_in_the_calendar(
    app: App, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(days=3), seats=1)
    await answers(app, anna, number, clock)
    await answers(app, boris, number, clock, Answer.WAITING)
    for _ in range(2):  # once more with a seat that is only kept
        (event,) = checked((await to_calendar(boris, number))[1])
        assert event["STATUS"] == "TENTATIVE"
        assert "Вы в листе ожидания" in event["DESCRIPTION"]
        await answers(app, anna, number, clock, Answer.NO)
    await answers(app, boris, number, clock)
    (event,) = checked((await to_calendar(boris, number))[1])
    assert event["STATUS"] == "CONFIRMED"
    assert "в листе ожидания" not in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Субботник", "Субботник 28.11.ics"),
        ("../../etc/passwd\\con", "etc passwd con 28.11.ics"),
        ('Лев/Овен: «Кто? "Мы"*» | <b>; %00\u202e', "Лев Овен Кто Мы b 00 28.11.ics"),
        ("🧨🧨", "28.11.ics"),
        ("я" * 120, "я" * 60 + " 28.11.ics"),
    ],
)
def test_a_file_is_called_by_its_event(title: str, name: str) -> None:
    late = datetime(2026, 11, 27, 20, tzinfo=UTC)  # the next day by its own clock
    event = Event(title=title, starts_at=late, zone="Asia/Yekaterinburg")
    assert file_name(event, "ics") == name


@pytest.mark.usefixtures("union")
async def test_every_change_makes_the_same_event_newer(
    app: App, anna: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(in_=timedelta(days=3), seats=None)
    (first,) = checked((await to_calendar(anna, number))[1])
    clock.forward(hours=1)
    moved = datetime(2026, 11, 27, 20, tzinfo=UTC)
    now = datetime.fromtimestamp(clock.now, UTC)
    times = {"starts_at": moved, "ends_at": moved + timedelta(hours=5), "changed_at": now}
    await changed(app, number, sequence=1, **times)
    (second,) = checked((await to_calendar(anna, number))[1])
    await changed(app, number, sequence=2, state=State.CANCELLED, reason="Мороз, −40")
    _, text = await to_calendar(anna, number)
    await anna.sees("отменено")
    (third,) = checked(text)
    assert first["UID"] == second["UID"] == third["UID"]
    assert [one["SEQUENCE"] for one in (first, second, third)] == ["0", "1", "2"]
    assert first["DTSTAMP"] < second["DTSTAMP"]
    assert (second["DTSTART"], second["DTEND"]) == ("20261127T200000Z", "20261128T010000Z")
    assert third["STATUS"] == "CANCELLED"
    assert "Отменено: Мороз\\, −40" in third["DESCRIPTION"]


@pytest.mark.usefixtures("union")
async def test_whatever_its_organiser_changes_is_newer_in_the_calendar(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    number = (await only(app)).id
    read = checked((await to_calendar(anna, number))[1])
    fields = {
        "Название": "Дартс",
        "Описание": "Только дартс",
        "Окончание": "21:00",
        "Место": "Мира 2",
        "Сколько мест": "30",
        "Ответить до": "4 декабря 12:00",
        "Кому вопросы": "Олег, 112",
    }
    for field, said in fields.items():
        clock.forward(minutes=1)
        title = TITLE if field == "Название" else "Дартс"
        await managed(oleg, title)
        await oleg.taps("Изменить")
        await oleg.taps(field)
        await oleg.says(said)
        read += checked((await to_calendar(anna, number))[1])
    clock.forward(minutes=1)
    await managed(oleg, "Дартс")
    for label, said, sure in (
        ("Перенести", "6 декабря 23:00–01:00", "Да, перенести"),
        ("Отменить мероприятие", "Мороз 🥶", "Да, отменить"),
    ):
        await oleg.taps(label)
        await oleg.says(said)
        await oleg.taps(sure)
        read += checked((await to_calendar(anna, number))[1])
        clock.forward(minutes=1)
    assert [one["SEQUENCE"] for one in read] == [str(count) for count in range(10)]
    assert len({one["UID"] for one in read}) == 1
    stamps = [one["DTSTAMP"] for one in read]
    assert stamps == sorted(set(stamps))
    assert (read[-1]["DTSTART"], read[-1]["DTEND"]) == ("20261206T180000Z", "20261206T200000Z")
    assert (read[-1]["SUMMARY"], read[-1]["STATUS"]) == ("Дартс", "CANCELLED")
    assert "Отменено: Мороз 🥶" in read[-1]["DESCRIPTION"]


@pytest.mark.usefixtures("union")
async def test_the_link_of_an_online_event_is_for_those_who_go(
    app: App, anna: Person, boris: Person, hold: Hold, clock: Clock
) -> None:
    number = await hold(link="https://meet.example/x?a=1,2;3")
    await had_answered(app, anna, number, clock, Answer.GOING)
    await had_answered(app, boris, number, clock, Answer.MAYBE)
    _, mine = await to_calendar(anna, number)
    assert "Ссылка: https://meet.example/x?a=1,2;3" in str(parsed(mine)[0]["DESCRIPTION"])
    _, theirs = await to_calendar(boris, number)
    assert "meet.example" not in str(parsed(theirs)[0]["DESCRIPTION"])
    assert str(parsed(theirs)[0]["LOCATION"]) == "Онлайн"
    assert parsed(theirs)[0]["STATUS"] == "TENTATIVE"


@pytest.mark.usefixtures("union")
async def test_an_answer_makes_what_a_calendar_shows_newer(
    app: App, anna: Person, hold: Hold, clock: Clock
) -> None:
    """Saved before it and after it, it is not the same to read."""
    number = await hold(link="https://meet.example/x")
    read = checked((await to_calendar(anna, number))[1])
    for label in ("Возможно", "Иду", "Не пойду", "Иду"):
        clock.forward(minutes=1)
        await opens(anna)
        await anna.taps(label)
        read += checked((await to_calendar(anna, number))[1])
        if label == "Не пойду":
            await anna.sees("Вы не идёте", TITLE, "встреча станет отменённой")
    statuses = ["CONFIRMED", "TENTATIVE", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [one["STATUS"] for one in read] == statuses
    links = ["meet.example" in one["DESCRIPTION"] for one in read]
    assert links == [False, False, True, False, True]
    stamps, counts = ([one[name] for one in read] for name in ("DTSTAMP", "SEQUENCE"))
    assert stamps == sorted(set(stamps))
    assert [int(one) for one in counts] == sorted({int(one) for one in counts})
    clock.forward(minutes=1)
    later = {"sequence": 1, "changed_at": datetime.fromtimestamp(clock.now, UTC)}
    await changed(app, number, **later)
    (last,) = checked((await to_calendar(anna, number))[1])
    assert int(last["SEQUENCE"]) > int(counts[-1])


@pytest.mark.usefixtures("union")
async def test_a_point_without_an_address_can_be_found(app: App, anna: Person, hold: Hold) -> None:
    number = await hold(latitude=57.15, longitude=65.53, link="https://meet.example/x")
    (read,) = parsed((await to_calendar(anna, number))[1])
    assert str(read["LOCATION"]) == "57.150000, 65.530000"


@pytest.mark.usefixtures("union")
async def test_the_hour_of_another_zone_is_said_in_words(
    app: App, people: Make, anna: Person, hold: Hold
) -> None:
    """In Petropavlovsk at six in the evening: in Kaliningrad the calendar will show eight."""
    starts = datetime(2026, 11, 30, 18, tzinfo=ZoneInfo(KAMCHATKA))
    ends = starts + timedelta(hours=1)
    number = await hold(code="VEP", zone=KAMCHATKA, starts_at=starts, ends_at=ends)
    jana = people("Яна")
    await enrol(app, jana, "KGD-1", "Яковлева Яна", number="000209")
    texts = [(await to_calendar(person, number))[1] for person in (anna, jana)]
    for text in texts:
        (event,) = checked(text)
        assert event["DTSTART"] == "20261130T060000Z"
        assert str(Calendar.from_ical(text)["X-WR-TIMEZONE"]) == KAMCHATKA
        assert "Начало: 30 ноября, 18:00 (Петропавловск-Камчатский)" in text.replace(
            "\r\n ", ""
        ).replace("\\,", ",")
    assert texts[0] == texts[1]


@pytest.mark.usefixtures("union")
async def test_what_is_not_for_somebody_is_no_file_for_them(
    app: App, people: Make, hold: Hold, oleg: Person
) -> None:
    number = await hold()
    draft = await hold(state=State.DRAFT, starts_at=None, ends_at=None)
    jana = people("Яна")
    await enrol(app, jana, "KGD-1", "Яковлева Яна", number="000209")
    for person, asked in ((jana, number), (jana, 999), (oleg, draft)):
        await person.says("/start")
        await person.taps_data(await person.sees(), f"ev.ics:{asked}")
        assert "Этого мероприятия больше нет" in (person.toast or "")
        await person.sees_nothing_of("Откройте файл")


# The address


@pytest.mark.usefixtures("union", "public")
async def test_the_address_shows_what_one_goes_to(
    app: App, anna: Person, boris: Person, hold: Hold, clock: Clock, phone: Client
) -> None:
    said = {
        "Иду": (Answer.GOING, timedelta(days=3), State.OPEN),
        "Возможно": (Answer.MAYBE, timedelta(days=4), State.OPEN),
        "Нет": (Answer.NO, timedelta(days=3), State.OPEN),
        "Жду места": (Answer.WAITING, timedelta(days=3), State.OPEN),
        "Отменили": (Answer.GOING, timedelta(days=5), State.CANCELLED),
        "Было": (Answer.GOING, timedelta(days=-59), State.OPEN),
        "Давно было": (Answer.GOING, timedelta(days=-61), State.OPEN),
    }
    for title, (said_so, in_, state) in said.items():
        number = await hold(title=title, in_=in_, state=state)
        await had_answered(app, anna, number, clock, said_so)
    await had_answered(app, boris, await hold(title="Чужое"), clock)
    answer = await phone.get(await subscribes(anna))
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = await answer.text()
    found = {event["SUMMARY"]: event["STATUS"] for event in checked(text)}
    assert found == {
        "Иду": "CONFIRMED",
        "Возможно": "TENTATIVE",
        "Отменили": "CANCELLED",
        "Было": "CONFIRMED",
    }
    calendar = Calendar.from_ical(text)
    assert str(calendar["X-WR-CALNAME"]) == "Электропрофсоюз"
    assert str(calendar["X-WR-TIMEZONE"]) == "Asia/Yekaterinburg"
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT1H"


@pytest.mark.usefixtures("union", "public")
async def test_the_same_uid_by_file_and_by_address(
    app: App, anna: Person, hold: Hold, clock: Clock, phone: Client
) -> None:
    number = await hold()
    await had_answered(app, anna, number, clock)
    (one,) = checked((await to_calendar(anna, number))[1])
    (other,) = checked(await (await phone.get(await subscribes(anna))).text())
    assert one == other


@pytest.mark.usefixtures("union", "public")
async def test_a_new_address_ends_the_old_and_closing_ends_all(
    app: App, anna: Person, phone: Client
) -> None:
    old = await subscribes(anna)
    assert (await phone.get(old)).status == 200
    await anna.taps("Новый адрес")
    await anna.sees("Старый сразу перестанет работать")
    await anna.taps("← Вернуться")
    assert await path_of(anna) == old
    await anna.taps("Новый адрес")
    await anna.taps("Да, новый адрес")
    new = await path_of(anna)
    assert new != old
    assert [(await phone.get(path)).status for path in (old, new)] == [404, 200]
    known = {"If-None-Match": "*"}
    assert [(await phone.head(path)).status for path in (old, new)] == [404, 200]
    assert [(await phone.get(path, headers=known)).status for path in (old, new)] == [404, 304]
    await anna.taps("Отключить")
    await anna.sees("Отключить календарь?")
    await anna.taps("← Вернуться")
    assert await path_of(anna) == new
    await anna.taps("Отключить")
    await anna.taps("Да, отключить")
    await anna.sees("Бот даст адрес")
    assert (await phone.get(new)).status == 404
    assert await rows(app, Feed) == []
    assert await audited(app, "calendar") == [
        "calendar.renewed",
        "calendar.renewed",
        "calendar.closed",
    ]


@pytest.mark.usefixtures("union", "public")
async def test_nothing_else_is_found_there(app: App, anna: Person, phone: Client) -> None:
    path = await subscribes(anna)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
    for guess in (swapped, token.swapcase(), token[:-1], token + "A", "", "%00" * 43, "'" * 43):
        assert (await phone.get(f"/calendar/{guess}.ics")).status == 404
    for other in (f"/calendar/{token}", f"/calendar/{token}.ics/", f"/calendar/x/{token}.ics"):
        assert (await phone.get(other)).status == 404
    assert (await phone.post(path)).status == 405
    assert (await phone.head(path)).status == 200


@pytest.mark.usefixtures("union", "public")
async def test_a_phone_that_has_it_already_gets_nothing_again(
    app: App, anna: Person, hold: Hold, clock: Clock, phone: Client
) -> None:
    number = await hold()
    await had_answered(app, anna, number, clock)
    path = await subscribes(anna)
    first = await phone.get(path)
    mark = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, max-age=900"
    asked = await phone.head(path)
    assert (await asked.text(), asked.headers["ETag"]) == ("", mark)
    for name in ("Content-Length", "Content-Type", "Cache-Control"):
        assert asked.headers[name] == first.headers[name]
    again = await phone.get(path, headers={"If-None-Match": mark})
    assert (again.status, await again.text(), again.headers["ETag"]) == (304, "", mark)
    weakened = await phone.get(path, headers={"If-None-Match": f'"other", W/{mark}'})
    assert weakened.status == 304  # as a proxy that packs it has it
    await changed(app, number, sequence=1)
    changed_since = await phone.get(path, headers={"If-None-Match": mark})
    assert (changed_since.status, changed_since.headers["ETag"] != mark) == (200, True)


@pytest.mark.usefixtures("union", "public")
async def test_who_leaves_the_union_takes_no_calendar_along(
    app: App, anna: Person, phone: Client
) -> None:
    path = await subscribes(anna)
    await leaves(app, anna)
    assert (await phone.get(path)).status == 404


@pytest.mark.usefixtures("union", "public")
async def test_the_log_never_learns_an_address(
    app: App, anna: Person, phone: Client, log: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await subscribes(anna)

    async def broken(token: str) -> str | None:
        raise RuntimeError

    assert (await phone.get(path)).status == 200
    site = make_app(app.ingest, "w", app.database.ping, broken)
    async with TestClient(TestServer(site)) as client:
        answer = await client.get(path)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "300")
    assert [line["event"] for line in log] == ["a calendar cannot be read now"]
    (feed,) = await rows(app, Feed, person_id=await id_of(app, anna))
    assert feed.token not in str(log)


@pytest.mark.usefixtures("union")
async def test_without_an_address_the_bot_says_what_can_be_done(anna: Person) -> None:
    await anna.says("/settings")
    await anna.taps("📆 Календарь на телефоне")
    await anna.sees("Подписаться на календарь пока нельзя", "«В календарь»")
    assert "Получить адрес" not in anna.buttons


@pytest.mark.usefixtures("union", "public")
async def test_a_calendar_speaks_its_readers_language(
    app: App, people: Make, hold: Hold, clock: Clock, phone: Client
) -> None:
    anna = people("Anna", language="en")
    await enrol(app, anna, "TMN-1", "Smith Anna")
    await had_answered(app, anna, await hold(), clock)
    await anna.says("/settings")
    await anna.taps("📆 Phone calendar")
    await anna.taps("Get the address")
    (feed,) = await rows(app, Feed)
    text = await (await phone.get(f"/calendar/{feed.token}.ics")).text()
    assert str(Calendar.from_ical(text)["X-WR-CALNAME"]) == "Electric Workers’ Union"
    assert "Starts: November 26\\, 14:00 (Yekaterinburg)" in checked(text)[0]["DESCRIPTION"]


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("hook", "address"),
    [(None, None), (HOOK, "https://union.example/bot"), ("https://a.b/telegram", "https://a.b")],
)
def test_the_address_is_where_telegram_knocks(hook: str | None, address: str | None) -> None:
    settings = load(
        _env_file=None,
        bot_token=TOKEN,
        signing_key="k" * 40,
        webhook_url=hook,
        webhook_secret="s" if hook else None,
    )
    assert settings.address == address
