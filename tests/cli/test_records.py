"""`steelyard records`: from made-up rows to the records behind a number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cli.cli_runs import run
from services.ticket_pack import tickets, write_pack

WHERE = ("tickets.shop", "S1", "2025-01")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a pack, a database with a shop, and a file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEELYARD_PACKS", str(tmp_path / "packs"))
    monkeypatch.setenv("COLUMNS", "240")
    write_pack(tmp_path / "packs" / "tickets")
    assert run("db", "upgrade").exit_code == 0
    told = ("--zh", "一店", "--en", "Shop 1", "--reason", "new")
    assert run("unit", "create", "S1", "shop", *told).exit_code == 0
    tickets(tmp_path / "t.csv", ["1,S1,2025-01-05,true,true", "2,S1,2025-01-20,false,", "3,S9,2025-01-20,,"])
    return tmp_path


def test_an_import_says_what_became_of_the_rows() -> None:
    result = run("records", "import", "tickets.tickets", "t.csv")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == [
        "t.csv: rows stored 2, rejected 1, blank 0; records superseded 0; measurements changed 4.",
        "This is import 1.",
    ]
    assert "3,S9" in _rejects()


def _rejects() -> str:
    assert run("records", "rejects", "1", "-o", "rejects.csv").exit_code == 0
    return Path("rejects.csv").read_text("utf-8-sig")


def test_the_records_behind_a_number() -> None:
    run("records", "import", "tickets.tickets", "t.csv")
    result = run("records", "behind", *WHERE, "SOLVED", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = [(each["row"], each["above"], each["below"]) for each in json.loads(result.stdout)]
    assert found == [(2, True, True), (3, False, True)]


def test_records_come_by_the_page() -> None:
    run("records", "import", "tickets.tickets", "t.csv")
    first = run("records", "behind", *WHERE, "SOLVED", "--first", "1")
    assert "2 in all; go on with `--after 2025-01-05,S1,1`." in first.stderr
    rest = run("records", "behind", *WHERE, "SOLVED", "--after", "2025-01-05,S1,1", "--format", "json")
    assert [each["values.ticket"] for each in json.loads(rest.stdout)] == ["2"]
    assert rest.stderr == ""


def test_a_cursor_that_is_none_is_refused() -> None:
    assert run("records", "behind", *WHERE, "SOLVED", "--after", "x").exit_code == 2


def test_withdrawing_takes_the_numbers_back() -> None:
    run("records", "import", "tickets.tickets", "t.csv")
    result = run("records", "withdraw", "1", "--reason", "wrong file")
    assert (result.exit_code, result.stdout) == (0, "Import 1 is withdrawn; measurements changed: 4.\n")


def test_withdrawing_says_that_corrections_wait_for_closed_periods() -> None:
    run("records", "import", "tickets.tickets", "t.csv")
    assert run("period", "close", "month", "2025-01", "--reason", "over").exit_code == 0
    result = run("records", "withdraw", "1", "--reason", "wrong file")
    assert result.stdout.splitlines()[1].startswith(
        "Corrections wait for units × closed periods: 1; after reopening the periods run `steelyard measure`."
    )


def test_made_up_records_are_the_same_for_a_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEELYARD_PACKS")
    table = "automotive.work_orders"
    for name in ("a.csv", "b.csv"):
        assert run("records", "generate", table, "--rows", "50", "--seed", "7", "-o", name).exit_code == 0
    assert Path("a.csv").read_bytes() == Path("b.csv").read_bytes()
    head, *rows = Path("a.csv").read_text("utf-8-sig").splitlines()
    assert (head.startswith('"工单号","经销商"'), len(rows)) == (True, 50)
    again = run("records", "generate", table, "-o", "a.csv")
    assert (again.exit_code, "FILE_EXISTS" in again.stderr) == (2, True)


def test_made_up_records_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEELYARD_PACKS")
    table = "automotive.work_orders"
    run("records", "generate", table, "--rows", "50", "--unit", "S1", "-o", "a.csv")
    result = run("records", "import", table, "a.csv", "--dry-run")
    assert result.stdout.startswith("a.csv: rows stored 50, rejected 0, blank 0;")


def test_a_table_without_a_generator() -> None:
    result = run("records", "generate", "tickets.tickets", "-o", "a.csv")
    assert (result.exit_code, "NO_GENERATOR" in result.stderr) == (2, True)
    assert not Path("a.csv").exists()


def imported(*more: str) -> None:
    assert run("records", "import", "tickets.tickets", "t.csv", *more).exit_code == 1


def told(*arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return list(json.loads(result.stdout))


def test_imports_are_listed_and_shown() -> None:
    imported()
    tickets(Path("u.csv"), ["9,S1,2025-02-05,true,true"])
    assert run("records", "import", "tickets.tickets", "u.csv").exit_code == 0
    listed = told("records", "list")
    assert [(each["import"], each["file"], each["stored"], each["rejected"]) for each in listed] == [
        (2, "u.csv", 1, 0),
        (1, "t.csv", 2, 1),
    ]
    assert told("records", "list", "--table", "tickets.others") == []
    assert told("records", "show", "1") == listed[1:]
    shown = run("records", "show", "1").stdout
    assert ("t.csv" in shown, "Rejected" in shown) == (True, True)
    missing = run("records", "show", "7")
    assert (missing.exit_code, "RECORD_IMPORT_NOT_FOUND" in missing.stderr) == (2, True)


def test_a_withdrawn_import_is_shown_with_the_reason() -> None:
    imported()
    run("records", "withdraw", "1", "--reason", "wrong file")
    assert told("records", "list")[0]["withdrawn"] == "wrong file"
    again = run("records", "withdraw", "1", "--reason", "twice")
    assert (again.exit_code, "RECORD_IMPORT_WITHDRAWN" in again.stderr) == (1, True)


def test_rejects_are_not_overwritten_and_not_invented() -> None:
    imported()
    _rejects()
    again = run("records", "rejects", "1", "-o", "rejects.csv")
    assert (again.exit_code, "CLI_FILE_EXISTS" in again.stderr) == (2, True)
    tickets(Path("u.csv"), ["9,S1,2025-02-05,true,true"])
    run("records", "import", "tickets.tickets", "u.csv")
    none = run("records", "rejects", "2", "-o", "none.csv")
    assert (none.exit_code, "NO_REJECTS" in none.stderr, Path("none.csv").exists()) == (2, True, False)


def test_tables_and_adapters_are_listed() -> None:
    tables = {each["table"]: each for each in told("records", "tables")}
    assert tables["tickets.tickets"]["key"] == ["shop", "ticket"]
    adapters = {each["adapter"]: each["options"] for each in told("records", "adapters")}
    assert adapters["csv"] == ["file", "separator", "header_row"]
    assert "tickets.tickets" in run("--lang", "zh", "records", "tables").stdout
    assert "CSV 文件" in run("--lang", "zh", "records", "adapters").stdout


def test_nothing_is_a_zero_where_records_are_complete() -> None:
    where = ("--unit", "S1", "--period", "2025-03")
    declared = run("records", "complete", "tickets.tickets", *where)
    assert (declared.exit_code, declared.stdout) == (
        0,
        "tickets.tickets: declared; measurements changed: 2.\n",
    )
    taken_back = run("--lang", "zh", "records", "complete", "tickets.tickets", *where, "--incomplete")
    assert taken_back.stdout == "tickets.tickets：已声明；更新度量 2 个。\n"


def test_a_file_that_was_imported_before_declares_its_months_complete() -> None:
    again = ("records", "import", "tickets.tickets", "t.csv")
    assert run(*again).exit_code == 1
    told = "t.csv: the same content is import 1 already; {}."
    declared = told.format("units × months declared complete 1, measurements changed 0")
    assert run(*again, "--complete").stdout.splitlines()[0] == declared
    assert run(*again, "--complete").stdout.splitlines()[0] == told[:-3] + "nothing was changed."


def test_measuring_again_changes_nothing() -> None:
    imported()
    result = run("measure", "tickets.tickets")
    assert (result.exit_code, result.stdout) == (
        0,
        "tickets.tickets: changed 0, unchanged 4; corrections applied 0.\n",
    )
    unknown = run("measure", "tickets.others")
    assert (unknown.exit_code, "RECORD_TABLE_NOT_FOUND" in unknown.stderr) == (2, True)


def test_corrections_of_a_closed_period_wait_for_it_to_be_open() -> None:
    imported()
    assert run("period", "close", "month", "2025-01", "--reason", "done").exit_code == 0
    tickets(Path("u.csv"), ["2,S1,2025-01-20,true,"])
    late = run("records", "import", "tickets.tickets", "u.csv")
    assert "Corrections wait for units × closed periods: 1;" in late.stdout
    assert run("period", "reopen", "month", "2025-01", "--reason", "late rows").exit_code == 0
    assert "corrections applied 1." in run("measure", "tickets.tickets").stdout


def test_the_text_of_records_behind_a_number() -> None:
    imported()
    english = run("records", "behind", *WHERE, "SOLVED").stdout
    assert [word in english for word in ("Above", "Ticket", "yes", "no", "t.csv")] == [True] * 5
    chinese = run("--lang", "zh", "records", "behind", *WHERE, "SOLVED").stdout
    assert [word in chinese for word in ("计入分子", "工单号", "是", "否")] == [True] * 4
    unknown = run("records", "behind", *WHERE, "NOTHING")
    assert (unknown.exit_code, "MEASURE_NOT_READ" in unknown.stderr) == (1, True)


def test_files_lie_where_they_are_told_to(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported("--parts", "elsewhere")
    assert (here / "elsewhere").is_dir()
    assert not (here / "steelyard.db.parts").exists()
    foreign = run("records", "rejects", "1", "-o", "rejects.csv")
    assert (foreign.exit_code, "CONTENT_" in foreign.stderr) == (2, True)
    monkeypatch.setenv("STEELYARD_PARTS", "elsewhere")
    assert "3,S9" in _rejects()


def test_what_a_source_offers(here: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["ticket", "shop"])
    book.worksheets[0].append(["1", "S1"])
    book.create_sheet("more").append(["other"])
    book["more"].sheet_state = "hidden"
    book.save("t.xlsx")
    assert told("records", "discover", "xlsx", "--option", "file=t.xlsx") == [
        {"stream": "Sheet", "rows": 1, "hidden": False, "headers": ["ticket", "shop"]},
        {"stream": "more", "rows": 0, "hidden": True, "headers": ["other"]},
    ]
    assert "more" in run("records", "discover", "xlsx", "--option", "file=t.xlsx").stdout
    (stream,) = told("records", "discover", "csv", "--option", "file=t.csv")
    assert (stream["stream"], len(stream["headers"]), stream["rows"] > 0) == ("t.csv", 5, True)


def test_whether_a_source_can_be_read() -> None:
    good = run("records", "check", "csv", "--option", "file=t.csv")
    assert (good.exit_code, good.stdout) == (0, "csv: it can be read.\n")
    gone = run("records", "check", "csv", "--option", "file=gone.csv")
    assert (gone.exit_code, "FILE_UNREADABLE" in gone.stderr) == (1, True)
    for given, code in (("pdf", "ADAPTER_UNKNOWN"), ("csv", "ADAPTER_OPTION")):
        wrong = run("records", "check", given, "--option", "colour=red")
        assert (wrong.exit_code, code in wrong.stderr) == (2, True)
