"""Why a node has its number: the rubric in words, the inputs, and the arithmetic step by step as data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from steelyard.errors import Text
from steelyard.scheme.number import decimal_text
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.exact import Exact, ExactScores
from steelyard.scoring.outcome import REASONS, Outcome, Reason, Status
from steelyard.scoring.rubrics import Deducted
from steelyard.scoring.tree import Node, Tree

MEANS: dict[Fraction | None, Text] = {
    Fraction(1): Text("加权算术平均", "weighted arithmetic mean"),
    Fraction(0): Text("加权几何平均", "weighted geometric mean"),
    Fraction(-1): Text("加权调和平均", "weighted harmonic mean"),
    None: Text("取下级最低得分率", "the lowest rate below"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One measure that a leaf read; `value` is empty unless the status is VALUE."""

    measure: str
    status: Status
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Term:
    """One child's part in a group: `share` is its weight among the children that take part (0…1).

    weight: its weight among its siblings (what applies of it, where N/A is pooled). rate: None where it has
    no score. contribution: share × rate, what it adds to an arithmetic group's rate; None for other means.
    """

    code: str
    outcome: Outcome
    weight: Fraction
    share: Fraction
    rate: float | None
    contribution: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A node's number, taken apart: a leaf has inputs and an account, a group has terms.

    rate: before rules for the root; exact to the last digit of a float, None without a score.
    """

    code: str
    outcome: Outcome
    reason: Text
    sentence: Text
    rate: float | None
    exact: str | None
    inputs: tuple[Input, ...]
    account: tuple[Deducted, ...]
    terms: tuple[Term, ...]


def explain(evaluation: Evaluation, row: int, code: str) -> Explanation:
    """Explain one node of one row; KeyError for a code that is not in the tree."""
    tree = evaluation.trees[int(evaluation.tree_of[row])]
    node = tree.nodes[evaluation.index[code]]
    cells = Cells(evaluation.observations)
    rows = np.array([row])
    exact = ExactScores(tree, cells, evaluation.outcomes[:, rows], evaluation.rates[:, rows], rows, {})
    outcome = Outcome(int(evaluation.outcomes[node.index, row]))
    number = exact.rate(node.index, 0) if outcome is Outcome.SCORED else None
    values = _inputs(node, cells, row)
    scored_leaf = node.rubric is not None and outcome is Outcome.SCORED
    return Explanation(
        code=code,
        outcome=outcome,
        reason=REASONS[Reason(int(evaluation.reasons[node.index, row]))],
        sentence=sentence(tree, node),
        rate=None if number is None else float(number),
        exact=_written(number),
        inputs=values,
        account=node.rubric.account([i.value for i in values]) if scored_leaf and node.rubric else (),
        terms=_terms(tree, node, exact),
    )


def sentence(tree: Tree, node: Node) -> Text:
    """A leaf's rubric, or a group's way of combining its children, in words."""
    if node.rubric is not None:
        return node.rubric.sentence()
    if not node.children:
        return REASONS[Reason.NO_FULL_MARK]
    if node.power in MEANS:
        return MEANS[node.power]
    power = decimal_text(node.power or Fraction(0))
    return Text(f"{power} 次幂加权平均", f"weighted power mean with exponent {power}")


def _inputs(node: Node, cells: Cells, row: int) -> tuple[Input, ...]:
    measures = () if node.rubric is None else node.rubric.measures
    rows = np.array([row])
    return tuple(
        Input(measure, Status(int(cells.status(measure, rows, 1)[0])), cells.exact(measure, row))
        for measure in measures
    )


def _terms(tree: Tree, node: Node, exact: ExactScores) -> tuple[Term, ...]:
    part = {i: exact.weight(i, 0) for i in exact.taking_part(node, 0)}
    total = sum(part.values(), Fraction(0))
    terms = []
    for i in node.children:
        outcome = exact.outcome(i, 0)
        share = part[i] / total if i in part and total else Fraction(0)
        rate = float(exact.rate(i, 0)) if outcome is Outcome.SCORED else None
        # Of the decimal that the rate stands for: 0.4 of 0.6965 is 0.2786, not 0.27859999999999996.
        added = float(share * Fraction(repr(rate or 0.0))) if i in part and node.power == 1 else None
        terms.append(Term(tree.nodes[i].code, outcome, exact.weight(i, 0), share, rate, added))
    return tuple(terms)


def _written(number: Exact | None) -> str | None:
    if number is None:
        return None
    return decimal_text(number) if isinstance(number, Fraction) else str(number)
