"""Draft plans (改进计划): what answers the weak points of a scorecard, and what that would come to."""

from __future__ import annotations

from enum import Enum
from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.improvement.draft import Action as FoundAction
from steelyard.improvement.draft import ActionKind as Kind
from steelyard.improvement.draft import DraftPlan as FoundPlan
from steelyard.improvement.projection import Projection as FoundProjection
from steelyard.services.scheme_entry import SchemeEntry
from steelyard_graphql.advice import Advice
from steelyard_graphql.bands import Band
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.weak_points import Diagnosis, WeakPoint


@strawberry.enum(description="What an action is for.")
class ActionKind(Enum):
    """The kinds of actions."""

    IMPROVE = strawberry.enum_value(Kind.IMPROVE.value, description="To raise a score.")
    MEASURE = strawberry.enum_value(Kind.MEASURE.value, description="To measure what was not measured.")


@plain
@strawberry.type(description="One step of a draft plan (措施).")
class PlanAction:
    """An action."""

    kind: ActionKind = strawberry.field(description="What it is for.")
    indicator: Indicator = strawberry.field(description="The indicator it is about.")
    answers: list[str] = strawberry.field(description="The codes of the weak points that it answers.")
    gain: float = strawberry.field(
        description="The points it is expected to gain; for measuring, the points that are at stake."
    )
    points_after: float | None = strawberry.field(
        description="The points after this and all improving actions before it; null without a score."
    )
    expected_effect: float | None = strawberry.field(description="What it is expected to add to the rate.")
    effort_days: float | None = strawberry.field(description="The effort in person-days.")
    advice: Advice | None = strawberry.field(description="The advice of the playbook that it follows.")
    title_text: strawberry.Private[Text]
    role_text: strawberry.Private[Text | None]

    @computed("What to do.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.title_text, locale)

    @computed("Who usually does it.", plain=True)
    def role(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the role in the language asked for."""
        return None if self.role_text is None else said(self.role_text, locale)

    @classmethod
    def of(cls, found: FoundAction, entry: SchemeEntry) -> Self:
        """Show an action."""
        return cls(
            kind=ActionKind(found.kind.value),
            indicator=Indicator.of(entry, entry.node(found.indicator.code)),
            answers=list(found.weak_points),
            gain=found.gain,
            points_after=found.points_after,
            expected_effect=None if found.expected_effect is None else float(found.expected_effect),
            effort_days=None if found.effort is None else float(found.effort),
            advice=None if found.advice is None else Advice.of(found.advice),
            title_text=found.title,
            role_text=found.role,
        )


@plain
@strawberry.type(description="What a node would come out as.")
class Projection:
    """A projection."""

    score: float | None = strawberry.field(description="The score (0…100).")
    points: float | None = strawberry.field(description="The points.")
    passed: bool | None = strawberry.field(description="Whether it would reach its pass line.")
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands.")
    verdict: str | None = strawberry.field(description="What the rules would say; streaks are not foreseen.")

    @classmethod
    def of(cls, found: FoundProjection, entry: SchemeEntry) -> Self:
        """Show a projection."""
        bands = {band.code: band for band in entry.bands}
        return cls(
            score=found.score,
            points=found.points,
            passed=found.passed,
            band=None if found.band is None else Band.of(bands[found.band]),
            verdict=found.verdict,
        )


@plain
@strawberry.type(description="A draft plan: nothing of it is stored (改进计划草案).")
class DraftPlan:
    """A draft plan."""

    diagnosis: Diagnosis = strawberry.field(description="What it answers.")
    actions: list[PlanAction] = strawberry.field(description="Its actions, the largest gain first.")
    without_advice: list[WeakPoint] = strawberry.field(
        description="Weak points that the playbook says nothing about."
    )
    projected: Projection = strawberry.field(description="What all improving actions together would come to.")
    words: strawberry.Private[Text]

    @computed("The plan in a few sentences.", plain=True)
    def summary(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the summary in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: FoundPlan, entry: SchemeEntry) -> Self:
        """Show a draft plan."""
        return cls(
            diagnosis=Diagnosis.of(found.diagnosis, entry),
            actions=[PlanAction.of(action, entry) for action in found.actions],
            without_advice=[WeakPoint.of(point, entry) for point in found.without_advice],
            projected=Projection.of(found.projected, entry),
            words=found.summary,
        )
