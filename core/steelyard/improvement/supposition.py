"""Supposition: what all nodes would score if some leaves had other rates.

The whole evaluation is asked, not a formula: every leaf becomes one whose value is its rate, and the rows
are the suppositions. So means, pooled weights, missing-policies, adjustments, caps and vetoes answer as they
would in earnest, and lines are met exactly. Of rules only streaks and quotas are left out: they need other
periods and other units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.number import Quantity
from steelyard.scheme.rubric import LinearRubric
from steelyard.scheme.rule import QuotaRule, StreakRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.engine import evaluate
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.exact import ExactScores
from steelyard.scoring.observations import Observations, PeriodKey
from steelyard.scoring.outcome import Outcome, Status
from steelyard.scoring.tree import Node

Rates = Mapping[str, Fraction]
"""New rates by leaf code."""

_AS_RATE = LinearRubric(kind="linear", worst=Quantity.of(0), best=Quantity.of(1), clip=False)
_STATUS = {
    Outcome.SCORED: Status.VALUE,
    Outcome.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    Outcome.MISSING: Status.MISSING,
}


def suppose(
    evaluation: Evaluation,
    row: int,
    suppositions: Sequence[Rates],
    *,
    missing_as_zero: bool = False,
    without_rule: str | None = None,
) -> Evaluation:
    """Evaluate a row once more for each supposition; the result's rows are in their order.

    An empty supposition gives the row as it is. A leaf that was not measured is supposed to be. With
    `missing_as_zero` what has no score counts as 0, so that groups have a number to compare although too
    little of them was measured. without_rule: the id of a rule that is left out. KeyError for a code that is
    no leaf.
    """
    scheme = evaluation.scheme
    leaves = [node.code for node in evaluation.trees[0].nodes if not node.children]
    if strange := {code for rates in suppositions for code in rates} - set(leaves):
        raise KeyError(*sorted(strange))
    return evaluate(
        _over_rates(scheme, missing_as_zero=missing_as_zero, without_rule=without_rule),
        _observed(evaluation, row, suppositions),
        overlay=evaluation.trees[int(evaluation.tree_of[row])].overlay,
    )


def exact_rates(evaluation: Evaluation, row: int) -> dict[str, Fraction]:
    """The exact rates of the leaves that have a score in a row."""
    tree = evaluation.trees[int(evaluation.tree_of[row])]
    rows = np.array([row])
    outcomes, rates = evaluation.outcomes[:, rows], evaluation.rates[:, rows]
    exact = ExactScores(tree, Cells(evaluation.observations), outcomes, rates, rows, {})
    scored = (node for node in tree.nodes if not node.children and outcomes[node.index] == Outcome.SCORED)
    return {node.code: _exact_rate(exact, node) for node in scored}


def _exact_rate(exact: ExactScores, node: Node) -> Fraction:
    return exact.leaf(node, 0) or Fraction(0)


def _over_rates(scheme: Scheme, *, missing_as_zero: bool, without_rule: str | None) -> Scheme:
    """The scheme with every leaf reading its own rate."""
    rules = [rule for rule in scheme.rules if not isinstance(rule, StreakRule | QuotaRule)]
    changes: dict[str, object] = {
        "indicators": tuple(map(_leaf_over_rate, scheme.indicators)),
        "rules": tuple(rule for rule in rules if rule.id != without_rule),
    }
    if missing_as_zero:
        changes |= {"missing": "zero", "min_coverage": Quantity(Fraction(0), percent=True)}
    return scheme.model_copy(update=changes)


def _leaf_over_rate(indicator: Indicator) -> Indicator:
    if indicator.children is not None:
        below = tuple(map(_leaf_over_rate, indicator.children))
        return indicator.model_copy(update={"children": below})
    own = {"rubric": _AS_RATE, "measure": _measure(indicator.code), "applies_if": None}
    return indicator.model_copy(update=own)


def _measure(leaf: str) -> str:
    """A measure that no scheme can name: names there have no space at their ends."""
    return f"{leaf} "


def _observed(evaluation: Evaluation, row: int, suppositions: Sequence[Rates]) -> Observations:
    """The leaves' rates, and what rules read, in as many rows as there are suppositions."""
    count, seen = len(suppositions), evaluation.observations
    rates = exact_rates(evaluation, row)
    nodes = [node for node in evaluation.trees[0].nodes if not node.children]
    values = np.full((len(nodes), count), np.nan)
    status = np.empty(values.shape, dtype=np.uint8)
    exact: dict[tuple[int, int], Fraction] = {}
    for line, node in enumerate(nodes):
        status[line] = _STATUS[Outcome(int(evaluation.outcomes[node.index, row]))]
        for at, rate in _supposed(node.code, rates.get(node.code), suppositions):
            values[line, at], status[line, at] = float(rate), Status.VALUE
            if Fraction(repr(float(rate))) != rate:
                exact[line, at] = rate
    for (line, at), number in seen.exact.items():
        if at == row:
            exact.update({(len(nodes) + line, i): number for i in range(count)})
    return Observations(
        measures=(*(_measure(node.code) for node in nodes), *seen.measures),
        units=tuple(map(str, range(count))),
        periods=(PeriodKey(""),),
        values=np.vstack([values, np.repeat(seen.values[:, [row]], count, axis=1)]),
        status=np.vstack([status, np.repeat(seen.status[:, [row]], count, axis=1)]),
        unit=np.arange(count),
        period=np.zeros(count, dtype=np.intp),
        attributes={name: np.repeat(texts[[row]], count) for name, texts in seen.attributes.items()},
        exact=exact,
        exempt_rules={rule: np.repeat(exempt[[row]], count) for rule, exempt in seen.exempt_rules.items()},
    )


def _supposed(
    leaf: str, rate: Fraction | None, suppositions: Sequence[Rates]
) -> Iterator[tuple[int, Fraction]]:
    for at, rates in enumerate(suppositions):
        supposed = rates.get(leaf, rate)
        if supposed is not None:
            yield at, supposed
