"""Ctrl+C during an import: a real process, which reads from a server that knows when to interrupt it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cli.cli_runs import run
from cli.test_process import COMMAND
from services.ticket_pack import write_pack

ROWS = b'[{"ticket": "1", "shop": "S1", "opened": "2025-01-05", "solved": "true", "complaint": "true"}]'
SAID = b"Stopping; nothing will be kept. Press Ctrl+C again to end at once.\n"


class Server(HTTPServer):
    """Interrupts whoever asks for the second page, and answers once that was heard."""

    running: subprocess.Popen[bytes]
    times = 1

    def interrupt(self) -> None:
        """Send the signals; each but the last when the one before was heard."""
        for number in range(self.times):
            self.running.send_signal(signal.SIGINT)
            if number == 0 and self.running.stderr is not None:
                assert self.running.stderr.readline() == SAID
        if self.times > 1:
            self.running.wait(30)


class Pages(BaseHTTPRequestHandler):
    """Rows on the first page, and none on the second."""

    server: Server

    def do_GET(self) -> None:
        """Answer with a page."""
        body = ROWS
        if "page=2" in self.path:
            self.server.interrupt()
            body = b"[]"
        try:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)
        except BrokenPipeError:
            assert self.server.times > 1, "only a process that ended at once does not take its answer"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a pack, a database with a shop, and a folder for temporary files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEELYARD_PACKS", str(tmp_path / "packs"))
    monkeypatch.setenv("STEELYARD_PARTS", str(tmp_path / "parts"))
    (tmp_path / "temporary").mkdir()
    write_pack(tmp_path / "packs" / "tickets")
    assert run("db", "upgrade").exit_code == 0
    told = ("--zh", "一店", "--en", "Shop 1", "--reason", "new")
    assert run("unit", "create", "S1", "shop", *told).exit_code == 0
    return tmp_path


@contextmanager
def interrupted(times: int, here: Path) -> Iterator[tuple[int, bytes]]:
    """An import that is interrupted so often: its exit status, and the rest of what it says."""
    with Server(("127.0.0.1", 0), Pages) as server:
        server.times = times
        port = server.server_address[1]
        options = [f"url=http://127.0.0.1:{port}/", "rows=/", "paging=page"]
        given = [word for option in options for word in ("--option", option)]
        words = [
            *COMMAND,
            "--lang",
            "en",
            "records",
            "import",
            "tickets.tickets",
            "--adapter",
            "http",
            *given,
        ]
        environment = {**os.environ, "TMPDIR": str(here / "temporary")}
        with subprocess.Popen(words, stderr=subprocess.PIPE, env=environment) as server.running:
            serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            serving.start()
            try:
                status = server.running.wait(60)
            finally:
                server.shutdown()
                serving.join()
            assert server.running.stderr is not None
            yield status, server.running.stderr.read()


def stored(here: Path) -> set[str]:
    """The files of all tenants, but the marks."""
    return {each.name for each in (here / "parts").rglob("*") if each.is_file()} - {"identity"}


def test_nothing_is_kept(here: Path) -> None:
    with interrupted(1, here) as (status, said):
        assert status == 1
        assert (b"IMPORT_CANCELLED" in said, b"Traceback" in said) == (True, False)
    assert run("records", "list", "--format", "json").stdout.strip() == "[]"
    assert (stored(here), list((here / "temporary").iterdir())) == (set(), [])


def test_twice_ends_at_once_and_the_next_import_works(here: Path) -> None:
    with interrupted(2, here) as (status, said):
        assert (status, said) == (130, b"")
    assert (run("records", "list", "--format", "json").stdout.strip(), stored(here)) == ("[]", set())
    (here / "t.csv").write_text("ticket,shop,opened,solved,complaint\n1,S1,2025-01-05,true,true\n")
    assert run("records", "import", "tickets.tickets", "t.csv").exit_code == 0
