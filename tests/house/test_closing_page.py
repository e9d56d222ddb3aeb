"""docs/closing.md: every file is written, every command run, and each answers what the page says."""

from __future__ import annotations

import re
import shlex
from itertools import cycle
from pathlib import Path

import pytest
from typer.testing import CliRunner

from steelyard_graphql.cli import app

PAGE = (Path(__file__).resolve().parents[2] / "docs/closing.md").read_text(encoding="utf-8")
FILES = re.findall(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CONSOLES = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
VARYING = re.compile(r"(?<=is at version )\d+|\d{4}-\d\d-\d\d( \d\d:\d\d)?")
DRAWN = "steelyard.services.administration.{}.secrets.{}"


def session(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)


def steady(text: str) -> list[str]:
    """The lines without what varies: the latest migration, and days."""
    return [line.rstrip() for line in VARYING.sub("", text).splitlines()]


def test_the_commands_print_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("STEELYARD_PACKS", "counter")
    letters = cycle("7KQ2MB4TXE")
    monkeypatch.setattr(DRAWN.format("objections", "choice"), lambda _: next(letters))
    monkeypatch.setattr(DRAWN.format("exemptions", "randbelow"), lambda _: 382_910_375)
    for name, text in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    commands = [each for text in CONSOLES for each in session(text)]
    assert len(commands) > 20
    for command, expected in commands:
        program, *words = shlex.split(command)
        assert program == "steelyard"
        done = CliRunner().invoke(app, words)
        assert steady(done.output) == steady(expected), command
        assert done.exit_code == ("error[" in expected), command
