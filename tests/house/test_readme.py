"""Every command and query of the README is run, and answers what the README says."""

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
from contextlib import chdir, contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from steelyard_graphql.cli import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = "import sys, steelyard_graphql.cli as cli; sys.argv[0] = 'steelyard'; cli.main()"
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "COLUMNS": "120"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def files() -> dict[str, str]:
    found = re.findall(r"^<!-- file: (\S+) -->\n```csv\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return dict(found)


def sessions() -> list[tuple[str, str]]:
    """All commands of the console blocks with what they print, in order."""
    return [
        (command, output)
        for block in blocks("console")
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


def steelyard(command: str, folder: Path) -> str:
    """What a command prints: run in this process, for speed; the servers are processes of their own."""
    program, *words = shlex.split(command)
    assert program == "steelyard"
    with chdir(folder):
        done = CliRunner().invoke(app, words, env=ENVIRONMENT)
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder in which all commands of the console blocks were run, and what they printed."""
    folder = tmp_path_factory.mktemp("readme")
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder, [steelyard(command, folder) for command, _ in sessions()]


def test_the_commands_print_what_the_readme_says(worked: tuple[Path, list[str]]) -> None:
    commands = sessions()
    assert len(commands) >= 4
    for (command, expected), printed in zip(commands, worked[1], strict=True):
        assert [line.rstrip() for line in printed.splitlines()] == expected.splitlines(), command


def test_the_server_answers_as_the_readme_says(worked: tuple[Path, list[str]]) -> None:
    folder, _ = worked
    (lines,) = (block for block in blocks("sh") if "steelyard serve" in block)
    create, serve, curl, answer = lines.replace("\\\n", "").splitlines()
    created = re.fullmatch(r"TOKEN=\$\((.*)\)", create)
    assert created is not None
    token = steelyard(created[1], folder).strip()
    _, _, _, _, authorization, _, content_type, _, body = shlex.split(curl)
    headers = dict(each.split(": ") for each in (authorization.replace("$TOKEN", token), content_type))
    with running(shlex.split(serve.removesuffix("&"))[1:], folder) as address:
        assert f"{address}/graphql" == shlex.split(curl)[2].replace("8000", address.rpartition(":")[2])
        response = httpx.post(f"{address}/graphql", content=body, headers=headers, timeout=30)
    assert (response.status_code, f"# {response.text}") == (200, answer)


def test_a_new_pack_is_made_as_the_readme_says(tmp_path: Path) -> None:
    (lines,) = (block for block in blocks("sh") if "steelyard pack new" in block)
    *commands, demo = (line.partition("#")[0].strip() for line in lines.splitlines())
    printed = [steelyard(command, tmp_path) for command in commands]
    assert "errors 0, future errors 0, warnings 0" in printed[1]
    with running(shlex.split(demo)[1:], tmp_path) as address:
        query = {"query": '{ scheme(code: "hotels.service") { periods { code } } }'}
        answer = httpx.post(f"{address}/graphql", json=query, timeout=30).json()
    assert answer["data"]["scheme"]["periods"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `steelyard demo`."""
    with running(["demo"], tmp_path_factory.mktemp("demo")) as address:
        yield address


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[str]:
    """Run a server on a free port until the end of the block; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-c", PROGRAM, *command, "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            words, cwd=folder, env={**os.environ, **ENVIRONMENT}, stdout=log, stderr=log
        )
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if httpx.get(f"{address}/readyz").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        else:
            pytest.fail((folder / "log").read_text())
        yield address
    finally:
        process.terminate()
        assert process.wait(30) == 0, (folder / "log").read_text()


def test_the_query_has_the_answer_that_the_readme_shows(demo: str) -> None:
    (query,), (answer,) = blocks("graphql"), blocks("json")
    response = httpx.post(f"{demo}/graphql", json={"query": query}, timeout=30)
    assert response.json() == json.loads(answer)


def test_the_mutation_of_the_api_page_records(demo: str) -> None:
    page = (ROOT / "docs/graphql.md").read_text(encoding="utf-8")
    (mutation,) = re.findall(r"^```graphql\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    response = httpx.post(f"{demo}/graphql", json={"query": mutation}, timeout=30).json()
    root = response["data"]["recordMeasurement"]["scorecard"]["root"]
    assert (root["points"], round(root["score"], 2)) == (184, 55.76)


def test_every_linked_page_is_there() -> None:
    links = re.findall(r"\]\(((?!http)[^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
