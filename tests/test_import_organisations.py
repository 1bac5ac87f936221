from pathlib import Path

import pytest

from services.tables import BadRows, csv_lines, decode
from tests.terminal import Done, bring, rows, workbook

HEADER = "code,name,level,parent,timezone"
TREE = f"""{HEADER}
VEP,Всероссийский Электропрофсоюз,union,,Europe/Moscow
TMN,ТюмнМО ВЭП,territorial,VEP,Asia/Yekaterinburg
KGD,Калининградская организация,territorial,VEP,Europe/Kaliningrad
TMN-1,ППО «Тюменьэнерго»,primary,TMN,
TMN-2,<b>ППО & Co</b>,primary,TMN,
"""


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


def bring_in(database: str, content: str | bytes) -> Done:
    file = content if isinstance(content, bytes) else content.encode()
    return bring("organisations", file, database)


def tree(database: str) -> dict[str, str]:
    """Where each stands, in codes: `TMN-1` at `/VEP/TMN/TMN-1/`."""
    found = rows(database, "SELECT id, code, path FROM organisations ORDER BY 1")
    codes = {str(number): code for number, code, _ in found}
    return {
        code: "/".join(codes.get(step, "") for step in path.split("/")) for _, code, path in found
    }


def test_a_tree_is_imported_and_imported_again_it_is_updated_never_doubled(database: str) -> None:
    assert bring_in(database, TREE) == Done(
        0, "Готово. Организаций добавлено: 5, обновлено: 0, без изменений: 0.\n", ""
    )
    assert tree(database) == {
        "VEP": "/VEP/",
        "TMN": "/VEP/TMN/",
        "KGD": "/VEP/KGD/",
        "TMN-1": "/VEP/TMN/TMN-1/",
        "TMN-2": "/VEP/TMN/TMN-2/",
    }
    again = bring_in(database, TREE.replace("ТюмнМО ВЭП", "Тюменская").replace("TMN-1", "tmn-1"))
    assert "добавлено: 0, обновлено: 1, без изменений: 4" in again.out
    names = rows(database, "SELECT name FROM organisations ORDER BY id")
    assert names[1:] == [
        "Тюменская",
        "Калининградская организация",
        "ППО «Тюменьэнерго»",
        "<b>ППО & Co</b>",
    ]


def test_what_the_import_changed_stands_in_the_journal_by_code(database: str) -> None:
    bring_in(database, TREE)
    bring_in(database, TREE.replace("ТюмнМО ВЭП", "Тюменская"))
    bring_in(database, TREE.replace("ТюмнМО ВЭП", "Тюменская"))
    assert rows(database, "SELECT action, subject_id, details FROM audit ORDER BY id") == [
        ("organisations.added", 0, '{"count": 5}'),
        ("organisation.updated", 2, '{"code": "TMN"}'),
    ]


def test_a_primary_organisation_without_a_zone_has_that_of_its_territory(database: str) -> None:
    bring_in(database, TREE)
    zones = "SELECT timezone FROM organisations WHERE code = 'TMN-1'"
    assert rows(database, zones) == ["Asia/Yekaterinburg"]
    bring_in(database, TREE.replace("Asia/Yekaterinburg", "Asia/Omsk"))
    assert rows(database, zones) == ["Asia/Omsk"]


def test_an_organisation_moves_with_all_below_it(database: str) -> None:
    bring_in(database, TREE)
    bring_in(database, f"{HEADER}\nNEW,Новый союз,union,,\nTMN,ТюмнМО ВЭП,territorial,NEW,\n")
    assert tree(database)["TMN"] == "/NEW/TMN/"
    assert tree(database)["TMN-1"] == "/NEW/TMN/TMN-1/"
    assert tree(database)["KGD"] == "/VEP/KGD/"
    bring_in(database, f"{HEADER}\nTMN-1,ППО,primary,KGD,\n")
    assert tree(database)["TMN-1"] == "/VEP/KGD/TMN-1/"


@pytest.mark.parametrize(
    "content",
    [
        TREE.encode("utf-8-sig"),
        TREE.replace("\n", "\r\n").encode(),
        TREE.replace(",", ";").replace("\n", "\r\n").encode("cp1251"),
        TREE.replace(",", "\t").encode(),
        TREE.replace("\n", ",\n").replace(HEADER + ",", HEADER + ",note").encode(),
        f"\n{TREE}\n,,,,\n".encode(),
    ],
    ids=["bom", "crlf", "russian excel", "tabs", "one more column", "blank lines"],
)
def test_a_file_is_read_however_it_was_saved(database: str, content: bytes) -> None:
    assert "добавлено: 5" in bring_in(database, content).out
    assert "ППО «Тюменьэнерго»" in rows(database, "SELECT name FROM organisations ORDER BY 1")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("TMN_1,ППО,primary,TMN,", "код «TMN_1» не подходит"),
        ("А,ППО,primary,TMN,", "код «А» не подходит"),
        (f"{'A' * 21},ППО,primary,TMN,", "не подходит"),
        ("\x1b[31m,ППО,primary,TMN,", "код «[31m» не подходит"),
        ("X,,primary,TMN,", "нет названия"),
        (f"X,{'я' * 201},primary,TMN,", "длиннее 200 знаков"),
        ("X,ППО,branch,TMN,", "уровень «branch» неизвестен"),
        ("X,ППО,primary,,", "не указана вышестоящая"),
        ("X,ППО,union,TMN,", "с уровнем union вышестоящей нет"),
        ("X,ППО,primary,TMN,Asia/Tyumen", "часовой пояс «Asia/Tyumen» неизвестен"),
        ("X,ППО,primary,TMN,Europe", "часовой пояс «Europe» неизвестен"),
        ("X,ППО,primary,TMN,../../etc/passwd", "часовой пояс «../../etc/passwd» неизвестен"),
        ("tMn,ППО,territorial,VEP,", "«tMn» уже есть в файле выше"),
        ("X,ППО Тюмень, филиал,primary,TMN,Asia/Omsk", "больше значений, чем столбцов"),
        ("X,ППО,primary,NOWHERE,", "вышестоящей организации с кодом «NOWHERE» нет"),
        ("X,ППО,primary,VEP,", "организация VEP не может быть вышестоящей"),
        ("X,ППО,territorial,TMN,", "организация TMN не может быть вышестоящей"),
        ("KGD,ППО,primary,TMN,", "у организации KGD раньше был другой уровень"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_nothing_is_written(
    database: str, row: str, reason: str
) -> None:
    bring_in(database, TREE)
    before = rows(database, "SELECT * FROM organisations ORDER BY id")
    good = "TMN,Новое имя,territorial,VEP,\nNEW,Новая,primary,TMN,"
    refused = bring_in(database, f"{HEADER}\n{good}\n{row}\n")
    assert refused.code == 2
    assert refused.out == ""
    assert refused.err.startswith("Строка 4: ")
    assert reason in refused.err
    assert refused.err.endswith("Ничего не записано. Исправьте файл и загрузите его ещё раз.\n")
    assert rows(database, "SELECT * FROM organisations ORDER BY id") == before


def test_all_bad_rows_are_named_at_once_by_the_lines_an_editor_shows(database: str) -> None:
    content = f'{HEADER}\n\nA_,Имя,union,,\n"B","Имя\nв две строки",union,,\nC_,Имя,union,,\n'
    refused = bring_in(database, content)
    assert [line.partition(":")[0] for line in refused.err.splitlines()[:-1]] == [
        "Строка 3",
        "Строка 6",
    ]


def test_of_one_row_every_fault_is_named(database: str) -> None:
    refused = bring_in(database, f"{TREE}X_,,branch,,Mars\nY,,primary,,\ntmn-1,ППО,union,TMN,")
    assert [line.partition(",")[0].rstrip(".") for line in refused.err.splitlines()[:-1]] == [
        "Строка 7: код «X_» не подходит: нужны от 1 до 20 латинских букв",
        "Строка 7: нет названия",
        "Строка 7: уровень «branch» неизвестен. Бывает union",
        "Строка 7: часовой пояс «Mars» неизвестен. Пример: Asia/Yekaterinburg",
        "Строка 8: нет названия",
        "Строка 8: не указана вышестоящая организация (столбец parent)",
        "Строка 9: «tmn-1» уже есть в файле выше",
        "Строка 9: у организации с уровнем union вышестоящей нет. Оставьте столбец parent пустым",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "не хватает столбцов: code, name, level, parent, timezone"),
        (b"code,name,level\nA,B,union\n", "не хватает столбцов: parent, timezone"),
        (b"\xff\xfe\x98\x00", "файл не читается"),
        (TREE.encode() + b'X,"' + b"x" * 200_000, "файл не читается"),
        (b"PK\x03\x04rubbish", "файл не читается"),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(
    database: str, content: bytes, reason: str
) -> None:
    refused = bring_in(database, content)
    assert refused.code == 2
    assert reason in refused.err
    assert rows(database, "SELECT count(*) FROM organisations") == [0]


def test_a_fresh_database_is_made_by_the_import_itself(tmp_path: Path) -> None:
    database = tmp_path / "data" / "new.db"
    database.parent.mkdir()
    assert bring_in(f"sqlite+aiosqlite:///{database}", TREE).code == 0
    assert database.stat().st_mode & 0o777 == 0o600


def test_a_workbook_is_read_like_a_text_of_the_same_rows(database: str) -> None:
    lines = [line.split(",") for line in TREE.splitlines()]
    assert "добавлено: 5" in bring_in(database, workbook(lines)).out
    assert "без изменений: 5" in bring_in(database, TREE).out
    refused = bring_in(database, workbook([*lines, [], ["X", "ППО", "branch", "TMN"]]))
    assert refused.err.startswith("Строка 8: уровень «branch» неизвестен")


def test_a_text_in_no_known_encoding_is_refused() -> None:
    assert decode("я".encode("cp1251")) == "я"
    with pytest.raises(BadRows):
        decode(b"\x98\xff")


def test_a_line_break_within_quotes_does_not_shift_the_lines_below() -> None:
    assert [line.number for line in csv_lines('a,b\n"x\ny",z\nq,w\n')] == [1, 2, 4]
