"""Between which rates a node can lie whatever is measured: proofs, so only what is certain counts.

Every mean lies between the smallest and the largest rate below it, whichever children take part.  That is all
that is used here, so a node may well reach less than its extent, but never more.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.quantities import literal
from steelyard.scheme.rubric import ChoiceRubric, CurveRubric, DeductRubric, Rubric, StepsRubric


@dataclass(frozen=True, slots=True)
class Extent:
    """No rate lies below `low` or above `high`."""

    low: Fraction
    high: Fraction


FULL = Extent(Fraction(0), Fraction(1))


def extents(scheme: Scheme) -> dict[str, Extent | None]:
    """The extent of each node before rules, by code; None where a rubric is not cut to 0…1."""
    found: dict[str, Extent | None] = {}
    for node in reversed([*scheme.tree().walk()]):
        found[node.code] = _leaf(node) if node.children is None else _group(node, scheme, found)
    return found


def _group(node: Indicator, scheme: Scheme, below: dict[str, Extent | None]) -> Extent | None:
    known = [below.get(child.code) for child in node.children or ()]
    sure = [extent for extent in known if extent is not None]
    if len(sure) < len(known) or not sure:
        return None
    low = Fraction(0) if scheme.missing == "zero" else min(extent.low for extent in sure)
    return Extent(low, max(extent.high for extent in sure))


def _leaf(leaf: Indicator) -> Extent | None:
    if leaf.rubric is None:
        return FULL
    if not leaf.rubric.clip:
        return None
    return _rubric(leaf.rubric, leaf.points.value if leaf.points is not None else None)


def _rubric(rubric: Rubric, full: Fraction | None) -> Extent:
    rates: list[Fraction | None] = [None]
    match rubric:
        case StepsRubric(at=steps, otherwise=otherwise):
            rates = [literal(rate) for rate in (otherwise, *(step.rate for step in steps))]
        case CurveRubric(through=through):
            rates = [literal(rate) for _, rate in through]
        case DeductRubric(floor=floor) if full:
            points = literal(floor)
            rates = [None if points is None else points / full, Fraction(1)]
        case ChoiceRubric(clamp=clamp) if full and clamp is not None:
            limits = [literal(limit) for limit in clamp]
            rates = [None if limit is None else limit / full for limit in limits]
    known = [min(max(rate, Fraction(0)), Fraction(1)) for rate in rates if rate is not None]
    return Extent(min(known), max(known)) if len(known) == len(rates) else FULL
