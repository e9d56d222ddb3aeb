"""Generators: made-up records for a table of a pack, of any size, for samples, tests and benchmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Packs without records should not wait for its import.
    from pyarrow import RecordBatch


@dataclass(frozen=True, slots=True)
class GeneratorRequest:
    """What records are wanted.

    rows: how many, over all batches.
    seed: of the random numbers; the same request gives the same bytes.
    units: the codes of the units that they are about.
    start, end: the days that they are about, `end` excluded.
    faults: the share of rows (0…1) with a fault as real files have them: an empty cell that is required, an
        unknown choice, an impossible date, a key that occurs twice. 0: every row is valid.
    """

    rows: int
    seed: int
    units: tuple[str, ...]
    start: date
    end: date
    faults: float = 0.0


@dataclass(frozen=True, slots=True)
class RecordGenerator:
    """Makes records of one table.

    table: its name in the pack's `records.yaml`.
    generate: yields batches of text: one string column for each declared column, named by its code, in the
        order of the declaration, as a file would have it (ISO dates, plain decimals, choice codes, `true` and
        `false`); null is an empty cell.
    """

    table: str
    generate: Callable[[GeneratorRequest], Iterator[RecordBatch]]
