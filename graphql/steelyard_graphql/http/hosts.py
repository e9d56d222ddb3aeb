"""Which names the server answers to.

A page in a browser can make its own name point to 127.0.0.1 and then read the answers of a server there
(DNS rebinding). Where there is no access control, requests must name the loopback itself.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from steelyard.errors import Problem
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.problems import HTTP_HOST_REFUSED

SHOWN = 80
PROBES = frozenset({"/healthz", "/readyz"})


def is_loopback(host: str) -> bool:
    """Tell whether a name or address, without a port, is this machine's loopback."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class AllowedNames:
    """Refuses requests whose Host header names neither the loopback nor one of `hosts`.

    Probes of a machine's own (`/healthz`, `/readyz`) come by its address, and are answered.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = frozenset()) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it (ASGI)."""
        if scope["type"] in ("http", "websocket"):
            host = self._foreign(Headers(scope=scope), socket=scope["type"] == "websocket")
            if host is not None and not (self._hosts and scope["path"] in PROBES):
                refusal = Refusal(421, Problem(HTTP_HOST_REFUSED, values={"host": host[:SHOWN]}))
                return await refusal.response()(scope, receive, send)
        return await self._app(scope, receive, send)

    def _foreign(self, headers: Headers, *, socket: bool) -> str | None:
        """The name that is not allowed, if there is one.

        Of the demo's WebSockets the page that opens one counts, too: browsers let pages of any origin do it,
        and read.
        """
        host = headers.get("host", "")
        if not is_loopback(_name(host)) and _name(host).lower() not in self._hosts:
            return host
        origin = headers.get("origin") if socket and not self._hosts else None
        if origin is None or is_loopback(urlsplit(origin).hostname or ""):
            return None
        return origin


def _name(host: str) -> str:
    """The header without its port: `[::1]:8000` → `::1`."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
