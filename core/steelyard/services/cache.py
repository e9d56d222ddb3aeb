"""Cache: what is kept between requests. Each thing is computed once, however many ask for it at a time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
LIMIT = 64
Stamps = Mapping[str, int]
"""Version stamps by topic; a topic that is absent is 0."""


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A value, the stamps as they were before it was loaded, and the moment at which that began."""

    value: T
    stamps: Stamps
    began: int


class Cache:
    """Values by key; beyond `limit` those asked for longest ago are dropped."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._tasks: OrderedDict[Hashable, asyncio.Task[Kept[Any]]] = OrderedDict()
        self.asked = self.loaded = 0
        """How often a value was asked for, and how often one had to be loaded."""

    def __len__(self) -> int:
        """How many values are kept or on their way."""
        return len(self._tasks)

    async def get(
        self,
        key: Hashable,
        load: Callable[[], Coroutine[Any, Any, Kept[T]]],
        is_fresh: Callable[[Kept[T]], bool],
    ) -> T:
        """Return the kept value if it is fresh, else load it.

        Loading goes on although the one who began it is cancelled: others may wait for it. An error
        reaches all who waited; whoever asks next tries again.
        """
        self.asked += 1
        while True:
            task = self._tasks.get(key)
            if task is None or (task.done() and not _is_usable(task, is_fresh)):
                task = self._begin(key, load)
            self._tasks.move_to_end(key)
            kept: Kept[T] = await asyncio.shield(task)
            if is_fresh(kept):
                return kept.value

    def drop(self, is_gone: Callable[[Hashable], bool]) -> None:
        """Forget the values of these keys; who waits for one that is loading is still given it."""
        for key in [each for each in self._tasks if is_gone(each)]:
            del self._tasks[key]

    async def close(self) -> None:
        """Stop what is still loading, and forget everything."""
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(
        self, key: Hashable, load: Callable[[], Coroutine[Any, Any, Kept[T]]]
    ) -> asyncio.Task[Kept[Any]]:
        self.loaded += 1
        task: asyncio.Task[Kept[Any]] = asyncio.create_task(load())
        task.add_done_callback(_retrieve)
        self._tasks[key] = task
        done = [old for old, other in self._tasks.items() if other.done()]
        for old in done[: max(0, len(self._tasks) - self._limit)]:
            del self._tasks[old]
        return task


def _is_usable(task: asyncio.Task[Kept[Any]], is_fresh: Callable[[Kept[Any]], bool]) -> bool:
    return not task.cancelled() and task.exception() is None and is_fresh(task.result())


def _retrieve(task: asyncio.Task[Kept[Any]]) -> None:
    """Look at the outcome, lest asyncio complains of an error that nobody was left to hear."""
    if not task.cancelled():
        task.exception()
