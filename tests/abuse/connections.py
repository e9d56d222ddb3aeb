"""Hostile connections: bytes that are no HTTP, senders without haste, sockets that break the protocol."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from abuse.documents import Grower
from abuse.judging import Findings
from abuse.requests import TOKENS

PROTOCOL = "graphql-transport-ws"
GONE = (OSError, ConnectionClosed, InvalidHandshake, TimeoutError, EOFError)
"""How a server leaves a connection, which is its right."""
BROKEN = frozenset({1011, 4500})
"""Codes of closing by which a server says that it is broken."""
SUBSCRIPTIONS = (
    'subscription { planChanged(plan: "P-1") { number } }',
    'subscription { importProgress(job: "1") { state } }',
    "subscription { nothing }",
    "subscription { __typename }",
)
NO_TEXT = b"\xff\xfe"
"""What is sent as a text all the same."""
_HEAD = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
RAW = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    _HEAD + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
    _HEAD + b"".join(b"x%d: y\r\n" % n for n in range(5_000)) + b"\r\n",
    _HEAD + b"Content-Length: -1\r\n\r\n",
    _HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    _HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    _HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    _HEAD + b"Content-Length: 99999999999999\r\n\r\n{",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 50,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    _HEAD + b"Content-Length: 4\r\nExpect: 100-continue\r\n\r\n",
    b"GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
)


class Connections:
    """Opens them to one server; the same randomness opens the same."""

    def __init__(self, url: str, token: str, findings: Findings, chosen: random.Random) -> None:
        self._url, self._token, self._findings, self._random = url, token, findings, chosen
        self._grower = Grower(chosen)
        self._host, self._port = "127.0.0.1", int(url.rpartition(":")[2])

    async def raw(self) -> None:
        """Bytes that are no request, or one that never ends; some are sent slowly."""
        with suppress(*GONE):
            async with asyncio.timeout(10):
                reader, writer = await asyncio.open_connection(self._host, self._port)
                try:
                    await self._spoken(reader, writer)
                finally:
                    writer.close()

    async def _spoken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sent = self._random.choice((*RAW, self._random.randbytes(500)))
        slow = self._random.random() < 0.5
        pieces = [sent[:200][at : at + 7] for at in range(0, 200, 7)] if slow else [sent]
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            if slow:
                await asyncio.sleep(0.1)
        self._findings.answers[f"bytes: {'slow' if slow else 'at once'}"] += 1
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                answer = await reader.read(65_536)
                self._findings.text(answer.decode("utf-8", "replace"), f"{sent[:200]!r} → {answer[:300]!r}")

    async def socket(self) -> None:
        """A WebSocket that keeps to nothing."""
        with suppress(*GONE):
            protocols: Any = self._random.choice(([PROTOCOL], [PROTOCOL], [PROTOCOL], ["graphql-ws"], None))
            origin: Any = self._random.choice((None, None, None, "http://evil.example"))
            where = f"ws{self._url.removeprefix('http')}/graphql"
            async with (
                asyncio.timeout(15),
                connect(
                    where, subprotocols=protocols, origin=origin, max_size=None, close_timeout=1
                ) as opened,
            ):
                await self._abused(opened)

    async def _abused(self, opened: ClientConnection) -> None:
        try:
            if self._random.random() < 0.7:
                await opened.send(self._init(known=True))
            for message in self._messages():
                await opened.send(message, text=True if message == NO_TEXT else None)
            while True:
                async with asyncio.timeout(0.5):
                    text = await opened.recv()
                self._told(json.loads(text))
        except TimeoutError:
            self._findings.answers["a socket: held"] += 1
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 0
            self._findings.answers[f"a socket: {code}"] += 1
            if code in BROKEN:
                self._findings.fault(f"a socket was closed with {code}")
            raise

    def _told(self, message: Any) -> None:
        payload = message.get("payload")
        entries = {"errors": payload} if isinstance(payload, list) else payload
        self._findings.text(json.dumps(entries), f"a socket said {str(message)[:300]}")

    def _init(self, *, known: bool) -> str:
        token = f"Bearer {self._token}" if known else self._random.choice(TOKENS)
        return json.dumps({"type": "connection_init", "payload": {"authorization": token}})

    def _messages(self) -> list[str | bytes]:
        asked = [
            {"type": "subscribe", "id": str(n % 40), "payload": self._operation()}
            for n in range(self._random.choice((1, 5, 80)))
        ]
        odd: tuple[str | bytes, ...] = (
            *("", "{", "[]", "null", '{"type": 1}', '{"type": "nothing"}', '{"type": "subscribe"}'),
            *(
                NO_TEXT,
                b"\x00\xff",
                "[" * 20_000,
                '{"type": "subscribe", "id": 1, "payload": 2}',
                "x" * 2_000_000,
            ),
            *(self._init(known=False), self._init(known=True), '{"type": "complete", "id": "0"}'),
            *(json.dumps({"type": "ping", "payload": {"a": "b" * 1_000}}),) * 3,
        )
        some = [self._random.choice(odd) for _ in range(self._random.choice((0, 1, 4, 300)))]
        made: list[str | bytes] = [*map(json.dumps, asked), *some]
        self._random.shuffle(made)
        return made

    def _operation(self) -> dict[str, Any]:
        if self._random.random() < 0.5:
            return {"query": self._random.choice(SUBSCRIPTIONS)}
        text, variables = self._grower.document()
        return {"query": text, "variables": variables}

    async def streams(self) -> None:
        """Many event streams at once, dropped in the middle."""
        headers = {
            "authorization": f"Bearer {self._token}",
            "accept": "text/event-stream",
            "content-type": "application/json",
        }
        async with httpx.AsyncClient(base_url=self._url, headers=headers, timeout=5) as client:
            count = self._random.choice((1, 1, 1, 5, 5, 120))
            await asyncio.gather(*(self._stream(client) for _ in range(count)))

    async def _stream(self, client: httpx.AsyncClient) -> None:
        with suppress(httpx.HTTPError):
            async with client.stream("POST", "/graphql", content=json.dumps(self._operation())) as answer:
                self._findings.answers[f"an event stream: {answer.status_code}"] += 1
                if answer.status_code >= 500:
                    self._findings.fault(f"an event stream was answered with {answer.status_code}")
                async for line in answer.aiter_lines():
                    if line.startswith("data:"):
                        self._findings.text(line.removeprefix("data:"), f"a stream said {line[:300]}")
                        return
