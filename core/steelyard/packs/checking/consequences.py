"""What follows from another problem of the same pack, and goes away with it."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.errors import Problem
from steelyard.intake.problems import PERCENT_REFUSED
from steelyard.packs import problems as p
from steelyard.packs.instrument_problems import INSTRUMENT_TARGET

_UNREAD = frozenset(kind.code for kind in (p.NOT_UTF8, p.SPREADSHEET, p.UNREADABLE, p.TOO_LARGE, p.OUTSIDE))
CAUSES = _UNREAD | {
    kind.code
    for kind in (
        p.DUPLICATE_NAME,
        p.DUPLICATE_UNIT,
        p.LINE_WITHOUT_PERCENT,
        p.MEASURE_RENAMED,
        p.MISPLACED_SCHEME,
        p.NAME_CLASH,
        p.SCHEME_NAME,
    )
}
"""Codes of what is told before all else, for the rest may follow from it."""
_OF_UNREAD_SCHEMES = frozenset(
    kind.code
    for kind in (
        p.UNKNOWN_SCHEME,
        p.UNKNOWN_INDICATOR,
        p.MEASURE_UNREAD,
        p.NO_SCHEMES,
        p.PLAN_UNKNOWN_NAME,
        INSTRUMENT_TARGET,
    )
)
_FOLLOWERS = {
    p.DUPLICATE_NAME: (p.UNKNOWN_SCHEME,),
    p.DUPLICATE_UNIT: (p.SAMPLE_UNIT, p.UNKNOWN_PARENT, p.PLAN_UNKNOWN_NAME, p.ATTRIBUTE_DIFFERS),
    p.NAME_CLASH: (p.UNKNOWN_CALENDAR, p.SAMPLE_PERIOD),
    p.SCHEME_NAME: (p.NO_CASES,),
}


def without_consequences(found: Sequence[Problem]) -> list[Problem]:
    """Leave out what only follows from another problem that is an error itself."""
    codes = {problem.code for problem in found}
    dropped = {kind.code for cause, kinds in _FOLLOWERS.items() if cause.code in codes for kind in kinds}
    if any(_hides_a_scheme(problem) for problem in found):
        dropped |= _OF_UNREAD_SCHEMES
    return [problem for problem in _without_mismatches(found) if problem.code not in dropped]


def _hides_a_scheme(problem: Problem) -> bool:
    folder = (problem.place.file or "").rpartition("/")[0].rpartition("/")[2]
    return problem.kind is p.MISPLACED_SCHEME or (problem.code in _UNREAD and folder == "schemes")


def _without_mismatches(found: Sequence[Problem]) -> list[Problem]:
    """Figures of a case are not worth a word where what was measured could not be read."""
    measures = {each.values["measure"] for each in found if each.kind is p.LINE_WITHOUT_PERCENT}
    files, cases = set(), set()
    kept = []
    for each in found:
        if each.kind is PERCENT_REFUSED and each.values.get("measure") in measures:
            files.add(each.place.file)
            continue
        if each.kind is p.CASE_UNKNOWN_MEASURE:
            cases.add((each.place.file, each.values["case"]))
        kept.append(each)
    return [
        each
        for each in kept
        if each.kind is not p.CASE_MISMATCH
        or (each.place.file not in files and (each.place.file, each.values["case"]) not in cases)
    ]
