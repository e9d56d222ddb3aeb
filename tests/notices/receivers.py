"""Receivers on the loopback: of webhooks over HTTP, and of mails over SMTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

import orjson

Answer = int | None
"""A status, or None to let the sender wait."""


@dataclass(frozen=True)
class Received:
    """One request; names of headers in small letters."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The id by which repeats are known."""
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        """What it says."""
        return orjson.loads(self.body)


@dataclass
class HttpReceiver:
    """Keeps what it is sent, and answers as it is told: `answers` in turn, then 204."""

    url: str
    answers: Iterator[Answer]
    headers: str = ""
    received: list[Received] = field(default_factory=list)
    on_request: Callable[[], None] | None = None

    @property
    def ids(self) -> list[str]:
        """The ids in the order in which they came."""
        return [each.id for each in self.received]

    def then(self, *answers: Answer) -> None:
        """Answer so from now on, then 204."""
        self.answers = chain(answers, repeat(204))

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request and answer it."""
        try:
            self.received.append(await _request(reader))
            if self.on_request is not None:
                self.on_request()
            status = next(self.answers)
            if status is None:
                await reader.read()
                return
            writer.write(f"HTTP/1.1 {status} x\r\n{self.headers}content-length: 0\r\n\r\n".encode())
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers["content-length"]))
    return Received(first.split(" ")[1], headers, body)


@asynccontextmanager
async def http_receiver(*answers: Answer) -> AsyncIterator[HttpReceiver]:
    """A receiver at a free port."""
    found = HttpReceiver("", chain(answers, repeat(204)))
    server = await asyncio.start_server(found.handle, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hooks?of=us"
    try:
        yield found
    finally:
        server.close()


@dataclass
class SmtpReceiver:
    """Keeps the mails that it takes; `refuses`: recipients that it does not."""

    port: int
    refuses: Sequence[str] = ()
    mails: list[bytes] = field(default_factory=list)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk SMTP with one sender."""
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            word = line.split(b":")[0].strip().upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                self.mails.append((await reader.readuntil(b"\r\n.\r\n"))[:-3])
                writer.write(b"250 taken\r\n")
            elif word == b"RCPT TO" and any(each.encode() in line for each in self.refuses):
                writer.write(b"550 nobody\r\n")
            elif word == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
        writer.close()


@asynccontextmanager
async def smtp_receiver(*refuses: str) -> AsyncIterator[SmtpReceiver]:
    """A receiver of mails at a free port."""
    found = SmtpReceiver(0, refuses)
    server = await asyncio.start_server(found.handle, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
