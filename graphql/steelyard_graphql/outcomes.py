"""Outcomes: whether there is a number, which way of having none it is, and why."""

from __future__ import annotations

from enum import Enum

import strawberry

from steelyard.scoring import outcome


@strawberry.enum(
    description="Whether something has a score, and which of three ways of having none it is (结果状态)."
)
class Outcome(Enum):
    """The outcomes of scoring."""

    SCORED = strawberry.enum_value(outcome.Outcome.SCORED.value, description="It has a score; 0 is one, too.")
    NOT_APPLICABLE = strawberry.enum_value(
        outcome.Outcome.NOT_APPLICABLE.value, description="It does not concern this unit."
    )
    MISSING = strawberry.enum_value(
        outcome.Outcome.MISSING.value, description="It does, and nothing was measured."
    )
    INCOMPLETE = strawberry.enum_value(
        outcome.Outcome.INCOMPLETE.value, description="Too little was measured below it."
    )


@strawberry.enum(description="Why something has its outcome.")
class Reason(Enum):
    """The reasons of scoring."""

    MEASURED = strawberry.enum_value(outcome.Reason.MEASURED.value, description="It was measured.")
    VALUE_MISSING = strawberry.enum_value(
        outcome.Reason.VALUE_MISSING.value, description="Nothing was measured."
    )
    VALUE_INVALID = strawberry.enum_value(
        outcome.Reason.VALUE_INVALID.value, description="The value cannot be used."
    )
    VALUE_NOT_APPLICABLE = strawberry.enum_value(
        outcome.Reason.VALUE_NOT_APPLICABLE.value, description="Its measure was recorded as not applicable."
    )
    NOTHING_RECORDED = strawberry.enum_value(
        outcome.Reason.NOTHING_RECORDED.value, description="Its feed is complete and holds no record of it."
    )
    CONDITION_NOT_MET = strawberry.enum_value(
        outcome.Reason.CONDITION_NOT_MET.value, description="The condition under which it applies is not met."
    )
    CONDITION_UNKNOWN = strawberry.enum_value(
        outcome.Reason.CONDITION_UNKNOWN.value, description="It is not known whether it applies."
    )
    NO_FULL_MARK = strawberry.enum_value(outcome.Reason.NO_FULL_MARK.value, description="Its full mark is 0.")
    AGGREGATED = strawberry.enum_value(
        outcome.Reason.AGGREGATED.value, description="It was computed from what is below it."
    )
    NOTHING_APPLIES = strawberry.enum_value(
        outcome.Reason.NOTHING_APPLIES.value, description="Nothing below it applies."
    )
    NOTHING_SCORED = strawberry.enum_value(
        outcome.Reason.NOTHING_SCORED.value, description="Nothing below it has a score."
    )
    BLOCKED = strawberry.enum_value(
        outcome.Reason.BLOCKED.value, description="Something below it has no score."
    )
    COVERAGE_TOO_LOW = strawberry.enum_value(
        outcome.Reason.COVERAGE_TOO_LOW.value, description="Too little was measured below it."
    )
    EXEMPT = strawberry.enum_value(
        outcome.Reason.EXEMPT.value, description="The unit is exempt from it in this period (豁免)."
    )


OUTCOMES = tuple(Outcome(each.value) for each in outcome.Outcome)
REASONS = tuple(Reason(each.value) for each in outcome.Reason)
"""By the codes that scoring has for them."""


@strawberry.enum(description="What is known of one measure for one unit and period.")
class MeasureStatus(Enum):
    """The statuses of a measure."""

    VALUE = strawberry.enum_value(outcome.Status.VALUE.value, description="It has a value.")
    MISSING = strawberry.enum_value(outcome.Status.MISSING.value, description="Nothing was recorded.")
    NOT_APPLICABLE = strawberry.enum_value(
        outcome.Status.NOT_APPLICABLE.value, description="It was recorded as not concerning this unit."
    )
    INVALID = strawberry.enum_value(
        outcome.Status.INVALID.value, description="A value was recorded that cannot be used."
    )
    EMPTY_FEED = strawberry.enum_value(
        outcome.Status.EMPTY_FEED.value,
        description="Nothing was recorded although the source is complete: rules count it as 0.",
    )
