"""Weaknesses: where a unit loses points, and what was not measured."""

from __future__ import annotations

import asyncio

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.selection import select_rows
from steelyard.improvement.weaknesses import Diagnosis, diagnose
from steelyard.services import editions
from steelyard.services.context import View


async def find(
    view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str, node: str | None = None
) -> Diagnosis:
    """The weak points below a node, the root if left out, by what each could gain there; NotFound."""
    known = await editions.load(view, scope, view.context.entry(scheme))
    asked = known.period(period)
    scores = known.edition(asked)
    row = scores.rows([scores.unit(unit)], asked)
    code = scores.entry.node(node).code
    return await asyncio.to_thread(lambda: diagnose(select_rows(scores.evaluation, row), 0, code))
