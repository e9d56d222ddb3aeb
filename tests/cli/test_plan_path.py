"""`steelyard findings` and `steelyard plan path`: the front desk needs 67 points to 231."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.cli_runs import FRONT_DESK_TABLE, run, written
from steelyard.improvement import programme

SCHEME = "automotive.front-desk"
DESK = (SCHEME, "Dealer", "2014")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database and the dealer of the source."""
    monkeypatch.chdir(tmp_path)
    run("db", "upgrade")
    run("import", SCHEME, written(tmp_path, "t.csv", FRONT_DESK_TABLE), "--create-units")
    return tmp_path


def test_the_path_is_shown_step_by_step() -> None:
    result = run("--lang", "en", "plan", "path", *DESK)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "process-coaching" in result.stdout
    assert "3 steps and 22 person-days" in result.stdout
    assert "alone would do at 167 of 195 (85.64%)" in result.stdout
    assert "Alternative (25 person-days): process-coaching, appointments" in result.stdout


def test_the_path_as_json() -> None:
    found = json.loads(run("plan", "path", *DESK, "--format", "json").stdout)
    assert (found["status"], found["needed"], found["level"]) == ("found", 67, 0.7)
    assert [step["advice"] for step in found["best"]["steps"]] == ["process-coaching", "boards", "five-s"]


def test_a_target_that_there_is_not_is_said() -> None:
    result = run("plan", "path", *DESK, "--to", "band")
    assert result.exit_code == 1
    assert "PATH_WITHOUT_BANDS" in result.stderr


def test_findings_stand_by_what_they_cost() -> None:
    found = json.loads(run("findings", *DESK, "--format", "json").stdout)
    assert [(each["key"], each["cost"]) for each in found][:2] == [
        ("below_line:AUTO.FD", 67),
        ("below_line:FD.CORE", 36.5),
    ]
    assert found[1]["advice"] == ["process-coaching", "appointments", "estimates"]


def test_findings_as_a_table() -> None:
    result = run("--lang", "zh", "findings", *DESK, "--at", "FD.5S")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "0.4" in result.stdout
    assert "整改并留照片" in result.stdout, "advice by its title"


NOISY = """
import ctypes
from steelyard.cli.solver_words import solver_words_to_stderr
print("before")
with solver_words_to_stderr():
    ctypes.CDLL(None).puts(b"noise")
print("after")
"""


def test_words_of_the_solver_are_no_output() -> None:
    done = subprocess.run([sys.executable, "-c", NOISY], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("before\nafter\n", "noise\n")


@pytest.mark.parametrize("command", [("plan", "path", *DESK), ("plan", "draft", *DESK, "--to", "line")])
def test_commands_that_ask_the_solver_print_none_of_its_words(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    solver = programme.milp

    def noisy(*args: Any, **options: Any) -> Any:
        os.write(1, b"noise\n")
        return solver(*args, **options)

    monkeypatch.setattr(programme, "milp", noisy)
    assert run(*command).exit_code == 0
    told = capfd.readouterr()
    assert ("noise" in told.out, "noise" in told.err) == (False, True)
