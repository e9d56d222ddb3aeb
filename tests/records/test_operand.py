"""What values in conditions mean for each type."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from steelyard.records.column import ColumnType
from steelyard.records.header import folded
from steelyard.records.operand import read_operand

CASES = (
    (ColumnType.TEXT, "a b", "a b"),
    (ColumnType.CHOICE, "adult", "adult"),
    (ColumnType.INTEGER, "-3", Fraction(-3)),
    (ColumnType.DECIMAL, "0.1", Fraction(1, 10)),
    (ColumnType.DECIMAL, "10%", None),
    (ColumnType.DURATION, "1.5", Fraction(3, 2)),
    (ColumnType.FLAG, "true", True),
    (ColumnType.FLAG, "yes", None),
    (ColumnType.DATE, "2024-02-29", date(2024, 2, 29)),
    (ColumnType.DATE, "2025-02-29", None),
    (ColumnType.DATE, "20250101", None),
    (ColumnType.DATETIME, "2025-01-01", datetime(2025, 1, 1)),
    (ColumnType.DATETIME, "2025-01-01 08:30", datetime(2025, 1, 1, 8, 30)),
    (ColumnType.DATETIME, "2025-01-01T08:30:15", datetime(2025, 1, 1, 8, 30, 15)),
    (ColumnType.DATETIME, "2025-01-01 25:00", None),
)


@pytest.mark.parametrize(("kind", "text", "value"), CASES, ids=[f"{kind} {text}" for kind, text, _ in CASES])
def test_an_operand_is_read_by_type(kind: ColumnType, text: str, value: object) -> None:
    assert read_operand(text, kind) == value


def test_headers_are_the_same_without_case_and_spaces() -> None:
    assert folded("Repair Type ") == folded("repair\u3000type") != folded("repair-type")
