"""Attributions: what the difference of two scores is made of, with nothing left over."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Self

import strawberry

from steelyard.analysis.attribution.attribute import NodeChange, PartKind, steps
from steelyard.analysis.attribution.attribute import Part as FoundPart
from steelyard.services import attributions
from steelyard.services.attribution_words import part_title
from steelyard.services.attributions import Explained, UnitAt
from steelyard_graphql.arguments import AtIndicator, BelowUnit, PeriodCode, SchemeCode, UnitCode
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.figures import percent_points
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.limits import some
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.unit_choices import Choice, read_choice
from steelyard_graphql.units import Unit


@strawberry.enum(description="What changed.")
class AttributionKind(Enum):
    """The kinds of `steelyard.analysis.attribution`."""

    PERFORMANCE = strawberry.enum_value(PartKind.PERFORMANCE.value, description="The rate of a leaf.")
    COVERAGE = strawberry.enum_value(
        PartKind.COVERAGE.value,
        description="Whether an indicator has a score at all, or how much of it applies.",
    )
    WEIGHTS = strawberry.enum_value(PartKind.WEIGHTS.value, description="The weights in a group.")
    VERSION = strawberry.enum_value(
        PartKind.VERSION.value,
        description="Another version of the scheme: its weights and means in a group, or a leaf's rubric.",
    )
    RULE = strawberry.enum_value(
        PartKind.RULE.value, description="What a rule adds, or the limit that a veto sets."
    )
    CORRECTION = strawberry.enum_value(
        PartKind.CORRECTION.value,
        description="What was corrected in a closed period since it first stood, whatever it changed.",
    )


@plain
@strawberry.type(description="One change, and how much of the difference it makes: a step of a waterfall.")
class AttributionPart:
    """A part of an attribution."""

    explained: strawberry.Private[Explained]
    found: strawberry.Private[FoundPart]
    kind: AttributionKind = strawberry.field(description="What changed.")
    subject: str = strawberry.field(description="The code of the indicator, or the id of the rule.")
    value: float = strawberry.field(description="What it makes of the difference, in points of 100.")
    reached: float = strawberry.field(description="The score after this part and all before it.")

    @computed("What the part is called.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return its title."""
        return said(part_title(self.found, self.explained.title(self.found)), locale)


def _score(rate: float | None) -> float | None:
    return None if rate is None else percent_points(rate)


@plain
@strawberry.type(description="An indicator on both sides, and what all changes at or below it make.")
class AttributionNode:
    """A node of an attribution."""

    code: str = strawberry.field(description="The code of the indicator.")
    before: float | None = strawberry.field(description="Its score on the first side, before rules.")
    after: float | None = strawberry.field(description="Its score on the second side, before rules.")
    value: float = strawberry.field(
        description="What all changes at or below it make of the difference, in points of 100."
    )

    @classmethod
    def of(cls, found: NodeChange) -> Self:
        """Show a node."""
        before, after = map(_score, (found.before, found.after))
        return cls(code=found.code, before=before, after=after, value=percent_points(found.value))


@plain
@strawberry.type(
    description=(
        "The difference of two scores on one indicator, as Shapley values that add up to it; "
        "all figures are in points of 100."
    )
)
class Attribution:
    """An attribution."""

    explained: strawberry.Private[Explained]
    indicator: Indicator = strawberry.field(description="The indicator.")
    before: float | None = strawberry.field(description="The score that is compared with.")
    after: float | None = strawberry.field(description="The score that is explained.")
    difference: float | None = strawberry.field(
        description="The second less the first; null where one of them has no score."
    )
    nodes: list[AttributionNode] = strawberry.field(description="The indicators in the order of the tree.")
    units: list[Unit] = strawberry.field(
        description="The unit explained; for a median those in the middle that it is of."
    )
    estimated: bool = strawberry.field(
        description="Whether a group had so many changes that their values are means over sampled orders."
    )

    @computed("The parts in the order of the tree, rules last; none of them is 0.", plain=True)
    def parts(self) -> list[AttributionPart]:
        """Return the parts."""
        return [
            AttributionPart(
                explained=self.explained,
                found=part,
                kind=AttributionKind(part.kind.value),
                subject=part.subject,
                value=percent_points(part.value),
                reached=percent_points(reached),
            )
            for part, reached in steps(self.explained.attribution)
        ]

    @computed("The difference and what makes most of it, in words.", plain=True)
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence."""
        return said(self.explained.sentence, locale)

    @classmethod
    def of(cls, found: Explained) -> Self:
        """Show an attribution."""
        made = found.attribution
        before, after, difference = map(_score, (made.before, made.after, made.difference))
        return cls(
            explained=found,
            indicator=Indicator.of(found.entry, found.node),
            before=before,
            after=after,
            difference=difference,
            nodes=[AttributionNode.of(node) for node in made.nodes],
            units=[Unit.of(unit) for unit in found.units],
            estimated=made.estimated,
        )


@strawberry.input(description="A unit in a period.")
class UnitInPeriod:
    """One side of an attribution."""

    unit: str = strawberry.field(description="The code of a unit that the scheme scores.")
    period: str = strawberry.field(description="The code of a period of one of the scheme's calendars.")
    revision: int | None = strawberry.field(
        default=None,
        description=(
            "As a revision of the closed period showed it, as numbered by `revisions` and for those who see "
            "any there; as it is shown now if left out. Where a side names one, nothing is told apart as "
            "corrected."
        ),
    )

    def read(self) -> UnitAt:
        """What the service asks for."""
        return UnitAt(self.unit, self.period, self.revision)


@strawberry.type
class AttributionQueries:
    """The queries that explain differences."""

    @computed("Why a unit in a period differs from another, or from itself in another period.")
    async def attribution(
        self,
        info: Info,
        scheme: SchemeCode,
        first: Annotated[UnitInPeriod, strawberry.argument(description="What is compared with.")],
        second: Annotated[UnitInPeriod, strawberry.argument(description="What is explained.")],
        indicator: AtIndicator = None,
    ) -> Attribution | None:
        """Return the attribution."""
        found = await attributions.between(
            *info.context.seat,
            scheme=scheme,
            first=first.read(),
            second=second.read(),
            node=indicator,
        )
        return Attribution.of(found)

    @computed("Why a unit differs from the median of others in the same period.")
    async def median_attribution(
        self,
        info: Info,
        scheme: SchemeCode,
        unit: UnitCode,
        period: PeriodCode,
        units: Annotated[
            list[str] | None,
            strawberry.argument(description="The codes of the others; all that one sees if left out."),
        ] = None,
        below: BelowUnit = None,
        indicator: AtIndicator = None,
        choose: Choice = None,
    ) -> Attribution | None:
        """Return the attribution."""
        found = await attributions.from_median(
            *info.context.seat,
            scheme=scheme,
            unit=unit,
            period=period,
            units=None if units is None else some(units, "units"),
            below=below,
            choice=read_choice(choose),
            node=indicator,
        )
        return Attribution.of(found)
