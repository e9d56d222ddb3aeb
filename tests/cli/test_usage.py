"""What is wrong with a command line is said in Chinese to who reads it, and in English by typer."""

from __future__ import annotations

import pytest

from cli.cli_runs import run

WRONG = [
    (("policy", "set", "peer_minimum"), "缺少选项 --reason。"),
    (("policy", "set", "--reason", "x"), "缺少参数 name。"),
    (("policy", "list", "--wrong"), "没有选项 --wrong。"),
    (("policy", "lsit"), "没有命令 lsit。"),
    (("policy", "list", "--format"), "选项 --format 后面缺少值。"),
    (("policy", "list", "more"), "多余的参数：more。"),
    (("policy", "list", "--format", "xml"), "--format 的值只能是："),
    (("notice", "list", "--most", "x"), "--most 的值无效。"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_a_wrong_command_line_is_said_in_chinese(words: tuple[str, ...], said: str) -> None:
    result = run("--lang", "zh", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith(said), result.stderr
    english = run("--lang", "en", *words)
    assert (english.exit_code, "Error" in english.stderr) == (2, True)
    assert not english.stderr.startswith(said)


def test_before_a_language_is_read_that_of_the_environment_counts() -> None:
    result = run("--wrong", env={"LC_ALL": "zh_CN.UTF-8"})
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, "没有选项 --wrong。")
