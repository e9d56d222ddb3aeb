from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.intake.cell import Fault, read_cell, shown
from steelyard.intake.notation import Notation
from steelyard.scoring.outcome import Status

READ = [
    ("12", Notation.PLAIN, Fraction(12)),
    (" 19.6 ", Notation.PLAIN, Fraction(196, 10)),
    ("-3", Notation.PLAIN, Fraction(-3)),
    ("+.5", Notation.PLAIN, Fraction(1, 2)),
    ("1.", Notation.PLAIN, Fraction(1)),
    ("1e-3", Notation.PLAIN, Fraction(1, 1000)),
    ("98", Notation.PERCENT, Fraction(98)),
    ("98%", Notation.PERCENT, Fraction(98)),
    ("98 %", Notation.PERCENT, Fraction(98)),
    ("98%", Notation.RATE, Fraction(98, 100)),
    ("0.98", Notation.RATE, Fraction(98, 100)),
    ("1", Notation.RATE, Fraction(1)),
    ("120%", Notation.SHARE, Fraction(12, 10)),
    ("-5%", Notation.SHARE, Fraction(-5, 100)),
    ("50%", Notation.OPEN, Fraction(1, 2)),
    ("7", Notation.OPEN, Fraction(7)),
    ("2.5", Notation.COUNT, Fraction(5, 2)),
    ("", Notation.PLAIN, Status.MISSING),
    (" \t", Notation.PLAIN, Status.MISSING),
    ("n/a", Notation.PLAIN, Status.NOT_APPLICABLE),
    ("N/A", Notation.COUNT, Status.NOT_APPLICABLE),
    ("不适用", Notation.RATE, Status.NOT_APPLICABLE),
]

FAULTS = [
    ("abc", Notation.PLAIN, "TABLE_NOT_A_NUMBER"),
    ("-", Notation.PLAIN, "TABLE_NOT_A_NUMBER"),
    ("无", Notation.PLAIN, "TABLE_NOT_A_NUMBER"),
    ("%", Notation.RATE, "TABLE_NOT_A_NUMBER"),
    ("1/2", Notation.PLAIN, "TABLE_NOT_A_NUMBER"),
    ("0x10", Notation.PLAIN, "TABLE_NOT_A_NUMBER"),
    ("１２", Notation.PLAIN, "TABLE_FULL_WIDTH"),
    ("98％", Notation.RATE, "TABLE_FULL_WIDTH"),
    ("ｎ／ａ", Notation.PLAIN, "TABLE_FULL_WIDTH"),
    ("−5", Notation.PLAIN, "TABLE_FULL_WIDTH"),
    ("1,234", Notation.PLAIN, "TABLE_THOUSANDS_SEPARATOR"),
    ("1,234,567.5", Notation.PLAIN, "TABLE_THOUSANDS_SEPARATOR"),
    ("1.234,5", Notation.PLAIN, "TABLE_THOUSANDS_SEPARATOR"),
    ("98,5", Notation.PLAIN, "TABLE_THOUSANDS_SEPARATOR"),
    ("1 234", Notation.PLAIN, "TABLE_THOUSANDS_SEPARATOR"),
    ("1_000", Notation.PLAIN, "TABLE_THOUSANDS_SEPARATOR"),
    ("＄p", Notation.PLAIN, "TABLE_NOT_A_NUMBER"),
    ("nan", Notation.PLAIN, "TABLE_NOT_FINITE"),
    ("-Infinity", Notation.PLAIN, "TABLE_NOT_FINITE"),
    ("1e400", Notation.PLAIN, "TABLE_NUMBER_TOO_LONG"),
    ("1" * 61, Notation.PLAIN, "TABLE_NUMBER_TOO_LONG"),
    ("12%", Notation.PLAIN, "TABLE_PERCENT_REFUSED"),
    ("12%", Notation.COUNT, "TABLE_PERCENT_REFUSED"),
    ("98", Notation.RATE, "TABLE_RATE_ABOVE_ONE"),
    ("1.01", Notation.SHARE, "TABLE_RATE_ABOVE_ONE"),
    ("-5", Notation.SHARE, "TABLE_RATE_ABOVE_ONE"),
    ("101%", Notation.RATE, "TABLE_RATE_OUT_OF_RANGE"),
    ("-0.1", Notation.RATE, "TABLE_RATE_OUT_OF_RANGE"),
    ("100.5", Notation.PERCENT, "TABLE_RATE_OUT_OF_RANGE"),
    ("-1", Notation.COUNT, "TABLE_NEGATIVE_COUNT"),
]


@pytest.mark.parametrize(("text", "notation", "expected"), READ)
def test_cells_are_read_exactly(text: str, notation: Notation, expected: Fraction | Status) -> None:
    assert read_cell(text, notation) == expected


@pytest.mark.parametrize(("text", "notation", "code"), FAULTS)
def test_what_cannot_be_read_is_a_fault(text: str, notation: Notation, code: str) -> None:
    fault = read_cell(text, notation)
    assert isinstance(fault, Fault)
    assert fault.kind.code == code


def test_a_full_width_number_is_shown_as_it_should_be_written() -> None:
    fault = read_cell("１２．５％", Notation.RATE)
    assert isinstance(fault, Fault)
    assert fault.values["plain"] == "12.5%"


@pytest.mark.parametrize(
    ("text", "expected"), [("a\x1b[31m", "a\\x1b[31m"), ("x" * 50, "x" * 40 + "…"), ("中文", "中文")]
)
def test_messages_show_short_harmless_texts(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text(max_size=80), st.sampled_from(Notation))
def test_any_text_is_read_or_a_fault_that_can_be_told(text: str, notation: Notation) -> None:
    read = read_cell(text, notation)
    assert isinstance(read, Fraction | Status | Fault)
    if isinstance(read, Fault):
        read.kind.message.format({"measure": "m", **read.values})
        read.kind.advice.format({"measure": "m", **read.values})
