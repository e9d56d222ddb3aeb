"""Sampling: how far a score may be off because its shares are of few records.

A share of k in n records has the interval of E. B. Wilson (Probable inference, the law of succession, and
statistical inference, Journal of the American Statistical Association 22, 1927). A leaf whose rubric reads
that one measure is scored at both ends of it. For a group each leaf in turn is set to its ends, and the
differences that makes are added as the roots of sums of squares: the leaves' errors are taken as
independent, and small enough that they add up. Measures that are not shares of counted records, and leaves
that read several, count as exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from steelyard.analysis.robustness.panel import Panel
from steelyard.analysis.robustness.sheet import Part, Sheet
from steelyard.analysis.robustness.work import check_ranges
from steelyard.analysis.selection import select_observations
from steelyard.scoring.engine import evaluate
from steelyard.scoring.evaluation import Evaluation, without_noise
from steelyard.scoring.observations import Floats, Observations, Rows
from steelyard.scoring.outcome import Status
from steelyard.scoring.rubrics import PythonRubric
from steelyard.scoring.tree import NO_RUBRICS

CONFIDENCE = 0.95


@dataclass(frozen=True)
class SampledShare:
    """A measure that is a share of counted records, in n rows of observations.

    hits, records: (n,), hits of so many records; NaN where that is not known. times: what the share is
    multiplied by to give the measure, 100 for percents.
    """

    hits: Floats
    records: Floats
    times: float = 1.0


@dataclass(frozen=True)
class SamplingError:
    """Intervals of the scores 0…100 of n units: (n,) each, NaN without a score.

    low and high are the score itself where no share below it was sampled.
    """

    confidence: float
    low: Floats
    high: Floats


def wilson(hits: Floats, records: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Wilson's interval of shares, low and high in 0…1; NaN where there are no records.

    >>> [round(float(end), 4) for end in wilson(np.array(8.0), np.array(10.0))]
    [0.4902, 0.9433]
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    with np.errstate(all="ignore"):
        share = hits / records
        middle = (share + z * z / (2 * records)) / (1 + z * z / records)
        half = z * np.sqrt(share * (1 - share) / records + (z / (2 * records)) ** 2) / (1 + z * z / records)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def sampling_error(
    evaluation: Evaluation,
    rows: Rows,
    sampled: Mapping[str, SampledShare],
    *,
    node: str | None = None,
    confidence: float = CONFIDENCE,
    rubrics: Mapping[str, PythonRubric] = NO_RUBRICS,
) -> SamplingError:
    """Find the intervals of a node's scores, of the root's if left out.

    rows: (n,) of the evaluation; sampled: by measure, for these rows. Weights and rules stay as they are.
    """
    check_ranges(confidence=(confidence, 0.5, 0.999))
    panel = Panel.of(evaluation, rows, node)
    ends = _leaf_rates(evaluation, rows, sampled, confidence, rubrics)
    low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for sheet, at in panel.sheets:
        base = sheet.rates({}, 1)[0]
        down, up = np.zeros(len(at)), np.zeros(len(at))
        for index in _sampled_leaves(sheet, sampled):
            apart = [_with_leaf(sheet, index, rates[index, at]) - base for rates in ends]
            down += np.minimum(np.minimum(*apart), 0.0) ** 2
            up += np.maximum(np.maximum(*apart), 0.0) ** 2
        low[at], high[at] = base - np.sqrt(down), base + np.sqrt(up)
        if sheet.tree.clipped and evaluation.scheme.cap != "none":
            low[at], high[at] = np.maximum(low[at], 0.0), np.minimum(high[at], 1.0)
    return SamplingError(confidence, without_noise(low * 100), without_noise(high * 100))


def _sampled_leaves(sheet: Sheet, sampled: Mapping[str, SampledShare]) -> list[int]:
    """The leaves that read one measure, which is sampled."""
    rubrics = ((index, sheet.tree.nodes[index].rubric) for index in sheet.leaves)
    return [i for i, each in rubrics if each and len(each.measures) == 1 and each.measures[0] in sampled]


def _with_leaf(sheet: Sheet, index: int, rate: Floats) -> Floats:
    """The target's rates (n,) with other rates of one leaf, where these and its own are scored."""
    leaf = sheet.leaves[index]
    known = np.where(leaf.scored[0] & ~np.isnan(rate), rate, leaf.rate[0])[np.newaxis]
    other = Part(leaf.applies, leaf.scored, known, leaf.coverage, leaf.share)
    return np.asarray(replace(sheet, leaves={**sheet.leaves, index: other}).rates({}, 1)[0])


def _leaf_rates(
    evaluation: Evaluation,
    rows: Rows,
    sampled: Mapping[str, SampledShare],
    confidence: float,
    rubrics: Mapping[str, PythonRubric],
) -> tuple[Floats, Floats]:
    """All nodes' rates (nodes, n) with all sampled measures at the low end, and at the high end."""
    observed = select_observations(evaluation.observations, rows)
    intervals = {
        measure: [end * share.times for end in wilson(share.hits, share.records, confidence)]
        for measure, share in sampled.items()
        if measure in observed.measures
    }
    low, high = (
        evaluate(
            evaluation.scheme,
            _moved(observed, {m: ends[at] for m, ends in intervals.items()}),
            rubrics=rubrics,
        )
        for at in (0, 1)
    )
    return low.rates, high.rates


def _moved(observed: Observations, ends: Mapping[str, Floats]) -> Observations:
    """The observations with other values of some measures, (n,) each, where these are known."""
    values, lines = observed.values.copy(), set()
    for measure, end in ends.items():
        line = observed.measures.index(measure)
        lines.add(line)
        known = (observed.status[line] == Status.VALUE) & ~np.isnan(end)
        values[line] = np.where(known, end, values[line])
    exact = {cell: number for cell, number in observed.exact.items() if cell[0] not in lines}
    return replace(observed, values=values, exact=exact)
