"""Server-sent events: GraphQL over SSE, “distinct connections mode”; one request, one stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from steelyard_graphql.errors import entry, internal
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.http.watch import RECHECK, Renew, watched

EVENTS = "text/event-stream"
COMPLETE = b"event: complete\ndata:\n\n"
ALIVE = b":\n\n"
"""A comment, which says that the connection is still there."""


class EventStream(Response):
    """The answers of one operation as events; it ends with the operation, or when the client goes.

    leave: called when it has ended. every: seconds between the comments of a stream that has nothing to tell.
    """

    def __init__(
        self,
        executor: Executor,
        operation: Operation,
        renew: Renew,
        leave: Callable[[], None],
        every: float = RECHECK,
    ) -> None:
        headers = {"cache-control": "no-store", "x-content-type-options": "nosniff", "vary": "accept"}
        super().__init__(headers={**headers, "content-type": f"{EVENTS}; charset=utf-8"})
        # The length is not known.
        del self.headers["content-length"]
        self._executor, self._operation = executor, operation
        self._renew, self._leave, self._every = renew, leave, every

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream (ASGI)."""
        try:
            await self._sent(receive, send)
        finally:
            self._leave()

    async def _sent(self, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        tasks = [asyncio.create_task(self._send_all(send)), asyncio.create_task(_gone(receive))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send_all(self, send: Send) -> None:
        async for event in self._events():
            await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": COMPLETE})

    async def _events(self) -> AsyncIterator[bytes]:
        answers = self._executor.stream(self._operation, self._renew)
        try:
            async with aclosing(watched(answers, self._renew, self._every)) as coming:
                async for found in coming:
                    yield ALIVE if found is None else _next(found.body)
        except Refusal as refusal:
            yield _next({"errors": [entry(refusal.problem)]})
        except Exception as error:
            yield _next({"errors": [entry(internal(error, "an event stream"))]})


def _next(body: dict[str, Any]) -> bytes:
    return b"event: next\ndata: " + orjson.dumps(body) + b"\n\n"


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
