"""What validation hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from steelyard.errors import Problem

Report = Callable[[int], None]
"""Called between batches with the number of rows read so far; it must return at once."""
IsCancelled = Callable[[], bool]
"""Asked between batches; once it is true, validation ends with Cancelled."""


class Cancelled(Exception):
    """Validation was cancelled; the files that it had begun are gone."""


@dataclass(frozen=True, slots=True)
class Extent:
    """From which day to which, both included, the part has rows of a unit, and how many."""

    unit_id: int
    first_day: date
    last_day: date
    rows: int


@dataclass(frozen=True, slots=True)
class Validated:
    """The files of one validation and what is in them: stored + rejected + blank = all rows of data.

    part, rejects: None where there are no such rows. headings: rows above the header, which are no data.
    ignored: headers that the table does not declare. rejections: how often each code of a problem occurs (a
    row may have several). problems: the first of them in detail. extents: by unit_id. days: how many `rows`
    the part has of each `unit_id` on each `day`, in any order. warnings: how the source was read.
    """

    part: Path | None
    rejects: Path | None
    stored: int
    rejected: int
    blank: int
    headings: int
    extents: tuple[Extent, ...]
    days: pa.Table
    ignored: tuple[str, ...]
    rejections: Mapping[str, int]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
