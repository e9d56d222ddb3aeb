"""Corrections in a world: a month that was final and is corrected; outside one side did so more often."""

from __future__ import annotations

from datetime import timedelta

from noninterference.calling import START, Clock
from noninterference.industry import BRANCH
from noninterference.worlds import World
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.services import evaluating, measurements
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.perform import perform
from steelyard.services.context import Context

MONTH = "2025-04"
OWN = "R1.B1"
"""The branch that both sides correct."""
_WRONG = 1
"""What was measured by mistake, of 128."""


async def correct(context: Context, scope: Scope, world: World, clock: Clock) -> None:
    """Make a month final and correct it; in the end it says what it would have said without any mistake."""
    right = {who.key: row.speed for who, when, row in world.rows(BRANCH) if when == MONTH}
    hidden = [each.key for each in world.outside if each.key in right][:3] if world.differs else []
    clock.now = START + timedelta(days=5, hours=1)
    await _record(context, scope, world, OWN, _WRONG)
    await _finish(context, scope)
    for key in hidden:
        for speed in (_WRONG, right[key]):
            clock.now += timedelta(minutes=20)
            await _again(context, scope, world, key, speed)
    clock.now = START + timedelta(days=5, hours=12)
    await _again(context, scope, world, OWN, right[OWN])


async def _again(context: Context, scope: Scope, world: World, key: str, speed: int) -> None:
    opened = ReopenPeriod("month", MONTH, correct=True)
    await perform(context.view(), LOCAL_ADMINISTRATOR, scope, opened, reason="a mistake")
    await _record(context, scope, world, key, speed)
    await _finish(context, scope)


async def _record(context: Context, scope: Scope, world: World, key: str, speed: int) -> None:
    await measurements.record(
        context.view(),
        LOCAL_ADMINISTRATOR,
        scope,
        scheme=BRANCH,
        unit=world.codes[key],
        period=MONTH,
        measure="SPEED",
        value=repr(speed / 128),
    )


async def _finish(context: Context, scope: Scope) -> None:
    closed = ClosePeriod("month", MONTH)
    await perform(context.view(), LOCAL_ADMINISTRATOR, scope, closed, reason="over")
    seat = context.view(), LOCAL_ADMINISTRATOR, scope
    await evaluating.evaluate_scheme(*seat, scheme=BRANCH, period=MONTH)
