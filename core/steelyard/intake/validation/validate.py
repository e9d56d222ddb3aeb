"""From batches of text to a typed part and a file of rejected rows: every row is in one of them, or blank."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.intake.validation.result import IsCancelled, Report, Validated
from steelyard.records.table import RecordTable

if TYPE_CHECKING:
    from steelyard.intake.adapters.adapter import Rows


def validate(
    rows: Rows,
    table: RecordTable,
    units: Mapping[str, int],
    folder: Path,
    *,
    report: Report,
    cancelled: IsCancelled,
) -> Validated:
    """Type all rows by `table`; units: unit_id by code. Writes `part.parquet` and `rejects.csv` into `folder`.

    Raises InvalidInput where the file as a whole cannot be read as this table (no header, a column missing,
    two columns for one), Cancelled once `cancelled()` is true; then nothing is left in `folder`.
    """
    raise NotImplementedError
