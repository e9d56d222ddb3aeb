"""Following a plan: it is handed out again each time that anything of it has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services.context import View
from steelyard.services.plans import reading
from steelyard.services.plans.plan import Plan
from steelyard.services.standing import actor_now
from steelyard.store import plans

LOOKED_EVERY = 1.0
"""Seconds between two looks; a look is one statement while no plan of the tenant changes."""


async def follow(view: View, actor: Actor, scope: Scope, *, number: str) -> AsyncGenerator[Plan, None]:
    """Hand a plan out as it is, and whenever it, an action or a comment has changed.

    What one may do is looked at anew each time. Raises what `reading.plan` does, and Forbidden where
    whoever follows is not let in any more.
    """
    last: tuple[object, ...] | None = None
    stamp: int | None = None
    while True:
        view.renew()
        now = (await view.stamps(scope)).get(plans.TOPIC, 0)
        if now != stamp:
            stamp = now
            seat = await actor_now(view, actor, scope)
            found = await reading.plan(view, *seat, number=number)
            said = await reading.comments(view, *seat, [found])
            if (found, said) != last:
                last = found, said
                yield found
        await asyncio.sleep(LOOKED_EVERY)
