"""The packs' measures over tiny tables, against numbers that were computed by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from steelyard.intake.measures.census import take_census
from steelyard.intake.measures.computing import Value, Wanted, calendars_of, compute, tallies_of
from steelyard.intake.measures.engine import open_engine
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.intake.measures.spans import Feeds
from steelyard.intake.validation.part import part_schema
from steelyard.packs import load_packs
from steelyard.records.column import ColumnType
from steelyard.records.table import RecordTable
from steelyard.scheme.calendar import BUILT_IN
from steelyard.scoring.outcome import Status

PACKS = load_packs()
MONTH = BUILT_IN["month"]
JANUARY = MONTH.period("2025-01")
FOLDER = Path(__file__).parent
READ: dict[ColumnType, Callable[[str], Any]] = {
    ColumnType.INTEGER: int,
    ColumnType.DECIMAL: Decimal,
    ColumnType.FLAG: lambda text: text == "true",
    ColumnType.DATE: date.fromisoformat,
    ColumnType.DATETIME: datetime.fromisoformat,
}


def moment(value: date | datetime) -> datetime:
    """A date's first moment."""
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def typed(table: RecordTable, cells: Mapping[str, str], row: int) -> dict[str, Any]:
    """One row of a part; all are of unit 1."""
    found: dict[str, Any] = {}
    for column in table.columns:
        text = cells.get(column.column, "") or ("U" if column.column == table.unit else "")
        found[column.column] = READ.get(column.type, str)(text) if text else None
    for each in table.derived:
        ends = found[each.from_], found[each.to]
        known = None not in ends
        found[each.column] = int((moment(ends[1]) - moment(ends[0])).total_seconds()) if known else None
    return {"row": row, "unit_id": 1, "day": moment(found[table.day]).date(), **found}


def sources(pack: str, folder: Path) -> dict[str, TableParts]:
    """The files of a pack as parts: `<table>.1.csv` and, as a later import, `<table>.2.csv`."""
    found: dict[str, TableParts] = {}
    for name, installed in PACKS.record_tables.items():
        if installed.pack != pack:
            continue
        table = installed.table
        parts: list[Part] = []
        for path in sorted((FOLDER / pack).glob(f"{table.table}.[12].csv")):
            lines = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
            assert {key for line in lines for key in line} <= {c.column for c in table.columns}, path
            rows = [typed(table, line, at) for at, line in enumerate(lines, 2)]
            part = folder / f"{name}.{path.name}.parquet"
            pq.write_table(pa.Table.from_pylist(rows, schema=part_schema(table)), part)
            parts.append(Part(len(parts) + 1, part))
        found[table.table] = TableParts(table, tuple(parts))
    return found


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Value]:
    """All measures of all three packs for January, whose records are all there."""
    found = {}
    for pack in ("automotive", "education", "ecommerce"):
        tables = sources(pack, tmp_path_factory.mktemp(pack))
        wanted = [Wanted(each, (MONTH,)) for each in PACKS.measures(pack)]
        feeds = {table: Feeds([(1, JANUARY)]) for table in tables}
        with open_engine() as engine:
            cells = [(1, "month", "2025-01")]
            census = take_census(engine, tables, tallies_of(wanted), calendars_of(wanted), cells)
            for value in compute(census, wanted, feeds):
                found[pack, value.measure] = value
    return found


EXPECTED = [
    (pack, line["measure"], line["expected"])
    for pack in ("automotive", "education", "ecommerce")
    for line in csv.DictReader(StringIO((FOLDER / pack / "expected.csv").read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("pack", "measure", "expected"), EXPECTED)
def test_a_measure_is_what_was_computed_by_hand(
    values: dict[tuple[str, str], Value], pack: str, measure: str, expected: str
) -> None:
    """`a/b` is numerator and denominator, `a` a value, `n/a` what does not apply."""
    value = values[pack, measure]
    if expected == "n/a":
        assert value.status == Status.NOT_APPLICABLE
        return
    above, _, below = expected.partition("/")
    if below:
        assert (value.numerator, value.denominator) == (Fraction(above), Fraction(below))
    else:
        assert value.value == Fraction(above)


def test_every_measure_was_computed_by_hand() -> None:
    """No measure of the three packs is left out."""
    declared = {
        (pack, one.measure)
        for pack in ("automotive", "education", "ecommerce")
        for one in PACKS.measures(pack)
    }
    assert {(pack, measure) for pack, measure, _ in EXPECTED} == declared
