"""Days cut at the borders of all calendars' periods, so that what adds up is counted once for all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pyarrow as pa

from steelyard.intake.measures.spans import Span
from steelyard.scheme.calendar import Period

Place = tuple[int, int]
"""A unit's id and the position of a period in its span."""
PIECE = "steelyard:piece"


@dataclass(frozen=True, slots=True)
class Cut:
    """The periods of one calendar, and the units and periods that are asked for; None: wherever rows are."""

    span: Span
    places: Collection[Place] | None = None


@dataclass(frozen=True)
class Pieces:
    """The stretches of days between two borders of periods; piece i begins at border i."""

    cuts: Sequence[Cut]

    @cached_property
    def borders(self) -> list[date]:
        """All first days of periods, and all days behind their last, ascending."""
        periods = [period for cut in self.cuts for period in cut.span.periods]
        return sorted({day for period in periods for day in (period.start, period.end)})

    def of(self, period: Period) -> range:
        """The pieces of a period."""
        return range(bisect_left(self.borders, period.start), bisect_left(self.borders, period.end))

    @cached_property
    def used(self) -> list[int]:
        """The pieces that are in any period, ascending."""
        return sorted(
            {piece for cut in self.cuts for period in cut.span.periods for piece in self.of(period)}
        )

    def days(self) -> pa.Table:
        """One row a day that is in any period: `day`, and its piece as `PIECE`."""
        days = [(day, piece) for piece in self.used for day in self._days(piece)]
        return pa.table(
            {
                "day": pa.array([day for day, _ in days], pa.date32()),
                PIECE: pa.array([piece for _, piece in days], pa.int64()),
            }
        )

    def places(self) -> set[Place] | None:
        """The units and pieces that are asked for; None: all."""
        found: set[Place] = set()
        for cut in self.cuts:
            if cut.places is None:
                return None
            for unit_id, at in cut.places:
                found.update((unit_id, piece) for piece in self.of(cut.span.periods[at]))
        return found

    def _days(self, piece: int) -> Iterator[date]:
        first, end = self.borders[piece : piece + 2]
        return (first + timedelta(days=each) for each in range((end - first).days))
