"""The rule kinds of a scheme file, one class a kind; `steelyard.scoring.rules` applies them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from steelyard.scheme.base import Definition, Flag, Name, Whole, Words
from steelyard.scheme.number import Number, RateNumber


class Consequence(Definition):
    """What follows when a rule fires, e.g. 纠正改善报告 within 14 days."""

    title: Words
    action: Name | None = None
    deadline_days: Whole | None = Field(default=None, ge=0)


class RuleBase(Definition):
    """What every rule has: an id and optionally a consequence."""

    id: Name
    consequence: Consequence | None = None
    note: Words | None = None
    source: str | None = None
    assumed: Flag = False


class AdjustRule(RuleBase):
    """Adds each × count to the root's score, after the tree."""

    kind: Literal["adjust"]
    measure: Name
    each: Number
    at_most: Number | None = None
    veto_at: Number | None = None
    verdict: Name | None = None


class Requirement(Definition):
    """Nodes that must have passed: the children of one node, or a list."""

    children_of: Name | None = None
    nodes: tuple[Name, ...] = ()
    passed: Literal[True] = True


class GateRule(RuleBase):
    """Fires where a required node did not pass."""

    kind: Literal["gate"]
    require: Requirement
    verdict: Name


class Trigger(Definition):
    """A node at or below a rate, or a measure at or above a number."""

    any_of: tuple[Name, ...] = ()
    rate_at_most: RateNumber | None = None
    measure: Name | None = None
    at_least: Number | None = None


class VetoRule(RuleBase):
    """Fires where the trigger holds; `cap` limits the final score (0…100)."""

    kind: Literal["veto"]
    when: Trigger
    verdict: Name
    cap: Number | None = None


class StreakRule(RuleBase):
    """Fires in the n-th and every further consecutive period with a band or a verdict."""

    kind: Literal["streak"]
    band: Name | None = None
    verdict: Name | None = None
    periods: Whole = Field(ge=1)
    then: Name


class QuotaRule(RuleBase):
    """Shares out bands, such as 2:7:1, among a period's scored units; fires where a unit's own differs."""

    kind: Literal["quota"]
    shares: dict[Name, Number] = Field(min_length=1)
    min_group: Whole = Field(default=1, ge=1)
    advisory: Flag = True


Rule = Annotated[AdjustRule | GateRule | VetoRule | StreakRule | QuotaRule, Field(discriminator="kind")]
