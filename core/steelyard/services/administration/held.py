"""Held: nobody hands out what they do not hold themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from steelyard.access.actor import Actor
from steelyard.access.permissions import WHOLE_TENANT, Permission
from steelyard.errors import Forbidden, Place, Problem
from steelyard.services.administration.account_problems import DAYS_INVALID, HELD_FOR_A_TIME, MORE_THAN_HELD


def require_held(
    actor: Actor, permissions: Iterable[Permission], unit_id: int | None, until: datetime | None = None
) -> None:
    """Raise Forbidden unless an actor holds all that permissions come to on a unit, and as long.

    On a unit those that concern the whole tenant come to nothing. until: when what is handed out ends, None
    for never. MORE_THAN_HELD where the actor does not hold it, HELD_FOR_A_TIME where not as long.
    """
    wanted = set(permissions) - (WHOLE_TENANT if unit_id is not None else frozenset())
    where: Collection[int] | None = None if unit_id is None else [unit_id]
    lacking = _lacking(actor, wanted, where)
    if lacking:
        raise Forbidden(Problem(MORE_THAN_HELD, values={"permissions": ", ".join(lacking)}))
    for ends_at, rights in actor.endings:
        lacking = _lacking(actor.after(rights), wanted, where)
        if lacking and (until is None or ends_at < until):
            values = {"permissions": ", ".join(lacking), "day": ends_at.isoformat(timespec="minutes")}
            raise Forbidden(Problem(HELD_FOR_A_TIME, values=values))


def _lacking(actor: Actor, wanted: Iterable[Permission], where: Collection[int] | None) -> list[str]:
    return sorted(each.value for each in wanted if not actor.may(each, where))


def days_problems(days: int, most: int) -> Iterable[Problem]:
    """What is wrong with how long something is to last."""
    if not 1 <= days <= most:
        yield Problem(DAYS_INVALID, Place(field="days"), {"found": days, "most": most})
