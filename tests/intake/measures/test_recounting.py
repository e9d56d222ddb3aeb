"""Records of several units and periods put together measure as those of one unit in one period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle.record_samples import MEASURES, OTHER, PARTS, RATIOS_OVER_TWO, TABLE, write
from oracle.records import Oracle, in_force
from steelyard.intake.measures.computing import Wanted
from steelyard.intake.measures.engine import Engine, open_engine
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.intake.measures.recounting import Portion, Recounted, recount
from steelyard.intake.measures.spans import Feeds
from steelyard.records.table import RecordTable
from steelyard.scheme.calendar import BUILT_IN

MONTH = BUILT_IN["month"]
MEMBERS = [(unit, MONTH.period(code)) for unit in (1, 2) for code in ("2025-01", "2025-02")]
WHOLES = [(0,), (0, 1), (0, 2), (1, 2, 3), (0, 1, 2, 3)]
COMPLETE = st.sets(st.sampled_from(range(len(MEMBERS))))
ALL = range(len(MEMBERS))


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One engine for all examples."""
    with open_engine() as opened:
        yield opened


class Files:
    """Parts as files of a folder."""

    def __init__(self, folder: str) -> None:
        self.folder, self.number = Path(folder), 0

    def of(self, table: RecordTable, parts: Sequence[Any]) -> TableParts:
        found = []
        for at, rows in enumerate(parts):
            self.number += 1
            found.append(Part(at, write(rows, self.folder / f"{self.number}.parquet")))
        return TableParts(table, tuple(found))


def told(found: Recounted) -> Any:
    """A value as the oracle tells it."""
    value = found.value
    return value.status.name.lower(), value.value, value.numerator, value.denominator, value.n


def of(parts: Any, members: Sequence[int]) -> list[Any]:
    """The rows that count of some members."""
    return [
        row
        for row in in_force(parts, TABLE.key)
        for unit, period in (MEMBERS[at] for at in members)
        if row["unit_id"] == unit and period.start <= row["day"] < period.end
    ]


def feeds(complete: set[int]) -> Feeds:
    return Feeds(MEMBERS[at] for at in complete)


@settings(max_examples=15, deadline=None)
@given(parts=PARTS, measures=MEASURES, complete=COMPLETE)
def test_wholes_equal_the_oracles(engine: Engine, parts: Any, measures: Any, complete: set[int]) -> None:
    """Of every aggregate; nothing is nothing only where all feeds are complete, else it is said how many."""
    wanted = [Wanted(each, (MONTH,)) for each in measures]
    with TemporaryDirectory() as folder:
        portions = {"jobs": [Portion(Files(folder).of(TABLE, parts), ALL)]}
        found = [*recount(engine, portions, wanted, MEMBERS, WHOLES, {"jobs": feeds(complete)})]
    shown = {(each.value.unit_id, each.value.measure): each for each in found}
    for number, whole in enumerate(WHOLES):
        oracle = Oracle(TABLE, of(parts, whole), complete.issuperset(whole))
        for each in measures:
            said = shown.pop((number, each.measure))
            assert told(said) == oracle.measure(each)
            missing = said.value.status.name == "MISSING"
            lacking = (len(complete.intersection(whole)), len(whole)) if missing else (0, 0)
            assert (said.declared, said.feeds) == lacking
    assert not shown


@settings(max_examples=6, deadline=None)
@given(parts=PARTS, later=PARTS, measures=MEASURES, which=COMPLETE)
def test_each_member_has_its_own_parts(
    engine: Engine, parts: Any, later: Any, measures: Any, which: set[int]
) -> None:
    """What came later counts only for those for whom it does."""
    wanted = [Wanted(each, (MONTH,)) for each in measures]
    old = [at for at in ALL if at not in which]
    with TemporaryDirectory() as folder:
        files = Files(folder)
        several = [
            Portion(files.of(TABLE, parts), old),
            Portion(files.of(TABLE, [*parts, *later]), [*which]),
        ]
        found = [*recount(engine, {"jobs": several}, wanted, MEMBERS, [ALL], {"jobs": feeds({*ALL})})]
    oracle = Oracle(TABLE, of(parts, old) + of([*parts, *later], [*which]), True)
    assert [told(each) for each in found] == [oracle.measure(each) for each in measures]


@settings(max_examples=8, deadline=None)
@given(above=PARTS, below=PARTS, measures=RATIOS_OVER_TWO, complete=COMPLETE, other=COMPLETE)
def test_ratios_over_two_tables(
    engine: Engine, above: Any, below: Any, measures: Any, complete: set[int], other: set[int]
) -> None:
    wanted = [Wanted(each, (MONTH,)) for each in measures]
    with TemporaryDirectory() as folder:
        files = Files(folder)
        portions = {
            "jobs": [Portion(files.of(TABLE, above), ALL)],
            "visits": [Portion(files.of(OTHER, below), ALL)],
        }
        known = {"jobs": feeds(complete), "visits": feeds(other)}
        found = [*recount(engine, portions, wanted, MEMBERS, WHOLES, known)]
    shown = {(each.value.unit_id, each.value.measure): told(each) for each in found}
    for number, whole in enumerate(WHOLES):
        top = Oracle(TABLE, of(above, whole), complete.issuperset(whole))
        bottom = Oracle(OTHER, of(below, whole), other.issuperset(whole))
        for each in measures:
            assert shown[number, each.measure] == top.measure(each, bottom)
