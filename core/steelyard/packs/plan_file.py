"""`samples/plans.yaml`: sample improvement plans, whose actions answer weak points m:n."""

from __future__ import annotations

from pydantic import Field

from steelyard.packs.records import SampleAction, SampleEffect, SamplePlan
from steelyard.scheme.base import Definition, Flag, Name, Words
from steelyard.scheme.number import Weight

PLANS = "samples/plans.yaml"


class PlanEffectEntry(Definition):
    """What a plan is expected to bring."""

    code: Name
    title: Words
    source: str | None = None

    def effect(self) -> SampleEffect:
        """The effect."""
        return SampleEffect(self.code, self.title, self.source)


class PlanActionEntry(Definition):
    """One action of a plan: the weak points that it answers, the advice that it follows."""

    code: Name
    title: Words
    answers: tuple[Name, ...] = Field(min_length=1)
    advice: tuple[Name, ...] = ()
    effects: tuple[Name, ...] = ()
    role: Words | None = None
    effort: Weight | None = None
    source: str | None = None

    def action(self) -> SampleAction:
        """The action."""
        return SampleAction(
            code=self.code,
            title=self.title,
            answers=self.answers,
            advice=self.advice,
            effects=self.effects,
            role=self.role,
            effort=None if self.effort is None else self.effort.resolved({}),
            source=self.source,
        )


class PlanEntry(Definition):
    """One plan for a unit, which answers its evaluation in a period."""

    scheme: Name
    unit: Name
    period: Name
    title: Words
    source: str | None = None
    assumed: Flag = False
    note: Words | None = None
    effects: tuple[PlanEffectEntry, ...] = ()
    actions: tuple[PlanActionEntry, ...] = Field(min_length=1)

    def plan(self) -> SamplePlan:
        """The plan."""
        return SamplePlan(
            scheme=self.scheme,
            unit=self.unit,
            period=self.period,
            title=self.title,
            actions=tuple(entry.action() for entry in self.actions),
            effects=tuple(entry.effect() for entry in self.effects),
            source=self.source,
            assumed=self.assumed,
            note=self.note,
        )


class PlansFile(Definition):
    """`samples/plans.yaml`."""

    plans: tuple[PlanEntry, ...]
