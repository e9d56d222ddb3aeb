"""Screens over real HTTP: 50 clients at once, a mix of screens, warm, against the same bytes ready-made.

The server is a process of its own on the loopback. The yardstick is an endpoint of the same server that
reads the request and hands out the answer as bytes: what HTTP itself takes. Throughput and times are printed
beside.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from bench.timing import Ratio

CLIENTS, EACH, ROUNDS = 50, 8, 3
SCREENS = ("overview", "comparison", "heat_map", "ranking", "scorecard")
FOLDER = Path(__file__).parents[1] / "docs" / "screens"
PATIENCE = 60.0


def ratios() -> Iterator[Ratio]:
    """The row."""
    queries = {name: (FOLDER / f"{name}.graphql").read_text(encoding="utf-8") for name in SCREENS}
    bodies = {name: orjson.dumps({"query": query}) for name, query in queries.items()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "queries.json").write_bytes(orjson.dumps(queries))
        server = subprocess.Popen([sys.executable, "-m", "bench.http_server", name])
        try:
            host = _address(server, folder / "address.txt")
            yield asyncio.run(_measure(host, bodies))
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _address(server: subprocess.Popen[bytes], told: Path) -> tuple[str, int]:
    """Wait for the server to say where it is."""
    ends = time.monotonic() + PATIENCE
    while not told.exists():
        if server.poll() is not None or time.monotonic() > ends:
            raise AssertionError("the server did not start")
        time.sleep(0.05)
    parts = urlsplit(told.read_text())
    return str(parts.hostname), int(parts.port or 0)


async def _measure(host: tuple[str, int], bodies: Mapping[str, bytes]) -> Ratio:
    asked = [_request("/graphql", body) for body in bodies.values()]
    ready = [_request(f"/ready/{name}", body) for name, body in bodies.items()]
    await _crowd(host, asked)
    await _crowd(host, ready)
    pairs = []
    for _ in range(ROUNDS):
        pairs.append((await _crowd(host, asked), await _crowd(host, ready)))
    ours, yardstick = (
        _told(name, [pair[at] for pair in pairs]) for at, name in enumerate(("screens", "bytes"))
    )
    ratio = statistics.median(a[0] / b[0] for a, b in pairs)
    return Ratio(
        "screens over HTTP, 50 clients ÷ the same bytes ready-made", ratio, None, True, ours, yardstick
    )


def _told(name: str, rounds: Sequence[tuple[float, list[float]]]) -> float:
    """Print throughput and times; return the median seconds of a round."""
    seconds = statistics.median(round_ for round_, _ in rounds)
    cuts = [1000 * cut for cut in statistics.quantiles([one for _, each in rounds for one in each], n=100)]
    print(
        f"  {CLIENTS} clients, {name}: {CLIENTS * EACH / seconds:,.0f} requests/s,"
        f" p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms"
    )
    return seconds


def _request(path: str, body: bytes) -> bytes:
    head = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        "Accept: application/json",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


async def _crowd(host: tuple[str, int], requests: Sequence[bytes]) -> tuple[float, list[float]]:
    """All clients at once; the seconds of all and of each request."""
    start = time.perf_counter()
    each = await asyncio.gather(*(_client(host, requests, first) for first in range(CLIENTS)))
    return time.perf_counter() - start, [one for times in each for one in times]


async def _client(host: tuple[str, int], requests: Sequence[bytes], first: int) -> list[float]:
    """One connection that asks for one screen after the other, beginning with another than its neighbours."""
    reader, writer = await asyncio.open_connection(*host)
    times = []
    for at in range(EACH):
        start = time.perf_counter()
        writer.write(requests[(first + at) % len(requests)])
        await _answered(reader)
        times.append(time.perf_counter() - start)
    writer.close()
    await writer.wait_closed()
    return times


async def _answered(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise AssertionError(head)
    length = next(line for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
    body = await reader.readexactly(int(length.partition(b":")[2]))
    if b'"errors"' in body:
        raise AssertionError(body[:500])
