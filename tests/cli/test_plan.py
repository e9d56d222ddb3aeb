"""`steelyard plan`: a plan from the draft to what was done, at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.cli_runs import FRONT_DESK_TABLE, run, written

SCHEME = "automotive.front-desk"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database and the dealer of the source."""
    monkeypatch.chdir(tmp_path)
    run("db", "upgrade")
    run("import", SCHEME, written(tmp_path, "t.csv", FRONT_DESK_TABLE), "--create-units")
    return tmp_path


def plan(*words: str) -> str:
    """What a command prints that has nothing to complain of."""
    result = run("--lang", "en", "plan", *words)
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr
    return result.stdout


def drafted(*options: str) -> str:
    """The number of a plan for the dealer."""
    return plan("draft", SCHEME, "Dealer", "2014", *options).split()[0]


def test_a_plan_along_the_cheapest_path() -> None:
    shown = plan("draft", SCHEME, "Dealer", "2014", "--to", "line")
    assert "Target: 231 points, 67 lacking (found)" in shown
    assert "Effort: 22 person-days" in shown


def test_one_finding_alone() -> None:
    shown = plan("draft", SCHEME, "Dealer", "2014", "--finding", "below_line:FD.5S")
    assert [line for line in shown.splitlines() if line.startswith("•")][-1].startswith("• below_line:FD.5S")


def test_a_file_is_attached(here: Path) -> None:
    number = drafted()
    plan("action", "attach", number, "1", written(here, "list.txt", "all were there"))
    assert "evidence added 1 evidence: – → list.txt" in plan("show", number, "--history")


def test_a_stale_revision_is_told_what_changed() -> None:
    number = drafted()
    plan("action", "change", number, "1", "--revision", "0", "--days", "7")
    result = run("--lang", "en", "plan", "action", "change", number, "1", "--revision", "0", "--days", "8")
    assert result.exit_code == 1
    assert "effort = 7 (local)" in result.stderr


@pytest.mark.parametrize("days", ["soon", "nan", "1e400", "1e999999999", "1/0", "３", "-1"])
def test_what_is_no_number_is_said(days: str) -> None:
    result = run("plan", "action", "change", drafted(), "1", "--revision", "0", "--days", days)
    assert result.exit_code == 1
    assert "PLAN_FIELD_INVALID" in result.stderr


def test_from_agreement_to_done_and_back() -> None:
    number = drafted("--to", "line")
    plan("agree", number, "--revision", "0")
    plan("begin", number, "1", "--revision", "0")
    plan("done", number, "1", "--revision", "1", "--reason", "the list hangs")
    plan("reopen", number, "1", "--revision", "2", "--reason", "one was ill")
    result = run("plan", "judge", number, "1", "verified", "--revision", "3", "--reason", "I saw it")
    assert "PLAN_ACTION_STATE" in result.stderr
    (found,) = json.loads(plan("list", "--state", "in_progress", "--format", "json"))
    assert (found["number"], found["actions"], found["unclaimed"]) == (number, 3, 3)


def test_the_board_by_the_day() -> None:
    number = drafted("--to", "line")
    plan("action", "change", number, "2", "--revision", "0", "--due", "2014-06-01")
    for day, overdue in (("2014-06-01", False), ("2014-06-02", True)):
        first, *_ = json.loads(plan("board", "--on", day, "--format", "json"))
        assert (first["action"], first["overdue"]) == (2, overdue)
    assert "1 overdue, 3 unclaimed" in plan("board", "--on", "2014-07-01")


def test_a_plan_is_given_up() -> None:
    number = drafted()
    assert "dropped" in plan("drop", number, "--revision", "0", "--reason", "the shop closes").splitlines()[0]


def test_renamed_and_remarked() -> None:
    number = drafted()
    assert "Spring" in plan("change", number, "--revision", "0", "--title", "Spring")
    assert plan("comment", number, "Who begins?") == f"Said of plan {number}.\n"


def test_everything_is_said_in_the_language_asked_for() -> None:
    number = run("--lang", "zh", "plan", "draft", SCHEME, "Dealer", "2014", "--to", "line").stdout.split()[0]
    plan("action", "change", number, "1", "--revision", "0", "--due", "2014-03-31", "--days", "7")
    plan("agree", number, "--revision", "0")
    shown = run("--lang", "zh", "plan", "show", number, "--history").stdout
    assert shown.startswith(f"{number} · 4S店前台服务能力评估 2014 · 已批准 · 1")
    assert "（有达标路径）" in shown
    assert "local: 修改 1 期限: – → 2014-03-31; 人日: 15 → 7" in shown
    assert "local: 批准 状态: 草案 → 已批准" in shown
    listed = run("--lang", "zh", "plan", "list", "--format", "json").stdout
    assert json.loads(listed)[0]["state"] == "agreed", "programs get codes"


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("width", ["60", "80"])
def test_lists_of_plans_break_no_number_and_no_date(width: str, locale: str) -> None:
    number = drafted("--title", "Reception to 231 points")
    plan("action", "change", number, "1", "--revision", "0", "--due", "2014-03-31")
    for command in (("list",), ("board",), ("show", number)):
        shown = run("--lang", locale, "plan", *command, env={"COLUMNS": width}).stdout
        assert number in shown
        assert command == ("list",) or "2014-03-31" in shown
        assert all(cell_len(line) <= int(width) for line in shown.splitlines()), shown
