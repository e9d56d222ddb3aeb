"""`steelyard import`: what it says, and that it says it once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.cli_runs import FRONT_DESK_TABLE, run, written

SCHEME = "automotive.front-desk"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database and a table."""
    written(tmp_path, "t.csv", FRONT_DESK_TABLE)
    monkeypatch.chdir(tmp_path)
    assert run("db", "upgrade").exit_code == 0
    return tmp_path


def test_the_closing_line_counts() -> None:
    result = run("import", SCHEME, "t.csv", "--create-units")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "t.csv: rows 1, columns 6; recorded 6, unchanged 0, empty 0.",
        "Units created (1): Dealer.",
    ]


def test_the_same_again_is_said_and_done_nothing() -> None:
    run("import", SCHEME, "t.csv", "--create-units")
    result = run("import", SCHEME, "-", stdin=FRONT_DESK_TABLE.encode())
    assert result.exit_code == 0
    assert result.stdout.startswith("<stdin>: the same content was imported on ")
    assert result.stdout.endswith(" as t.csv; nothing was changed.\n")


def test_a_dry_run_keeps_nothing() -> None:
    result = run("--lang", "zh", "import", SCHEME, "t.csv", "--create-units", "--dry-run")
    assert result.stdout.splitlines()[-1] == "这是试运行，未保存任何内容。"
    again = run("import", SCHEME, "t.csv", "--create-units")
    assert "recorded 6" in again.stdout


def test_a_table_without_periods(here: Path) -> None:
    table = written(here, "now.csv", "unit,FD.CORE\nDealer,100\n")
    result = run("import", SCHEME, table, "--create-units", "--period", "2015-Q1")
    assert result.exit_code == 0
    assert "TABLE_ABSENT_COLUMNS" in result.stderr
    assert run("import", SCHEME, table, "--create-units").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        ([SCHEME, "t.csv"], 1, "IMPORT_UNKNOWN_UNIT"),
        (["automotive.frontdesk", "t.csv"], 2, "SCHEME_NOT_FOUND"),
        ([SCHEME, "none.csv"], 2, "CLI_UNREADABLE_FILE"),
    ],
)
def test_what_cannot_be_imported(arguments: list[str], status: int, code: str) -> None:
    result = run("import", *arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert f"error[{code}]" in result.stderr
