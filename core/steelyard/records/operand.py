"""Values that conditions compare with, as declarations write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction

from steelyard.records.column import ColumnType
from steelyard.scheme.number import parse_decimal

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?", re.ASCII)

NUMBERS = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL})
MOMENTS = frozenset({ColumnType.DATE, ColumnType.DATETIME})
ORDERED = NUMBERS | MOMENTS | {ColumnType.DURATION}
"""What can be more or less than something."""
AMOUNTS = NUMBERS | {ColumnType.DURATION}
"""What can be added up."""

OperandValue = str | bool | Fraction | date | datetime


def read_operand(text: str, kind: ColumnType) -> OperandValue | None:
    """What a value in a condition means for a column of this type; None where it is none of that type.

    Texts and choices as they stand, numbers and durations (in their unit) as Fraction, `true` and `false` as
    bool, dates as date, times as datetime without an offset; a date may stand for its first moment.
    """
    match kind:
        case ColumnType.TEXT | ColumnType.CHOICE:
            return text
        case ColumnType.FLAG:
            return {"true": True, "false": False}.get(text)
        case ColumnType.DATE:
            return _date(text)
        case ColumnType.DATETIME:
            return _moment(text)
        case _:
            return parse_decimal(text)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    written = text if _MOMENT.fullmatch(text) else f"{text} 00:00" if _DATE.fullmatch(text) else None
    try:
        return None if written is None else datetime.fromisoformat(written)
    except ValueError:
        return None
