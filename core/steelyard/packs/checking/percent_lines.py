"""Lines of rubrics that lack the `%` which the values that they are compared with carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.errors import InvalidInput, Problem
from steelyard.intake.faults import Faults
from steelyard.intake.grid import read_grid
from steelyard.intake.problems import PERCENT_REFUSED
from steelyard.packs import problems as p
from steelyard.packs.cases import read_cases
from steelyard.packs.checking.case_cells import cell_texts
from steelyard.packs.contribution import Contribution
from steelyard.packs.scheme_file import SchemeFile
from steelyard.scheme.document import Path
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Quantity
from steelyard.scheme.outline import leaves
from steelyard.scheme.rubric import CurveRubric, DeductRubric, LinearRubric, StepsRubric


def percent_lines(
    pack: Contribution, files: Sequence[SchemeFile], found: Sequence[Problem]
) -> Iterator[Problem]:
    """Find lines above 1 without `%` where most values of the measure carry it: one slip, not one a cell."""
    refused = {str(each.values.get("measure")) for each in found if each.kind is PERCENT_REFUSED}
    for file in files if refused else ():
        if file.scheme is None or file.document is None:
            continue
        told: set[str] = set()
        for measure, path, line in _lines(file.scheme):
            above_one = line.value is not None and line.value > 1 and not line.percent
            if measure not in refused or measure in told or not above_one:
                continue
            cells = list(_cells(pack, file.scheme.scheme, measure))
            if 2 * sum(cell.endswith("%") for cell in cells) > len(cells):
                told.add(measure)
                values = {"found": line, "measure": measure}
                yield file.document.problem(p.LINE_WITHOUT_PERCENT, file.document.mark(path), **values)


def _lines(scheme: Scheme) -> Iterator[tuple[str, Path, Quantity]]:
    """Each number that a measure is compared with, with its place."""
    for spot in leaves(scheme):
        own, path = spot.indicator.measure or spot.indicator.code, (*spot.path, "rubric")
        match spot.indicator.rubric:
            case LinearRubric(worst=worst, best=best):
                yield from ((own, (*path, name), line) for name, line in (("worst", worst), ("best", best)))
            case CurveRubric(through=through):
                yield from ((own, (*path, "through", n, 0), x) for n, (x, _) in enumerate(through))
            case StepsRubric(at=at):
                yield from ((own, (*path, "at", n, "from"), step.from_) for n, step in enumerate(at))
            case DeductRubric(rules=rules):
                for number, rule in enumerate(rules):
                    for name, line in (("below", rule.below), ("above", rule.above)):
                        if line is not None:
                            yield rule.measure or own, (*path, "rules", number, name), line


def _cells(pack: Contribution, scheme: str, measure: str) -> Iterator[str]:
    """What samples and cases write for a measure: numbers alone."""
    for table in pack.samples.tables:
        grid = read_grid(table.text, Faults(table.file)) if table.scheme == scheme else None
        if grid is not None and measure in grid.header:
            column = grid.header.index(measure)
            yield from (row[column].strip() for row in grid.rows if row[column].strip()[:1].isdigit())
    for source in pack.cases:
        try:
            file, document = read_cases(source)
        except InvalidInput:
            continue
        if file.scheme == scheme:
            for index in range(len(file.cases)):
                texts = cell_texts(document, ("cases", index, "measures"))
                yield from (text for name, _, text in texts if name == measure and text[:1].isdigit())
