"""AHP: weights from pairwise comparisons, by one judge or several (T. L. Saaty 1980).

Several judges are joined by weighted geometric means: of their judgements (AIJ), then one eigenvector; or
of their priorities (AIP), each from an own eigenvector (E. Forman and K. Peniwati, Aggregating individual
judgments and priorities with the analytic hierarchy process, European Journal of Operational Research 108,
1998). Under AIJ a pair is joined over the judges who compared it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scheme.number import decimal_text
from steelyard.weighting import problems as p
from steelyard.weighting.agreement import consensus, kendall_w
from steelyard.weighting.consistency import Consistency, Doubt, consistency, find_doubt, of_judgements
from steelyard.weighting.decimals import settle_floats
from steelyard.weighting.details import DECIMALS, Ahp, Comparison, DoubtfulComparison, JudgeDetails
from steelyard.weighting.eigenvector import Floats
from steelyard.weighting.judgements import Judgements, Pair, not_linked
from steelyard.weighting.random_index import TABLES, IndexTable, TableName
from steelyard.weighting.result import Weighting, by_code

Aggregation = Literal["AIJ", "AIP"]


@dataclass(frozen=True)
class Judge:
    """Somebody who compared the indicators of a group; `weight` is relative to the other judges'."""

    name: str
    judgements: Judgements
    weight: Fraction = Fraction(1)


def ahp(
    judges: Sequence[Judge], *, aggregation: Aggregation = "AIJ", table: TableName = "saaty-2005"
) -> Weighting:
    """Find the weights of a group's indicators from comparisons.

    Raises InvalidInput with all problems: judges who compare other indicators or leave some unlinked, and
    more indicators than the random-index table goes to. Inconsistency is a warning of the result.
    """
    if wrong := list(_problems(judges, TABLES[table])):
        raise InvalidInput(wrong)
    codes = judges[0].judgements.codes
    alone = [of_judgements(judge.judgements, TABLES[table]) for judge in judges]
    by_judge = np.stack([each.priorities for each in alone])
    joined = _joined(judges, alone, aggregation, TABLES[table])
    priorities = _mean_of_priorities(judges, by_judge) if joined is None else joined.priorities
    details = Ahp(
        aggregation=aggregation if len(judges) > 1 else None,
        index_table=table,
        priorities=by_code(codes, priorities),
        lambda_max=None if joined is None else _figure(joined.lambda_max),
        consistency_index=None if joined is None else _figure(joined.index),
        consistency_ratio=None if joined is None else _figure(joined.ratio),
        judges=tuple(
            _judge_details(judge, each, TABLES[table]) for judge, each in zip(judges, alone, strict=True)
        ),
        kendall_w=_optional(kendall_w(by_judge)),
        consensus=_optional(consensus(by_judge)),
    )
    return Weighting(weights=settle_floats(codes, details.priorities.values()), details=details)


def _problems(judges: Sequence[Judge], table: IndexTable) -> Iterator[Problem]:
    if not judges:
        yield Problem(p.NO_JUDGES)
        return
    codes = judges[0].judgements.codes
    if not codes:
        yield Problem(p.NO_INDICATORS)
    if len(codes) > table.most:
        yield Problem(p.TOO_MANY_TO_COMPARE, values={"nodes": len(codes), "most": table.most})
    for name, times in Counter(judge.name for judge in judges).items():
        if times > 1:
            yield Problem(p.JUDGE_TWICE, Place(field=name), {"judge": name})
    for judge in judges:
        place = Place(field=judge.name)
        if judge.weight <= 0:
            values = {"judge": judge.name, "found": decimal_text(judge.weight)}
            yield Problem(p.JUDGE_WEIGHT, place, values)
        if judge.judgements.codes != codes:
            yield Problem(p.OTHER_INDICATORS, place, {"judge": judge.name})
        yield from not_linked(judge.judgements)


def _joined(
    judges: Sequence[Judge], alone: Sequence[Consistency], aggregation: Aggregation, table: IndexTable
) -> Consistency | None:
    """The consistency of the joined matrix, the judge's own where there is one; None under AIP."""
    if len(judges) == 1:
        return alone[0]
    if aggregation == "AIP":
        return None
    logs: dict[Pair, float] = {}
    weights: dict[Pair, float] = {}
    for judge in judges:
        for pair, ratio in judge.judgements.ratios.items():
            logs[pair] = logs.get(pair, 0.0) + float(judge.weight) * math.log(ratio)
            weights[pair] = weights.get(pair, 0.0) + float(judge.weight)
    ratios = {pair: math.exp(logs[pair] / weights[pair]) for pair in logs}
    return consistency(len(judges[0].judgements.codes), ratios, table)


def _mean_of_priorities(judges: Sequence[Judge], by_judge: Floats) -> Floats:
    weights = np.array([float(judge.weight) for judge in judges])
    mean = np.exp((weights[:, np.newaxis] * np.log(by_judge)).sum(axis=0) / weights.sum())
    return np.asarray(mean / mean.sum())


def _judge_details(judge: Judge, alone: Consistency, table: IndexTable) -> JudgeDetails:
    said, codes = judge.judgements, judge.judgements.codes
    return JudgeDetails(
        name=judge.name,
        weight=judge.weight,
        comparisons=tuple(
            Comparison(first=codes[i], second=codes[j], ratio=ratio) for (i, j), ratio in said.ratios.items()
        ),
        missing=said.missing,
        priorities=by_code(codes, alone.priorities),
        lambda_max=_figure(alone.lambda_max),
        consistency_index=_figure(alone.index),
        consistency_ratio=_figure(alone.ratio),
        doubt=_doubt_details(codes, find_doubt(said, table)),
    )


def _doubt_details(codes: Sequence[str], doubt: Doubt | None) -> DoubtfulComparison | None:
    if doubt is None:
        return None
    first, second = doubt.pair
    return DoubtfulComparison(
        first=codes[first],
        second=codes[second],
        said=doubt.said,
        implied=_figure(doubt.implied),
        nearest=doubt.nearest,
        ratio_then=_figure(doubt.ratio_then),
    )


def _figure(number: float) -> float:
    return round(number, DECIMALS)


def _optional(number: float | None) -> float | None:
    return None if number is None else _figure(number)
