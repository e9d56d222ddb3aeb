"""Columns: the objects of a list as columns of values, so that no objects are made where none are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
FindColumn = Callable[[str], list[Any] | None]
"""Gives the values of an attribute by its name, in the order of the objects; None if they are not kept so."""


class Columns(Sequence[T]):
    """A list whose objects are made as they are asked for; compiled selections read its columns instead.

    kind: the class of the objects. make: makes the one at a place. column: by the name of an attribute, or
    of a plain method without arguments, what it is for all objects; what it does not give is read from them.
    """

    __slots__ = ("_make", "_size", "column", "kind")

    def __init__(self, kind: type[T], size: int, make: Callable[[int], T], column: FindColumn) -> None:
        self.kind, self.column = kind, column
        self._size, self._make = size, make

    def __len__(self) -> int:
        """How many objects there are."""
        return self._size

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        """Make one object, or some."""
        places = range(self._size)[at]
        return self._make(places) if isinstance(places, int) else [self._make(each) for each in places]
