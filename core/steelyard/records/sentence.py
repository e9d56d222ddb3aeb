"""Conditions, measures and checks in words, zh and en."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.errors import Text
from steelyard.records.check import RecordCheck
from steelyard.records.column import ColumnType, DurationUnit
from steelyard.records.condition import ColumnReference, Condition, Conditions
from steelyard.records.measure import MeasureDefinition, OfColumn, RatioPart
from steelyard.records.operand import MOMENTS
from steelyard.records.table import RecordTable

_LINES = {
    "is_": Text("为", "is"),
    "above": Text("高于", "is above"),
    "at_least": Text("不低于", "is at least"),
    "at_most": Text("不高于", "is at most"),
    "below": Text("低于", "is below"),
}
_TIMES = {
    "above": Text("晚于", "is after"),
    "at_least": Text("不早于", "is not before"),
    "at_most": Text("不晚于", "is not after"),
    "below": Text("早于", "is before"),
}
_FLAGS = {"true": Text("是", "yes"), "false": Text("否", "no")}
_UNITS = {
    DurationUnit.SECONDS: Text("秒", "seconds"),
    DurationUnit.MINUTES: Text("分钟", "minutes"),
    DurationUnit.HOURS: Text("小时", "hours"),
    DurationUnit.DAYS: Text("天", "days"),
}
_JOINT, _CHOICE = Text("且", " and "), Text("或", " or ")


def measure_sentence(measure: MeasureDefinition, tables: Mapping[str, RecordTable]) -> Text:
    """Say what a sound measure is, of the tables of its pack; KeyError for a table that is not there."""
    table = tables[measure.table]
    for kind in ("sum", "mean", "distinct"):
        of: OfColumn | None = getattr(measure, kind)
        if of is not None:
            return _amount(table, kind, of)
    if measure.quantile is not None:
        at = str(measure.quantile.at)
        name = _title(table, measure.quantile.column)
        head = Text(f"{name.zh}的 {at} 分位数", f"the {at} quantile of {name.en}")
        return _over(table, head, measure.quantile.where)
    if measure.share is not None:
        rows = _rows(table, measure.share.among)
        test = conditions_sentence(table, measure.share.where)
        return Text(f"{rows.zh}里，{test.zh}的占比", f"of {rows.en}, the share where {test.en}")
    if measure.ratio is not None:
        of_, to = (_side(tables, table, side) for side in (measure.ratio.of, measure.ratio.to))
        times = str(measure.ratio.times)
        tail = "" if times == "1" else f" × {times}"
        return Text(f"（{of_.zh}）÷（{to.zh}）{tail}", f"({of_.en}) ÷ ({to.en}){tail}")
    return _number(table, () if measure.count is None else measure.count.where)


def conditions_sentence(table: RecordTable, conditions: Conditions) -> Text:
    """Say conditions that must all hold."""
    return _joined([_sentence(table, condition) for condition in conditions], _JOINT)


def check_sentence(table: RecordTable, check: RecordCheck) -> Text:
    """Say which rows a sound check flags."""
    among = [_sentence(table, condition) for condition in check.among]
    return _joined([*among, _flagged(table, check)], _JOINT)


def _flagged(table: RecordTable, check: RecordCheck) -> Text:
    if check.missing is not None:
        name = _title(table, check.missing)
        return Text(f"无{name.zh}", f"{name.en} is empty")
    if check.outlier is not None:
        name = _title(table, check.outlier.column)
        rule = f"{check.outlier.rule} × {check.outlier.times}"
        return Text(f"{name.zh}为离群值（{rule}）", f"{name.en} is an outlier ({rule})")
    if check.duplicate is not None:
        names = _joined([_title(table, name) for name in check.duplicate], Text("、", ", "))
        return Text(f"{names.zh}与前一行相同", f"an earlier row has the same {names.en}")
    return conditions_sentence(table, check.flag or ())


def _number(table: RecordTable, where: Conditions) -> Text:
    rows = _rows(table, where)
    return Text(f"{rows.zh}数", f"the number of {rows.en}")


def _rows(table: RecordTable, where: Conditions) -> Text:
    test = conditions_sentence(table, where)
    zh, en = table.title.zh, table.title.en
    return Text(f"“{zh}”中{test.zh}的行", f"rows of “{en}” where {test.en}") if where else _all_rows(zh, en)


def _all_rows(zh: str, en: str) -> Text:
    return Text(f"“{zh}”的行", f"rows of “{en}”")


def _amount(table: RecordTable, kind: str, of: OfColumn) -> Text:
    name = _title(table, of.column)
    heads = {
        "sum": Text(f"{name.zh}之和", f"the sum of {name.en}"),
        "mean": Text(f"{name.zh}的平均值", f"the mean of {name.en}"),
        "distinct": Text(f"不同的{name.zh}的个数", f"the number of different values of {name.en}"),
    }
    return _over(table, heads[kind], of.where)


def _over(table: RecordTable, head: Text, where: Conditions) -> Text:
    rows = _rows(table, where)
    return Text(f"{rows.zh}里，{head.zh}", f"{head.en} over {rows.en}")


def _side(tables: Mapping[str, RecordTable], table: RecordTable, side: RatioPart) -> Text:
    own = table if side.table is None else tables[side.table]
    if side.sum is not None:
        return _amount(own, "sum", side.sum)
    if side.distinct is not None:
        return _amount(own, "distinct", side.distinct)
    return _number(own, () if side.count is None else side.count.where)


def _sentence(table: RecordTable, condition: Condition) -> Text:
    if condition.column is None:
        return _join(table, condition)
    name = _title(table, condition.column)
    for field, words in _LINES.items():
        operand = getattr(condition, field)
        if operand is not None:
            value = _value(table, condition.column, operand)
            if table.types.get(condition.column) in MOMENTS:
                words = _TIMES.get(field, words)
            return Text(f"{name.zh}{words.zh}{value.zh}", f"{name.en} {words.en} {value.en}")
    if condition.in_ is not None:
        one = _joined([_value(table, condition.column, each) for each in condition.in_], _CHOICE)
        return Text(f"{name.zh}为{one.zh}", f"{name.en} is {one.en}")
    if condition.of is not None:
        other = _title(table, condition.of)
        zh = f"{name.zh}与{other.zh}相差不超过 {condition.within}"
        return Text(zh, f"{name.en} is within {condition.within} of {other.en}")
    if condition.known:
        return Text(f"有{name.zh}", f"{name.en} is known")
    return Text(f"无{name.zh}", f"{name.en} is empty")


def _join(table: RecordTable, condition: Condition) -> Text:
    if condition.not_ is not None:
        inner = _sentence(table, condition.not_)
        return Text(f"并非（{inner.zh}）", f"not ({inner.en})")
    word = _CHOICE if condition.any is not None else _JOINT
    parts = [_sentence(table, each) for each in condition.any or condition.all or ()]
    inner = _joined(parts, word)
    return Text(f"（{inner.zh}）", f"({inner.en})")


def _joined(parts: Sequence[Text], word: Text) -> Text:
    return Text(word.zh.join(part.zh for part in parts), word.en.join(part.en for part in parts))


def _title(table: RecordTable, name: str) -> Text:
    columns = {column.column: column.title for column in table.columns}
    derived = {each.column: each.title for each in table.derived}
    return (columns | derived).get(name, Text(name, name))


def _value(table: RecordTable, name: str, operand: str | ColumnReference) -> Text:
    if isinstance(operand, ColumnReference):
        return _title(table, operand.column)
    if table.types.get(name) is ColumnType.FLAG:
        return _FLAGS.get(operand, Text(operand, operand))
    for each in table.derived:
        if each.column == name:
            unit = _UNITS[each.unit]
            return Text(f" {operand} {unit.zh}", f"{operand} {unit.en}")
    for column in table.columns:
        if column.column == name and operand in column.choices:
            return column.choices[operand]
    return Text(operand, operand)
