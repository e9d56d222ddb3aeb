"""Queues: work that keeps a processor busy takes turns, and only so much of it waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Kind
from steelyard.services.places import Places

T = TypeVar("T")
OF_TENANT, OF_ACCOUNT = 16, 8


class Queue:
    """The work of one kind in a process: `at_once` at a time, and so much in all as there are places."""

    def __init__(
        self, kind: Kind, *, at_once: int, per_tenant: int = OF_TENANT, per_account: int = OF_ACCOUNT
    ) -> None:
        self._places = Places(kind, per_tenant, per_account)
        self._turns = asyncio.Semaphore(at_once)

    @property
    def taken(self) -> int:
        """How much runs or waits."""
        return self._places.taken

    @asynccontextmanager
    async def turn(self, actor: Actor, scope: Scope) -> AsyncIterator[None]:
        """Wait for a turn and have it. Raises TransientError where too many wait already."""
        self._places.take(actor, scope)
        try:
            async with self._turns:
                yield
        finally:
            self._places.leave(actor, scope)

    async def run(self, actor: Actor, scope: Scope, work: Callable[[], T]) -> T:
        """Do something in a thread when its turn has come. Raises TransientError as `turn` does.

        Nobody can stop a thread: its turn ends with it, also where whoever asked has gone.
        """

        async def work_through() -> T:
            async with self.turn(actor, scope):
                return await asyncio.to_thread(work)

        return await asyncio.shield(asyncio.ensure_future(work_through()))
