"""Peer figures: quartiles and median of comparable units on every indicator, those out of scope included.

They are told under the same condition as a unit's standing among its peers (`peers`): where enough units out
of the account's scope have a score on the indicator, or none is out of scope.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.comparison import summary
from steelyard.improvement.finding import PeerFigures
from steelyard.scoring.observations import Floats
from steelyard.services import editions
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


async def figures(
    view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str
) -> Mapping[str, PeerFigures]:
    """What the rates of the other units look like, by node code, where that may be told; NotFound."""
    entry = view.context.entry(scheme)
    every = await editions.load(view, scope, entry)
    record = every.period(period)
    found = every.edition(record).unit(unit)
    whole = (await editions.load_whole(view, scope, entry)).edition(record)
    known = (await editions.load(view, actor.account_scope(scope), entry)).edition(record)
    fewest = 0 if known.is_whole else (await policy.current(view, scope)).peer_minimum
    return await asyncio.to_thread(_figures, whole, known, found, record, fewest)


def _figures(
    whole: Cube, known: Cube, unit: UnitRecord, period: PeriodRecord, fewest: int
) -> dict[str, PeerFigures]:
    rates = _rates(whole, period)
    unseen = np.count_nonzero(~np.isnan(rates), axis=1) - np.count_nonzero(
        ~np.isnan(_rates(known, period)), axis=1
    )
    others = np.delete(rates, whole.position(unit), axis=1)
    result = {}
    for at in np.flatnonzero(unseen >= fewest).tolist():
        found = summary(others[at])
        if found.lower_quartile is not None and found.median is not None and found.upper_quartile is not None:
            result[whole.evaluation.codes[at]] = PeerFigures(
                found.count, found.lower_quartile, found.median, found.upper_quartile
            )
    return result


def _rates(scores: Cube, period: PeriodRecord) -> Floats:
    """(nodes, units), NaN where there is none."""
    return scores.evaluation.rates[:, scores.rows(scores.units, period)]
