"""A pack's tables of records and its measures, for the page that `pack explain` prints."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.cli.page import Block, Grid, Heading, Lines
from steelyard.errors import Locale, Text
from steelyard.packs import Packs
from steelyard.records.column import RecordColumn
from steelyard.records.sentence import check_sentence, measure_sentence
from steelyard.records.table import RecordTable

_HEADS = (
    Text("列", "Column"),
    Text("标题", "Title"),
    Text("类型", "Type"),
    Text("必填", "Required"),
    Text("表头", "Headers"),
)
_REQUIRED, _OPTIONAL = Text("是", "yes"), Text("", "")
_COUNTS = Text("评价对象：{unit}；日期：{day}；键：{key}", "Unit: {unit}; day: {day}; key: {key}")
_CHECKS, _MEASURES = Text("数据质量检查", "Checks of data quality"), Text("度量", "Measures")


def record_page(packs: Packs, pack: str, locale: Locale) -> list[Block]:
    """The tables of a loaded pack with their checks, and each measure as a sentence; empty without any."""
    tables = {found.table.table: found.table for found in packs.record_tables.values() if found.pack == pack}
    blocks: list[Block] = []
    for table in tables.values():
        blocks += _table(pack, table, locale)
    if measures := packs.measures(pack):
        lines = [
            f"{one.title.get(locale)} ({one.measure}): {measure_sentence(one, tables).get(locale)}"
            for one in measures
        ]
        blocks += [Heading(1, _MEASURES.get(locale)), Lines(lines)]
    return blocks


def _table(pack: str, table: RecordTable, locale: Locale) -> Iterator[Block]:
    yield Heading(1, f"{table.title.get(locale)} ({pack}.{table.table})")
    yield Lines([_COUNTS.get(locale).format(unit=table.unit, day=table.day, key=", ".join(table.key))])
    rows = [_row(column, locale) for column in table.columns]
    rows += [
        [each.column, each.title.get(locale), f"{each.from_} → {each.to}", "", ""] for each in table.derived
    ]
    yield Grid([head.get(locale) for head in _HEADS], rows)
    if table.checks:
        yield Heading(2, _CHECKS.get(locale))
        lines = [
            f"{one.title.get(locale)} ({one.check}): {check_sentence(table, one).get(locale)}"
            for one in table.checks
        ]
        yield Lines(lines)


def _row(column: RecordColumn, locale: Locale) -> list[str]:
    required = (_REQUIRED if column.required else _OPTIONAL).get(locale)
    return [
        column.column,
        column.title.get(locale),
        str(column.type),
        required,
        ", ".join(column.headers),
    ]
