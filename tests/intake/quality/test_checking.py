"""What checks of data quality examine and flag."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oracle.record_samples import TABLE, write
from steelyard.intake.measures.census import take_census
from steelyard.intake.measures.engine import open_engine
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.intake.quality.checking import check, flagged_apart, tallies_of_checks
from steelyard.records.check import RecordCheck
from steelyard.scheme.calendar import BUILT_IN

EMPTY = dict.fromkeys(["kind", "items", "estimate", "invoice", "again", "due", "stay"])
DAY = date(2025, 1, 5)


def rows(values: list[int | None]) -> list[dict[str, Any]]:
    """Rows with these numbers of items."""
    common = {"unit_id": 1, "day": DAY, "done": DAY, "shop": "s", **EMPTY}
    return [{**common, "number": str(at), "items": value} for at, value in enumerate(values)]


CASES: list[tuple[dict[str, Any], list[int | None], tuple[int, int]]] = [
    ({"flag": [{"column": "items", "above": "3"}]}, [1, 4, None], (3, 1)),
    ({"missing": "items"}, [1, None, None], (3, 2)),
    ({"missing": "items", "among": [{"column": "items", "known": True}]}, [1, None], (1, 0)),
    ({"duplicate": ["items"]}, [1, 1, 1, 2, None, None], (6, 2)),
    (
        {"outlier": {"column": "items", "rule": "iqr", "times": "1.5"}},
        [1, 2, 3, 4, 5, 6, 7, 99, None],
        (8, 1),
    ),
    ({"outlier": {"column": "items", "rule": "mad", "times": "3.5"}}, [1, 2, 3, 4, 5, 6, 7, 99], (8, 1)),
    ({"outlier": {"column": "items", "rule": "sigma", "times": "2"}}, [1, 2, 3, 4, 5, 6, 7, 99], (8, 1)),
    ({"outlier": {"column": "items", "rule": "sigma", "times": "1"}}, [1, 2, 3, 99], (4, 0)),
]


@pytest.mark.parametrize(("body", "values", "expected"), CASES)
def test_a_check_counts_what_it_examines_and_flags(
    body: dict[str, Any], values: list[int | None], expected: tuple[int, int], tmp_path: Path
) -> None:
    """Each kind of check, by month; fewer than eight values have no outliers."""
    one = RecordCheck.model_validate({"check": "c", "title": "c", "quality": "accurate", **body})
    table = TABLE.model_copy(update={"checks": (one,)})
    part = Part(1, write(rows(values), tmp_path / "part"))
    with open_engine() as engine:
        sources = {table.table: TableParts(table, (part,))}
        census = take_census(engine, sources, tallies_of_checks(table), [BUILT_IN["month"]])
        [found] = check(census, table.table, flagged_apart(engine, sources[table.table], census.cuts))
    assert (found.examined, found.flagged) == expected
