"""The command as a process of its own: streams, statuses, and what a shell sees."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.cli_runs import FRONT_DESK_TABLE, rows, written

SCRIPT = Path(sys.executable).with_name("steelyard")
COMMAND = (
    [str(SCRIPT)]
    if SCRIPT.exists()
    else [sys.executable, "-c", "from steelyard_graphql.cli import main; main()"]
)


def process(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, check=False, timeout=60, env={**os.environ, **env}
    )


def test_a_result_stands_alone_on_standard_output(tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", FRONT_DESK_TABLE.replace("Dealer", "上海店").encode("gb18030"))
    result = process("score", "automotive.front-desk", table, LC_ALL="C", PYTHONUTF8="0")
    assert result.returncode == 0
    root = rows(result.stdout.decode("utf-8"))[0]
    assert (root["unit"], root["points"], root["full"], root["verdict"]) == ("上海店", "164", "330", "failed")
    assert root["score"].startswith("49.6969696969")
    assert b"TABLE_GB18030" in result.stderr
    assert b"\r" not in result.stdout


def test_problems_end_with_status_1_and_no_traceback(tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", FRONT_DESK_TABLE.replace("43", "４３"))
    result = process("score", "automotive.front-desk", table, LC_ALL="zh_CN.UTF-8", PYTHONUTF8="1")
    assert (result.returncode, result.stdout) == (1, b"")
    assert "全角" in result.stderr.decode("utf-8")
    assert b"Traceback" not in result.stderr


def test_wrong_usage_ends_with_status_2(tmp_path: Path) -> None:
    result = process("score", "automotive.front-desk", str(tmp_path / "none.csv"))
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"CLI_UNREADABLE_FILE" in result.stderr


def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path) -> None:
    table = FRONT_DESK_TABLE + "".join(f"d{i},2014,1,1,1,1,1,1\n" for i in range(20000))
    with subprocess.Popen(
        [*COMMAND, "score", "automotive.front-desk", written(tmp_path, "t.csv", table)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        if running.stdout is None or running.stderr is None:
            raise AssertionError("the process has no pipes")
        running.stdout.readline()
        running.stdout.close()
        complaint = running.stderr.read()
    assert complaint == b""


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_device_without_room_is_told_and_no_fault(form: str, tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", FRONT_DESK_TABLE)
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*COMMAND, "score", "automotive.front-desk", table, "--format", form],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    (line,) = result.stderr.decode().splitlines()
    assert result.returncode == 1
    assert line.startswith("error[CLI_UNWRITABLE_OUTPUT] The output cannot be written: No space left")
