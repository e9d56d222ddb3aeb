"""Who is rated does not rate: nobody records what they are measured by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.access.actor import Actor
from steelyard.errors import Forbidden, Problem
from steelyard.services.problems import SELF_RATING
from steelyard.store.units import UnitRecord


def require_not_rated(actor: Actor, units: Iterable[UnitRecord]) -> None:
    """Raise Forbidden (SELF_RATING) with the units with which the actor is rated."""
    own = sorted(unit.code for unit in units if unit.id in actor.rated)
    if own:
        raise Forbidden(Problem(SELF_RATING, values={"unit": code}) for code in own)
