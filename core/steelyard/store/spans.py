"""What holds for a time: a value from a day on, until the day another one takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Table, and_, or_

BEGINNING = date(1, 1, 1)
"""The day from which holds what has always been so."""

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Span(Generic[V]):
    """`value` holds in [valid_from, valid_to); without an end where `valid_to` is None."""

    value: V
    valid_from: date
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the value holds on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class History(Generic[V]):
    """The spans of one thing; at most one covers a day."""

    def __init__(self) -> None:
        self.spans: dict[date, Span[V]] = {}

    def add(self, span: Span[V]) -> None:
        """Take in a span as recorded."""
        self.spans[span.valid_from] = span

    def value_on(self, day: date) -> V | None:
        """The value that holds on a day."""
        return next((span.value for span in self.spans.values() if span.covers(day)), None)

    def change(self, value: V, day: date) -> list[Span[V]]:
        """Let `value` hold from `day` until the next change on record; return the spans that differ now."""
        before = next((span for span in self.spans.values() if span.covers(day)), None)
        if before is not None and before.value == value:
            return []
        if before is not None:
            until = before.valid_to
        else:
            until = min((start for start in self.spans if start > day), default=None)
        changed = [Span(value, day, until)]
        if before is not None and before.valid_from < day:
            changed.append(Span(before.value, before.valid_from, day))
        for span in changed:
            self.add(span)
        return changed


def holds_on(table: Table, day: date) -> ColumnElement[bool]:
    """Say in SQL that a row's [valid_from, valid_to) covers the day."""
    start, end = table.c["valid_from"], table.c["valid_to"]
    return and_(start <= day, or_(end.is_(None), end > day))
