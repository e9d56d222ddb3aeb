"""Held: nobody hands out what they do not hold themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from steelyard.access.actor import Actor
from steelyard.access.permissions import WHOLE_TENANT, Permission
from steelyard.errors import Forbidden, Place, Problem
from steelyard.services.administration.account_problems import DAYS_INVALID, MORE_THAN_HELD


def require_held(actor: Actor, permissions: Iterable[Permission], unit_id: int | None) -> None:
    """Raise Forbidden (MORE_THAN_HELD) unless an actor holds all that permissions come to on a unit.

    On a unit those that concern the whole tenant come to nothing.
    """
    wanted = set(permissions) - (WHOLE_TENANT if unit_id is not None else frozenset())
    where: Collection[int] | None = None if unit_id is None else [unit_id]
    lacking = sorted(each.value for each in wanted if not actor.may(each, where))
    if lacking:
        raise Forbidden(Problem(MORE_THAN_HELD, values={"permissions": ", ".join(lacking)}))


def days_problems(days: int, most: int) -> Iterable[Problem]:
    """What is wrong with how long something is to last."""
    if not 1 <= days <= most:
        yield Problem(DAYS_INVALID, Place(field="days"), {"found": days, "most": most})
