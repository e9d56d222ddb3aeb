"""HTTP: every way of paging against a real server, and one that misbehaves."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from steelyard.errors import InvalidInput, SteelyardError, TransientError
from steelyard.intake.adapters import http_request
from steelyard.intake.adapters.http import HttpAdapter, pointed
from steelyard.intake.adapters.http_request import safe_url

ROWS: list[dict[str, object]] = [{"id": number, "amount": 1.5} for number in range(7)]
Reply = tuple[int, dict[str, str], bytes]


class Api:
    """Answers by path; counts the requests and keeps the tokens that it was shown."""

    def __init__(self) -> None:
        self.count = 0
        self.tokens: set[str | None] = set()

    def reply(self, path: str, query: dict[str, str]) -> Reply:
        self.count += 1
        replies: dict[str, Callable[[dict[str, str]], Reply]] = {
            "/page": lambda q: ok({"items": part((int(q["page"]) - 1) * 3)}),
            "/offset": lambda q: ok({"items": part(int(q["offset"]))}),
            "/cursor": self.cursor,
            "/link": self.link,
            "/loop": lambda q: ok({"items": ROWS}),
            "/flaky": lambda q: (503, {}, b"") if self.count < 3 else ok({"items": ROWS}),
            "/busy": lambda q: (429, {"Retry-After": "7"}, b"") if self.count < 2 else ok({"items": ROWS}),
            "/down": lambda q: (500, {}, b""),
            "/denied": lambda q: (401, {}, b""),
            "/text": lambda q: (200, {}, b"<html>"),
            "/away": lambda q: (302, {"Location": "http://127.0.0.2:1/"}, b""),
            "/home": lambda q: (302, {"Location": "/page?page=3"}, b""),
            "/round": lambda q: (302, {"Location": "/round"}, b""),
            "/cut": lambda q: (200, {"Content-Length": "1000"}, b'{"items":['),
        }
        return replies[path](query)

    def cursor(self, query: dict[str, str]) -> Reply:
        start = int(query.get("cursor", "0"))
        following = str(start + 3) if start + 3 < len(ROWS) else None
        return ok({"items": part(start), "meta": {"next": following}})

    def link(self, query: dict[str, str]) -> Reply:
        start = int(query.get("at", "0"))
        more = {"Link": f'</link?at={start + 3}>; rel="next"'} if start + 3 < len(ROWS) else {}
        return ok({"items": part(start)}, more)


def part(start: int) -> list[dict[str, object]]:
    return ROWS[start : start + 3]


def ok(body: object, headers: dict[str, str] | None = None) -> Reply:
    return 200, headers or {}, json.dumps(body).encode()


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def base(api: Api, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            api.tokens.add(self.headers.get("Authorization"))
            status, headers, body = api.reply(parts.path, query)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    monkeypatch.setattr("time.sleep", lambda seconds: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(url: str, **options: str) -> list[str]:
    with HttpAdapter().read({"url": url, "rows": "/items", **options}) as rows:
        assert rows.headers == ("id", "amount")
        return [row["c0"] for batch in rows.batches for row in batch.to_pylist()]


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/page", {"paging": "page"}),
        ("/offset", {"paging": "offset"}),
        ("/cursor", {"paging": "cursor", "cursor": "/meta/next"}),
        ("/link", {"paging": "link"}),
        ("/loop", {}),
        ("/flaky", {}),
        ("/busy", {}),
    ],
)
def test_all_rows_arrive(base: str, path: str, options: dict[str, str]) -> None:
    assert fetch(base + path, **options) == [str(row["id"]) for row in ROWS]


def test_a_redirect_within_the_host_is_followed(base: str) -> None:
    assert fetch(f"{base}/home") == ["6"]


@pytest.mark.parametrize(
    ("path", "options", "code"),
    [
        ("/loop", {"paging": "page"}, "ADAPTER_HTTP_LOOP"),
        ("/page", {"paging": "page", "max_pages": "2"}, "ADAPTER_HTTP_TOO_MUCH"),
        ("/page?page=1", {"rows": "/data"}, "ADAPTER_HTTP_NO_ROWS"),
        ("/denied", {}, "ADAPTER_HTTP_REFUSED"),
        ("/text", {}, "ADAPTER_HTTP_NOT_JSON"),
        ("/away", {}, "ADAPTER_HTTP_REDIRECT"),
        ("/round", {}, "ADAPTER_HTTP_REDIRECT"),
        ("/loop", {"paging": "guess"}, "ADAPTER_OPTION_INVALID"),
    ],
)
def test_wrong_answers(base: str, path: str, options: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        fetch(base + path, **options)
    assert raised.value.code == code


@pytest.mark.parametrize("path", ["/down", "/cut"])
def test_attempts_are_bounded(base: str, api: Api, path: str) -> None:
    with pytest.raises(TransientError) as raised:
        fetch(base + path)
    assert (raised.value.code, api.count) == ("ADAPTER_HTTP_FAILED", http_request.ATTEMPTS)


def test_the_token_is_sent_and_never_told(base: str, api: Api, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hunter2\n", encoding="utf-8")
    with pytest.raises(SteelyardError) as raised:
        fetch(f"{base}/denied", token_file=str(tmp_path / "token"))
    assert api.tokens == {"Bearer hunter2"}
    assert "hunter2" not in raised.value.text("en")


@pytest.mark.parametrize(
    "url", ["http://example.org/", "https://me:pw@example.org/", "ftp://127.0.0.1/", "x"]
)
def test_insecure_addresses(url: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        safe_url(url)
    assert raised.value.code == "ADAPTER_INSECURE_URL"


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [("/", {"a": [{"b/c": 1}]}), ("/a/0/b~1c", 1), ("/a/9", None), ("/x/y", None)],
)
def test_pointers(pointer: str, expected: object) -> None:
    assert pointed({"a": [{"b/c": 1}]}, pointer) == expected
