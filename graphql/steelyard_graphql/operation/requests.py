"""Requests: each has a number, a line in the log, and its share in the metrics."""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from steelyard_graphql.operation.facts import CURRENT, Facts
from steelyard_graphql.operation.logs import FIELDS
from steelyard_graphql.operation.metrics import Metrics

HEADER = "x-request-id"
"""A proxy may have given a request its number already; the answer has it, too."""
_NUMBER = re.compile(r"[A-Za-z0-9_-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PROBES = frozenset({"/healthz", "/readyz"})
ELSEWHERE = "elsewhere"
TOO_SLOW = 504
"""The status of a query that asks for more than there is time for, which is no fault of the server's."""
logger = logging.getLogger("steelyard.requests")


class RecordedRequests:
    """Middleware (ASGI) around all routes."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or serve one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get(HEADER, "")
        facts = Facts(told if _NUMBER.fullmatch(told) else secrets.token_hex(8))
        known = CURRENT.set(facts)
        try:
            if scope["type"] == "http":
                await self._answered(scope, receive, send, facts)
            else:
                with self._metrics.sockets.track_inprogress():
                    await self._app(scope, receive, send)
        finally:
            CURRENT.reset(known)

    async def _answered(self, scope: Scope, receive: Receive, send: Send, facts: Facts) -> None:
        began = time.perf_counter()
        # Nobody is answered where whoever asked has gone; proxies write 499 for that.
        status, seconds = 499, 0.0

        async def noted(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], time.perf_counter() - began
                MutableHeaders(scope=message)[HEADER] = facts.request
            await send(message)

        try:
            with self._metrics.running.track_inprogress():
                await self._app(scope, receive, noted)
        finally:
            self._note(scope, status, seconds, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float, whole: float) -> None:
        route = getattr(scope.get("route"), "path", ELSEWHERE)
        method = scope["method"] if scope["method"] in _METHODS else ELSEWHERE
        self._metrics.requests.labels(method, route, str(status)).inc()
        if status != 499:
            self._metrics.seconds.labels(route).observe(seconds)
        level = logging.ERROR if status >= 500 else logging.INFO
        if status == TOO_SLOW:
            level = logging.WARNING
        if route in _PROBES and status < 500:
            level = logging.DEBUG
        fields = {"method": method, "route": route, "status": status, "ms": round(whole * 1000, 1)}
        logger.log(level, "answered", extra={FIELDS: fields})
