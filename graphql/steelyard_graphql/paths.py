"""Paths to a grade (达标路径): which advice brings a unit to a target with the least effort."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Self

import strawberry

from steelyard.errors import Text
from steelyard.improvement.path import Path as FoundPath
from steelyard.improvement.path import PathAnswer, Target, TargetKind
from steelyard.improvement.path import PathStatus as Status
from steelyard.improvement.path import Source as FoundSource
from steelyard.improvement.path import Step as FoundStep
from steelyard.improvement.path_finding import PASS_LINE
from steelyard.services import editions, paths
from steelyard.services.scheme_entry import SchemeEntry
from steelyard_graphql.advice import Advice
from steelyard_graphql.arguments import AtIndicator, PeriodCode, SchemeCode, UnitCode
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.plans import Projection


@strawberry.enum(description="What is to be reached.")
class PathTargetKind(Enum):
    """The kinds of targets."""

    LINE = strawberry.enum_value(TargetKind.LINE.value, description="The indicator's pass line.")
    BAND = strawberry.enum_value(TargetKind.BAND.value, description="A band, or a better one.")
    VERDICT = strawberry.enum_value(
        TargetKind.VERDICT.value,
        description="That the root passes and no gate or veto stands against it; of the root only. Streaks"
        " are not foreseen.",
    )


@strawberry.input(description="What an indicator is to reach.")
class PathTarget:
    """A target."""

    kind: PathTargetKind = strawberry.field(
        default=PathTargetKind.LINE, description="A pass line, a band or the verdict."
    )
    band: str | None = strawberry.field(
        default=None, description="With BAND: the code of the band; the next better one if left out."
    )

    def target(self) -> Target:
        """The target as the improvement room has it."""
        return Target(TargetKind(str(self.kind.value)), self.band)


@strawberry.enum(description="What became of the search for a path.")
class PathStatus(Enum):
    """The ends of a search."""

    REACHED = strawberry.enum_value(Status.REACHED.value, description="The target is reached as things are.")
    FOUND = strawberry.enum_value(Status.FOUND.value, description="There is a path.")
    INFEASIBLE = strawberry.enum_value(
        Status.INFEASIBLE.value, description="All advice together does not reach the target."
    )
    UNSUPPORTED = strawberry.enum_value(
        Status.UNSUPPORTED.value, description="The tree is of a kind that paths are not worked out for."
    )
    UNMEASURED = strawberry.enum_value(
        Status.UNMEASURED.value,
        description="The indicator has no score, and nothing is supposed of what was not measured.",
    )
    UNDECIDED = strawberry.enum_value(
        Status.UNDECIDED.value, description="The search took too long and came to no end."
    )


@strawberry.type(description="One advice followed (一步).")
class PathStep:
    """A step."""

    advice: Advice = strawberry.field(description="What to do.")
    indicator: Indicator = strawberry.field(description="The indicator that the advice is about.")
    leaves: list[str] = strawberry.field(description="The codes of the leaves that it raises.")
    gain: float = strawberry.field(description="The points that it alone adds.")
    points_after: float = strawberry.field(description="The points after this and all steps before it.")

    @classmethod
    def of(cls, found: FoundStep, entry: SchemeEntry) -> Self:
        """Show a step."""
        return cls(
            advice=Advice.of(found.advice),
            indicator=Indicator.of(entry, entry.node(found.indicator.code)),
            leaves=list(found.leaves),
            gain=found.gain,
            points_after=found.points_after,
        )


@strawberry.type(
    description="Steps that reach the target together, and not with any one of them left out (路径)."
)
class ImprovementPath:
    """A path."""

    steps: list[PathStep] = strawberry.field(description="The steps, the largest gain first.")
    effort_days: float = strawberry.field(description="Their effort in person-days.")
    projected: Projection = strawberry.field(description="What the indicator comes out as with all of them.")

    @classmethod
    def of(cls, found: FoundPath, entry: SchemeEntry) -> Self:
        """Show a path."""
        return cls(
            steps=[PathStep.of(step, entry) for step in found.steps],
            effort_days=float(found.effort),
            projected=Projection.of(found.projected, entry),
        )


@strawberry.type(description="A weak leaf as a source of points.")
class PointSource:
    """A source of points."""

    indicator: Indicator = strawberry.field(description="The leaf.")
    rate: float = strawberry.field(description="Its rate 0…1.")
    points: float = strawberry.field(description="Its points.")
    full_mark: float = strawberry.field(description="Its full mark.")
    bound: float = strawberry.field(
        description="The rate that it may be expected to reach: what the best quarter of comparable units"
        " has, where there are enough to tell; else full marks."
    )
    gain: float = strawberry.field(description="The points gained if it comes up to that.")
    needed_rate: float | None = strawberry.field(
        description="The rate with which it reaches the target by itself; null where it cannot."
    )
    needed_points: float | None = strawberry.field(description="The same in its points.")
    advised: bool = strawberry.field(description="Whether the playbook has advice that raises it.")

    @classmethod
    def of(cls, found: FoundSource, entry: SchemeEntry) -> Self:
        """Show a source."""
        return cls(
            indicator=Indicator.of(entry, entry.node(found.code)),
            rate=found.rate,
            points=found.points,
            full_mark=found.full,
            bound=found.bound,
            gain=found.gain,
            needed_rate=found.needed_rate,
            needed_points=found.needed_points,
            advised=found.advised,
        )


@strawberry.type(description="How an indicator reaches a target with the least effort; nothing is stored.")
class PathToGrade:
    """An answer."""

    indicator: Indicator = strawberry.field(description="The indicator asked about.")
    status: PathStatus = strawberry.field(description="What became of the search.")
    points: float | None = strawberry.field(description="Its points.")
    full_mark: float | None = strawberry.field(description="Its full mark.")
    target_points: float | None = strawberry.field(description="The points from which the target is reached.")
    needed: float | None = strawberry.field(description="The points that it lacks; null without a score.")
    best: ImprovementPath | None = strawberry.field(
        description="The path of least effort, then of fewest steps, then first by the codes of its advice."
    )
    alternatives: list[ImprovementPath] = strawberry.field(
        description="The next best, none of which contains one before it."
    )
    most: Projection | None = strawberry.field(description="What all advice together comes to.")
    lacking: float | None = strawberry.field(description="The points that it lacks even so.")
    sources: list[PointSource] = strawberry.field(
        description="Where points are to be had, the largest gain first."
    )
    level: float | None = strawberry.field(
        description="The rate 0…1 at which the target is reached if every weak leaf comes up to it."
    )
    to_measure: list[str] = strawberry.field(description="The codes of the leaves below that have no value.")
    why: strawberry.Private[Text | None]
    words: strawberry.Private[Text]

    @computed("Why there is no path; null where there is one.")
    def reason(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the reason in the language asked for."""
        return None if self.why is None else said(self.why, locale)

    @computed("The answer in a few sentences.")
    def summary(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the summary in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: PathAnswer, entry: SchemeEntry) -> Self:
        """Show an answer."""
        return cls(
            indicator=Indicator.of(entry, entry.node(found.code)),
            status=PathStatus(found.status.value),
            points=found.points,
            full_mark=found.full,
            target_points=found.target_points,
            needed=found.needed,
            best=None if found.best is None else ImprovementPath.of(found.best, entry),
            alternatives=[ImprovementPath.of(path, entry) for path in found.alternatives],
            most=None if found.most is None else Projection.of(found.most, entry),
            lacking=found.lacking,
            sources=[PointSource.of(source, entry) for source in found.sources],
            level=found.level,
            to_measure=list(found.to_measure),
            why=found.reason,
            words=found.summary,
        )


@strawberry.type
class PathQueries:
    """The query about paths."""

    @computed("How an indicator of a unit reaches a pass line, a band or the verdict with the least effort.")
    async def path_to_grade(
        self,
        info: Info,
        unit: UnitCode,
        scheme: SchemeCode,
        period: PeriodCode,
        at: AtIndicator = None,
        target: Annotated[
            PathTarget | None,
            strawberry.argument(description="What is to be reached; the pass line if left out."),
        ] = None,
    ) -> PathToGrade | None:
        """Return the path."""
        view, actor, scope = info.context.seat
        wanted = PASS_LINE if target is None else target.target()
        answer = await paths.find(
            view, actor, scope, scheme=scheme, unit=unit, period=period, node=at, target=wanted
        )
        known = await editions.load(view, scope, view.context.entry(scheme))
        return PathToGrade.of(answer, known.edition(known.period(period)).entry)
