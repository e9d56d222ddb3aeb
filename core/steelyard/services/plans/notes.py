"""Comments: what people say about a plan or one of its actions. They are not changed."""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services.administration.perform import refuse_problems
from steelyard.services.administration.texts import text_problems
from steelyard.services.context import View
from steelyard.services.plans.changing import changing
from steelyard.services.plans.plan import Plan
from steelyard.services.plans.reading import plan as read_plan
from steelyard.store import plan_notes

LONGEST = 4000


async def comment(
    view: View, actor: Actor, scope: Scope, *, number: str, text: str, action: int | None = None
) -> Plan:
    """Say something about a plan, in whatever state, or about one of its actions; needs `plan.edit`."""
    refuse_problems([*text_problems("text", text.replace("\n", " "), LONGEST)])
    async with changing(view, actor, scope, number) as held:
        action_id = None if action is None else held.action(action).id
        await plan_notes.comment(held.writer, scope, held.record.id, action_id, text.strip(), actor)
    return await read_plan(view, actor, scope, number=number)
