"""What a rolled-up figure is made by, why it is what it is, and whether a member counts in it."""

from __future__ import annotations

from enum import Enum

import strawberry

from steelyard.analysis.rollup import Cause, Part


@strawberry.enum(description="How members become one.")
class RollUpRule(Enum):
    """The rules that a scheme may declare."""

    MEAN = strawberry.enum_value("mean", description="The mean of the members' rates.")
    VOLUME = strawberry.enum_value("volume", description="Their mean, weighted by a measure of each member.")
    POOLED = strawberry.enum_value(
        "pooled", description="The scheme's rubrics and rules, on all members' data as those of one unit."
    )


@strawberry.enum(description="Why a rolled-up figure is what it is.")
class RollUpReason(Enum):
    """The causes of the figures."""

    OWN = strawberry.enum_value(
        Cause.OWN.value, description="It is the unit's own, as its scorecard shows it: nothing was joined."
    )
    JOINED = strawberry.enum_value(
        Cause.JOINED.value, description="It is joined from the members that count, as they weigh by the rule."
    )
    POOLED = strawberry.enum_value(
        Cause.POOLED.value, description="It is what the scheme makes of the members' data together."
    )
    NO_MEMBERS = strawberry.enum_value(
        Cause.NO_MEMBERS.value, description="There is nobody to be joined that one sees."
    )
    NOTHING_APPLIES = strawberry.enum_value(
        Cause.NOTHING_APPLIES.value, description="It concerns none of the members."
    )
    NOTHING_SCORED = strawberry.enum_value(
        Cause.NOTHING_SCORED.value, description="None of the members has a score."
    )
    NO_VOLUME = strawberry.enum_value(
        Cause.NO_VOLUME.value, description="No member with a score has a volume above 0 that is known."
    )
    NOT_POOLABLE = strawberry.enum_value(
        Cause.NOT_POOLABLE.value,
        description="It, or something below it, reads a figure of several members that was entered or judged"
        " for each of them, so that nobody can tell what it is of all.",
    )
    FEEDS_INCOMPLETE = strawberry.enum_value(
        Cause.FEEDS_INCOMPLETE.value,
        description="The records of all members together have nothing of what it reads, and not all of their"
        " feeds are declared complete: more may come. `feedCount` and `declaredFeedCount` say how many.",
    )
    RECORDS_CHANGED = strawberry.enum_value(
        Cause.RECORDS_CHANGED.value,
        description="The members' records are not any more what their figures were computed from, so they are"
        " not put together with these. Measure the table again, or ask once more.",
    )
    OTHER_VERSIONS = strawberry.enum_value(
        Cause.OTHER_VERSIONS.value,
        description="The members were scored with different versions of the scheme, so their data are not"
        " pooled.",
    )
    OTHER_WEIGHTS = strawberry.enum_value(
        Cause.OTHER_WEIGHTS.value,
        description="The members were scored with different weights or parameters, so their data are not"
        " pooled.",
    )
    OVERLAPPING = strawberry.enum_value(
        Cause.OVERLAPPING.value,
        description="The periods overlap, so that data would count twice if they were pooled.",
    )


@strawberry.enum(description="Whether a member counts in a roll-up, or why it does not.")
class RollUpPart(Enum):
    """The parts of members."""

    COUNTED = strawberry.enum_value(Part.COUNTED.value, description="It counts.")
    NOT_APPLICABLE = strawberry.enum_value(
        Part.NOT_APPLICABLE.value, description="The indicator does not concern it."
    )
    NO_SCORE = strawberry.enum_value(Part.NO_SCORE.value, description="It has no score; coverage says so.")
    VOLUME_MISSING = strawberry.enum_value(
        Part.VOLUME_MISSING.value, description="What it would be weighted by is not known."
    )
    VOLUME_ZERO = strawberry.enum_value(
        Part.VOLUME_ZERO.value, description="Its volume is 0: it weighs nothing."
    )
