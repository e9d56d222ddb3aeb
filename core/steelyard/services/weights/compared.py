"""Compared: what judges say of pairs of a group's indicators, as AHP takes it; what is wrong says where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from steelyard import weighting as w
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.services.administration.texts import text_problems
from steelyard.services.weights import problems as p
from steelyard.services.weights.wanted import Compared, ComparedBy
from steelyard.weighting import Weighting
from steelyard.weighting.consistency import LIMIT
from steelyard.weighting.details import Ahp
from steelyard.weighting.judgements import ratio_text
from steelyard.weighting.problems import NOT_OF_THE_GROUP


def judges_of(codes: Sequence[str], said: Sequence[ComparedBy]) -> list[w.Judge]:
    """The judges with the matrices that their comparisons make.

    Raises InvalidInput with all problems. Their places are rows of files, or else
    `judges.<index>.comparisons.<index>.<column>`.
    """
    judges: list[w.Judge] = []
    problems: list[Problem] = []
    for at, each in enumerate(said):
        problems += text_problems(f"judges.{at}.name", each.name)
        try:
            judges.append(w.Judge(each.name, _judgements(codes, each.comparisons), each.weight))
        except InvalidInput as error:
            problems += (_placed(problem, at, each) for problem in error.problems)
    if problems:
        raise InvalidInput(problems)
    return judges


def doubts(weighting: Weighting) -> Iterator[Problem]:
    """Of each judge who is too inconsistent, the comparison that goes least with the others."""
    details = weighting.details
    if not isinstance(details, Ahp):
        return
    for judge in details.judges:
        if judge.doubt is None or judge.consistency_ratio <= LIMIT:
            continue
        values = {
            "judge": judge.name,
            "first": judge.doubt.first,
            "second": judge.doubt.second,
            "said": ratio_text(judge.doubt.said),
            "implied": f"{judge.doubt.implied:.2f}",
            "nearest": ratio_text(judge.doubt.nearest),
            "then": f"{judge.doubt.ratio_then:.3f}",
        }
        yield Problem(p.WEIGHT_DOUBTFUL_COMPARISON, values=values)


def _judgements(codes: Sequence[str], said: Sequence[Compared]) -> w.Judgements:
    """Comparisons of pairs, as the matrix that they make; places are `<index>.<column>` of what was said."""
    known = ", ".join(codes)
    problems = [
        Problem(NOT_OF_THE_GROUP, Place(field=f"{at}.{column}"), {"node": code, "known": known})
        for at, each in enumerate(said)
        for column, code in (("first", each.first), ("second", each.second))
        if code not in codes
    ]
    stands: dict[tuple[str, str], int] = {}
    for at, each in enumerate(said):
        if (each.first, each.second) in stands:
            values = {"first": each.first, "second": each.second}
            problems.append(Problem(p.WEIGHT_COMPARED_TWICE, Place(field=f"{at}.second"), values))
        stands[each.first, each.second] = at
    if problems:
        raise InvalidInput(problems)
    cells = [
        [said[stands[row, column]].ratio if (row, column) in stands else None for column in codes]
        for row in codes
    ]
    try:
        return w.read_matrix(codes, cells)
    except InvalidInput as error:
        raise InvalidInput(_said_where(problem, codes, stands) for problem in error.problems) from error


def _said_where(problem: Problem, codes: Sequence[str], stands: dict[tuple[str, str], int]) -> Problem:
    """What is wrong with a cell of the matrix, as of the comparison that is there."""
    row, column = problem.place.row, problem.place.field
    if row is None or column is None:
        return problem
    at = stands[codes[row - 1], column]
    return replace(problem, place=Place(field=f"{at}.ratio"))


def _placed(problem: Problem, at: int, judge: ComparedBy) -> Problem:
    """The problem where its comparison stands; one of none of them is of all that the judge says."""
    number, _, column = (problem.place.field or "").partition(".")
    if not number.isdecimal():
        file = next((each.place.file for each in judge.comparisons if each.place is not None), None)
        field = f"judges.{at}" if file is None else judge.name
        return replace(problem, place=Place(file, field=field))
    place = judge.comparisons[int(number)].place
    if place is None:
        return replace(problem, place=Place(field=f"judges.{at}.comparisons.{number}.{column}"))
    return replace(problem, place=replace(place, field=column))
