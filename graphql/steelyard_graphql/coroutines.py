"""Coroutines of one request: those that nobody came to wait for are closed when it is over.

A resolver that waits is a coroutine long before it runs. Where its request ends first, Python would warn of
each that was dropped.
"""

from __future__ import annotations

from inspect import CORO_CREATED, getcoroutinestate
from types import CoroutineType
from typing import Any

FEW = 1_000


class Coroutines:
    """All that were made and may not have begun."""

    def __init__(self) -> None:
        self._made: list[CoroutineType[Any, Any, Any]] = []
        self._many = FEW

    def keep(self, made: object) -> None:
        """Close it in the end, if it is a coroutine that has not begun by then."""
        if isinstance(made, CoroutineType):
            self._made.append(made)
            if len(self._made) > self._many:
                self._made = self._waiting()
                self._many = 2 * len(self._made) + FEW

    def close(self) -> None:
        """Close those that have not begun: no task may be about to begin one."""
        for each in self._waiting():
            each.close()
        self._made = []

    def _waiting(self) -> list[CoroutineType[Any, Any, Any]]:
        return [each for each in self._made if getcoroutinestate(each) == CORO_CREATED]
