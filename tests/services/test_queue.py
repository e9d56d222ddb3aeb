"""Work that keeps a processor busy takes turns."""

from __future__ import annotations

import asyncio
import threading

import pytest

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import SteelyardError, TransientError
from steelyard.services.problems import SEARCHES_TOO_MANY
from steelyard.services.queue import Queue

SCOPE = Scope(1)


async def test_so_many_at_once_and_so_many_in_all() -> None:
    queue = Queue(SEARCHES_TOO_MANY, at_once=2, per_account=5)
    lock, running, most = threading.Lock(), 0, 0

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.02)
        with lock:
            running -= 1

    asked = [queue.run(LOCAL_ADMINISTRATOR, SCOPE, work) for _ in range(7)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    refused = [each for each in found if isinstance(each, TransientError)]
    assert [each.code for each in refused] == ["SEARCHES_TOO_MANY"] * 2
    assert most == 2
    assert await queue.run(LOCAL_ADMINISTRATOR, SCOPE, lambda: 7) == 7


async def test_a_turn_ends_with_its_thread_whoever_has_gone() -> None:
    queue, ends = Queue(SEARCHES_TOO_MANY, at_once=1, per_account=1), threading.Event()
    asked = asyncio.create_task(queue.run(LOCAL_ADMINISTRATOR, SCOPE, ends.wait))
    await asyncio.sleep(0.01)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    with pytest.raises(SteelyardError):
        await queue.run(LOCAL_ADMINISTRATOR, SCOPE, lambda: 7)
    ends.set()
