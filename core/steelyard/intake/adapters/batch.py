"""Batches of text cells, as every adapter yields them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

BATCH_ROWS = 16_384


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a source: its number, its cells (None is empty), or a fault and the raw text."""

    row: int
    cells: Sequence[str | None] = ()
    fault: str | None = None
    raw: str | None = None


def schema(width: int) -> pa.Schema:
    """The schema of a batch with so many cells a row."""
    cells = [(f"c{index}", pa.string()) for index in range(width)]
    return pa.schema([("row", pa.int64()), ("fault", pa.string()), ("raw", pa.string()), *cells])


def batch(lines: Sequence[Line], width: int) -> pa.RecordBatch:
    """One batch of lines; every line without a fault has `width` cells. An empty text becomes null."""
    empty: tuple[None, ...] = (None,) * width
    rows = [empty if line.fault is not None else line.cells for line in lines]
    columns: list[Sequence[str | None]] = list(zip(*rows, strict=True)) if rows else [()] * width
    arrays = [
        pa.array([line.row for line in lines], pa.int64()),
        pa.array([line.fault for line in lines], pa.string()),
        pa.array([_text(line.raw) for line in lines], pa.string()),
        *(pa.array([_text(cell) or None for cell in column], pa.string()) for column in columns),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema(width))


def of_columns(first: int, columns: Sequence[pa.Array]) -> pa.RecordBatch:
    """One batch of whole columns of text, numbered from `first`, without faults."""
    count = len(columns[0])
    numbers = pa.array(np.arange(first, first + count, dtype=np.int64))
    nothing = pa.nulls(count, pa.string())
    return pa.RecordBatch.from_arrays([numbers, nothing, nothing, *columns], schema=schema(len(columns)))


def storable(name: str) -> str:
    """A header that files and databases can hold: a lone surrogate or U+0000 is shown by its escape."""
    return (_text(name) or "").replace("\0", "\\x00")


def _text(cell: str | None) -> str | None:
    """A text that Arrow can hold: a lone surrogate (JSON can write one) is shown by its escape."""
    if cell is None or cell.isascii():
        return cell
    return cell.encode("utf-8", "backslashreplace").decode("utf-8")
