"""The oracle's reading of records: row after row, cell after cell, the slow and obvious way.

Rows are (number, cells by column code). A stored row is a mapping of the columns of the part; a rejected
one a list of (column, code of the problem) in the order of the declared columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from steelyard.records.column import ColumnType, RecordColumn
from steelyard.records.table import RecordTable

YES, NO = "是 yes true 1 y √", "否 no false 0 n ×"
PROGRAM_WORDS = ["null", "nan", "#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"]
PEOPLE_WORDS = ["-", "--", "—", "——", "/", "none", "n/a", "na", "nil", "无"]
PEOPLE_WORDS += ["inf", "+inf", "-inf", "infinity", "-infinity"]
MONEY = ("¥", "￥", "$", "€", "£", "元", "RMB", "CNY", "USD")
DIGITS = "0123456789"


class Refused(Exception):
    """A cell that has no value; the argument is the code."""


@dataclass
class Sorted:
    """What became of all rows."""

    stored: list[dict[str, Any]] = field(default_factory=list)
    rejected: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    blank: int = 0


def sort_rows(
    table: RecordTable, units: Mapping[str, int], rows: Iterable[tuple[int, Mapping[str, str | None]]]
) -> Sorted:
    """Say of each row whether it is stored, rejected or blank."""
    result = Sorted()
    keys: set[tuple[Any, ...]] = set()
    for number, cells in rows:
        if not any((cell or "").strip() for cell in cells.values()):
            result.blank += 1
            continue
        values, problems = _read_row(table, units, cells)
        key = tuple(values.get(column) for column in table.key)
        if not problems and key in keys:
            problems = [(", ".join(table.key), "ROW_DUPLICATE")]
        if problems:
            result.rejected[number] = problems
            continue
        keys.add(key)
        result.stored.append({"row": number, **values, **_derived(table, values)})
    return result


def _read_row(
    table: RecordTable, units: Mapping[str, int], cells: Mapping[str, str | None]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    values: dict[str, Any] = {}
    problems: list[tuple[str, str]] = []
    for column in table.columns:
        text = (cells.get(column.column) or "").strip()
        must = column.required or column.column in (*table.key, table.unit, table.day)
        try:
            values[column.column] = None if text == "" else read_cell(text, column, table.offset)
            if text == "" and must:
                raise Refused("ROW_MISSING")
            if column.column == table.unit:
                if text not in units:
                    raise Refused("ROW_UNKNOWN_UNIT")
                values["unit_id"] = units[text]
        except Refused as refused:
            problems.append((column.column, refused.args[0]))
    return values, problems


def _derived(table: RecordTable, values: Mapping[str, Any]) -> dict[str, Any]:
    day = values[table.day]
    derived: dict[str, Any] = {"day": day.date() if isinstance(day, datetime) else day}
    for each in table.derived:
        start, end = values[each.from_], values[each.to]
        derived[each.column] = None
        if start is not None and end is not None:
            derived[each.column] = (_moment(end) - _moment(start)) // timedelta(seconds=1)
    return derived


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def read_cell(text: str, column: RecordColumn, offset: str) -> Any:
    """Read a text that is not blank; raises Refused."""
    is_text = column.type is ColumnType.TEXT
    if text.lower() in PROGRAM_WORDS or (not is_text and text.lower() in PEOPLE_WORDS):
        raise Refused("ROW_PLACEHOLDER")
    if is_text:
        return _text(text)
    if column.type is ColumnType.FLAG:
        return _flag(text)
    if column.type is ColumnType.CHOICE:
        return _choice(text, column)
    if column.type is ColumnType.DATE:
        return _day(text)
    if column.type is ColumnType.DATETIME:
        return _time(text, _ahead(offset))[0]
    return _number(text, column)


def _text(text: str) -> str:
    if any(unicodedata.category(char) == "Cc" and char not in "\t\n\r" for char in text):
        raise Refused("ROW_CONTROL_CHARACTER")
    if len(text) > 4000:
        raise Refused("ROW_TEXT_TOO_LONG")
    return text


def _flag(text: str) -> bool:
    if text.lower() in YES.split():
        return True
    if text.lower() in NO.split():
        return False
    raise Refused("ROW_NOT_A_FLAG")


def _same(one: str, other: str) -> bool:
    def folded(text: str) -> str:
        wide = unicodedata.normalize("NFKC", text).casefold()
        return "".join(char for char in wide if not char.isspace())

    return folded(one) == folded(other)


def _choice(text: str, column: RecordColumn) -> str:
    for code in column.choices:
        if _same(text, code):
            return code
    for code, title in column.choices.items():
        if _same(text, title.zh) or _same(text, title.en):
            return code
    for code, words in column.also.items():
        if any(_same(text, word) for word in words):
            return code
    raise Refused("ROW_UNKNOWN_CHOICE")


def _number(text: str, column: RecordColumn) -> int | Decimal:
    value = _fraction(text)
    places = column.places if column.type is ColumnType.DECIMAL else 0
    if value * 10**places % 1 != 0:
        raise Refused("ROW_NOT_WHOLE" if column.type is ColumnType.INTEGER else "ROW_TOO_PRECISE")
    if abs(value) * 10**places >= 10**18:
        raise Refused("ROW_TOO_LARGE")
    if column.at_least is not None and value < column.at_least.resolved({}):
        raise Refused("ROW_BELOW")
    if column.at_most is not None and value > column.at_most.resolved({}):
        raise Refused("ROW_ABOVE")
    if column.type is ColumnType.INTEGER:
        return int(value)
    return Decimal(int(value * 10**places)).scaleb(-places)


def _fraction(text: str) -> Fraction:
    value = _plain_number(text.replace(",", "") if _is_grouped(text) else text)
    if value is not None:
        return value
    wide = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    if wide != text and _plain_number(wide.removesuffix("%").strip()) is not None:
        raise Refused("ROW_FULL_WIDTH")
    if text.endswith(("%", "％")):
        raise Refused("ROW_PERCENT")
    raise Refused("ROW_CURRENCY" if any(sign in text for sign in MONEY) else "ROW_NOT_A_NUMBER")


def _plain_number(text: str) -> Fraction | None:
    if len(text) > 60 or not set(text) <= set(DIGITS + "+-.eE") or not _small_exponent(text):
        return None
    try:
        value = Fraction(Decimal(text))
    except InvalidOperation:
        return None
    return value if abs(value) <= 10**30 else None


def _small_exponent(text: str) -> bool:
    exponent = text.lower().partition("e")[2]
    return len(exponent.lstrip("+-")) <= 2


def _is_grouped(text: str) -> bool:
    whole = text.partition(".")[0]
    first, *others = whole[1:].split(",") if whole[:1] in ("+", "-") else whole.split(",")
    fits = 1 <= len(first) <= 3 and all(len(other) == 3 for other in others)
    return bool(others) and fits and all(set(part) <= set(DIGITS) for part in (first, *others))


def _ahead(offset: str) -> timedelta:
    return datetime.strptime(offset.replace("Z", "+00:00"), "%z").utcoffset() or timedelta(0)


def _day(text: str) -> date:
    moment, has_offset = _time(text, timedelta(0))
    if has_offset or (moment.hour, moment.minute, moment.second) != (0, 0, 0):
        raise Refused("ROW_TIME_OF_DAY")
    return moment.date()


def _time(text: str, ahead: timedelta) -> tuple[datetime, bool]:
    """The local time, and whether the text has an offset of its own."""
    day_text, rest = _split(text)
    for shape in ("9-9-9", "9/9/9", "9年9月9日", "9"):
        if _shape(day_text) == shape:
            break
    else:
        raise Refused(_why(text))
    numbers = [day_text[:4], day_text[4:6], day_text[6:]] if shape == "9" else _numbers(day_text)
    if len(numbers[0]) != 4 or day_text[0] not in "12" or any(len(number) > 2 for number in numbers[1:]):
        raise Refused(_why(text))
    if shape == "9" and len(day_text) != 8:
        raise Refused(_why(text))
    own, clock = _own_offset(rest)
    hour, minute, second = _clock(clock, text) if rest else (0, 0, 0)
    try:
        day = datetime(*map(int, numbers))
    except ValueError:
        raise Refused("ROW_IMPOSSIBLE_DATE") from None
    if hour > 23 or minute > 59 or second > 59 or (own and not _is_offset(own)):
        raise Refused("ROW_IMPOSSIBLE_TIME")
    moment = day + timedelta(hours=hour, minutes=minute, seconds=second)
    if own:
        shifted = datetime.strptime(own.replace("Z", "+00:00"), "%z").utcoffset() or timedelta(0)
        moment = (moment.replace(tzinfo=UTC) - shifted + ahead).replace(tzinfo=None)
    return moment, bool(own)


def _split(text: str) -> tuple[str, str]:
    if "T" in text:
        day, _, rest = text.partition("T")
        return day, rest or "?"
    day, *rest = text.split(None, 1)
    return day, rest[0] if rest else ""


def _own_offset(text: str) -> tuple[str, str]:
    for at, char in enumerate(text):
        if char == "Z" or (at and char in "+-"):
            return text[at:], text[:at].removesuffix(" ")
    return "", text


def _is_offset(text: str) -> bool:
    hours, minutes = (0, 0) if text == "Z" else (int(text[1:3]), int(text[-2:]))
    return minutes <= 59 and hours * 60 + minutes <= 14 * 60


def _clock(text: str, whole: str) -> tuple[int, int, int]:
    main, point, fraction = text.partition(".")
    parts = main.split(":")
    good = len(parts) in (2, 3) and 1 <= len(parts[0]) <= 2 and all(len(part) == 2 for part in parts[1:])
    good = good and all(set(part) <= set(DIGITS) for part in (*parts, fraction))
    good = good and (not point or (len(parts) == 3 and 1 <= len(fraction) <= 9))
    if not good:
        raise Refused(_why(whole))
    hour, minute, second = [*map(int, parts), 0][:3]
    return hour, minute, second


def _shape(text: str) -> str:
    shape = "".join("9" if char in DIGITS else char for char in text)
    while "99" in shape:
        shape = shape.replace("99", "9")
    return shape


def _numbers(text: str) -> list[str]:
    return "".join(char if char in DIGITS else " " for char in text).split()


def _why(text: str) -> str:
    first = text.split()[0].partition("T")[0]
    if _shape(first) in {f"9{a}9{b}9" for a in "-/." for b in "-/."}:
        parts = _numbers(first)
        if len(parts[0]) <= 2 and len(parts[1]) <= 2 and 2 <= len(parts[2]) <= 4:
            return "ROW_AMBIGUOUS_DATE"
    if _shape(text) in ("9", "9.9") and len(_numbers(text)[0]) == 5:
        return "ROW_SERIAL_DATE"
    return "ROW_NOT_A_DATE"
