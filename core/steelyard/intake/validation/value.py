"""One cell, by the type of its column: a value, nothing, or a fault. These rules decide."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from steelyard.intake.cell import Fault, shown
from steelyard.intake.validation.moment import read_date, read_datetime
from steelyard.intake.validation.number import read_decimal, read_integer
from steelyard.intake.validation.problems import (
    ABOVE,
    BELOW,
    CONTROL,
    NOT_A_FLAG,
    PLACEHOLDER,
    TOO_LONG,
    UNKNOWN_CHOICE,
)
from steelyard.intake.validation.spelling import FLAGS, choice_words, normal
from steelyard.records.column import ColumnType, RecordColumn
from steelyard.scheme.number import decimal_text

Value = str | int | Decimal | bool | date | datetime
LONGEST = 4_000
"""Letters of a text."""
PLACEHOLDERS = frozenset(("null", "nan", "#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"))
"""What programs write where they have nothing: no text either."""
DASHES = frozenset(
    (
        "-",
        "--",
        "—",
        "——",
        "/",
        "none",
        "n/a",
        "na",
        "nil",
        "无",
        "inf",
        "+inf",
        "-inf",
        "infinity",
        "-infinity",
    )
)
"""What people write where they have nothing; as a text it may be meant."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CHOICES_SHOWN = 12


def cell_reader(column: RecordColumn, offset: timedelta) -> Callable[[str], Value | Fault | None]:
    """Return what reads the cells of `column`; None is an empty cell. offset: of the table's local time."""
    read = _typed(column, offset)
    is_text = column.type is ColumnType.TEXT

    def reader(text: str) -> Value | Fault | None:
        stripped = text.strip()
        if not stripped:
            return None
        folded = stripped.casefold()
        if folded in PLACEHOLDERS or (not is_text and folded in DASHES):
            return Fault(PLACEHOLDER)
        return read(stripped)

    return reader


def _typed(column: RecordColumn, offset: timedelta) -> Callable[[str], Value | Fault]:
    match column.type:
        case ColumnType.INTEGER:
            return lambda text: _within(read_integer(text), column)
        case ColumnType.DECIMAL:
            return lambda text: _within(read_decimal(text, column.places), column)
        case ColumnType.FLAG:
            return _read_flag
        case ColumnType.DATE:
            return read_date
        case ColumnType.DATETIME:
            return lambda text: read_datetime(text, offset)
        case ColumnType.CHOICE:
            return _choices(column)
        case _:
            return _read_text


def _within(value: Value | Fault, column: RecordColumn) -> Value | Fault:
    if not isinstance(value, int | Decimal):
        return value
    low, high = column.at_least, column.at_most
    if low is not None and Fraction(value) < low.resolved({}):
        return Fault(BELOW, {"limit": decimal_text(low.resolved({}))})
    if high is not None and Fraction(value) > high.resolved({}):
        return Fault(ABOVE, {"limit": decimal_text(high.resolved({}))})
    return value


def _read_flag(text: str) -> bool | Fault:
    return FLAGS.get(text.casefold(), Fault(NOT_A_FLAG))


def _read_text(text: str) -> str | Fault:
    if _CONTROL.search(text):
        return Fault(CONTROL)
    return text if len(text) <= LONGEST else Fault(TOO_LONG, {"most": LONGEST})


def _choices(column: RecordColumn) -> Callable[[str], Value | Fault]:
    words = choice_words(column)
    titles = list(column.choices.values())[:_CHOICES_SHOWN]
    more = " …" * (len(column.choices) > _CHOICES_SHOWN)
    known = {
        "choices_zh": "、".join(shown(title.zh) for title in titles) + more,
        "choices_en": ", ".join(shown(title.en) for title in titles) + more,
    }
    return lambda text: words.get(normal(text)) or Fault(UNKNOWN_CHOICE, known)
