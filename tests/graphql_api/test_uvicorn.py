"""What this server has of uvicorn's: the methods that it overrides, and what it makes of faults of HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from inspect import iscoroutinefunction, signature

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from steelyard_graphql.http.patient_http import PatientProtocol
from steelyard_graphql.http.patient_socket import PatientSocketProtocol
from steelyard_graphql.serving import OrderlyServer, bind

App = Callable[[Scope, Receive, Send], Awaitable[None]]
OURS = (PatientProtocol, PatientSocketProtocol, OrderlyServer)
THEIRS = {
    PatientProtocol: (H11Protocol, ["send_400_response"]),
    PatientSocketProtocol: (WebSocketsSansIOProtocol, ["send", "send_receive_event_to_app"]),
    OrderlyServer: (Server, ["__init__", "startup", "handle_exit", "capture_signals"]),
}
"""Of each class of ours the methods of uvicorn that it overrides."""
SIGNATURES = {
    (H11Protocol, "send_400_response"): ["self", "msg"],
    (WebSocketsSansIOProtocol, "send"): ["self", "message"],
    (WebSocketsSansIOProtocol, "send_receive_event_to_app"): ["self"],
    (WebSocketsSansIOProtocol, "handle_parser_exception"): ["self"],
    (Server, "startup"): ["self", "sockets"],
    (Server, "handle_exit"): ["self", "sig", "frame"],
    (Server, "capture_signals"): ["self"],
}
"""Methods of uvicorn that are overridden or called, none of which it promises to keep."""
WAITING = {(WebSocketsSansIOProtocol, "send"), (Server, "startup")}
ATTRIBUTES = {
    H11Protocol: {"cycle", "transport"},
    WebSocketsSansIOProtocol: {"handshake_complete", "close_sent", "conn", "frames", "curr_msg_data_type"},
}
"""What is read or set of its protocols."""
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize("ours", OURS)
def test_what_is_overridden_is_known(ours: type) -> None:
    theirs, names = THEIRS[ours]
    assert [name for name in vars(ours) if name in dir(theirs) and callable(getattr(ours, name))] == names


@pytest.mark.parametrize(("theirs", "name"), SIGNATURES)
def test_uvicorn_has_the_methods_that_are_overridden(theirs: type, name: str) -> None:
    assert [*signature(vars(theirs)[name]).parameters] == SIGNATURES[theirs, name]
    assert iscoroutinefunction(vars(theirs)[name]) is ((theirs, name) in WAITING)


@pytest.mark.parametrize("theirs", ATTRIBUTES)
async def test_uvicorn_has_what_is_read_of_it(
    theirs: type[H11Protocol] | type[WebSocketsSansIOProtocol],
) -> None:
    protocol = theirs(Config(_too_much, lifespan="off", log_config=None), ServerState(), {})
    assert {*vars(protocol)} >= ATTRIBUTES[theirs]


def test_uvicorn_knows_requests_whose_client_has_gone() -> None:
    names = {*RequestResponseCycle.__init__.__code__.co_names}
    assert names >= {"disconnected", "response_complete", "message_event"}


async def test_a_refusal_of_the_server_itself_ends_the_request(caplog: pytest.LogCaptureFixture) -> None:
    """An application that answers only then, or waits for more, is told that nobody is there."""
    heard: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("late")(scope, receive, send)
        heard.append((await receive())["type"])

    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    assert (await _answered(app, head)).startswith(b"HTTP/1.1 400")
    assert heard == ["http.disconnect"]
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


async def test_an_answer_that_is_no_http_is_a_fault(caplog: pytest.LogCaptureFixture) -> None:
    """It is in the log, and the connection ends: nobody waits for the rest of it."""
    assert (await _answered(_too_much, REQUEST)).startswith(b"HTTP/1.1 200")
    assert "Too much data for declared Content-Length" in caplog.text


async def _too_much(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"0123456789"})


async def _answered(app: App, sent: bytes) -> bytes:
    """All that a server says until it hangs up."""
    with bind("127.0.0.1", 0) as opened:
        async with _served(app, opened):
            reader, writer = await asyncio.open_connection(*opened.getsockname())
            writer.write(sent)
            answer = await asyncio.wait_for(reader.read(), 60)
            writer.close()
            await writer.wait_closed()
    return answer


@asynccontextmanager
async def _served(app: App, opened: socket.socket) -> AsyncIterator[None]:
    started = asyncio.Event()
    server = OrderlyServer(Starlette(routes=[Mount("/", app)]), started.set)
    serving = asyncio.create_task(server.serve(sockets=[opened]))
    await started.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await serving
