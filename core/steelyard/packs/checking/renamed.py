"""Measures that a scheme calls otherwise than everything else in its pack does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.errors import Problem
from steelyard.intake.problems import UNKNOWN_COLUMN
from steelyard.packs import problems as p
from steelyard.packs.scheme_file import SchemeFile
from steelyard.scheme.outline import leaves


def renamed_measures(files: Sequence[SchemeFile], found: Sequence[Problem]) -> Iterator[Problem]:
    """Point to a scheme's own line where samples or cases of its know the measure by another name."""
    others = {
        (str(problem.values["nearest"]), str(problem.values["found"]))
        for problem in found
        if problem.kind in (UNKNOWN_COLUMN, p.CASE_UNKNOWN_MEASURE) and problem.values.get("nearest")
    }
    for file in files:
        for spot in leaves(file.scheme) if file.scheme is not None else ():
            measure = spot.indicator.measure or spot.indicator.code
            for name, other in sorted(others):
                if name == measure and file.document is not None:
                    field = "code" if spot.indicator.measure is None else "measure"
                    mark = file.document.mark((*spot.path, field))
                    values = {"measure": measure, "nearest": other, "found": other}
                    yield file.document.problem(p.MEASURE_RENAMED, mark, **values)
