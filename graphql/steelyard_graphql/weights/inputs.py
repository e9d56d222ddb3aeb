"""Inputs: weights to be tried, and ways to find weights for the indicators of a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import strawberry

from steelyard.access.problems import UNIT_NOT_FOUND
from steelyard.errors import NotFound, Place
from steelyard.errors import Problem as Found
from steelyard.services.problems import UNIT_NOT_SCORED
from steelyard.services.weights.proposal import ProposedWeight
from steelyard_graphql.limits import some

UNITS_MOST = 1000


@strawberry.input(description="A weight that one indicator is to have among its siblings.")
class ProposedWeightInput:
    """A proposed weight."""

    indicator: str = strawberry.field(description="The code of the indicator.")
    weight: float = strawberry.field(
        description="The weight, 0 or more, on the scale of its siblings' weights or points."
    )


def proposed(given: Sequence[ProposedWeightInput]) -> list[ProposedWeight]:
    """The weights that are to be tried: the decimals that were written."""
    return [ProposedWeight(one.indicator, Fraction(repr(one.weight))) for one in given]


def told_about(units: Sequence[str] | None) -> list[str] | None:
    """The units to tell about: all for None, none for an empty list; InvalidInput for too many."""
    if not units:
        return None if units is None else []
    return some(units, "units", UNITS_MOST)


def naming_units(error: NotFound) -> NotFound:
    """The same, placing what is wrong with a unit: these inputs name several, others one."""
    return NotFound(_placed(problem) for problem in error.problems)


def _placed(found: Found) -> Found:
    if found.kind in (UNIT_NOT_FOUND, UNIT_NOT_SCORED):
        return replace(found, place=Place(field="units"))
    return found
