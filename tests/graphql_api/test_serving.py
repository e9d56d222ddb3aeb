"""The server's address: the loopback, a port of its own, and a socket that does not wait."""

from __future__ import annotations

import socket

import pytest

from steelyard.errors import UsageError
from steelyard_graphql.http.hosts import is_loopback
from steelyard_graphql.serving import address, bind


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
