"""Readers: how the values of one field are read from all objects of a batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from steelyard_graphql.compiled.batch import Batch
from steelyard_graphql.compiled.tally import Tally

Reader = Callable[[Batch, Tally], list[Any]]
"""Gives a value for each object. What it raises the usual way raises as well, and says where."""


@dataclass(frozen=True, slots=True)
class Typename:
    """`__typename`."""

    name: str

    def __call__(self, batch: Batch, tally: Tally) -> list[Any]:
        """The name of the type for each object."""
        return [self.name] * len(batch)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute."""

    name: str

    def __call__(self, batch: Batch, tally: Tally) -> list[Any]:
        """The attribute of each object."""
        name, kept = self.name, batch.column(self.name)
        return [getattr(each, name) for each in batch.objects] if kept is None else kept


@dataclass(frozen=True, slots=True)
class Method:
    """A method with its arguments; takes_none: it has no parameters, so that it may be kept as a column."""

    name: str
    call: Callable[..., Any]
    arguments: Mapping[str, Any]
    takes_none: bool

    def __call__(self, batch: Batch, tally: Tally) -> list[Any]:
        """What it returns for each object."""
        kept = batch.column(self.name) if self.takes_none else None
        if kept is not None:
            return kept
        call, arguments = self.call, self.arguments
        return [call(each, **arguments) for each in batch.objects]


@dataclass(frozen=True, slots=True)
class ListingMethod(Method):
    """A method that returns lists: each object may bring forth many more, so they are counted on the way."""

    def __call__(self, batch: Batch, tally: Tally) -> list[Any]:
        """What it returns for each object. Raises TooMany where all that would be too much."""
        kept = batch.column(self.name) if self.takes_none else None
        if kept is not None:
            return kept
        found, items = [], 0
        for each in batch.objects:
            listed = self.call(each, **self.arguments)
            found.append(listed)
            items += 1 if listed is None else len(listed)
            tally.expect(items)
        return found
