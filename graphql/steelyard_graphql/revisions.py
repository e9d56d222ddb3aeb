"""Revisions (版次): the final evaluations of a period, and the later verdicts that count a corrected one."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.services import dependents, revisions
from steelyard.services.dependents import DependentVerdict as FoundVerdict
from steelyard.services.revisions import InputChange as FoundInput
from steelyard.services.revisions import Revision as Found
from steelyard.services.revisions import UnitChange as FoundUnit
from steelyard.store.runs import RunRoot
from steelyard_graphql.arguments import PeriodCode, SchemeCode
from steelyard_graphql.connections import First, PageArguments, check, size_of
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.outcomes import Outcome
from steelyard_graphql.periods import Period
from steelyard_graphql.runs import Run
from steelyard_graphql.units import Unit

AfterPeriod = Annotated[
    str | None,
    strawberry.argument(description="The code of a period: only verdicts of later ones; all if left out."),
]


@strawberry.type(description="What came out for a unit in a revision.")
class RevisedResult:
    """A result."""

    outcome: Outcome = strawberry.field(description="Whether it has a score.")
    score: float | None = strawberry.field(description="The score (0…100).")
    band: str | None = strawberry.field(description="The code of its band.")
    verdict: str | None = strawberry.field(description="What the rules finally say.")
    passed: bool | None = strawberry.field(description="Whether it reaches the pass line.")

    @classmethod
    def of(cls, found: RunRoot) -> Self:
        """Show a result."""
        return cls(
            outcome=Outcome[found.outcome],
            score=found.score,
            band=found.band,
            verdict=found.verdict,
            passed=found.passed,
        )


@strawberry.type(description="A unit for which something else came out than in the revision before.")
class RevisedUnit:
    """A changed result."""

    unit: Unit = strawberry.field(description="The unit.")
    before: RevisedResult | None = strawberry.field(description="What came out; null where it was not in it.")
    after: RevisedResult | None = strawberry.field(description="What came out then; null as before.")

    @classmethod
    def of(cls, found: FoundUnit) -> Self:
        """Show a changed result."""
        before, after = (
            None if each is None else RevisedResult.of(each) for each in (found.before, found.after)
        )
        return cls(unit=Unit.of(found.unit), before=before, after=after)


@strawberry.type(description="A measure that was another than in the revision before.")
class RevisedMeasure:
    """A changed input."""

    unit: Unit = strawberry.field(description="The unit.")
    measure: str = strawberry.field(description="The measure.")
    before: float | None = strawberry.field(description="Its value; null where it had none.")
    after: float | None = strawberry.field(description="Its value then; null where it had none.")

    @classmethod
    def of(cls, found: FoundInput) -> Self:
        """Show a changed input."""
        return cls(unit=Unit.of(found.unit), measure=found.measure, before=found.before, after=found.after)


@strawberry.type(description="A final evaluation of a period, and in what it differs from the one before.")
class Revision:
    """A revision."""

    run: Run = strawberry.field(description="The evaluation.")
    units_changed: int = strawberry.field(description="For how many units something else came out.")
    measures_changed: int = strawberry.field(description="How many measures of units were others.")
    version_changed: bool = strawberry.field(description="Whether it is of another version of the scheme.")
    weights_changed: bool = strawberry.field(description="Whether another weight set held.")
    exemptions_changed: list[int] = strawberry.field(
        description="The numbers of exemptions that count in one of the two alone."
    )
    found: strawberry.Private[Found]

    @computed("The units for which something else came out, by code.")
    def units(self, first: First = None) -> list[RevisedUnit]:
        """Return the first of them."""
        asked = PageArguments(first)
        check(asked)
        return [RevisedUnit.of(each) for each in self.found.units[: size_of(asked)]]

    @computed("The measures that were others.")
    def measures(self, first: First = None) -> list[RevisedMeasure]:
        """Return the first of them."""
        asked = PageArguments(first)
        check(asked)
        return [RevisedMeasure.of(each) for each in self.found.inputs[: size_of(asked)]]

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a revision."""
        return cls(
            run=Run.of(found.record),
            units_changed=len(found.units),
            measures_changed=len(found.inputs),
            version_changed=found.other_version,
            weights_changed=found.other_weights,
            exemptions_changed=[each.number for each in found.exemptions],
            found=found,
        )


@strawberry.type(
    description="A stored verdict of a closed period that would be another now, because an earlier period"
    " that a streak counts was corrected. It stays until its period is evaluated anew."
)
class DependentVerdict:
    """A dependent verdict."""

    unit: Unit = strawberry.field(description="The unit.")
    period: Period = strawberry.field(description="The closed period.")
    rules: list[str] = strawberry.field(description="The ids of the rules that make the difference.")
    stored: str | None = strawberry.field(description="The verdict that stands.")
    now: str | None = strawberry.field(description="The verdict that it would be.")

    @classmethod
    def of(cls, found: FoundVerdict) -> Self:
        """Show a dependent verdict."""
        return cls(
            unit=Unit.of(found.unit),
            period=Period.of(found.period),
            rules=list(found.rules),
            stored=found.stored,
            now=found.now,
        )


@strawberry.type
class RevisionQueries:
    """The queries about corrections."""

    @computed(
        "The final evaluations of a period, the first one first; of all units, so only those who see all of"
        " them see any."
    )
    async def revisions(self, info: Info, scheme: SchemeCode, period: PeriodCode) -> list[Revision] | None:
        """Return the revisions."""
        found = await revisions.revisions(*info.context.seat, scheme=scheme, period=period)
        return [Revision.of(each) for each in found]

    @computed("Verdicts of units one sees that stand although they would be others now, by period and unit.")
    async def dependent_verdicts(
        self, info: Info, scheme: SchemeCode, period: AfterPeriod = None, first: First = None
    ) -> list[DependentVerdict] | None:
        """Return the first of them."""
        asked = PageArguments(first)
        check(asked)
        found = await dependents.list_dependents(*info.context.seat, scheme=scheme, period=period)
        return [DependentVerdict.of(each) for each in found[: size_of(asked)]]
