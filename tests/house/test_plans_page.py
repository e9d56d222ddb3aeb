"""docs/plans.md: every command is run on the file that the page gives, and answers what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from steelyard_graphql.cli import app

PAGE = (Path(__file__).resolve().parents[2] / "docs/plans.md").read_text(encoding="utf-8")
FILES = re.findall(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CONSOLES = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
VARYING = re.compile(r"(?<=is at version )\d+|\d{4}-\d\d-\d\d \d\d:\d\d")
NUMBER = "482913075"
"""What the page calls the plan: its number is drawn."""


def session(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)


def steady(text: str) -> list[str]:
    """The lines without what varies: the latest migration, and when something was done."""
    return [line.rstrip() for line in VARYING.sub("", text).splitlines() if line.strip()]


def test_the_commands_print_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "120")
    for name, text in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    commands = [each for text in CONSOLES for each in session(text)]
    assert len(commands) > 10
    number = NUMBER
    for command, expected in commands:
        program, *words = shlex.split(command.replace(NUMBER, number))
        assert program == "steelyard"
        done = CliRunner().invoke(app, words)
        if words[:2] == ["plan", "draft"]:
            number = done.output.split()[0]
        assert steady(done.output.replace(number, NUMBER)) == steady(expected), command
        assert done.exit_code == ("error[" in expected), command
