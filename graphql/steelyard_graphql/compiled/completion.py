"""Completion: columns of objects and of lists become what is answered for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from types import NoneType
from typing import Any

from steelyard_graphql.compiled.batch import Joined, Objects
from steelyard_graphql.compiled.columns import Columns
from steelyard_graphql.compiled.misfit import Misfit
from steelyard_graphql.compiled.selection import Selection
from steelyard_graphql.compiled.tally import Tally

Completion = Callable[[list[Any], Tally], list[Any]]
"""Makes of a column of values what is answered. Raises Misfit, or what types and methods raise."""


class ObjectsOf:
    """Completes columns of objects of one type."""

    def __init__(self, selection: Selection, *, nullable: bool) -> None:
        self.selection, self._nullable = selection, nullable

    def __call__(self, values: list[Any], tally: Tally) -> list[Any]:
        """Return what is answered for each object."""
        kinds = set(map(type, values))
        if NoneType in kinds:
            if not self._nullable:
                raise Misfit
            known = [value for value in values if value is not None]
            answered = iter(self(known, tally))
            return [None if value is None else next(answered) for value in values]
        if not kinds <= self.selection.kinds:
            raise Misfit
        return self._shared(values, tally) if self.selection.is_flat else self._answered(values, tally)

    def _answered(self, values: list[Any], tally: Tally) -> list[Any]:
        return self.selection.answer(Objects(values), tally)

    def _shared(self, values: list[Any], tally: Tally) -> list[Any]:
        """As `_answered`, but what stands in many places is answered once: a few bands for many scores."""
        different = dict(zip(map(id, values), values, strict=True))
        if len(different) == len(values):
            return self._answered(values, tally)
        tally.add((len(values) - len(different)) * self.selection.width)
        answered = self._answered(list(different.values()), tally)
        by_id = dict(zip(different, answered, strict=True))
        return list(map(by_id.__getitem__, map(id, values)))


class ListsOf:
    """Completes columns of lists. holds_objects: whether there are objects in them, at any depth."""

    def __init__(self, items: Completion, *, nullable: bool, holds_objects: bool) -> None:
        self._items, self._nullable, self._holds_objects = items, nullable, holds_objects

    def __call__(self, values: list[Any], tally: Tally) -> list[Any]:
        """Return what is answered for each list."""
        kinds = set(map(type, values))
        if NoneType in kinds:
            if not self._nullable:
                raise Misfit
            known = [value for value in values if value is not None]
            answered = iter(self(known, tally))
            return [None if value is None else next(answered) for value in values]
        if not kinds <= {list, tuple, Columns}:
            raise Misfit
        sizes = [len(value) for value in values]
        if self._holds_objects:
            # Before they are read: each has a field at least.
            tally.expect(sum(sizes))
        if kinds == {Columns} and isinstance(self._items, ObjectsOf):
            return _cut(self._joined(self._items.selection, values, tally), sizes)
        items = list(chain.from_iterable(values))
        answers = self._items(items, tally)
        return values if answers is items and kinds == {list} else _cut(answers, sizes)

    @staticmethod
    def _joined(selection: Selection, values: Sequence[Columns[Any]], tally: Tally) -> list[Any]:
        if not {each.kind for each in values} <= selection.kinds:
            raise Misfit
        return selection.answer(Joined(values), tally)


def _cut(items: list[Any], sizes: list[int]) -> list[Any]:
    """The items of lists one after the other as lists again."""
    lists, start = [], 0
    for size in sizes:
        lists.append(items[start : start + size])
        start += size
    return lists
