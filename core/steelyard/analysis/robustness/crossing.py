"""Crossing: the factor of one weight that carries a unit over its pass line, or below it.

Where all groups from the weight up to the node are arithmetic means and nothing else hangs on weights, the
factor is solved for: with f, a group's rate is (T + f w r) / (C + f w), and the node's depends on it
linearly. Elsewhere (other means, pooled N/A, a least coverage) the nearest factor is looked for on a grid
and found by bisection.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from steelyard.analysis.robustness.panel import Panel
from steelyard.analysis.robustness.sheet import Part, Sheet
from steelyard.analysis.robustness.work import Report, check_ranges, silent
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.groups import NEAR
from steelyard.scoring.observations import Floats, Rows
from steelyard.scoring.rubrics.function import Bools

LARGEST = 10.0
STEPS = 24
"""Of the grid, from 1 to the largest factor and as many down."""
HALVINGS = 40
NOISE = 1e-12


@dataclass(frozen=True)
class Crossings:
    """For m weights and n units.

    nodes: the codes of the weights. factors: (m, n), the factor nearest to 1 at which the unit is exactly
    between passing and not; above 1 the weight would have to be more. NaN where no factor within reach does
    it, and where there is no score or no line.
    """

    nodes: tuple[str, ...]
    factors: Floats


def crossings(
    evaluation: Evaluation,
    rows: Rows,
    *,
    node: str | None = None,
    largest: float = LARGEST,
    report: Report = silent,
) -> Crossings:
    """Find the factors for all weights below a node, the root if left out; siblings keep their weights.

    rows: (n,) of the evaluation. Factors from 1 / largest to largest are within reach. The pass line is
    that of the node in each unit's own tree; it is held against the rate before vetoes limit it, as in
    scoring.
    """
    check_ranges(largest=(largest, 1.0, 1e6))
    panel = Panel.of(evaluation, rows, node)
    nodes = panel.weighted()
    factors = np.full((len(nodes), len(rows)), np.nan)
    for at, index in enumerate(nodes):
        for sheet, members in panel.sheets:
            line = sheet.tree.nodes[sheet.target].line
            if line is None or not sheet.tree.nodes[index].weight:
                continue
            if _is_linear(sheet, index):
                factors[at, members] = _solved(sheet, index, float(line), largest)
            else:
                factors[at, members] = _searched(sheet.along(index), index, float(line), largest)
        report(at + 1, len(nodes))
    return Crossings(tuple(evaluation.codes[i] for i in nodes), factors)


def _path(sheet: Sheet, index: int) -> list[int]:
    """The node and what is above it, up to but without the target."""
    path = []
    while index != sheet.target:
        path.append(index)
        index = sheet.tree.nodes[index].parent
    return path


def _is_linear(sheet: Sheet, index: int) -> bool:
    scheme = sheet.tree.scheme
    above = [sheet.tree.nodes[sheet.tree.nodes[i].parent] for i in _path(sheet, index)]
    return (
        scheme.not_applicable == "within"
        and not scheme.min_coverage.value
        and all(group.power == 1 for group in above)
    )


def _solved(sheet: Sheet, index: int, line: float, largest: float) -> Floats:
    """The factors (n,) where the node's rate is linear in the group's."""
    parts = sheet.parts({})
    target, rules = parts[sheet.target], sheet.rules
    if rules is not None and rules.cut and not 0 < line <= 1:
        return np.full(sheet.units, np.nan)
    rate = target.rate[0] if rules is None else (target.rate + rules.added)[0]
    slope = np.ones(sheet.units)
    with np.errstate(all="ignore"):
        for above in _path(sheet, index)[1:]:
            own, counted, _ = _in_group(sheet, parts, above)
            slope = slope * own / counted
        weight, counted, total = _in_group(sheet, parts, index)
        own_rate = parts[index].rate[0]
        rest, rest_total = counted - weight, total - weight * own_rate
        wanted = total / counted + (line - rate) / slope
        factor = (wanted * rest - rest_total) / (weight * (own_rate - wanted))
        # A little more than within reach, so that a factor of just that size is not lost to the last digits.
        reach = np.abs(np.log(factor)) <= math.log(largest) + NEAR
        alone = rest <= NOISE * counted
    return np.where(reach & ~alone & target.scored[0], factor, np.nan)


def _in_group(sheet: Sheet, parts: Mapping[int, Part], index: int) -> tuple[Floats, Floats, Floats]:
    """What a node weighs in each unit's group, 0 where it takes no part; all that do; and Σ weight × rate."""
    zero = sheet.tree.scheme.missing == "zero"
    counted, total, own = np.zeros(sheet.units), np.zeros(sheet.units), np.zeros(sheet.units)
    for i in sheet.tree.nodes[sheet.tree.nodes[index].parent].children:
        takes_part = parts[i].applies[0] if zero else parts[i].scored[0]
        weight = sheet.weight(i) * takes_part
        counted += weight
        total += weight * parts[i].rate[0]
        if i == index:
            own += weight
    return own, counted, total


def _searched(sheet: Sheet, index: int, line: float, largest: float) -> Floats:
    """The factors (n,) by bisection, from the nearest point of the grid that tells otherwise than 1 does."""
    grid = np.linspace(-1, 1, 2 * STEPS + 1)[:, np.newaxis] * math.log(largest)
    stands = _passes(sheet, index, line, np.zeros((1, 1)), None)[0]
    differs = _passes(sheet, index, line, grid, stands) != stands
    far = np.where(differs, np.abs(grid), np.inf)
    nearest = far.argmin(axis=0)
    found = np.flatnonzero(np.isfinite(far.min(axis=0)))
    result = np.full(sheet.units, np.nan)
    if not len(found):
        return result
    beyond = grid[nearest[found], 0]
    near = beyond - np.sign(beyond) * (math.log(largest) / STEPS)
    crossed, stood = sheet.take(found), stands[found]
    for _ in range(HALVINGS):
        middle = (near + beyond) / 2
        other = _passes(crossed, index, line, middle[np.newaxis], stood)[0] != stood
        near, beyond = np.where(other, near, middle), np.where(other, middle, beyond)
    result[found] = np.exp(beyond)
    return result


def _passes(sheet: Sheet, index: int, line: float, logs: Floats, otherwise: Bools | None) -> Bools:
    """Whether units pass with a weight times e to the power of `logs`, (d, 1) or (1, n); (d, n).

    Where there is no score: as in `otherwise`, (n,), or not.
    """
    rates = sheet.rates({index: sheet.weight(index) * np.exp(logs)}, len(logs), final=False)
    default = np.zeros(sheet.units, dtype=bool) if otherwise is None else otherwise
    return np.where(np.isnan(rates), default, rates >= line - NOISE)
