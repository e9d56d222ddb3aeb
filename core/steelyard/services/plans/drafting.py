"""Plans: a draft of what a unit might do about its weak points, with the pack's advice."""

from __future__ import annotations

import asyncio

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.selection import select_rows
from steelyard.improvement.draft import DraftPlan, draft_plan
from steelyard.services import editions
from steelyard.services.context import View


async def draft(
    view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str, node: str | None = None
) -> DraftPlan:
    """Draft a plan for a node of a unit, the root if left out; nothing is stored. Raises NotFound."""
    known = await editions.load(view, scope, view.context.entry(scheme))
    asked = known.period(period)
    scores = known.edition(asked)
    row = scores.rows([scores.unit(unit)], asked)
    code = scores.entry.node(node).code
    return await asyncio.to_thread(
        lambda: draft_plan(select_rows(scores.evaluation, row), 0, scores.entry.advice, code)
    )
