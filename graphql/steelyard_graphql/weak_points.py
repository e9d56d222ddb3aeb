"""Weak points (弱项): what costs a scorecard most points, and what was not measured."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.improvement.weaknesses import Diagnosis as FoundDiagnosis
from steelyard.improvement.weaknesses import Shortfall as FoundShortfall
from steelyard.improvement.weaknesses import WeakPoint as FoundPoint
from steelyard.services.scheme_entry import SchemeEntry
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.explanations import Explanation
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.outcomes import Outcome


@strawberry.type(description="A leaf that could gain points, or that was not measured (弱项).")
class WeakPoint:
    """A weak point."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    outcome: Outcome = strawberry.field(description="SCORED, or MISSING for what was not measured.")
    rate: float | None = strawberry.field(description="Its rate 0…1.")
    points: float | None = strawberry.field(description="Its points.")
    full_mark: float = strawberry.field(description="Its full mark.")
    lost: float | None = strawberry.field(description="The points it lacks to its full mark.")
    gap: float | None = strawberry.field(
        description="The points it lacks to its pass line; 0 where it passed."
    )
    gain: float = strawberry.field(
        description="The points that the node asked about would gain if this alone reached full marks."
    )
    gain_to_line: float | None = strawberry.field(description="The same if it reached its pass line.")
    evidence: Explanation = strawberry.field(description="What was read, and the rubric in words.")

    @classmethod
    def of(cls, found: FoundPoint, entry: SchemeEntry) -> Self:
        """Show a weak point."""
        return cls(
            indicator=Indicator.of(entry, entry.node(found.code)),
            outcome=Outcome(found.outcome.value),
            rate=found.rate,
            points=found.points,
            full_mark=found.full,
            lost=found.lost,
            gap=found.gap,
            gain=found.gain,
            gain_to_line=found.gain_to_line,
            evidence=Explanation.of(found.evidence),
        )


@plain
@strawberry.type(description="A group below its pass line.")
class Shortfall:
    """A shortfall."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    points: float = strawberry.field(description="Its points.")
    full_mark: float = strawberry.field(description="Its full mark.")
    pass_points: float = strawberry.field(description="The points from which it passes.")
    needed: float = strawberry.field(description="The points it lacks.")

    @classmethod
    def of(cls, found: FoundShortfall, entry: SchemeEntry) -> Self:
        """Show a shortfall."""
        return cls(
            indicator=Indicator.of(entry, entry.node(found.code)),
            points=found.points,
            full_mark=found.full,
            pass_points=found.line_points,
            needed=found.needed,
        )


@plain
@strawberry.type(description="Where a node stands, and where its points are.")
class Diagnosis:
    """A diagnosis."""

    indicator: Indicator = strawberry.field(description="The indicator asked about.")
    outcome: Outcome = strawberry.field(description="Whether it has a score.")
    points: float | None = strawberry.field(description="Its points.")
    full_mark: float | None = strawberry.field(description="Its full mark.")
    pass_points: float | None = strawberry.field(description="The points from which it passes.")
    needed: float | None = strawberry.field(
        description="The points it lacks; 0 where it passed, null without a pass line or a score."
    )
    weak_points: list[WeakPoint] = strawberry.field(
        description="What could gain points, the largest gain first."
    )
    unmeasured: list[WeakPoint] = strawberry.field(
        description="What was not measured, the largest gain first."
    )
    shortfalls: list[Shortfall] = strawberry.field(
        description="The node and the groups below it that miss their pass lines, in the order of the tree."
    )
    words: strawberry.Private[Text]

    @computed("The diagnosis in one or two sentences.", plain=True)
    def summary(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the summary in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: FoundDiagnosis, entry: SchemeEntry) -> Self:
        """Show a diagnosis."""
        return cls(
            indicator=Indicator.of(entry, entry.node(found.code)),
            outcome=Outcome(found.outcome.value),
            points=found.points,
            full_mark=found.full,
            pass_points=found.line_points,
            needed=found.needed,
            weak_points=[WeakPoint.of(point, entry) for point in found.weak],
            unmeasured=[WeakPoint.of(point, entry) for point in found.unmeasured],
            shortfalls=[Shortfall.of(group, entry) for group in found.groups],
            words=found.summary,
        )
