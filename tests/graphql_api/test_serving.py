"""The server's address: the loopback, a port of its own, and a socket that does not wait."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from steelyard.errors import UsageError
from steelyard_graphql.http.health import readiness
from steelyard_graphql.http.hosts import is_loopback
from steelyard_graphql.serving import OrderlyServer, address, bind, run


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_any_name_of_the_loopback_will_do(host: str) -> None:
    with bind(host, 0) as opened:
        assert address(opened).startswith("http://127.0.0.")


def test_connections_are_told_not_to_wait_for_more() -> None:
    with bind("127.0.0.1", 0) as opened:
        opened.listen()
        with socket.create_connection(opened.getsockname()):
            accepted, _ = opened.accept()
            with accepted:
                # asyncio turns Nagle's algorithm off where a socket says that it is TCP.
                assert accepted.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize("host", ["", "203.0.113.7", "not a name"])
def test_an_address_that_is_not_this_machines_is_refused(host: str) -> None:
    with pytest.raises(UsageError) as caught:
        bind(host, 0)
    assert (caught.value.code, caught.value.exit_status) == ("SERVE_PORT_TAKEN", 2)


@pytest.mark.parametrize(("host", "loopback"), [("::1", True), ("LocalHost", True), ("::2", False)])
def test_names_of_the_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


async def test_a_server_that_is_told_to_stop_says_so_before_it_takes_no_more() -> None:
    app = Starlette(routes=[Route("/readyz", readiness(_nothing_wrong))])
    started = asyncio.Event()
    server = OrderlyServer(app, started.set, delay=60)
    with bind("127.0.0.1", 0) as opened:
        serving = asyncio.create_task(server.serve(sockets=[opened]))
        await started.wait()
        async with httpx.AsyncClient(base_url=address(opened), timeout=60) as client:
            before = await client.get("/readyz")
            server.handle_exit(signal.SIGTERM, None)
            after = await client.get("/readyz")
            assert not serving.done()
        # A second signal waits for nothing.
        server.handle_exit(signal.SIGTERM, None)
        await serving
    assert (before.status_code, after.status_code) == (200, 503)
    assert after.json()["errors"][0]["extensions"]["code"] == "READY_NO_MORE"


async def test_what_a_server_begins_with_is_not_searched_for_garbage_with_every_answer() -> None:
    frozen: list[int] = []

    def told_to_stop() -> None:
        frozen.append(gc.get_freeze_count())
        signal.raise_signal(signal.SIGTERM)

    with bind("127.0.0.1", 0) as opened:
        await run(Starlette(), opened, told_to_stop)
    assert frozen[0] > 0
    assert gc.get_freeze_count() == 0


async def _nothing_wrong() -> None:
    pass
