"""Selections: what is answered for objects of one type: readers of fields and what completes their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard_graphql.compiled.batch import Batch
from steelyard_graphql.compiled.misfit import Misfit
from steelyard_graphql.compiled.readers import Reader
from steelyard_graphql.compiled.rows import rows_of
from steelyard_graphql.compiled.tally import Tally


@dataclass(frozen=True, slots=True)
class Selected:
    """One field: the name it has in the answer, how it is read, and what completes it.

    is_leaf: whether nothing is selected below it.
    """

    key: str
    read: Reader
    complete: Callable[[list[Any], Tally], list[Any]]
    is_leaf: bool


class Selection:
    """The fields selected of a type. kinds: the classes of its objects."""

    def __init__(self, kinds: frozenset[type], fields: Sequence[Selected]) -> None:
        self.kinds = kinds
        self._fields = fields
        self._keys = tuple(field.key for field in fields)
        self.width = len(fields)
        """How many fields are answered for each object itself."""
        self.is_flat = all(field.is_leaf for field in fields)
        """Whether these are all."""

    def answer(self, batch: Batch, tally: Tally) -> list[dict[str, Any]]:
        """Return what is answered for each object. Raises Misfit, or what types and methods raise."""
        count = len(batch)
        tally.add(count * self.width)
        columns = []
        for field in self._fields:
            tally.look()
            columns.append(field.complete(field.read(batch, tally), tally))
        if not columns:
            return [{} for _ in range(count)]
        if set(map(len, columns)) != {count}:
            raise Misfit
        return rows_of(self._keys)(columns)
