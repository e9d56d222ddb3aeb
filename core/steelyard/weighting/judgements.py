"""Judgements: how many times one indicator of a group weighs another, as a judge says it.

On Saaty's scale 1 is as much, 3 moderately, 5 strongly, 7 very strongly and 9 extremely more; reciprocals
say the opposite (T. L. Saaty, The Analytic Hierarchy Process, 1980). Ratios are exact and lie in 1/9…9; those
between two steps of the scale are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import InvalidInput, Kind, Place, Problem
from steelyard.scheme.number import parse_decimal
from steelyard.weighting import problems as p

Pair = tuple[int, int]
Cells = Sequence[Sequence[str | None]]

LARGEST = 9
SCALE: tuple[Fraction, ...] = (
    *(Fraction(1, step) for step in range(LARGEST, 1, -1)),
    *(Fraction(step) for step in range(1, LARGEST + 1)),
)
"""The 17 values of the scale, rising."""

_RATIO = re.compile(r"([^/]+)/([^/]+)")


@dataclass(frozen=True)
class Judgements:
    """What one judge says of a group's indicators.

    ratios: by (i, j) with i < j, indices into `codes`: how many times the ith weighs the jth. A pair that
    is not there was not compared.
    """

    codes: tuple[str, ...]
    ratios: Mapping[Pair, Fraction]

    @property
    def missing(self) -> int:
        """How many pairs were not compared."""
        return len(self.codes) * (len(self.codes) - 1) // 2 - len(self.ratios)

    def without(self, pair: Pair) -> Judgements:
        """All but one."""
        return Judgements(self.codes, {each: r for each, r in self.ratios.items() if each != pair})

    def changed(self, pair: Pair, ratio: Fraction) -> Judgements:
        """With another ratio for one pair."""
        return Judgements(self.codes, {**self.ratios, pair: ratio})

    def parts(self) -> list[tuple[int, ...]]:
        """The sets of indicators that comparisons link; one where the priorities are determined."""
        part = list(range(len(self.codes)))
        for i, j in self.ratios:
            old, new = part[j], part[i]
            part = [new if each == old else each for each in part]
        return [tuple(i for i, each in enumerate(part) if each == one) for one in dict.fromkeys(part)]


def read_matrix(codes: Sequence[str], cells: Cells) -> Judgements:
    """Read a pairwise matrix: cell (i, j) says how many times the ith indicator weighs the jth.

    cells: n × n texts such as `3`, `1/3` or `2.5`, empty or None where nothing is said. One triangle is
    enough: the other follows by reciprocity; where both are filled, they must agree exactly. Raises
    InvalidInput with all problems; their places are the row (from 1) and the column's code.
    """
    if wrong := list(_wrong_shape(codes, cells)):
        raise InvalidInput(wrong)
    said: dict[Pair, Fraction] = {}
    wrong = []
    for i, row in enumerate(cells):
        for j, text in enumerate(row):
            if text is None or not text.strip():
                continue
            ratio = parse_ratio(text)
            if ratio is None or not Fraction(1, LARGEST) <= ratio <= LARGEST:
                wrong.append(_problem(p.NOT_A_JUDGEMENT, codes, (i, j), found=text))
            else:
                said[i, j] = ratio
    wrong += _contradictions(codes, said)
    ratios = {(min(pair), max(pair)): r if pair[0] < pair[1] else 1 / r for pair, r in said.items()}
    judgements = Judgements(
        tuple(codes), {pair: ratios[pair] for pair in sorted(ratios) if pair[0] < pair[1]}
    )
    if not wrong:
        wrong += not_linked(judgements)
    if wrong:
        raise InvalidInput(wrong)
    return judgements


def parse_ratio(text: str) -> Fraction | None:
    """Read a positive number or a quotient of two, exactly; None where `text` is something else."""
    found = _RATIO.fullmatch(text.strip())
    over, under = (found[1], found[2]) if found else (text, "1")
    top, bottom = parse_decimal(over), parse_decimal(under)
    if top is None or bottom is None or top <= 0 or bottom <= 0:
        return None
    return top / bottom


def ratio_text(ratio: Fraction) -> str:
    """Write a ratio as judges do: `3`, `1/3`, `5/2`."""
    return str(ratio)


def not_linked(judgements: Judgements) -> Iterator[Problem]:
    """Name the sets of indicators that nothing compares with the rest."""
    parts = judgements.parts()
    for part in parts[1:]:
        group = ", ".join(judgements.codes[i] for i in part)
        yield Problem(p.NOT_LINKED, Place(field=judgements.codes[part[0]]), {"group": group})


def _wrong_shape(codes: Sequence[str], cells: Cells) -> Iterator[Problem]:
    if not codes:
        yield Problem(p.NO_INDICATORS)
        return
    for at, row in enumerate(cells if len(cells) == len(codes) else (*cells, ())):
        if len(row) != len(codes):
            values = {"nodes": len(codes), "row": at + 1, "found": len(row), "rows": len(cells)}
            yield Problem(p.MATRIX_SHAPE, Place(row=at + 1), values)


def _contradictions(codes: Sequence[str], said: Mapping[Pair, Fraction]) -> Iterator[Problem]:
    for (i, j), ratio in said.items():
        back = said.get((j, i))
        if i == j and ratio != 1:
            yield _problem(p.DIAGONAL, codes, (i, j), found=ratio_text(ratio))
        elif i < j and back is not None and back * ratio != 1:
            found, other = ratio_text(ratio), ratio_text(back)
            yield _problem(p.NOT_RECIPROCAL, codes, (i, j), found=found, back=other)


def _problem(kind: Kind, codes: Sequence[str], pair: Pair, **values: str) -> Problem:
    i, j = pair
    place = Place(row=i + 1, field=codes[j])
    return Problem(kind, place, {"first": codes[i], "second": codes[j], **values})
