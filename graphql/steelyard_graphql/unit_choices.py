"""Unit choices: which units a screen is of, the same way on every screen of many units."""

from __future__ import annotations

from typing import Annotated

import strawberry

from steelyard.analysis.choice import Condition
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scoring import outcome
from steelyard.services import unit_choice
from steelyard_graphql.limits import LIST_MOST, some, within
from steelyard_graphql.outcomes import Outcome
from steelyard_graphql.problems import LIST_TOO_LONG, NUMBER_OUT_OF_RANGE

PLACES_MOST = 100
FACTOR_MOST = 1000
ATTRIBUTES_MOST = 20
_UP_TO = f"1 to {LIST_MOST}"


@strawberry.input(
    description=(
        "What an attribute of a unit is to be on the last day of the period: one of the values, if any are "
        "named, and within the bounds, if any are given. It does not hold for a unit without the attribute, "
        "nor within bounds for one whose value is no number."
    )
)
class AttributeCondition:
    """A condition on an attribute."""

    name: str = strawberry.field(description="The name of the attribute, e.g. `size`.")
    values: list[str] | None = strawberry.field(
        default=None, description=f"{_UP_TO} values, of which it is to be one."
    )
    at_least: float | None = strawberry.field(default=None, description="The lower bound, inclusive.")
    at_most: float | None = strawberry.field(default=None, description="The upper bound, inclusive.")

    def read(self) -> Condition:
        """The condition; raises InvalidInput."""
        values = () if self.values is None else tuple(some(self.values, "values"))
        return Condition(self.name, values, self.at_least, self.at_most)


@strawberry.input(
    description=(
        "Who is like a unit in everything that is named here, itself included, in the period and on its last "
        "day."
    )
)
class PeerGroup:
    """A peer group."""

    unit: str = strawberry.field(description="The code of the unit.")
    attributes: list[str] | None = strawberry.field(
        default=None,
        description=f"1 to {ATTRIBUTES_MOST} attributes that have the same values, e.g. `size`.",
    )
    ancestor_type: str | None = strawberry.field(
        default=None, description="A type of unit, e.g. `region`: they are below the same one of that type."
    )
    measure: str | None = strawberry.field(
        default=None,
        description="A measure that the scheme reads: its values lie within `factor` of the unit's.",
    )
    factor: float = strawberry.field(
        default=unit_choice.FACTOR,
        description=f"1 to {FACTOR_MOST}: 2 means from half to twice the unit's value.",
    )

    def read(self) -> unit_choice.PeerGroup:
        """The group; raises InvalidInput."""
        if not 1 <= self.factor <= FACTOR_MOST:
            values = {"argument": "factor", "found": self.factor, "least": 1, "most": FACTOR_MOST}
            raise InvalidInput(Problem(NUMBER_OUT_OF_RANGE, Place(field="factor"), values))
        names = self.attributes
        return unit_choice.PeerGroup(
            unit=self.unit,
            attributes=() if names is None else tuple(some(names, "attributes", ATTRIBUTES_MOST)),
            ancestor_type=self.ancestor_type,
            measure=self.measure,
            factor=self.factor,
        )


@strawberry.input(
    description=(
        "Units by their place among those for which all else holds: the best, the worst, and a unit with its "
        "neighbours, together. Whoever ties with the last of the best, or the first of the worst, is among "
        "them."
    )
)
class PlaceChoice:
    """A choice of places."""

    top: int = strawberry.field(default=0, description=f"How many of the best: 0 to {PLACES_MOST}.")
    bottom: int = strawberry.field(default=0, description=f"How many of the worst: 0 to {PLACES_MOST}.")
    around: str | None = strawberry.field(
        default=None, description="The code of a unit that is shown with its neighbours."
    )
    reach: int = strawberry.field(
        default=unit_choice.REACH,
        description=f"How many neighbours above it and below it: 0 to {PLACES_MOST}.",
    )
    indicator: str | None = strawberry.field(
        default=None, description="The code of the indicator that they are ranked by; the root if left out."
    )

    def read(self) -> unit_choice.Places:
        """The places; raises InvalidInput."""
        return unit_choice.Places(
            top=within(self.top, 0, PLACES_MOST, "top"),
            bottom=within(self.bottom, 0, PLACES_MOST, "bottom"),
            around=self.around,
            reach=within(self.reach, 0, PLACES_MOST, "reach"),
            indicator=self.indicator,
        )


@strawberry.input(
    description=(
        "Which units are meant: of those that one sees and the scheme scores, those for which all holds that "
        "is given here, in the last period asked for and on its last day. Nothing given means all of them."
    )
)
class UnitChoice:
    """A choice of units."""

    codes: list[str] | None = strawberry.field(default=None, description=f"The codes of {_UP_TO} units.")
    children_of: str | None = strawberry.field(
        default=None, description="The code of a unit: those directly below it."
    )
    below: str | None = strawberry.field(
        default=None, description="The code of a unit: those at or anywhere below it."
    )
    attributes: list[AttributeCondition] | None = strawberry.field(
        default=None, description=f"What their attributes are to be: {ATTRIBUTES_MOST} conditions at most."
    )
    bands: list[str] | None = strawberry.field(
        default=None, description="The codes of bands: the root's is one of them."
    )
    verdicts: list[str] | None = strawberry.field(
        default=None, description="Verdicts: what the rules finally say is one of them."
    )
    passed: bool | None = strawberry.field(
        default=None, description="Whether the root reaches its pass line; none that has no such line."
    )
    outcomes: list[Outcome] | None = strawberry.field(
        default=None, description="Outcomes: the root's is one of them."
    )
    peers_of: PeerGroup | None = strawberry.field(default=None, description="The peers of a unit.")
    places: PlaceChoice | None = strawberry.field(
        default=None, description="The best, the worst, and who is near a unit, of all these."
    )

    def read(self) -> unit_choice.UnitChoice:
        """The choice; raises InvalidInput."""
        return unit_choice.UnitChoice(
            codes=None if self.codes is None else tuple(some(self.codes, "codes")),
            children_of=self.children_of,
            below=self.below,
            attributes=_conditions(self.attributes or []),
            bands=() if self.bands is None else tuple(some(self.bands, "bands")),
            verdicts=() if self.verdicts is None else tuple(some(self.verdicts, "verdicts")),
            passed=self.passed,
            outcomes=tuple(outcome.Outcome[each.name] for each in self.outcomes or ()),
            peers_of=None if self.peers_of is None else self.peers_of.read(),
            places=None if self.places is None else self.places.read(),
        )


def _conditions(given: list[AttributeCondition]) -> tuple[Condition, ...]:
    if len(given) > ATTRIBUTES_MOST:
        values = {"argument": "attributes", "found": len(given), "most": ATTRIBUTES_MOST}
        raise InvalidInput(Problem(LIST_TOO_LONG, Place(field="attributes"), values))
    return tuple(each.read() for each in given)


Choice = Annotated[
    UnitChoice | None,
    strawberry.argument(description="Which of these units; all of them if left out."),
]


def read_choice(given: UnitChoice | None) -> unit_choice.UnitChoice | None:
    """The choice that an argument makes; raises InvalidInput."""
    return None if given is None else given.read()
