"""Scorecards: a unit's scores in a period, and why a node has its number."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.selection import select_rows
from steelyard.scoring import Explanation, explain
from steelyard.services import editions, runs
from steelyard.services.context import View
from steelyard.services.score_sheet import Scorecard, ScoreSheet
from steelyard.store.weight_sets import WeightSetRecord


async def card(view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str) -> Scorecard:
    """The scorecard of one unit in one period; NotFound for what is not there."""
    found = await cards(view, actor, scope, scheme=scheme, period=period, units=[unit])
    return found[0]


async def cards(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    units: Sequence[str] | None = None,
) -> tuple[Scorecard, ...]:
    """The scorecards of some units in one period, all that the scheme scores if left out, by code.

    A unit of which nothing is known has a scorecard too: its nodes are MISSING. Raises NotFound.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    asked = known.period(period)
    scores = known.edition(asked)
    chosen = scores.asked(units)
    run = await runs.head(view, actor, scope, scheme=scheme, period_id=asked.id)
    return ScoreSheet(scores, chosen, asked, run).cards()


async def explain_node(
    view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str, node: str | None = None
) -> Explanation:
    """Take one node's number apart, the root's if left out; NotFound for what is not there."""
    known = await editions.load(view, scope, view.context.entry(scheme))
    asked = known.period(period)
    scores = known.edition(asked)
    row = scores.rows([scores.unit(unit)], asked)
    code = scores.entry.node(node).code
    return await asyncio.to_thread(lambda: explain(select_rows(scores.evaluation, row), 0, code))


async def weight_set(
    view: View, actor: Actor, scope: Scope, *, scheme: str, period: str
) -> WeightSetRecord | None:
    """The set that the scores of a period were worked out with; None for the scheme's own. NotFound."""
    known = await editions.load(view, scope, view.context.entry(scheme))
    asked = known.period(period)
    return known.edition(asked).weight_set(asked)
