"""`serve`, `demo` and `schema export` as processes: what they print, refuse, and how they end."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from steelyard_graphql.cli import app
from steelyard_graphql.schema import sdl

COMMAND = [sys.executable, "-c", "from steelyard_graphql.cli import main; main()", "--lang", "en"]


def _run(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, ["--lang", "en", *arguments])


@contextmanager
def _started(*arguments: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"}
    with (folder / "stderr").open("w") as errors:
        process = subprocess.Popen(
            [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _lines_until(process: subprocess.Popen[str], last: str) -> list[str]:
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or last not in lines[-1]:
        line = process.stdout.readline()
        assert line, "the process ended"
        lines.append(line.strip())
    return lines


def test_demo_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with _started("demo", "--port", port, folder=tmp_path) as process:
            lines = _lines_until(process, "Ctrl+C")
            explorer = next(line for line in lines if line.startswith("http://127.0.0.1:"))
            command = shlex.split(next(line for line in lines if line.startswith("curl")))
            assert list(tmp_path.glob("steelyard-demo-*/demo.db"))
            assert "GraphiQL" in httpx.get(explorer, headers={"accept": "text/html"}, timeout=60).text
            body = command[command.index("-d") + 1]
            headers = {"content-type": "application/json"}
            answer = httpx.post(command[2], content=body, headers=headers, timeout=60)
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
    assert answer.json()["data"]["scorecard"]["root"]["points"] == 164
    assert list(tmp_path.glob("steelyard-demo-*")) == []
    errors = (tmp_path / "stderr").read_text(encoding="utf-8")
    assert f"Port {port} is taken" in errors
    assert re.search(r"Loaded \d+ units", errors)
    assert "Traceback" not in errors


def test_serve_stops_at_ctrl_c(samples: Path, tmp_path: Path) -> None:
    with _started("serve", "--port", "0", "--database", f"sqlite:///{samples}", folder=tmp_path) as process:
        (line,) = _lines_until(process, "GraphQL: ")
        address = line.removeprefix("GraphQL: ")
        answer = httpx.post(address, json={"query": "{ __typename }"}, timeout=60)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert "Traceback" not in (tmp_path / "stderr").read_text(encoding="utf-8")


# arguments → code; all end with status 2 and print nothing else
REFUSED = [
    (["serve", "--host", "203.0.113.7"], "SERVE_PORT_TAKEN"),
    (["serve", "--host", ""], "SERVE_PORT_TAKEN"),
    (["serve", "--port", "0", "--database", "sqlite:////none/such.db"], "DATABASE_MISSING"),
    (["serve", "--port", "0", "--database", "mysql://host/name"], "DATABASE_URL"),
    (["schema", "export", "--output", "/none/such.graphql"], "CLI_FILE_UNWRITABLE"),
    (["schema", "export", "--output", __file__], "CLI_FILE_EXISTS"),
]


@pytest.mark.parametrize(("arguments", "code"), REFUSED, ids=str)
def test_refused(arguments: list[str], code: str) -> None:
    found = _run(*arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"[{code}]" in found.stderr
    assert "Traceback" not in found.stderr


def test_serve_does_not_take_a_port_from_others(samples: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = _run("serve", "--port", port, "--database", f"sqlite:///{samples}")
    assert (found.exit_code, "[SERVE_PORT_TAKEN]" in found.stderr) == (2, True)


def test_the_demo_leaves_a_database_that_is_there_alone(samples: Path) -> None:
    before = samples.read_bytes()
    found = _run("demo", "--port", "0", "--database", f"sqlite:///{samples}")
    assert (found.exit_code, "[DEMO_DATABASE_IN_USE]" in found.stderr) == (2, True)
    assert samples.read_bytes() == before


def test_the_schema_to_standard_output_and_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "schema.graphql"
    printed, written = _run("schema", "export"), _run("schema", "export", "-o", str(path))
    assert (printed.exit_code, printed.stdout) == (0, sdl())
    assert (written.exit_code, written.stdout, path.read_text(encoding="utf-8")) == (0, "", sdl())


def test_commands_without_a_server_do_not_load_one() -> None:
    code = "import json, sys, steelyard_graphql.cli; print(json.dumps(sorted(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"strawberry", "starlette", "uvicorn"} & set(json.loads(loaded.stdout))
