"""The client: the same connections ask one server and then the other, in turn."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from outside.race import processor


@dataclass(slots=True)
class Runner:
    """One server that takes part, asked one question, with what was measured of it."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    processes: Sequence[int]
    """Those that answer, PostgreSQL's among them."""
    latencies: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Seconds of the processors that a request took, on the mean of a lap."""

    def run(self, connections: int, requests: int, *, counted: bool = True) -> None:
        """Send so many requests over each of so many connections."""
        before, start = processor.seconds(self.processes), time.perf_counter()
        with ThreadPoolExecutor(connections) as threads:
            taken = list(threads.map(lambda _: self._connection(requests), range(connections)))
        after = processor.seconds(self.processes)
        if counted:
            self.rates.append(connections * requests / (time.perf_counter() - start))
            self.latencies += [seconds for each in taken for seconds in each]
            if before is not None and after is not None:
                self.processor.append((after - before) / (connections * requests))

    def answer(self) -> bytes:
        """One answer. Raises RuntimeError for any status but 200."""
        connection = self._connected()
        try:
            return self._ask(connection)
        finally:
            connection.close()

    @property
    def rate(self) -> float:
        """Requests per second: the median of the laps."""
        return statistics.median(self.rates)

    def percentile(self, share: float) -> float:
        """Seconds within which this share of the requests was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def _connection(self, requests: int) -> list[float]:
        connection = self._connected()
        taken = []
        for _ in range(requests):
            start = time.perf_counter()
            self._ask(connection)
            taken.append(time.perf_counter() - start)
        connection.close()
        return taken

    def _connected(self) -> http.client.HTTPConnection:
        place = urlsplit(self.url)
        return http.client.HTTPConnection(place.hostname or "", place.port, timeout=120)

    def _ask(self, connection: http.client.HTTPConnection) -> bytes:
        connection.request("POST", urlsplit(self.url).path, self.body, dict(self.headers))
        response = connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {content[:300]!r}")
        return content
