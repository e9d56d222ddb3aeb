"""Answers to scores in a world: plans with what became of them, and objections; outside, the sides differ."""

from __future__ import annotations

from datetime import date
from random import Random

from noninterference.drawing import drawn_from
from noninterference.industry import BRANCH
from noninterference.worlds import World
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.services import structure
from steelyard.services.context import Context
from steelyard.services.plans import agreeing, creating, progress
from steelyard.store import objections, runs
from steelyard.store.objections import NewObjection

PERIOD = "2025-01"
OWN = "R1.B1"
"""The branch of which both sides have a plan that was carried out, and an objection."""
_BY = date(2031, 1, 1)


async def answer(context: Context, scope: Scope, world: World) -> None:
    """Draft plans and object; what is out of scope comes last on one side and first on the other.

    Of plans out of scope there are drafts alone: who acts is not compared with others.
    """
    hidden = [each.key for each in world.outside if each.type == "branch"][: 1 + 2 * world.side]
    for key in [*hidden, OWN] if world.side else [OWN, *hidden]:
        with drawn_from(Random(f"answers of {key}")):
            number = await _draft(context, scope, world, key)
            if key == OWN:
                await _carry_out(context, scope, number)
            await _object(context, scope, world, key)


async def _draft(context: Context, scope: Scope, world: World, key: str) -> str:
    made = await creating.create(
        context.view(), LOCAL_ADMINISTRATOR, scope, scheme=BRANCH, unit=world.codes[key], period=PERIOD
    )
    return made.plan.record.number


async def _carry_out(context: Context, scope: Scope, number: str) -> None:
    """Agree to a plan and do all of it: the next evaluation says what became of it."""
    plan = await agreeing.agree(context.view(), LOCAL_ADMINISTRATOR, scope, number=number, revision=0)
    for each in plan.actions:
        await progress.finish(
            context.view(),
            LOCAL_ADMINISTRATOR,
            scope,
            number=number,
            action=each.record.number,
            revision=each.record.revision,
        )


async def _object(context: Context, scope: Scope, world: World, key: str) -> None:
    """As if the period were closed: real ones are objected to in the first days only."""
    known = await structure.load_whole(context.view(), scope)
    unit, period = known.unit(world.codes[key]), known.period(PERIOD, ["month"])
    async with context.database.write(scope) as writer:
        [run] = await runs.heads(writer, scope, scheme=BRANCH, period_ids=[period.id])
        number = f"O-{key}-{world.side if key != OWN else 0}"
        new = NewObjection(number, BRANCH, unit.id, period.id, run.id, None, f"as seen at {key}", _BY)
        await objections.add(writer, scope, new, LOCAL_ADMINISTRATOR)
