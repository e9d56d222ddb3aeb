"""Subscriptions over a WebSocket (graphql-transport-ws): what is said, and how a connection is closed."""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from conftest import copy_database
from graphql_api.http_server import Api, running
from graphql_api.import_files import begin_import, silent_job
from steelyard.packs import Packs
from steelyard.settings.limits import Limits
from steelyard_graphql.http.socket import GraphQLSocket

QUERY = {"query": "{ __typename }"}
PROGRESS = "subscription ($job: String!) { importProgress(job: $job) { state problems { code } } }"


@contextmanager
def connected(
    api: Api, *, protocol: str | None = "graphql-transport-ws", origin: str | None = None
) -> Iterator[ClientConnection]:
    """A WebSocket that has said nothing yet."""
    protocols = None if protocol is None else [Subprotocol(protocol)]
    url = str(api.base_url).replace("http", "ws", 1).rstrip("/") + "/graphql"
    headers = {"origin": origin} if origin else None
    with connect(url, subprotocols=protocols, additional_headers=headers) as opened:
        yield opened


def say(socket: ClientConnection, kind: str, **fields: object) -> None:
    """Send a message."""
    socket.send(json.dumps({"type": kind, **fields}))


def hear(socket: ClientConnection) -> Any:
    """Receive a message, which is a text frame."""
    text = socket.recv(timeout=60)
    assert isinstance(text, str)
    return json.loads(text)


def begin(socket: ClientConnection, api: Api) -> None:
    """Initialise the connection."""
    say(socket, "connection_init", payload={"Authorization": api.headers["authorization"]})
    assert hear(socket) == {"type": "connection_ack"}


def closed(socket: ClientConnection) -> int:
    """Wait for the end of a connection, and return its code."""
    with suppress(ConnectionClosedError):
        deque(socket, maxlen=0)
    assert socket.close_code is not None
    return socket.close_code


def test_a_query_is_answered_and_completed(plain_api: Api) -> None:
    with connected(plain_api) as socket:
        begin(socket, plain_api)
        say(socket, "subscribe", id="1", payload=QUERY)
        heard = hear(socket)
        assert (heard["type"], heard["id"], heard["payload"]["data"]) == (
            "next",
            "1",
            {"__typename": "Query"},
        )
        assert hear(socket) == {"type": "complete", "id": "1"}


def test_an_operation_that_cannot_begin_is_an_error(plain_api: Api) -> None:
    with connected(plain_api) as socket:
        begin(socket, plain_api)
        say(socket, "subscribe", id="1", payload={"query": "{"})
        answer = hear(socket)
        codes = [error["extensions"]["code"] for error in answer["payload"]]
        assert (answer["type"], answer["id"], codes) == ("error", "1", ["GRAPHQL_PARSE_FAILED"])


def test_ping_is_answered(plain_api: Api) -> None:
    with connected(plain_api) as socket:
        say(socket, "ping", payload={"n": 1})
        assert hear(socket) == {"type": "pong", "payload": {"n": 1}}
        begin(socket, plain_api)
        say(socket, "ping")
        assert hear(socket) == {"type": "pong"}


def test_an_import_is_followed_to_its_end(own_api: Api) -> None:
    job = begin_import(own_api)
    with connected(own_api) as socket:
        begin(socket, own_api)
        say(socket, "subscribe", id="1", payload={"query": PROGRESS, "variables": {"job": job}})
        heard = [hear(socket)]
        while heard[-1]["type"] == "next":
            heard.append(hear(socket))
    assert heard[-1] == {"type": "complete", "id": "1"}
    assert heard[-2]["payload"]["data"]["importProgress"] == {"state": "DONE", "problems": []}


def test_of_an_unknown_job_only_the_error_is_told(plain_api: Api) -> None:
    with connected(plain_api) as socket:
        begin(socket, plain_api)
        say(socket, "subscribe", id="1", payload={"query": PROGRESS, "variables": {"job": "none"}})
        answer = hear(socket)
    codes = [error["extensions"]["code"] for error in answer["payload"]]
    assert (answer["type"], codes) == ("error", ["IMPORT_JOB_NOT_FOUND"])


# what is sent after the connection began → the code that closes it
AFTER: dict[str, tuple[list[str | bytes], int]] = {
    "no JSON": (["{"], 4400),
    "a list": (["[]"], 4400),
    "no type": (["{}"], 4400),
    "unknown type": (['{"type": "start"}'], 4400),
    "binary": ([b'{"type": "ping"}'], 4400),
    "payload is a text": (['{"type": "ping", "payload": "x"}'], 4400),
    "no id": ([json.dumps({"type": "subscribe", "payload": QUERY})], 4400),
    "empty id": ([json.dumps({"type": "subscribe", "id": "", "payload": QUERY})], 4400),
    "no payload": (['{"type": "subscribe", "id": "1"}'], 4400),
    "no query": (['{"type": "subscribe", "id": "1", "payload": {}}'], 4400),
    "second init": (['{"type": "connection_init"}'], 4429),
    "huge": (['{"type": "ping", "payload": {"x": "' + "x" * 1_000_001 + '"}}'], 1009),
}


@pytest.mark.parametrize("name", AFTER)
def test_what_closes_a_connection(plain_api: Api, name: str) -> None:
    sent, code = AFTER[name]
    with connected(plain_api) as socket:
        begin(socket, plain_api)
        for each in sent:
            socket.send(each)
        assert closed(socket) == code


# what is sent first → the code
BEFORE = {
    json.dumps({"type": "subscribe", "id": "1", "payload": QUERY}): 4401,
    '{"type": "connection_init"}': 4403,
    '{"type": "connection_init", "payload": {"authorization": "Bearer sty_no"}}': 4403,
    '{"type": "connection_init", "payload": {"authorization": 1}}': 4403,
    '{"type": "connection_init", "payload": []}': 4400,
}


@pytest.mark.parametrize("text", BEFORE)
def test_what_closes_a_connection_before_it_began(plain_api: Api, text: str) -> None:
    with connected(plain_api) as socket:
        socket.send(text)
        assert closed(socket) == BEFORE[text]


@pytest.mark.parametrize("protocol", [None, "graphql-ws"])
def test_other_protocols_are_refused(plain_api: Api, protocol: str | None) -> None:
    with connected(plain_api, protocol=protocol) as socket:
        assert closed(socket) == 4406


def test_an_id_is_used_once_at_a_time(own_api: Api, tmp_path: Path) -> None:
    payload = {"query": PROGRESS, "variables": {"job": silent_job(tmp_path / "own.db")}}
    with connected(own_api) as socket:
        begin(socket, own_api)
        for _ in range(2):
            say(socket, "subscribe", id="1", payload=payload)
        assert closed(socket) == 4409


def test_an_id_is_free_again_once_it_is_completed(own_api: Api, tmp_path: Path) -> None:
    payload = {"query": PROGRESS, "variables": {"job": silent_job(tmp_path / "own.db")}}
    with connected(own_api) as socket:
        begin(socket, own_api)
        say(socket, "subscribe", id="1", payload=payload)
        assert hear(socket)["payload"]["data"]["importProgress"]["state"] == "RUNNING"
        say(socket, "complete", id="1")
        say(socket, "subscribe", id="1", payload=QUERY)
        assert [hear(socket)["type"] for _ in range(2)] == ["next", "complete"]


def test_a_slow_beginning_is_not_waited_for(samples: Path, packs: Packs) -> None:
    with (
        running(f"sqlite:///{samples}", packs, limits=Limits(init_seconds=1)) as api,
        connected(api) as socket,
    ):
        assert closed(socket) == 4408


def test_a_message_that_is_too_long_is_no_fault_of_what_came_before(
    own_api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    """The server closes at once, while the messages before it still wait to be answered."""
    with connected(own_api) as socket:
        begin(socket, own_api)
        for _ in range(100):
            say(socket, "ping")
        with suppress(ConnectionClosedError):
            socket.send("x" * 2_000_000)
        # Who still sends may find the connection cut off.
        assert closed(socket) in (1006, 1009)
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


def test_a_token_that_is_revoked_ends_its_connection(
    samples: Path, packs: Packs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(GraphQLSocket.__init__.__kwdefaults__, "every", 0.1)
    path = tmp_path / "own.db"
    copy_database(samples, path)
    with running(f"sqlite:///{path}", packs) as api, connected(api) as socket:
        begin(socket, api)
        key = api.headers["authorization"].split("_")[2]
        api.ask(f'mutation {{ revokeToken(input: {{token: "{key}", reason: "lost"}}) {{ __typename }} }}')
        assert closed(socket) == 4403


@pytest.mark.parametrize("origin", ["https://example.org", "null"])
def test_pages_of_others_do_not_reach_the_demo(api: Api, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="HTTP 4"), connected(api, origin=origin):
        pass


def test_a_text_that_is_none(plain_api: Api, caplog: pytest.LogCaptureFixture) -> None:
    with connected(plain_api) as socket:
        socket.send(b"\xff\xfe", text=True)
        assert closed(socket) == 1007
    plain_api.get("/healthz")
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []
