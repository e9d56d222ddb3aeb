"""Rows that are counted by unit and day: counted of units and periods without a look at the rows."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pyarrow as pa

from steelyard.intake.measures.census import cuts_of
from steelyard.intake.measures.pieces import Pieces
from steelyard.intake.measures.spans import Cell
from steelyard.scheme.calendar import Calendar


def cells_of_days(days: pa.Table, calendars: Collection[Calendar]) -> dict[Cell, int]:
    """How many rows there are by unit and period, of those that have any.

    days: the number of `rows` of a `unit_id` on a `day`, each unit and day once.
    """
    if not days.num_rows:
        return {}
    column = days.column("day").to_numpy()
    first, last = column.min().item(), column.max().item()
    cuts = cuts_of(calendars, None, (), [(first, last)])
    pieces = Pieces(cuts)
    units, at = np.unique(days.column("unit_id").to_numpy(), return_inverse=True)
    # The first column is of days before any period.
    columns = len(pieces.borders) + 1
    piece = np.searchsorted(np.array(pieces.borders, column.dtype), column, side="right")
    by_piece = np.zeros((len(units), columns), np.int64)
    np.add.at(by_piece, (at, piece), days.column("rows").to_numpy())
    found: dict[Cell, int] = {}
    for cut in cuts:
        for period in cut.span.periods:
            of = pieces.of(period)
            numbers = by_piece[:, of.start + 1 : of.stop + 1].sum(axis=1)
            for unit in np.flatnonzero(numbers):
                found[int(units[unit]), cut.span.calendar, period.code] = int(numbers[unit])
    return found
