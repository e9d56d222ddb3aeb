"""The records of a unit in a period that a check flags, page by page."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from steelyard.intake.measures.behind import Asked, Page, RecordRow, page_of
from steelyard.intake.measures.conditions import Columns
from steelyard.intake.measures.engine import Engine
from steelyard.intake.measures.parts import DAY, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.spans import PERIOD
from steelyard.intake.quality.checking import EXAMINED, FLAGGED, flagged_rows
from steelyard.intake.quality.outliers import with_outliers
from steelyard.records.check import RecordCheck
from steelyard.scheme.calendar import Period


def rows_flagged(
    engine: Engine, source: TableParts, check: RecordCheck, unit_id: int, period: Period, asked: Asked
) -> Page[RecordRow]:
    """A page of the flagged records. Raises KeyInvalid."""
    rows = rows_in_force(engine, source)
    if rows is None:
        return Page((), 0, 0)
    columns = Columns(source.table)
    days = (nw.col(DAY) >= nw.lit(period.start)) & (nw.col(DAY) < nw.lit(period.end))
    # A duplicate may be one of any unit's record: what it is compared with is all that counts.
    found = flagged_rows(rows, check, columns).filter(days & (nw.col(UNIT) == unit_id))
    found = found.with_columns(nw.lit(0).cast(nw.Int64).alias(PERIOD))
    if check.outlier is not None:
        found = with_outliers(found, check.outlier, columns, EXAMINED, FLAGGED)
    return page_of(found.filter(nw.col(FLAGGED)), source, asked, lambda row, _: row)
