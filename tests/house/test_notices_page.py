"""docs/notices.md: its commands run, its receiver verifies what a server sends, its tables are whole."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from cli.cli_runs import FRONT_DESK_TABLE, run, written
from steelyard.services.notices import settings, signing
from steelyard.services.notices.addresses import Failure
from steelyard.services.notices.want import NoticeKind

PAGE = (Path(__file__).resolve().parents[2] / "docs/notices.md").read_text(encoding="utf-8")
RECEIVER = next(iter(re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)))
FILES = re.findall(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^steelyard (.*)$", PAGE, re.MULTILINE)


def test_every_kind_failure_and_setting_has_a_row() -> None:
    rows = re.findall(r"^\| (.*?) \|", PAGE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    names = (
        settings.PRIVATE,
        settings.HOST,
        settings.PORT,
        settings.SECURITY,
        *settings.LOGIN,
        settings.FROM,
    )
    assert {*map(str, NoticeKind), *map(str, Failure), *names} <= named


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("db", "upgrade").exit_code == 0


def test_its_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES:
        written(tmp_path, name, text)
    for command in COMMANDS:
        result = run(*shlex.split(command))
        if "KEY" in command:
            assert "NOTICE_NOT_FOUND" in result.stderr
        elif command == "notice send":
            assert (result.exit_code, result.stdout) == (1, "0 delivered, 1 failed.\n"), "nobody receives"
        else:
            assert result.exit_code == 0, (command, result.stderr)
        assert not re.search("whsec_", result.stderr)
    assert len(COMMANDS) > 8


@contextmanager
def receiving(secret: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """The page's receiver at a port."""
    environment = {**os.environ, "WEBHOOK_SECRET": secret, "PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-c", RECEIVER], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == f"listening at {port}\n"
            yield process
        finally:
            process.kill()


def posted(port: int, body: bytes, headers: Mapping[str, str]) -> int:
    """The status with which the receiver answers."""
    return httpx.post(
        f"http://127.0.0.1:{port}/", content=body, headers=dict(headers), trust_env=False
    ).status_code


def test_its_receiver_takes_what_is_genuine_once(
    here: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.PRIVATE, "allow")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    secret = run("subscriber", "add", url, "--below", "FD.KANBAN=50", "--reason", "x").stdout.strip()
    table = written(tmp_path, "measured.csv", FRONT_DESK_TABLE)
    assert run("import", "automotive.front-desk", table, "--create-units").exit_code == 0
    assert run("evaluate", "automotive.front-desk").exit_code == 0
    [told] = json.loads(run("notice", "list", "--format", "json").stdout)
    with receiving(secret, port) as receiver:
        sent = run("notice", "send")
        assert (sent.exit_code, sent.stdout) == (0, "1 delivered, 0 failed.\n"), sent.stderr
        assert run("notice", "redeliver", told["key"], "--subscriber", "1").exit_code == 0
        assert run("notice", "send").stdout == "1 delivered, 0 failed.\n"
        body, now = b'{"title": {"en": "forged"}}', datetime.now(UTC)
        assert posted(port, body, signing.headers(secret, "msg_1", now, body)) == 204
        for other in (body + b" ", body.replace(b"forged", b"Forged")):
            assert posted(port, other, signing.headers(secret, "msg_2", now, body)) == 401
        assert posted(port, body, signing.headers(signing.new_secret(), "msg_3", now, body)) == 401
        old = now - timedelta(minutes=6)
        assert posted(port, body, signing.headers(secret, "msg_4", old, body)) == 401
        receiver.kill()
        assert receiver.stdout is not None
        assert receiver.stdout.read().splitlines() == [told["payload"]["title"]["en"], "forged"]
    sent = run("notice", "list", "--format", "json")
    assert json.loads(sent.stdout)[0]["deliveries"][0]["state"] == "delivered"
    assert secret not in sent.stdout


def test_what_fails_is_said(here: None, tmp_path: Path) -> None:
    wrong = run("subscriber", "add", "http://127.0.0.1:9/", "--below", "FD.KANBAN", "--reason", "x")
    assert (wrong.exit_code, "CLI_THRESHOLD_UNREADABLE" in wrong.stderr) == (2, True)
    run("subscriber", "add", "http://127.0.0.1:9/", "--below", "FD.KANBAN=50", "--reason", "x")
    table = written(tmp_path, "measured.csv", FRONT_DESK_TABLE)
    run("import", "automotive.front-desk", table, "--create-units")
    run("evaluate", "automotive.front-desk")
    sent = run("--lang", "zh", "notice", "send")
    assert (sent.exit_code, sent.stdout) == (1, "已送达 0 次，失败 1 次。\n")
    [told] = json.loads(run("notice", "list", "--format", "json").stdout)
    assert told["deliveries"][0]["error"] == "PRIVATE_ADDRESS"
    [subscriber] = json.loads(run("subscriber", "list", "--format", "json").stdout)
    assert (subscriber["wants"], subscriber["waiting"]) == (["FD.KANBAN<50"], 1)


def test_mails_that_wait_are_said(here: None, tmp_path: Path) -> None:
    run("subscriber", "add", "quality@example.com", "--below", "FD.KANBAN=50", "--reason", "x")
    table = written(tmp_path, "measured.csv", FRONT_DESK_TABLE)
    run("import", "automotive.front-desk", table, "--create-units")
    run("evaluate", "automotive.front-desk")
    sent = run("notice", "send")
    assert (sent.exit_code, sent.stdout) == (0, "0 delivered, 0 failed.\n")
    assert sent.stderr == "Mails that wait: 1. STEELYARD_SMTP_HOST is not set, so none are sent from here.\n"
    assert "1 封邮件在等待" in run("--lang", "zh", "notice", "send").stderr
