"""What browsers may do: pages of which origins may call, and what answers say about themselves."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from socket import create_connection
from time import sleep

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from conftest import copy_database
from graphql_api.http_server import Api, running
from graphql_api.import_files import silent_job
from graphql_api.test_sockets import begin, closed, connected, hear, say
from steelyard.packs import Packs
from steelyard.settings.limits import Limits
from steelyard_graphql.http.headers import HEADERS

ORIGIN = "https://app.example.org"
QUERY = {"query": "{ __typename }"}
LIMITS = Limits(
    body=2_000,
    sockets=2,
    operations=2,
    streams=3,
    init_seconds=1,
    origins=frozenset({ORIGIN}),
    hosts=frozenset({"api.example.org"}),
)


@pytest.fixture(scope="module")
def strict(samples: Path, packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server with few places and one origin."""
    path = tmp_path_factory.mktemp("strict") / "own.db"
    copy_database(samples, path)
    silent_job(path)
    with running(f"sqlite:///{path}", packs, limits=LIMITS) as api:
        yield api


def _preflight(api: Api, origin: str) -> httpx.Response:
    asked = "authorization,content-type,graphql-require-preflight"
    headers = {"origin": origin, "access-control-request-method": "POST"}
    return api.options("/graphql", headers={**headers, "access-control-request-headers": asked})


def test_pages_of_the_list_may_call(strict: Api) -> None:
    asked = _preflight(strict, ORIGIN)
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, ORIGIN)
    assert "access-control-allow-credentials" not in asked.headers
    answered = strict.post("/graphql", json=QUERY, headers={"origin": ORIGIN})
    assert (answered.status_code, answered.headers["access-control-allow-origin"]) == (200, ORIGIN)


@pytest.mark.parametrize(
    "origin", ["https://evil.example.org", f"{ORIGIN}.evil.org", "null", "http://app.example.org"]
)
def test_other_pages_may_not(strict: Api, origin: str) -> None:
    assert _preflight(strict, origin).status_code == 400
    answered = strict.post("/graphql", json=QUERY, headers={"origin": origin})
    assert "access-control-allow-origin" not in answered.headers


def test_without_a_list_no_page_may(plain_api: Api) -> None:
    asked = _preflight(plain_api, ORIGIN)
    assert (asked.status_code, "access-control-allow-origin" in asked.headers) == (405, False)


SIMPLE = ["text/plain", "application/x-www-form-urlencoded", "text/plain; a=application/json", ""]


@pytest.mark.parametrize("content_type", SIMPLE)
def test_what_a_form_can_send_is_refused(plain_api: Api, content_type: str) -> None:
    response = plain_api.post(
        "/graphql", content='{"query": "{ __typename }"}', headers={"content-type": content_type}
    )
    assert response.status_code == 415


@pytest.mark.parametrize(
    "path", ["/graphql", "/healthz", "/readyz", "/nothing", "/schemes/x/ranking.csv?period=1"]
)
def test_every_answer_is_guarded(plain_api: Api, path: str) -> None:
    headers = plain_api.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_a_page_says_what_it_needs(plain_api: Api) -> None:
    report = plain_api.get(
        "/schemes/automotive.front-desk/report", params={"unit": "DEALER-SH-XX", "period": "2014"}
    )
    assert report.status_code == 200
    assert report.headers["content-security-policy"].startswith(
        "default-src 'none'; style-src 'unsafe-inline'; "
    )
    assert "frame-ancestors 'none'" in report.headers["content-security-policy"]
    assert report.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("api.example.org", "/graphql", 200),
        ("API.example.org:8443", "/graphql", 200),
        ("localhost", "/graphql", 200),
        ("evil.example.org", "/graphql", 421),
        ("10.1.2.3:8000", "/graphql", 421),
        ("10.1.2.3:8000", "/healthz", 200),
        ("10.1.2.3:8000", "/readyz", 200),
    ],
)
def test_names_of_the_list(strict: Api, host: str, path: str, status: int) -> None:
    method = "POST" if path == "/graphql" else "GET"
    response = strict.request(method, path, json=QUERY if method == "POST" else None, headers={"host": host})
    assert response.status_code == status


def test_a_body_is_as_long_as_is_allowed(strict: Api) -> None:
    assert strict.post("/graphql", json={"query": "#" * 3_000}).status_code == 413


@pytest.mark.parametrize("origin", [None, ORIGIN, "self"])
def test_sockets_of_pages_that_may(strict: Api, origin: str | None) -> None:
    origin = str(strict.base_url).rstrip("/") if origin == "self" else origin
    with connected(strict, origin=origin) as socket:
        begin(socket, strict)


@pytest.mark.parametrize("origin", ["https://evil.example.org", "null", "file://"])
def test_sockets_of_other_pages(strict: Api, origin: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(InvalidStatus, match="HTTP 403") as caught, connected(strict, origin=origin):
        pass
    refused = json.loads(caught.value.response.body or b"")
    assert refused["errors"][0]["extensions"]["code"] == "HTTP_ORIGIN_REFUSED"
    # The server answers this one after it has written what it has to say of the other.
    strict.get("/healthz")
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []


def test_sockets_of_other_names(strict: Api, caplog: pytest.LogCaptureFixture) -> None:
    url = f"{str(strict.base_url).replace('http', 'ws', 1).rstrip('/')}/graphql"
    address = strict.base_url.host, strict.base_url.port or 80
    with (
        pytest.raises(InvalidStatus, match="HTTP 421"),
        connect(url.replace(address[0], "evil.example.org"), sock=create_connection(address)),
    ):
        pass
    strict.get("/healthz")
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []


def test_a_socket_that_does_not_say_who_it_is(strict: Api) -> None:
    with connected(strict) as socket:
        assert closed(socket) == 4408


def test_a_message_is_as_long_as_a_body(strict: Api) -> None:
    with connected(strict) as socket:
        begin(socket, strict)
        say(socket, "ping", payload={"x": "y" * 1_000})
        assert hear(socket)["type"] == "pong"
        say(socket, "ping", payload={"x": "y" * 3_000})
        assert closed(socket) == 1009


def test_an_account_has_so_many_sockets(strict: Api) -> None:
    with ExitStack() as stack:
        for _ in range(2):
            begin(stack.enter_context(connected(strict)), strict)
        third = stack.enter_context(connected(strict))
        say(third, "connection_init", payload={"Authorization": strict.headers["authorization"]})
        assert closed(third) == 1013
    with connected(strict) as again:
        begin(again, strict)


FOLLOW = {"query": 'subscription { importProgress(job: "silent") { state } }'}
EVENTS = {"accept": "text/event-stream"}


def _followed(api: Api, stack: ExitStack) -> int:
    """Follow the job by events until the stack is left; return the status."""
    stream = stack.enter_context(api.stream("POST", "/graphql", json=FOLLOW, headers=EVENTS))
    return stream.status_code


def test_a_socket_runs_so_many_operations_and_an_account_so_many_streams(strict: Api) -> None:
    with ExitStack() as stack:
        socket = stack.enter_context(connected(strict))
        begin(socket, strict)
        for number in ("1", "2"):
            say(socket, "subscribe", id=number, payload=FOLLOW)
            assert hear(socket)["type"] == "next"
        say(socket, "subscribe", id="3", payload=FOLLOW)
        refused = hear(socket)
        assert (refused["type"], refused["payload"][0]["extensions"]["code"]) == (
            "error",
            "SUBSCRIPTIONS_TOO_MANY",
        )
        assert [_followed(strict, stack) for _ in range(2)] == [200, 429]
        say(socket, "complete", id="1")
        _wait_for(lambda: _followed(strict, stack) == 200)
    with ExitStack() as stack:
        _wait_for(lambda: _followed(strict, stack) == 200)


def _wait_for(holds: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if holds():
            return
        sleep(0.05)
    raise AssertionError("it never holds")
