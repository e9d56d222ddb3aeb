"""Peers: where a unit stands among all units that its scheme scores, those out of scope included.

These figures are all that anybody is told about units that they do not see, and only where they say nothing
of any single one: where the policy `peer_minimum` units out of scope have a score, or none is out of scope.
Out of scope is what the account does not see, whatever its token leaves of that: else a narrow token would
tell of a few units together with what a wide one shows of the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.comparison import Summary, summary
from steelyard.analysis.ranking import UNRANKED, rank
from steelyard.scoring import without_noise
from steelyard.scoring.observations import Floats
from steelyard.services import editions
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeNode
from steelyard.services.score_sheet import number
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class PeerStanding:
    """A unit among all that have a score on an indicator in a period, seen or not; the figures are scores.

    rank, percentile, quartile, tied: as in `RankEntry`; None, and `tied` 0, where the unit has no score.
    """

    rank: int | None
    tied: int
    percentile: float | None
    quartile: int | None
    summary: Summary


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why nothing is told: fewer than `minimum` units that the account does not see have a score there."""

    minimum: int


async def standing(
    view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str, node: str | None = None
) -> PeerStanding | Withheld:
    """Where a unit stands on an indicator, the root if left out; NotFound for what is not seen."""
    entry = view.context.entry(scheme)
    every = await editions.load(view, scope, entry)
    record = every.period(period)
    seen = every.edition(record)
    found, chosen = seen.unit(unit), seen.entry.node(node)
    whole = (await editions.load_whole(view, scope, entry)).edition(record)
    known = (await editions.load(view, actor.account_scope(scope), entry)).edition(record)
    if not known.is_whole:
        minimum = (await policy.current(view, scope)).peer_minimum
        if _scored(whole, record, chosen) - _scored(known, record, chosen) < minimum:
            return Withheld(minimum)
    return _standing(whole, found, record, chosen)


def _scores(scores: Cube, period: PeriodRecord, node: SchemeNode) -> Floats:
    """The scores of all units of a cube, (units,), NaN where there is none."""
    at = scores.place(node)
    if at is None:
        return np.full(len(scores.units), np.nan)
    return without_noise(scores.evaluation.rates[at, scores.rows(scores.units, period)] * 100)


def _scored(scores: Cube, period: PeriodRecord, node: SchemeNode) -> int:
    return int(np.count_nonzero(~np.isnan(_scores(scores, period, node))))


def _standing(scores: Cube, unit: UnitRecord, period: PeriodRecord, node: SchemeNode) -> PeerStanding:
    values = _scores(scores, period, node)
    ranking, at = rank(values), scores.position(unit)
    ranked = ranking.rank.item(at) != UNRANKED
    return PeerStanding(
        rank=ranking.rank.item(at) if ranked else None,
        tied=ranking.tied.item(at),
        percentile=number(ranking.percentile.item(at)),
        quartile=ranking.quartile.item(at) if ranked else None,
        summary=summary(values),
    )
