"""Reading ahead: the next batches are made in a thread of their own while the last one is worked on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pyarrow as pa

DEPTH = 2
"""So many: while two batches are worked on together, the two can be made that will be together next."""


class ReadAhead:
    """Iterates over batches, of which at most `DEPTH` are there before they are asked for.

    Nothing is read before the first is asked for, nor after `close`. What reading raises is raised where the
    batch would have come.
    """

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._waiting: deque[Future[pa.RecordBatch | None]] = deque()
        self._thread: ThreadPoolExecutor | None = None
        self._closed = False

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        return self

    def __next__(self) -> pa.RecordBatch:
        if self._closed:
            raise StopIteration
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "read-ahead")
        while len(self._waiting) <= DEPTH:
            self._waiting.append(self._thread.submit(next, self._batches, None))
        found = self._waiting.popleft().result()
        if found is None:
            self.close()
            raise StopIteration
        return found

    def close(self) -> None:
        """End the thread: it finishes the batch that it is at, no other. May be called twice."""
        self._closed = True
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=True)
