"""The rules of `value` for plain cells as one DuckDB query: what it leaves open is read cell by cell.

The query never decides against a cell. A cell that it does not know to be good makes its row doubtful, so
that it may know less than the rules, but must agree with them wherever it gives a value.
"""

from __future__ import annotations

import math
from datetime import timedelta
from fractions import Fraction

from steelyard.intake.validation.header import required
from steelyard.intake.validation.moment import FIRST_DAY, LAST_DAY, offset_of
from steelyard.intake.validation.number import DIGITS
from steelyard.intake.validation.value import LONGEST
from steelyard.records.column import ColumnType, RecordColumn
from steelyard.records.table import RecordTable
from steelyard.scheme.number import decimal_text

LOOKED_UP = (ColumnType.CHOICE, ColumnType.FLAG)
"""Types with few different texts: each is read once a batch, before the query."""
DOUBTFUL = "doubtful"
_DAY = "[12][0-9]{3}(-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2})"
_CHINESE_DAY = "[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日"
_TIME = "([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
_FRACTION = r"(\.[0-9]{1,9})?"
_OFFSET = "(Z|[+-](0[0-9]|1[0-3]):?[0-5][0-9]|[+-]14:?00)"


def sql_type(column: RecordColumn) -> str:
    """The type in the part."""
    match column.type:
        case ColumnType.INTEGER:
            return "BIGINT"
        case ColumnType.DECIMAL:
            return f"DECIMAL({DIGITS}, {column.places})"
        case ColumnType.FLAG:
            return "BOOLEAN"
        case ColumnType.DATE:
            return "DATE"
        case ColumnType.DATETIME:
            return "TIMESTAMP"
        case _:
            return "VARCHAR"


def plain_query(table: RecordTable, relation: str) -> str:
    """The rows of `relation` (row, unit_id, doubtful, then each declared column by its place: v0, v1, …).

    Looked up columns come with their value, the others as trimmed text or NULL; texts
    that are odd are doubtful already. The result has the columns
    of the part, then `doubtful`.
    """
    columns, ahead = table.columns, offset_of(table.offset)
    texts = [at for at, column in enumerate(columns) if column.type not in LOOKED_UP]
    typed = [f"{_typed(column, f'v{at}', ahead)} AS t{at}" for at, column in enumerate(columns)]
    needed = {column.column for column in required(table)}
    doubts = [DOUBTFUL, "unit_id IS NULL", *(f"(v{at} IS NOT NULL AND t{at} IS NULL)" for at in texts)]
    doubts += [f"t{at} IS NULL" for at, column in enumerate(columns) if column.column in needed]
    doubts += [test for at, column in enumerate(columns) for test in _beyond(column, f"t{at}")]
    place = {column.column: f"t{at}" for at, column in enumerate(columns)}
    day = f"{place[table.day]}::DATE"
    doubts.append(f"coalesce({day} < '{FIRST_DAY}' OR {day} > '{LAST_DAY}', false)")
    results = [f"{place[table.day]}::DATE AS day", *(f"{at} AS {quoted(code)}" for code, at in place.items())]
    for each in table.derived:
        ends = f"{place[each.from_]}::TIMESTAMP, {place[each.to]}::TIMESTAMP"
        results.append(f"date_diff('second', {ends}) AS {quoted(each.column)}")
    inner = ["SELECT *,", ", ".join(typed), "FROM", relation]
    outer = ["SELECT row, unit_id,", ", ".join(results), ",", " OR ".join(doubts), "AS", DOUBTFUL]
    return " ".join([*outer, "FROM (", *inner, ")"])


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _matches(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, '{pattern}')"


def _typed(column: RecordColumn, text: str, ahead: timedelta) -> str:
    match column.type:
        case ColumnType.INTEGER:
            return f"CASE WHEN {_matches(text, '-?[0-9]{1,17}')} THEN TRY_CAST({text} AS BIGINT) END"
        case ColumnType.DECIMAL:
            return _decimal(text, column)
        case ColumnType.DATE:
            return f"CASE {_days(text, 'DATE')} END"
        case ColumnType.DATETIME:
            return f"coalesce({_full_moment(text)}, {_other_moment(text, ahead)})"
        case ColumnType.TEXT:
            return f"CASE WHEN strlen({text}) <= {LONGEST} THEN {text} END"
        case _:
            return text


def _decimal(text: str, column: RecordColumn) -> str:
    places = column.places
    pattern = rf"-?[0-9]{{1,{DIGITS - places}}}(\.[0-9]{{0,{places}}}0*)?"
    return f"CASE WHEN {_matches(text, pattern)} THEN TRY_CAST({text} AS {sql_type(column)}) END"


def _full_moment(text: str) -> str:
    """The form that most files have, for which there is a quicker way than a pattern."""
    forms = "['%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S']"
    is_full = f"strlen({text}) = 19 AND {text} >= '1' AND {text} < '3'"
    return f"CASE WHEN {is_full} THEN try_strptime({text}, {forms}) END"


def _other_moment(text: str, ahead: timedelta) -> str:
    """All other forms of a time; the table's local time is `ahead` of UTC."""
    day_and_time = f"({_DAY}[ T]{_TIME})"
    precise = _matches(text, f"{_DAY}[ T]{_TIME}{_FRACTION}( ?{_OFFSET})?")
    precise = f"{precise} AND NOT {_matches(text, '[^:]*:[0-9]{2}[.].*')}"
    local = f"TRY_CAST(regexp_extract({text}, '^{day_and_time}', 1) AS TIMESTAMP)"
    own = f"regexp_extract({text}, '{_OFFSET}$', 1)"
    digits = f"replace({own}, ':', '')"
    hours, rest = f"TRY_CAST({digits}[2:3] AS INTEGER)", f"TRY_CAST({digits}[4:5] AS INTEGER)"
    minutes = f"(60 * {hours} + {rest}) * CASE WHEN {digits}[1] = '-' THEN 1 ELSE -1 END"
    shift = f"CASE WHEN {own} = 'Z' THEN 0 ELSE {minutes} END + {int(ahead.total_seconds()) // 60}"
    moved = (
        f"CASE WHEN {_matches(text, f'.*:.*{_OFFSET}')} THEN {local} + to_minutes({shift}) ELSE {local} END"
    )
    chinese = f"WHEN {_matches(text, f'{_CHINESE_DAY} {_TIME}')} THEN TRY_CAST({_western(text)} AS TIMESTAMP)"
    return f"CASE WHEN {precise} THEN {moved} {_days(text, 'TIMESTAMP')} {chinese} END"


def _western(text: str) -> str:
    return f"replace(replace(replace({text}, '年', '-'), '月', '-'), '日', '')"


def _days(text: str, type_: str) -> str:
    split = f"({text}[1:4] || '-' || {text}[5:6] || '-' || {text}[7:8])"
    return (
        f"WHEN {_matches(text, _DAY)} THEN TRY_CAST({text} AS {type_}) "
        f"WHEN {_matches(text, _CHINESE_DAY)} THEN TRY_CAST({_western(text)} AS {type_}) "
        f"WHEN {_matches(text, '[12][0-9]{7}')} THEN TRY_CAST({split} AS {type_})"
    )


def _beyond(column: RecordColumn, text: str) -> list[str]:
    """Tests whether a value lies beyond a limit; limits move to the column's grid, which excludes nothing."""
    if column.type not in (ColumnType.INTEGER, ColumnType.DECIMAL):
        return []
    tests = []
    step = Fraction(1, 10**column.places) if column.type is ColumnType.DECIMAL else Fraction(1)
    for limit, sign, whole in ((column.at_least, "<", math.ceil), (column.at_most, ">", math.floor)):
        if limit is not None:
            nearest = max(1 - 10**DIGITS, min(10**DIGITS - 1, whole(limit.resolved({}) / step)))
            tests.append(f"coalesce({text} {sign} {decimal_text(nearest * step)}::{sql_type(column)}, false)")
    return tests
