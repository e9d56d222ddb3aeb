"""What is behind a number, what a check flags and what is late, at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.cli_runs import run
from services.repair_pack import JOBS, SCHEME, TABLE, repair_packs

WHERE = (SCHEME, "G1", "2025-01")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a pack, and a database with two garages and their jobs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEELYARD_PACKS", str(tmp_path / "packs"))
    repair_packs(tmp_path / "packs")
    assert run("db", "upgrade").exit_code == 0
    for unit in ("G1", "G2"):
        told = ("--zh", unit, "--en", unit, "--reason", "new")
        assert run("unit", "create", unit, "garage", *told).exit_code == 0
    (tmp_path / "jobs.csv").write_text(JOBS, encoding="utf-8")
    assert run("records", "import", TABLE, "jobs.csv").exit_code == 0
    return tmp_path


def listed(*words: str) -> Any:
    result = run("records", *words, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_records_are_behind_what_is_computed() -> None:
    assert run("records", "behind", *WHERE, "jobs").stdout.startswith("jobs: computed from records.\n")
    rows = listed("behind", *WHERE, "jobs")
    assert [(each["kind"], each["file"], each["row"]) for each in rows] == [
        ("records", "jobs.csv", 2),
        ("records", "jobs.csv", 3),
        ("records", "jobs.csv", 4),
    ]


def test_a_table_has_a_file_a_row_and_a_column(here: Path) -> None:
    (here / "manner.csv").write_text("unit,period,manner\nG1,2025-01,8\n", encoding="utf-8")
    assert run("import", SCHEME, "manner.csv").exit_code == 0
    text = run("--lang", "zh", "records", "behind", *WHERE, "manner").stdout
    assert text.startswith("manner：来自导入的度量表。\n")
    [row] = listed("behind", *WHERE, "manner")
    assert (row["kind"], row["file"], row["row"], row["column"], row["value"], row["recorded_by"]) == (
        "table",
        "manner.csv",
        2,
        "manner",
        "8",
        "local",
    )


def test_where_nothing_is_recorded_that_is_said() -> None:
    assert run("records", "behind", *WHERE, "manner").stdout == "manner: nothing is recorded.\n"


def test_the_records_that_a_check_flags() -> None:
    where = (TABLE, "no-invoice", "G1", "2025-01")
    assert [each["values.number"] for each in listed("flagged", *where)] == ["3"]
    assert listed("flagged", *where, "--after", "2025-01-31,3") == []
    assert run("records", "flagged", *where, "--after", "x").exit_code == 2
    unknown = run("records", "flagged", TABLE, "no-voice", "G1", "2025-01")
    assert (unknown.exit_code, "RECORD_CHECK_NOT_FOUND" in unknown.stderr) == (2, True)


def test_what_is_late() -> None:
    late = listed("late", "--unit", "G2", "--table", TABLE)
    assert late[0] == {"table": TABLE, "unit": "G2", "period": "2025-02", "due": "2025-03-06"}
    assert "应在此日前到齐" in run("--lang", "zh", "records", "late").stdout
