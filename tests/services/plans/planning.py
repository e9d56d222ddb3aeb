"""What the tests of kept plans begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services.plans import agreeing, creating
from steelyard.services.plans.plan import Plan

SHOP: dict[str, Any] = {"scheme": SCHEME, "unit": "S2", "period": "2025-01"}


def person(code: str, rated: frozenset[int] = frozenset()) -> Actor:
    return Actor(code, Text(code, code), dict.fromkeys(Permission), rated)


def sat(seat: Seat, actor: Actor) -> Seat:
    return seat[0], actor, seat[2]


async def drafted(seat: Seat, **options: Any) -> Plan:
    return (await creating.create(*seat, **{**SHOP, **options})).plan


async def agreed(seat: Seat, **options: Any) -> Plan:
    plan = await drafted(seat, **options)
    return await agreeing.agree(*seat, number=plan.record.number, revision=plan.record.revision)


def at(plan: Plan, action: int = 1) -> dict[str, Any]:
    """The action of a plan, as it was seen last."""
    seen = next(each for each in plan.actions if each.record.number == action)
    return {"number": plan.record.number, "action": action, "revision": seen.record.revision}


def states(plan: Plan) -> Mapping[int, str]:
    return {each.record.number: each.record.state.value for each in plan.actions}
