"""`steelyard export`: files of scorecards, rankings and comparisons."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from cli.cli_runs import FRONT_DESK_TABLE, run, written

SCHEME = "automotive.front-desk"
MORE = "Other,2014,150,43,20,7,20,5\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database and two dealers."""
    monkeypatch.chdir(tmp_path)
    run("db", "upgrade")
    table = written(tmp_path, "t.csv", FRONT_DESK_TABLE + MORE)
    assert run("import", SCHEME, table, "--create-units").exit_code == 0
    return tmp_path


def test_a_scorecard_has_the_layout_of_the_source(here: Path) -> None:
    result = run("export", "scorecard", SCHEME, "Dealer", "2014", "-o", "card.xlsx")
    assert (result.exit_code, result.stderr) == (0, "")
    sheet = openpyxl.load_workbook(here / "card.xlsx").active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(rows) if row[0] == "项目 Item")
    heads = [
        "项目 Item",
        "项目权重 Weight",
        "满分 Full mark",
        "得分 Points",
        "得分率 Rate",
        "合格值 Pass mark",
    ]
    assert rows[head] == heads
    assert [row[0].split()[0] for row in rows[head + 1 :]] == [
        *("服务核心流程", "5S及安全", "人员管理(内训)", "文件档案管理", "看板管理", "DMS系统管理"),
        "合计",
    ]
    assert rows[head + 2][1:] == [0.062, 62, 43, pytest.approx(43 / 62), 0.7]
    assert rows[-1][1:] == [0.33, 330, 164, pytest.approx(164 / 330), 231]
    formats = ["0%", "0", "0.00", "0.00%"]
    shown = [[cell.number_format for cell in row[1:]] for row in sheet.iter_rows(min_row=head + 2)]
    assert shown == [[*formats, "0%"]] * 6 + [[*formats, "0"]]


def test_a_scorecard_for_programs_has_the_usual_columns(here: Path) -> None:
    assert run("export", "scorecard", SCHEME, "Dealer", "2014", "-o", "card.csv").exit_code == 0
    rows = list(csv.DictReader((here / "card.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["code"] for row in rows[:2]] == ["AUTO.FD", "FD.CORE"]
    assert list(rows[0])[:4] == ["item", "full", "points", "line"]
    assert rows[-1]["weight"] == "0.030303030303"


def test_a_ranking(here: Path) -> None:
    assert run("export", "ranking", SCHEME, "2014", "-o", "ranks.csv").exit_code == 0
    rows = list(csv.DictReader((here / "ranks.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["rank"], row["unit"]) for row in rows] == [("1", "Other"), ("2", "Dealer")]
    assert [(row["points"], row["full"]) for row in rows] == [("245.0", "330.0"), ("164.0", "330.0")]


def test_a_comparison(here: Path) -> None:
    options = ("--indicator", "FD.CORE", "--indicator", "FD.5S", "-o", "cells.parquet")
    assert run("export", "comparison", SCHEME, "2014", *options).exit_code == 0
    rows = pq.read_table(here / "cells.parquet").to_pylist()
    assert [(row["unit"], row["indicator"], row["points"]) for row in rows] == [
        ("Dealer", "FD.CORE", 100),
        ("Dealer", "FD.5S", 43),
        ("Other", "FD.CORE", 150),
        ("Other", "FD.5S", 43),
    ]


@pytest.mark.parametrize("name", ["ranks.txt", "ranks"])
def test_an_unknown_ending_is_refused(name: str) -> None:
    assert run("export", "ranking", SCHEME, "2014", "-o", name).exit_code == 2


def test_a_file_that_is_there_is_not_written_over(here: Path) -> None:
    written(here, "ranks.csv", "shown")
    result = run("export", "ranking", SCHEME, "2014", "-o", "ranks.csv")
    assert (result.exit_code, "CLI_FILE_EXISTS" in result.stderr) == (2, True)


def test_only_units_of_which_conditions_hold(here: Path) -> None:
    options = ("--where", "top=1", "--where", "outcome=SCORED", "-o", "ranks.csv")
    assert run("export", "ranking", SCHEME, "2014", *options).exit_code == 0
    rows = list(csv.DictReader((here / "ranks.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["unit"] for row in rows] == ["Other"]


def test_a_condition_that_cannot_be_read_is_told(here: Path) -> None:
    result = run("export", "comparison", SCHEME, "2014", "--where", "colour=red", "-o", "cells.csv")
    assert result.exit_code == 1
    assert "CHOICE_NAME_UNKNOWN" in result.stderr
    assert not (here / "cells.csv").exists()


def test_that_nobody_is_meant_is_told(here: Path) -> None:
    options = ("--where", "outcome=MISSING", "-o", "ranks.csv")
    result = run("export", "ranking", SCHEME, "2014", *options)
    assert (result.exit_code, "0 rows" in result.stdout) == (0, True)
    assert "EXPORT_WITHOUT_UNITS" in result.stderr


MAKING = [
    ("export", "ranking", SCHEME, "2014", "-o"),
    ("report", SCHEME, "Dealer", "2014", "-o"),
    ("backup", "-o"),
    ("records", "generate", "automotive.work_orders", "--rows", "1", "-o"),
    ("tenant", "export", "default", "--reason", "asked for"),
]


@pytest.mark.parametrize("command", MAKING, ids=lambda command: command[0])
def test_a_file_that_cannot_be_made_is_told(here: Path, command: tuple[str, ...]) -> None:
    result = run(*command, str(here / "none" / "such.csv"))
    assert (result.exit_code, "CLI_FILE_UNWRITABLE" in result.stderr) == (2, True), result.output
