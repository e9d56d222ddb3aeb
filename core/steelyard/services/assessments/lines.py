"""What may stand on a line: values as in a table, and points between 0 and the full mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.cell import Fault, read_cell
from steelyard.scheme.number import decimal_text
from steelyard.scheme.rubric import PointsRubric
from steelyard.scoring import Status, build_tree
from steelyard.services.assessments.problems import (
    ASSESSMENT_LINE_TWICE,
    ASSESSMENT_TEXT_TOO_LONG,
    POINTS_OUT_OF_RANGE,
)
from steelyard.services.assessments.sheet import LineInput, ReadLine
from steelyard.services.problems import MEASURE_NOT_READ, near
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store.assessments import LineStatus

LONGEST_COMMENT = 2000


def full_marks(entry: SchemeEntry) -> dict[str, Fraction]:
    """The full marks of the measures that are given in points, exactly."""
    tree = build_tree(entry.scheme, rubrics=entry.rubrics)
    return {
        node.indicator.measure or node.code: node.full
        for node in tree.nodes
        if isinstance(node.indicator.rubric, PointsRubric)
    }


def read_lines(entry: SchemeEntry, given: Sequence[LineInput]) -> list[ReadLine]:
    """Read lines; InvalidInput with all that is wrong, each with its place `lines[n].value`."""
    full = full_marks(entry)
    problems: list[Problem] = []
    read: list[ReadLine] = []
    seen: set[str] = set()
    for number, each in enumerate(given):
        if each.measure in seen:
            place = Place(field=f"lines[{number}].measure")
            problems.append(Problem(ASSESSMENT_LINE_TWICE, place, {"measure": each.measure}))
        seen.add(each.measure)
        problems += _comment_problems(number, each.comment)
        line = _read(entry, each, number, full.get(each.measure))
        if isinstance(line, Problem):
            problems.append(line)
        else:
            read.append(line)
    if problems:
        raise InvalidInput(problems)
    return read


def _read(entry: SchemeEntry, given: LineInput, number: int, full: Fraction | None) -> ReadLine | Problem:
    if given.measure not in entry.measures:
        values = {**near(given.measure, entry.measures), "scheme": entry.code}
        return Problem(MEASURE_NOT_READ, Place(field=f"lines[{number}].measure"), values)
    place = Place(field=f"lines[{number}].value")
    value = read_cell(given.value, entry.measures[given.measure].notation)
    if isinstance(value, Fault):
        return Problem(value.kind, place, {"measure": given.measure, **value.values})
    comment = given.comment or None
    if isinstance(value, Fraction):
        if full is not None and not 0 <= value <= full:
            values = {"measure": given.measure, "found": decimal_text(value), "full": decimal_text(full)}
            return Problem(POINTS_OUT_OF_RANGE, place, values)
        return ReadLine(given.measure, LineStatus.VALUE, value, comment)
    status = LineStatus.EMPTY if value is Status.MISSING else LineStatus.NOT_APPLICABLE
    return ReadLine(given.measure, status, None, comment)


def _comment_problems(number: int, comment: str | None) -> Iterator[Problem]:
    if comment is not None and len(comment) > LONGEST_COMMENT:
        field = f"lines[{number}].comment"
        values = {"field": field, "length": len(comment), "most": LONGEST_COMMENT}
        yield Problem(ASSESSMENT_TEXT_TOO_LONG, Place(field=field), values)
