"""The tree of one unit and period from the bottom up: outcomes, coverage, rates and points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from oracle.exact import Number, arithmetic, compare, geometric, multiply, power, read_number
from oracle.rubrics import leaf_rate
from oracle.table import MISSING, NOT_APPLICABLE, Row
from oracle.tree import Node

Plain = Mapping[str, Any]
ZERO = Fraction(0)


@dataclass(frozen=True)
class Score:
    """What a node came to before bands, pass lines and rules.

    `share` is the part of the node that applies (1 or 0 for a leaf); `full` the full mark of what
    applies; `obtained` and `assessed` add up points and full marks of the scored leaves, scaled as the
    full mark is where a group's own points differ from its children's sum.
    """

    outcome: str
    rate: Number | None
    coverage: Fraction | None
    share: Fraction
    full: Fraction | None
    obtained: Fraction
    assessed: Fraction


def score_tree(scheme: Plain, root: Node, row: Row, parameters: Mapping[str, Fraction]) -> dict[str, Score]:
    """Score every node of the tree from one row of the table; keyed by code."""
    scores: dict[str, Score] = {}
    for node in reversed(list(root.walk())):
        if node.children:
            below = [scores[child.code] for child in node.children]
            scores[node.code] = _group(scheme, node, below)
        else:
            scores[node.code] = _leaf(node, row, parameters)
    return scores


def _leaf(node: Node, row: Row, parameters: Mapping[str, Fraction]) -> Score:
    rate = NOT_APPLICABLE if node.exempt else leaf_rate(node.data, node.nominal, row, parameters)
    if rate == NOT_APPLICABLE:
        return Score(NOT_APPLICABLE, None, None, ZERO, None, ZERO, ZERO)
    if isinstance(rate, str):
        return Score(MISSING, None, ZERO, Fraction(1), node.nominal, ZERO, ZERO)
    mark = node.nominal
    return Score("SCORED", rate, Fraction(1), Fraction(1), mark, rate * mark, mark)


def _group(scheme: Plain, node: Node, below: Sequence[Score]) -> Score:
    own = [child.weight for child in node.children]
    pooled = scheme.get("not_applicable", "within") == "pooled"
    weights = [w * s.share if pooled else w for w, s in zip(own, below, strict=True)]
    scale = _scale(node)
    obtained = scale * sum((s.obtained for s in below), ZERO)
    assessed = scale * sum((s.assessed for s in below), ZERO)
    apply = [(s, w) for s, w in zip(below, weights, strict=True) if s.outcome != NOT_APPLICABLE]
    weight = sum((w for _, w in apply), ZERO)
    if weight == 0:
        return Score(NOT_APPLICABLE, None, None, ZERO, None, obtained, assessed)
    share = sum((w * s.share for w, s in zip(own, below, strict=True)), ZERO) / sum(own, ZERO)
    coverage = sum((w * (s.coverage or ZERO) for s, w in apply), ZERO) / weight
    outcome, part = _outcome(scheme, apply, coverage)
    rate = _aggregate(node.data.get("aggregate", "arithmetic"), part) if part else None
    full = scale * sum((s.full for s in below if s.full is not None), ZERO)
    return Score(outcome, rate, coverage, share, full, obtained, assessed)


def _outcome(
    scheme: Plain, apply: Sequence[tuple[Score, Fraction]], coverage: Fraction
) -> tuple[str, list[tuple[Number, Fraction]]]:
    """Return a group's outcome and the (rate, weight) pairs that take part if it is scored."""
    policy = scheme.get("missing", "exclude")
    covered = coverage >= read_number(scheme.get("min_coverage", 0), {})
    scored = [(s.rate, w) for s, w in apply if s.rate is not None]
    if policy == "block" and len(scored) < len(apply):
        return "INCOMPLETE", []
    if policy == "zero":
        if not covered:
            return "INCOMPLETE", []
        return "SCORED", [(ZERO if s.rate is None else s.rate, w) for s, w in apply]
    if not any(w for _, w in scored):
        return MISSING, []
    if not covered:
        return "INCOMPLETE", []
    return "SCORED", scored


def _aggregate(how: str | Plain, part: Sequence[tuple[Number, Fraction]]) -> Number:
    rates = [rate for rate, weight in part if weight > 0]
    if how == "minimum":
        return _least(rates)
    weights = [weight for _, weight in part if weight > 0]
    exponent = None if isinstance(how, str) else read_number(how["power"], {})
    if how == "arithmetic" or exponent == 1:
        return arithmetic(rates, weights)
    rates = [ZERO if compare(rate, ZERO) < 0 else rate for rate in rates]
    if exponent is not None and exponent > 0:
        return power(rates, weights, exponent)
    if any(compare(rate, ZERO) == 0 for rate in rates):
        return ZERO
    if how == "geometric":
        return geometric(rates, weights)
    return power(rates, weights, Fraction(-1) if exponent is None else exponent)


def _least(rates: Sequence[Number]) -> Number:
    least = rates[0]
    for rate in rates[1:]:
        if compare(rate, least) < 0:
            least = rate
    return least


def _scale(node: Node) -> Fraction:
    """How a group's full mark stands to the sum of its children's."""
    below = sum((child.nominal for child in node.children), ZERO)
    return node.nominal / below if below else ZERO


def points(rate: Number | None, full: Fraction | None) -> Number | None:
    """Rate × full mark, where both are there."""
    return None if rate is None or full is None else multiply(rate, full)
