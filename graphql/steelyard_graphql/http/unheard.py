"""Answers that can no longer be sent, as what a client sent after the head of its request is no HTTP.

The server has then answered by itself, and hangs up; the application is not told before it answers, too.
"""

from __future__ import annotations

from h11 import LocalProtocolError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that hangs up where bytes that are no HTTP come after the last answer of a connection."""

    def send_400_response(self, msg: str) -> None:
        """Refuse them, as long as a refusal can be sent."""
        try:
            super().send_400_response(msg)
        except LocalProtocolError:
            self.transport.close()


class UnheardAnswers:
    """Drops them (ASGI): they are no fault that a log should tell of."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or serve one connection."""

        async def heard(message: Message) -> None:
            try:
                await send(message)
            except LocalProtocolError:
                # Whoever returned before the server knows that nobody listens would have left out an answer.
                while (await receive())["type"] != "http.disconnect":
                    continue

        await self._app(scope, receive, heard if scope["type"] == "http" else send)
