"""Batches: objects of one type that are read together, whether they exist or only their columns do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Protocol

from steelyard_graphql.compiled.columns import Columns


class Batch(Protocol):
    """Objects of one type."""

    def __len__(self) -> int:
        """How many they are."""

    @property
    def objects(self) -> Sequence[Any]:
        """All of them."""

    def column(self, name: str) -> list[Any] | None:
        """What is kept as a column under a name, None if nothing is."""


class Objects:
    """Objects that exist."""

    def __init__(self, objects: Sequence[Any]) -> None:
        self.objects = objects

    def __len__(self) -> int:
        """How many they are."""
        return len(self.objects)

    def column(self, name: str) -> list[Any] | None:
        """Nothing: it has to be read from the objects."""
        return None


class Joined:
    """The objects of several lists kept as columns, one list after the other."""

    def __init__(self, lists: Sequence[Columns[Any]]) -> None:
        self._lists = lists
        self._objects: list[Any] | None = None

    def __len__(self) -> int:
        """How many they are."""
        return sum(map(len, self._lists))

    @property
    def objects(self) -> list[Any]:
        """All of them, made once."""
        if self._objects is None:
            self._objects = list(chain.from_iterable(self._lists))
        return self._objects

    def column(self, name: str) -> list[Any] | None:
        """A column of all lists; None where one of them does not keep it."""
        parts = []
        for each in self._lists:
            part = each.column(name)
            if part is None:
                return None
            parts.append(part)
        return parts[0] if len(parts) == 1 else list(chain.from_iterable(parts))
