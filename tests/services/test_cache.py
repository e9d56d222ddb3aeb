"""What is kept is computed once, and anew when it is stale, failed or cancelled."""

from __future__ import annotations

import asyncio

import pytest

from steelyard.services.cache import Cache, Kept


class Loader:
    """Counts how often it was asked; each value is the number of the call."""

    def __init__(self, failures: int = 0) -> None:
        self.calls = 0
        self.failures = failures
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self) -> Kept[int]:
        self.calls += 1
        number = self.calls
        await self.gate.wait()
        if number <= self.failures:
            raise OSError("gone")
        return Kept(number, {}, number)


def always(kept: Kept[int]) -> bool:
    return True


async def test_all_who_ask_at_once_get_one_value() -> None:
    cache, load = Cache(), Loader()
    assert await asyncio.gather(*(cache.get("key", load, always) for _ in range(9))) == [1] * 9
    assert await cache.get("key", load, always) == 1
    assert load.calls == 1


async def test_a_stale_value_is_loaded_again() -> None:
    cache, load = Cache(), Loader()
    await cache.get("key", load, always)
    assert await cache.get("key", load, lambda kept: kept.began > 1) == 2


async def test_who_needs_a_newer_value_waits_for_the_next() -> None:
    cache, load = Cache(), Loader()
    load.gate.clear()
    old = asyncio.create_task(cache.get("key", load, always))
    await asyncio.sleep(0)
    new = asyncio.create_task(cache.get("key", load, lambda kept: kept.began > 1))
    await asyncio.sleep(0)
    load.gate.set()
    assert (await old, await new) == (1, 2)


async def test_an_error_is_not_kept() -> None:
    cache, load = Cache(), Loader(failures=1)
    with pytest.raises(OSError, match="gone"):
        await cache.get("key", load, always)
    assert await cache.get("key", load, always) == 2


async def test_others_still_get_what_a_cancelled_one_began() -> None:
    cache, load = Cache(), Loader()
    load.gate.clear()
    first = asyncio.create_task(cache.get("key", load, always))
    second = asyncio.create_task(cache.get("key", load, always))
    await asyncio.sleep(0)
    first.cancel()
    load.gate.set()
    assert await second == 1
    assert load.calls == 1


async def test_what_was_asked_for_longest_ago_is_dropped() -> None:
    cache, load = Cache(limit=2), Loader()
    for key in ("a", "b", "a", "c", "d", "a"):
        await cache.get(key, load, always)
    assert load.calls == 5


async def test_closing_stops_what_is_loading() -> None:
    cache, load = Cache(), Loader()
    load.gate.clear()
    waiting = asyncio.create_task(cache.get("key", load, always))
    await asyncio.sleep(0)
    await cache.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
