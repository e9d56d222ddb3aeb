"""Exit statuses: 0 done, 1 problems found, 2 wrong usage; and what stands on stderr."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from cli.cli_runs import SCHEME, run, written
from steelyard.cli import score as score_module
from steelyard.cli import source
from steelyard.cli.report import MOST


def test_problems_of_a_table(tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", "unit,A,B\nx,1,good\n,98,１２\n")
    result = run("score", written(tmp_path, "s.yaml", SCHEME), table)
    assert (result.exit_code, result.stdout) == (1, "")
    codes = re.findall(r"error\[(\w+)\]", result.stderr)
    assert codes == ["TABLE_NOT_A_NUMBER", "TABLE_EMPTY_UNIT", "TABLE_RATE_ABOVE_ONE", "TABLE_FULL_WIDTH"]
    assert f"{table} row 2, column B: error[TABLE_NOT_A_NUMBER]" in result.stderr


def test_problems_of_a_scheme(tmp_path: Path) -> None:
    scheme = written(tmp_path, "s.yaml", SCHEME.replace("kind: rate", "kind: rat"))
    result = run("score", scheme, written(tmp_path, "t.csv", "unit,A,B\nx,1,1\n"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("error[") == 2


def test_a_long_list_of_problems_is_cut_and_counted(tmp_path: Path) -> None:
    table = "unit,A,B\n" + "".join(f"u{i},good,1\n" for i in range(MOST + 3))
    result = run("score", written(tmp_path, "s.yaml", SCHEME), written(tmp_path, "t.csv", table))
    assert result.stderr.count("error[") == MOST
    assert result.stderr.splitlines()[-1] == "3 more problems are not listed."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score", "automotive.frontdesk", "t.csv"], "automotive.front-desk"),
        (["score", "no.yaml", "t.csv"], "CLI_UNREADABLE_FILE"),
        (["score", "no/scheme", "t.csv"], "CLI_UNREADABLE_FILE"),
        (["score", "automotive.shop", "no.csv"], "CLI_UNREADABLE_FILE"),
        (["score", "automotive.shop", "."], "CLI_UNREADABLE_FILE"),
        (["score", ".", "t.csv"], "CLI_UNREADABLE_FILE"),
        (["score", "automotive.shop"], "TABLE"),
        (["score", "automotive.shop", "t.csv", "--format", "xml"], "xml"),
        (["scores"], "scores"),
        (["--lang", "fr", "pack", "list"], "fr"),
    ],
)
def test_wrong_usage(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "t.csv", "unit\nx\n")
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("env", "arguments", "said"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, [], "文件无法读取"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW"}, [], "文件无法读取"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN"}, [], "cannot be read"),
        ({"LC_ALL": "zh_CN.UTF-8"}, ["--lang", "en"], "cannot be read"),
        ({}, ["--lang", "zh"], "文件无法读取"),
    ],
)
def test_messages_speak_the_language_of_the_option_or_the_environment(
    env: dict[str, str], arguments: list[str], said: str
) -> None:
    said = said.replace("文件无法读取", "无法读取文件")
    assert said in run(*arguments, "score", "no.yaml", "t.csv", env=env).stderr


def test_an_unexpected_fault_is_masked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(score_module, "evaluate", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    table = written(tmp_path, "t.csv", "unit,A,B\nx,1,1\n")
    result = run("score", written(tmp_path, "s.yaml", SCHEME), table)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "secret detail" not in result.stderr
    assert "Traceback" not in result.stderr
    (log,) = tmp_path.glob("steelyard-*.log")
    assert str(log) in result.stderr
    assert "secret detail" in log.read_text(encoding="utf-8")


def test_version() -> None:
    assert re.fullmatch(r"steelyard \d+\.\d+\.\d+\n", run("--version").stdout)


def test_problems_that_were_only_counted_count(tmp_path: Path) -> None:
    entries = "  - {code: A, points: x, rubric: {kind: rate}}\n" * 1500
    scheme = written(tmp_path, "s.yaml", f"format: steelyard/1\nscheme: t.many\nindicators:\n{entries}")
    result = run("score", scheme, written(tmp_path, "t.csv", "unit,A\nx,1\n"))
    last = result.stderr.splitlines()[-1]
    assert (found := re.fullmatch(r"At least (\d+) more problems are not listed\.", last))
    assert int(found[1]) >= 1300


@pytest.mark.parametrize("endless", ["/dev/zero", "/dev/urandom"])
def test_endless_input_is_refused(endless: str, tmp_path: Path) -> None:
    table = run("score", written(tmp_path, "s.yaml", SCHEME), endless)
    assert (table.exit_code, table.stdout) == (1, "")
    assert "error[TABLE_NOT_TEXT]" in table.stderr
    scheme = run("score", endless, written(tmp_path, "t.csv", "unit,A,B\nx,1,1\n"))
    assert (scheme.exit_code, scheme.stdout) == (1, "")
    assert "error[SCHEME_TOO_LARGE]" in scheme.stderr


def test_a_table_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme, text = written(tmp_path, "s.yaml", SCHEME), "unit,A,B\nx,1,1\n"
    monkeypatch.setattr(source, "LARGEST_TABLE", len(text))
    assert run("score", scheme, written(tmp_path, "t.csv", text)).exit_code == 0
    for result in (
        run("score", scheme, written(tmp_path, "t.csv", text + "\n")),
        run("score", scheme, "-", stdin=text.encode() + b"\n"),
    ):
        assert (result.exit_code, result.stdout) == (1, "")
        assert "error[CLI_TOO_LARGE]" in result.stderr


def test_a_result_that_cannot_be_written_is_no_internal_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(score_module, "write", full)
    table = written(tmp_path, "t.csv", "unit,A,B\nx,1,1\n")
    result = run("score", written(tmp_path, "s.yaml", SCHEME), table)
    assert result.exit_code == 1
    assert "error[CLI_UNWRITABLE_OUTPUT]" in result.stderr
    assert "No space left on device" in result.stderr
