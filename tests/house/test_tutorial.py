"""docs/packs/tutorial.md: every file is written, every command run, and each answers what the page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from steelyard_graphql.cli import app

PAGE = (Path(__file__).resolve().parents[2] / "docs/packs/tutorial.md").read_text(encoding="utf-8")
PROGRAM = "import sys, steelyard_graphql.cli as cli; sys.argv[0] = 'steelyard'; cli.main()"
PROGRAMS = {"steelyard": [sys.executable, "-c", PROGRAM], "python": [sys.executable]}
# pytest is run as a pack's author has it, without this project's plugins.
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "120", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
VARYING = re.compile(
    r" in \d+\.\d+s$|(?<=is at version )\d+|(?<=^\.{13}) +|(?<=Known here: ).*", re.MULTILINE
)
FENCE = re.compile(r"(?:^<!-- file: (\S+) -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = FENCE.findall(PAGE)


def block(language: str) -> str:
    (found,) = [text for _, kind, text in BLOCKS if kind == language]
    return found


def session(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def run(folder: Path, command: str) -> tuple[int, list[str]]:
    """The exit status and what was printed, warnings too: Steelyard's commands in this process, for speed."""
    program, *words = shlex.split(command)
    if program == "steelyard":
        done = CliRunner().invoke(app, words)
        return done.exit_code, steady(done.output)
    ran = subprocess.run(
        [*PROGRAMS[program], *words],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return ran.returncode, steady(ran.stdout)


def steady(text: str) -> list[str]:
    """The lines without what varies: seconds, the latest migration, a bar's width, what fields there are."""
    return [line.rstrip() for line in VARYING.sub("", text).splitlines()]


def test_the_commands_print_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "COLUMNS"):
        monkeypatch.setenv(name, ENVIRONMENT[name])
    for name, language, text in BLOCKS:
        if name:
            write(tmp_path, name, text)
        for command, expected in session(text) if language == "console" else ():
            status, printed = run(tmp_path, command)
            assert printed == steady(expected), command
            assert status == ("error[" in expected), command


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The address of the page's demo."""
    for name, _, text in BLOCKS:
        if name:
            write(tmp_path, name, text)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program, *words = shlex.split(block("sh"))
    with (tmp_path / "log").open("w") as log:
        command = [*PROGRAMS[program], *words, "--port", str(port)]
        process = subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if httpx.get(f"{address}/readyz").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        else:
            pytest.fail((tmp_path / "log").read_text())
        yield address
    finally:
        process.terminate()
        process.wait(30)


def test_the_comparison_has_the_answer_that_the_page_shows(demo: str) -> None:
    def ask(query: str) -> object:
        found = httpx.post(f"{demo}/graphql", json={"query": query}, timeout=30).json()
        # What it cost stands beside the data.
        assert found.pop("extensions").keys() == {"cost"}
        return found

    assert ask(block("graphql")) == json.loads(block("json"))
    (scorecard,) = re.findall(r"`(scorecard\(.*?\})`", PAGE, re.DOTALL)
    answer = ask(f"{{ {scorecard} }}")
    assert answer == {
        "data": {"scorecard": {"verdict": "failed", "root": {"score": 93.625, "band": {"code": "excellent"}}}}
    }
