import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event

from bot.database import Database
from services import registry_import as registry
from services.tables import Line, open_table
from tests.terminal import Done, bring, rows, workbook

TREE = """code,name,level,parent,timezone
VEP,ВЭП,union,,Europe/Moscow
TMN,ТюмнМО ВЭП,territorial,VEP,Asia/Yekaterinburg
TMN-1,ППО Тюменьэнерго,primary,TMN,
TMN-2,ППО Сургутская ГРЭС,primary,TMN,
"""
HEADER = "name,born,phone,number,organisation"
ANNA = "Смирнова Анна Ивановна,15.03.1998,+79991234567,001,TMN-1"
PETER = "Ильин Пётр,1979-05-04,,002,TMN-1"
OLEG = "власов олег игоревич,27/2/90,8 (922) 456-01-06,Б-3,tmn-2"
MIDNIGHT = datetime.fromisoformat("1998-03-15")  # a sheet's dates have no zone
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> str:
    assert bring("organisations", TREE.encode(), database_url).code == 0
    return database_url


def bring_in(database: str, *lines: str, flags: Sequence[str] = (), typed: str = "") -> Done:
    content = "\n".join([HEADER, *lines]).encode()
    return bring("members", content, database, *flags, typed=typed)


def bring_in_file(database: str, content: bytes) -> Done:
    return bring("members", content, database)


def register(database: str) -> list[Any]:
    return rows(
        database,
        "SELECT number, registry.name, name_key, born_on, phone, code FROM registry"
        " JOIN organisations ON organisations.id = organisation_id ORDER BY number",
    )


def who_left(database: str) -> list[str]:
    return rows(database, "SELECT number FROM registry WHERE left_at IS NOT NULL ORDER BY number")


def test_the_register_is_read_as_the_dialogs_read_people(database: str) -> None:
    done = bring_in(database, ANNA, PETER, OLEG)
    assert done.code == 0
    assert "Добавлено: 3, обновлено: 0, вернулись: 0, без изменений: 0." in done.out
    assert "Никто не выбыл." in done.out
    anna, peter, oleg = register(database)
    assert anna[:3] == ("001", "Смирнова Анна Ивановна", "смирнова анна ивановна")
    assert anna[3:] == ("1998-03-15", "+79991234567", "TMN-1")
    assert peter == ("002", "Ильин Пётр", "ильин петр", "1979-05-04", None, "TMN-1")
    assert oleg[:3] == ("Б-3", "Власов Олег Игоревич", "власов олег игоревич")
    assert oleg[3:] == ("1990-02-27", "+79224560106", "TMN-2")


def test_imported_again_it_is_updated_by_number_and_never_doubled(database: str) -> None:
    bring_in(database, ANNA, PETER, OLEG)
    married = ANNA.replace("Смирнова", "Орлова-Мак'Грегор")
    done = bring_in(database, OLEG, married, PETER)
    assert "Добавлено: 0, обновлено: 1, вернулись: 0, без изменений: 2." in done.out
    assert len(register(database)) == 3
    assert "Орлова-Мак'Грегор Анна Ивановна" in rows(
        database, "SELECT name FROM registry ORDER BY 1"
    )


def test_who_is_no_longer_in_the_file_has_left_and_may_come_back(database: str) -> None:
    bring_in(database, ANNA, PETER, OLEG)
    done = bring_in(database, ANNA)
    assert "Выбыли: 1. Их нет в новом файле:\n002  Ильин Пётр\n" in done.out
    assert "Власов" not in done.out  # his organisation is not in this file
    assert who_left(database) == ["002"]
    assert "Никто не выбыл." in bring_in(database, ANNA).out
    done = bring_in(database, ANNA, PETER)
    assert "обновлено: 0, вернулись: 1, без изменений: 1." in done.out
    assert who_left(database) == []


def test_organisations_the_file_says_nothing_of_are_named_and_keep_their_people(
    database: str,
) -> None:
    second = OLEG.replace("Б-3", "Б-4").replace("олег", "иван")
    assert "нет организаций" not in bring_in(database, ANNA, OLEG, second).out
    done = bring_in(database, ANNA)
    assert "Никто не выбыл.\nВ файле нет организаций: TMN-2 (2 чел.). " in done.out
    assert "остались как были: 2.\nЕсли в файле весь реестр" in done.out
    assert who_left(database) == []
    done = bring_in(database, ANNA, flags=["--whole"], typed="нет\n")
    assert "В файле нет 2 человек из реестра. Отметить их выбывшими? [да/нет]" in done.out
    assert (done.code, who_left(database)) == (1, [])
    done = bring_in(database, ANNA, flags=["--whole"], typed="да\n")
    assert "Выбыли: 2. Их нет в новом файле:\n" in done.out
    assert "нет организаций" not in done.out
    assert who_left(database) == ["Б-3", "Б-4"]
    assert "нет организаций" not in bring_in(database, ANNA).out, "nobody is left there to tell of"


def test_a_file_without_a_row_says_nothing_of_anybody(database: str) -> None:
    bring_in(database, ANNA)
    done = bring_in(database, flags=["--whole"])
    assert (done.code, done.err.splitlines()[-2:]) == (
        2,
        [
            "Строка 1: под ней нет ни одной строки с данными.",
            "Ничего не записано. Исправьте файл и загрузите его ещё раз.",
        ],
    )
    assert who_left(database) == []


def test_of_many_organisations_left_out_the_first_are_named(database: str) -> None:
    many = [f"P{n:02},ППО {n},primary,TMN," for n in range(23)]
    bring("organisations", "\n".join([TREE.strip(), *many]).encode(), database)
    bring_in(database, *(f"Ильин Пётр,1979-05-04,,{n},P{n:02}" for n in range(23)))
    said = bring_in(database, ANNA).out
    assert "P00 (1 чел.), P01 (1 чел.)" in said
    assert "P19 (1 чел.) и ещё 3. Записи об их членах остались как были: 23." in said


def test_who_moved_to_another_organisation_has_not_left(database: str) -> None:
    bring_in(database, ANNA, PETER, OLEG)
    done = bring_in(database, ANNA, PETER.replace("TMN-1", "TMN-2"), OLEG)
    assert "обновлено: 1" in done.out
    assert "Никто не выбыл." in done.out
    assert who_left(database) == []


def test_the_journal_holds_numbers_and_no_names(database: str) -> None:
    bring_in(database, ANNA, PETER)
    bring_in(database, ANNA)
    query = "SELECT action, details FROM audit WHERE subject = 'registry' ORDER BY id"
    assert rows(database, query) == [
        ("registry.imported", '{"left": 0, "added": 2}'),
        ("registry.imported", '{"left": 1, "unchanged": 1}'),
    ]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{ANNA}\n".encode("utf-8-sig"),
        "Организация;Номер;Телефон;Дата рождения;ФИО\r\n"
        "TMN-1;001;8 999 123-45-67;15.03.1998;Смирнова Анна Ивановна\r\n".encode("cp1251"),
        "№,NUMBER,фИО, Организация ,note,Дата  рождения,Телефон\n"
        "1,001,Смирнова Анна Ивановна,tmn-1,<b>,15.03.98,9991234567,\n\n,,,\n".encode(),
        "member number,birth date,name,organisation\n"
        "001,15.03.1998,Смирнова Анна Ивановна,TMN-1".encode(),
    ],
    ids=["english", "russian excel", "any order and more", "no phones"],
)
def test_columns_come_in_any_order_and_either_language(database: str, content: bytes) -> None:
    assert bring_in_file(database, content).code == 0
    assert rows(database, "SELECT number, name, born_on FROM registry") == [
        ("001", "Смирнова Анна Ивановна", "1998-03-15")
    ]


def test_a_workbook_with_real_dates_and_numbers_is_read_as_it_looks(database: str) -> None:
    lines: list[list[Any]] = [
        [],
        ["ФИО", "Дата рождения", "Телефон", "Номер", "Организация", "Ещё"],
        ["Смирнова Анна Ивановна", MIDNIGHT, 79991234567, 1, "TMN-1"],
        ["Ильин Пётр", date(1979, 5, 4), None, 2.0, "TMN-1", "примечание"],
        [],
        ["Власов Олег Игоревич", "27.02.1990", "8 (922) 456-01-06", "Б-3", "TMN-2"],
    ]
    assert bring_in_file(database, workbook(lines)).code == 0
    found = rows(database, "SELECT number, born_on, phone FROM registry ORDER BY number")
    assert found == [
        ("1", "1998-03-15", "+79991234567"),
        ("2", "1979-05-04", None),
        ("Б-3", "1990-02-27", "+79224560106"),
    ]


def test_a_bad_row_of_a_workbook_is_named_by_its_row(database: str) -> None:
    lines: list[list[Any]] = [
        HEADER.split(","),
        [],
        ["Иванова", date(1998, 3, 15), None, 1, "TMN-1"],
    ]
    refused = bring_in_file(database, workbook(lines))
    assert refused.code == 2
    assert "Строка 3: Напишите фамилию и имя" in refused.err


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Иванова,15.03.1998,,9,TMN-1", "Напишите фамилию и имя"),
        (",15.03.1998,,9,TMN-1", "Напишите фамилию и имя"),
        ("<b>Иванова</b> Анна,15.03.1998,,9,TMN-1", "только буквы"),
        ("Ивaнова Анна,15.03.1998,,9,TMN-1", "В слове «Ивaнова» смешаны"),
        ("Иванова Анна,31.02.1998,,9,TMN-1", "Такого дня нет"),
        ("Иванова Анна,,,9,TMN-1", "Не получилось прочитать дату"),
        ("Иванова Анна,15.03.2020,,9,TMN-1", "с 14 лет"),
        ("Иванова Анна,15.03.1998,12345,9,TMN-1", "в номере ошибка"),
        ("Иванова Анна,15.03.1998,,,TMN-1", "номер «» не подходит"),
        (f"Иванова Анна,15.03.1998,,{'9' * 21},TMN-1", "не подходит"),
        ("Иванова Анна,15.03.1998,,001,TMN-1", "«001» уже есть в файле выше"),
        ("Иванова Анна,15.03.1998,,9,TMN", "первичной организации с кодом «TMN» нет"),
        ("Иванова Анна,15.03.1998,,9,\x1b]0;", "первичной организации с кодом «]0;» нет"),
        ("Иванова, Анна,15.03.1998,,9,TMN-1", "больше значений, чем столбцов"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_nothing_is_written(
    database: str, row: str, reason: str
) -> None:
    bring_in(database, PETER)
    refused = bring_in(database, ANNA, row, OLEG)
    assert refused.code == 2
    assert "Строка 3: " in refused.err
    assert reason in refused.err
    assert refused.err.endswith("Ничего не записано. Исправьте файл и загрузите его ещё раз.\n")
    assert refused.out == ""
    assert rows(database, "SELECT number, left_at FROM registry") == [("002", None)]


def test_of_one_row_every_fault_is_named(database: str) -> None:
    refused = bring_in(database, ANNA, "Ян,31.02.1998,12345,001,X", "Ян,1,,,TMN-1")
    lines = (line.partition(": ") for line in refused.err.splitlines())
    said = [line for line in lines if line[0].startswith("Строка")]
    assert [line for line, _, _ in said] == ["Строка 3"] * 5 + ["Строка 4"] * 3
    reasons = ("«001» уже есть", "кодом «X» нет", "фамилию и имя", "Такого дня", "ошибка")
    assert all(reason in why for reason, (_, _, why) in zip(reasons, said, strict=False))


def test_the_first_twenty_bad_rows_are_named_and_the_rest_counted(database: str) -> None:
    bad = [f"Иванова,15.03.1998,,{n},TMN-1" for n in range(21)]
    refused = bring_in(database, *bad, "Ян,1,,0,X", ANNA)
    said = [line for line in refused.err.splitlines() if line.startswith("Строка")]
    assert [line.partition(":")[0] for line in said] == [f"Строка {n}" for n in range(2, 22)]
    assert "…и ещё 2 строки с ошибками." in refused.err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "не хватает столбцов: фио, дата рождения, номер, организация"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "старый формат XLS"),
        (b"PK\x03\x04 rubbish", "файл не читается"),
        (workbook([]), "не хватает столбцов"),
        (workbook([HEADER.split(",")])[:-200], "файл не читается"),
    ],
    ids=["empty", "old excel", "no zip", "empty sheet", "cut off"],
)
def test_what_is_no_such_table_is_refused_in_words(
    database: str, content: bytes, reason: str
) -> None:
    refused = bring_in_file(database, content)
    assert refused.code == 2
    assert reason in refused.err


def test_a_workbook_that_lies_about_its_size_is_read_whole() -> None:
    lying = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["a"], ["b"], ["c"]]))) as honest,
        zipfile.ZipFile(lying, "w") as target,
    ):
        sheet = honest.read("xl/worksheets/sheet1.xml")
        assert b'ref="A1:A3"' in sheet
        for name in honest.namelist():
            target.writestr(name, honest.read(name).replace(b'ref="A1:A3"', b'ref="A1"'))
    lines = open_table(lying.getvalue()).lines
    assert [list(line.cells) for line in lines] == [["a"], ["b"], ["c"]]


async def test_a_large_register_costs_few_statements_and_tells_how_far_it_is(
    database: str,
) -> None:
    opened = Database(database)
    statements: list[str] = []
    told: list[int] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(opened.engine.sync_engine, "before_cursor_execute", note)
    async with opened.transaction() as session:
        homes = await registry.list_homes(session, now=NOW)
        lines = [Line(1, HEADER.split(","))]
        lines += [
            Line(n, ["Смирнова Анна", "15.03.1998", "", str(n), "TMN-1"]) for n in range(2, 5002)
        ]
        entries = registry.read(lines, homes, NOW.date())
        await registry.store(session, entries, now=NOW, tell=told.append)
        done = await registry.store(session, entries[:10], now=NOW, tell=told.append)
    await opened.close()
    assert len(done.left) == 4990
    assert sum(told) == 5010
    assert len(statements) < 20
    assert len(who_left(database)) == 4990
