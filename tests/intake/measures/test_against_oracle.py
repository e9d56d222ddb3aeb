"""Measures equal the slow evaluator's, whatever the rows, conditions, measures, parts and feeds."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle.record_samples import MEASURES, OTHER, PARTS, RATIOS_OVER_TWO, TABLE, write
from oracle.records import Oracle, in_force
from steelyard.intake.measures.census import take_census
from steelyard.intake.measures.computing import Value, Wanted, calendars_of, compute, tallies_of
from steelyard.intake.measures.engine import Engine, open_engine
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.intake.measures.spans import Cell, Feeds
from steelyard.scheme.calendar import BUILT_IN, Period

MONTH, QUARTER = BUILT_IN["month"], BUILT_IN["quarter"]
JANUARY, FEBRUARY = MONTH.period("2025-01"), MONTH.period("2025-02")
CELLS = [(unit, "month", code) for unit in (1, 2) for code in ("2025-01", "2025-02")] + [
    (unit, "quarter", "2025-Q1") for unit in (1, 2)
]
COMPLETE = st.sets(st.tuples(st.integers(1, 2), st.sampled_from([JANUARY, FEBRUARY])))


@pytest.fixture(scope="module")
def engine() -> Any:
    """One engine for all examples."""
    with open_engine() as opened:
        yield opened


def computed(engine: Engine, parts: Any, measures: Any, feeds: Feeds, cells: Any) -> dict[Any, Any]:
    """What the engine makes of parts, by unit, calendar, period and measure."""
    wanted = [Wanted(each, (MONTH, QUARTER)) for each in measures]
    with TemporaryDirectory() as folder:
        files = [write(rows, Path(folder) / f"{at}.parquet") for at, rows in enumerate(parts)]
        source = TableParts(TABLE, tuple(Part(at, path) for at, path in enumerate(files)))
        sources = {"jobs": source}
        census = take_census(engine, sources, tallies_of(wanted), calendars_of(wanted), cells)
        found = list(compute(census, wanted, {"jobs": feeds}))
    return {
        (each.unit_id, each.period.calendar, each.period.code, each.measure): told(each) for each in found
    }


def told(value: Value) -> Any:
    """A value as the oracle tells it."""
    plain = (value.status.name.lower(), value.value, value.numerator, value.denominator, value.n)
    return (*plain, value.squares)


def of_cell(parts: Any, unit: int, period: Period) -> list[Any]:
    """The rows that count of a unit in a period."""
    return [
        row
        for row in in_force(parts, TABLE.key)
        if row["unit_id"] == unit and period.start <= row["day"] < period.end
    ]


def expected(parts: Any, measures: Any, complete: set[tuple[int, Period]], cell: Cell) -> list[Any]:
    """What the oracle says of a unit and period."""
    unit, calendar, code = cell
    period = BUILT_IN[calendar].period(code)
    # March is never declared, so that a quarter never is complete.
    oracle = Oracle(TABLE, of_cell(parts, unit, period), (unit, period) in complete)
    return [(each.measure, (*oracle.measure(each), oracle.squares(each))) for each in measures]


@settings(max_examples=15, deadline=None)
@given(parts=PARTS, measures=MEASURES, complete=COMPLETE)
def test_measures_equal_the_oracles(engine: Engine, parts: Any, measures: Any, complete: Any) -> None:
    """Numerator, denominator, n and status are identical, by month and by quarter."""
    found = computed(engine, parts, measures, Feeds(complete), CELLS)
    for cell in CELLS:
        for name, numbers in expected(parts, measures, complete, cell):
            assert found.pop((*cell, name)) == numbers
    assert not found


@settings(max_examples=6, deadline=None)
@given(parts=PARTS, measures=MEASURES, chosen=st.sets(st.sampled_from(CELLS), min_size=1))
def test_some_cells_are_as_of_all(engine: Engine, parts: Any, measures: Any, chosen: Any) -> None:
    """Measuring everything says of units and periods what measuring them alone says."""
    every = computed(engine, parts, measures, Feeds(()), None)
    nothing = ("missing", None, None, None, 0, None)
    for key, each in computed(engine, parts, measures, Feeds(()), chosen).items():
        assert every.get(key, nothing)[1] == each[1]


@settings(max_examples=8, deadline=None)
@given(above=PARTS, below=PARTS, measures=RATIOS_OVER_TWO, complete=COMPLETE, other_complete=COMPLETE)
def test_ratios_over_two_tables(
    engine: Engine, above: Any, below: Any, measures: Any, complete: Any, other_complete: Any
) -> None:
    """Each side is of its own table, and is complete as that one's feed is."""
    wanted = [Wanted(each, (MONTH,)) for each in measures]
    feeds = {"jobs": Feeds(complete), "visits": Feeds(other_complete)}
    cells = [cell for cell in CELLS if cell[1] == "month"]
    with TemporaryDirectory() as folder:
        sources = {
            name: TableParts(
                table,
                tuple(
                    Part(at, write(rows, Path(folder) / f"{name}{at}.parquet"))
                    for at, rows in enumerate(parts)
                ),
            )
            for name, table, parts in (("jobs", TABLE, above), ("visits", OTHER, below))
        }
        census = take_census(engine, sources, tallies_of(wanted), calendars_of(wanted), cells)
        values = compute(census, wanted, feeds)
        found = {(each.unit_id, each.period.code, each.measure): told(each) for each in values}
    for unit, _, code in cells:
        period = MONTH.period(code)
        top, bottom = (
            Oracle(table, of_cell(parts, unit, period), (unit, period) in known)
            for table, parts, known in ((TABLE, above, complete), (OTHER, below, other_complete))
        )
        for each in measures:
            assert found[unit, code, each.measure] == (*top.measure(each, bottom), None)
