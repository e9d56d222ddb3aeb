"""`steelyard records`: from made-up rows to the records behind a number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.cli_runs import run
from services.ticket_pack import tickets, write_pack

WHERE = ("tickets.shop", "S1", "2025-01")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a pack, a database with a shop, and a file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEELYARD_PACKS", str(tmp_path / "packs"))
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
    assert "There are more: go on with `--after 1:2`." in first.stderr
    rest = run("records", "behind", *WHERE, "SOLVED", "--after", "1:2", "--format", "json")
    assert [each["values.ticket"] for each in json.loads(rest.stdout)] == ["2"]
    assert rest.stderr == ""


def test_a_cursor_that_is_none_is_refused() -> None:
    assert run("records", "behind", *WHERE, "SOLVED", "--after", "x").exit_code == 2


def test_withdrawing_takes_the_numbers_back() -> None:
    run("records", "import", "tickets.tickets", "t.csv")
    result = run("records", "withdraw", "1", "--reason", "wrong file")
    assert (result.exit_code, result.stdout) == (0, "Import 1 is withdrawn; measurements changed: 4.\n")


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
