"""Tables of records: names, key, unit, day and offset, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.packs.record_checks.columns import column_problems, is_record_name
from steelyard.packs.record_checks.finder import Finder, repeated
from steelyard.packs.record_checks.quality import quality_problems
from steelyard.records.column import ColumnType
from steelyard.records.files import RECORDS
from steelyard.records.operand import MOMENTS
from steelyard.scheme.document import Path

_OFFSET = re.compile(r"[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00", re.ASCII)
_ANY = frozenset(ColumnType) - {ColumnType.DURATION}
_TABLE = {"what_zh": "表", "what_en": "table"}


def table_problems(pack: Contribution) -> Iterator[Problem]:
    """List what cannot stand in `records.yaml`."""
    for index, name in repeated([table.table for table in pack.tables]):
        path = ("records", index, "table")
        yield pack.problem(p.RECORD_DUPLICATE, RECORDS, path, name=name, **_TABLE)
    for index, table in enumerate(pack.tables):
        finder, at = Finder(pack, table), ("records", index)
        if not is_record_name(table.table):
            yield finder.fault(p.RECORD_NAME, (*at, "table"), found=table.table)
        if _OFFSET.fullmatch(table.offset) is None:
            yield finder.fault(p.RECORD_OFFSET, (*at, "offset"), found=table.offset)
        yield from column_problems(finder, at)
        yield from _roles(finder, at)
        yield from quality_problems(finder, at)


def _roles(finder: Finder, above: Path) -> Iterator[Problem]:
    table = finder.table
    yield from finder.empty((*above, "key"), table.key)
    for index, name in repeated(table.key):
        values = {"name": name, "what_zh": "键列", "what_en": "key column"}
        yield finder.fault(p.RECORD_DUPLICATE, (*above, "key", index), **values)
    for index, name in enumerate(table.key):
        yield from _role(finder, (*above, "key", index), name, _ANY, "key")
    yield from _role(finder, (*above, "unit"), table.unit, {ColumnType.TEXT}, "unit")
    yield from _role(finder, (*above, "day"), table.day, MOMENTS, "day")


def _role(
    finder: Finder, path: Path, name: str, types: Collection[ColumnType], role: str
) -> Iterator[Problem]:
    column = finder.own(name)
    yield from finder.typed(path, name, types, role)
    if column is not None and not column.required:
        values = {"column": name, "table": finder.table.table, "role": role}
        yield finder.fault(p.RECORD_NOT_REQUIRED, path, **values)
