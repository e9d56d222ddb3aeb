"""Operations over a WebSocket, by the protocol graphql-transport-ws.

The token comes in the payload of `connection_init` (`{"authorization": "Bearer …"}`) or in the header of the
handshake; it is looked at again for each operation and each event, and while nothing happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope as Seen
from steelyard.errors import Problem, TransientError
from steelyard.settings.limits import Limits
from steelyard_graphql.context import RequestContext
from steelyard_graphql.errors import entry, internal
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.http import messages
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.http.asked import holds_nul, operation_in
from steelyard_graphql.http.messages import PROTOCOL, Closing
from steelyard_graphql.http.origins import foreign_origin
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.http.watch import RECHECK
from steelyard_graphql.limits.connections import Connections, connections
from steelyard_graphql.limits.problems import HTTP_ORIGIN_REFUSED
from steelyard_graphql.problems import SUBSCRIPTIONS_TOO_MANY

SHOWN = 80


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all connections.

    open: where connections and their operations take places. every: seconds after which a quiet token is
    looked at again.
    """

    limits: Limits
    open: Connections
    every: float


class GraphQLSocket:
    """Answers operations over WebSockets, to pages of the server's own origin and of those in the limits.

    open_: where connections take their places. every: seconds after which a quiet token is looked at again.
    """

    def __init__(
        self,
        executor: Executor,
        admit: Admit,
        *,
        limits: Limits | None = None,
        open_: Connections | None = None,
        every: float = RECHECK,
    ) -> None:
        self._executor, self._admit = executor, admit
        held = limits or Limits()
        self._terms = Terms(held, open_ or connections(held), every)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection (ASGI)."""
        socket = WebSocket(scope, receive, send)
        foreign = foreign_origin(socket.headers, self._terms.limits.origins)
        if foreign is not None:
            refusal = Refusal(403, Problem(HTTP_ORIGIN_REFUSED, values={"origin": foreign[:SHOWN]}))
            await refusal.response()(scope, receive, send)
            return
        connection = _Connection(socket, self._executor, self._admit, self._terms)
        try:
            await connection.serve()
        except Closing as closing:
            await _close(socket, closing)
        except WebSocketDisconnect:
            return
        except Exception as error:
            internal(error, "a WebSocket")
            await _close(socket, messages.broken())
        finally:
            await connection.end()


class _Connection:
    """One connection with the operations that it runs."""

    def __init__(self, socket: WebSocket, executor: Executor, admit: Admit, terms: Terms) -> None:
        self._socket, self._executor, self._admit, self._terms = socket, executor, admit, terms
        self._seat: tuple[Actor, Seen] | None = None
        self._authorization: Sequence[str] | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._watching: asyncio.Task[None] | None = None
        self._over: asyncio.Future[Closing] = asyncio.get_running_loop().create_future()

    async def serve(self) -> None:
        """Speak with the client until it goes. Raises Closing and WebSocketDisconnect."""
        if PROTOCOL not in self._socket.scope["subprotocols"]:
            await self._socket.accept()
            raise messages.other_protocol()
        await self._socket.accept(PROTOCOL)
        try:
            async with asyncio.timeout(self._terms.limits.init_seconds):
                await self._initialise()
        except TimeoutError:
            raise messages.slow_init() from None
        await self._send("connection_ack")
        self._watching = asyncio.create_task(self._watch())
        while True:
            await self._take(await self._next())

    async def end(self) -> None:
        """End all operations."""
        tasks = [*self._running.values(), *filter(None, [self._watching])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._seat is not None:
            self._terms.open.sockets.leave(*self._seat)

    async def _initialise(self) -> None:
        while True:
            message = messages.read(await self._text())
            match message["type"]:
                case "connection_init":
                    self._authorization = _authorization(message.get("payload") or {})
                    self._sit(await self._renewed())
                    return
                case "ping":
                    await self._send("pong", payload=message.get("payload"))
                case "pong" | "complete":
                    pass
                case "subscribe":
                    raise messages.unauthorized()
                case _:
                    raise messages.unreadable("Invalid message received")

    def _sit(self, context: RequestContext) -> None:
        seat = context.actor, context.scope
        try:
            self._terms.open.sockets.take(*seat)
        except TransientError:
            raise messages.crowded() from None
        self._seat = seat

    async def _next(self) -> Mapping[str, Any]:
        """The next message, unless something else ends the connection first."""
        coming = asyncio.create_task(self._text())
        waited: list[asyncio.Future[Any]] = [coming, self._over]
        try:
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            if self._over.done():
                raise self._over.result()
        finally:
            if not coming.done():
                coming.cancel()
                await asyncio.wait([coming])
        return messages.read(coming.result())

    async def _watch(self) -> None:
        """Look at the token now and then."""
        try:
            while True:
                await asyncio.sleep(self._terms.every)
                await self._renewed()
        except Closing as closing:
            self._end_with(closing)

    def _end_with(self, closing: Closing) -> None:
        if not self._over.done():
            self._over.set_result(closing)

    async def _take(self, message: Mapping[str, Any]) -> None:
        match message["type"]:
            case "subscribe":
                await self._begin(_id(message), message.get("payload"))
            case "complete":
                task = self._running.pop(_id(message), None)
                if task is not None:
                    task.cancel()
            case "ping":
                await self._send("pong", payload=message.get("payload"))
            case "pong":
                pass
            case "connection_init":
                raise messages.second_init()
            case _:
                raise messages.unreadable("Invalid message received")

    async def _begin(self, id: str, payload: Any) -> None:
        if id in self._running:
            raise messages.id_taken(id)
        try:
            if holds_nul(payload):
                raise messages.unreadable("U+0000 in a text")
            operation = operation_in(payload)
        except Refusal as refusal:
            raise messages.unreadable(refusal.problem.message("en")[:100]) from None
        most = self._terms.limits.operations
        if len(self._running) >= most or self._seat is None:
            problem = Problem(SUBSCRIPTIONS_TOO_MANY, values={"most": most})
            await self._send("error", id, [entry(problem)])
            return
        streams, seat = self._terms.open.streams, self._seat
        try:
            streams.take(*seat)
        except TransientError as error:
            await self._send("error", id, [entry(error.problems[0])])
            return
        task = asyncio.create_task(self._run(id, operation))
        task.add_done_callback(lambda _: streams.leave(*seat))
        self._running[id] = task

    async def _run(self, id: str, operation: Operation) -> None:
        try:
            if await self._answer(id, operation):
                await self._finish(id, "complete")
        except Closing as closing:
            self._end_with(closing)
        except WebSocketDisconnect:
            pass
        except Exception as error:
            await self._finish(id, "error", [entry(internal(error, "a WebSocket"))])

    async def _answer(self, id: str, operation: Operation) -> bool:
        """Send all answers; tell whether the operation ran."""
        answers = self._executor.stream(operation, self._renewed)
        # The connection as a whole looks at the token meanwhile.
        async with aclosing(answers):
            async for found in answers:
                if not found.began:
                    await self._finish(id, "error", found.body["errors"])
                    return False
                await self._send("next", id, found.body)
        return True

    async def _finish(self, id: str, kind: str, payload: object = None) -> None:
        # Before it is said: the client may use the id again at once.
        self._running.pop(id, None)
        await self._send(kind, id, payload)

    async def _renewed(self) -> RequestContext:
        try:
            return await self._admit(self._socket, self._authorization)
        except Refusal as refusal:
            raise (messages.forbidden() if refusal.status == 401 else messages.unavailable()) from None

    async def _text(self) -> str | None:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code") or 1005)
        text: str | None = message.get("text")
        return text

    async def _send(self, kind: str, id: str | None = None, payload: object = None) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            await _passed_on(self._socket.send_text(messages.write(kind, id, payload)))


def _authorization(payload: Mapping[str, Any]) -> list[str] | None:
    """The token in a payload as a header has it, under a name in any case; None where there is none."""
    found = [value for name, value in payload.items() if name.lower() == "authorization"]
    return [value if isinstance(value, str) else "" for value in found] or None


def _id(message: Mapping[str, Any]) -> str:
    found = message.get("id")
    if not isinstance(found, str) or not found:
        raise messages.unreadable("The message has no id")
    return found


async def _close(socket: WebSocket, closing: Closing) -> None:
    if socket.client_state is WebSocketState.CONNECTED:
        with suppress(WebSocketDisconnect):
            await _passed_on(socket.close(closing.code, closing.reason))


async def _passed_on(sending: Awaitable[None]) -> None:
    """Hand a message on to the server; WebSocketDisconnect where it has closed the connection by itself.

    It does so for a message that is too long, and tells of that only after all that came before.
    """
    try:
        await sending
    except RuntimeError as error:
        raise WebSocketDisconnect(1006) from error
