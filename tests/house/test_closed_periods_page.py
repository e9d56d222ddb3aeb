"""docs/closed-periods.md: every file is written, every command is run, and all answer as it says."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from steelyard_graphql.cli import app

PAGE = (Path(__file__).resolve().parents[2] / "docs/closed-periods.md").read_text(encoding="utf-8")
FILES = re.findall(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
STEPS = re.findall(r"^```(console|sql)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
VARYING = re.compile(r"(?<=is at version )\d+")


def steady(text: str) -> list[str]:
    """The lines without what varies: the latest migration."""
    return [line.rstrip() for line in VARYING.sub("", text).splitlines()]


def by_hand(statement: str) -> None:
    with closing(sqlite3.connect("steelyard.db")) as database:
        database.execute(statement)
        database.commit()


def test_the_page_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {"LC_ALL": "C.UTF-8", "COLUMNS": "120", "STEELYARD_PACKS": "counter"}.items():
        monkeypatch.setenv(name, value)
    for name, text in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for kind, step in STEPS:
        if kind == "sql":
            by_hand(step)
            continue
        for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", step, re.MULTILINE):
            program, *words = shlex.split(command)
            assert program == "steelyard"
            done = CliRunner().invoke(app, words)
            assert steady(done.output) == steady(expected), command
            assert done.exit_code == ("error[" in expected), command
