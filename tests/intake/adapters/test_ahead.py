"""Reading ahead: the same batches, errors in their place, and an end when it is closed."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest

from steelyard.intake.adapters.ahead import DEPTH, ReadAhead


def numbers(made: list[int], count: int) -> Iterator[pa.RecordBatch]:
    """Batches of one number each, which tell when they are made; then a failure."""
    for number in range(count):
        made.append(number)
        yield pa.record_batch({"n": [number]})
    raise OSError("gone")


def test_batches_come_in_order_and_errors_behind_them() -> None:
    """Nothing is read before it is asked for."""
    made: list[int] = []
    batches = ReadAhead(numbers(made, 5))
    assert made == []
    assert [next(batches)["n"].to_pylist() for _ in range(5)] == [[number] for number in range(5)]
    with pytest.raises(OSError, match="gone"):
        next(batches)
    assert made == [0, 1, 2, 3, 4]


def test_no_more_than_a_few_are_read_ahead_and_none_after_closing() -> None:
    """Closing ends the thread; it may be called twice."""
    made: list[int] = []
    batches = ReadAhead(numbers(made, 100))
    next(batches)
    batches.close()
    batches.close()
    assert len(made) <= DEPTH + 1
    assert list(batches) == []


def test_nothing_is_nothing() -> None:
    """An iterator without batches."""
    assert list(ReadAhead(iter(()))) == []
