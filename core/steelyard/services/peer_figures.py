"""Peer figures: quartiles and median of comparable units on every indicator, those out of scope included.

They are the figures of a unit's standing among its peers (`peers`), told under the same condition: where
enough units out of the account's scope have a score on the indicator, or none is out of scope. They are of
all units, the one asked about included: figures of the others alone, asked for of one unit after another,
would tell single scores of units that one does not see.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.comparison import summary
from steelyard.improvement.finding import PeerFigures
from steelyard.scoring import without_noise
from steelyard.scoring.observations import Floats, Rows
from steelyard.services import editions
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.store.periods import PeriodRecord


async def figures(
    view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str
) -> Mapping[str, PeerFigures]:
    """What the rates of a unit's peers look like, by node code, where that may be told; NotFound."""
    entry = view.context.entry(scheme)
    every = await editions.load(view, scope, entry)
    record = every.period(period)
    every.edition(record).unit(unit)
    whole = (await editions.load_whole(view, scope, entry)).edition(record)
    known = (await editions.load(view, actor.account_scope(scope), entry)).edition(record)
    fewest = 0 if known.is_whole else (await policy.current(view, scope)).peer_minimum
    return await asyncio.to_thread(_figures, whole, known, record, fewest)


async def told_nodes(
    view: View, actor: Actor, scope: Scope, *, scheme: str, period: PeriodRecord
) -> frozenset[str] | None:
    """The nodes, by code, on which somebody is told of peers in a period; None for all.

    None as well where their account shows them all that the scheme scores, or all of the tenant. NotFound.
    """
    if actor.account_scope(scope).unit_ids is None:
        return None
    entry = view.context.entry(scheme)
    whole = (await editions.load_whole(view, scope, entry)).edition(period)
    known = (await editions.load(view, actor.account_scope(scope), entry)).edition(period)
    if known.is_whole:
        return None
    if period not in whole.periods:
        return frozenset()
    fewest = (await policy.current(view, scope)).peer_minimum
    unseen = await asyncio.to_thread(lambda: _count(_scores(whole, period)) - _count(_scores(known, period)))
    return frozenset(whole.evaluation.codes[at] for at in np.flatnonzero(unseen >= fewest).tolist())


def among(scores: Cube, period: PeriodRecord, places: Iterable[int]) -> dict[int, PeerFigures]:
    """What the rates of all units of a cube look like, by where nodes stand; none where nobody has one.

    Whom that may be told is asked elsewhere.
    """
    every = _scores(scores, period)
    result = {}
    for at in places:
        found = summary(every[at])
        quartiles = found.lower_quartile, found.median, found.upper_quartile
        lower, median, upper = (None if each is None else each / 100 for each in quartiles)
        if lower is not None and median is not None and upper is not None:
            result[at] = PeerFigures(found.count, lower, median, upper)
    return result


def _figures(whole: Cube, known: Cube, period: PeriodRecord, fewest: int) -> dict[str, PeerFigures]:
    unseen = _count(_scores(whole, period)) - _count(_scores(known, period))
    told = among(whole, period, np.flatnonzero(unseen >= fewest).tolist())
    return {whole.evaluation.codes[at]: found for at, found in told.items()}


def _scores(scores: Cube, period: PeriodRecord) -> Floats:
    """(nodes, units), NaN where there is none."""
    return without_noise(scores.evaluation.rates[:, scores.rows(scores.units, period)] * 100)


def _count(scores: Floats) -> Rows:
    return np.asarray((~np.isnan(scores)).sum(axis=1))
