"""The mutation `recordMeasurement`: one value of one measure, entered by hand."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services import measurements
from steelyard.services.measurements import RecordedMeasurement
from steelyard_graphql.context import Info
from steelyard_graphql.faults import Problem
from steelyard_graphql.mutations import mutation
from steelyard_graphql.records import MeasurementRecord
from steelyard_graphql.scorecards import Scorecard
from steelyard_graphql.scores import NodeScore


@strawberry.input(description="A value of a measure, for one unit and period.")
class RecordMeasurementInput:
    """What is to be recorded."""

    scheme: str = strawberry.field(description="The code of a scheme that reads the measure.")
    unit: str = strawberry.field(description="The code of the unit.")
    period: str = strawberry.field(description="The code of the period.")
    measure: str = strawberry.field(
        description="The measure; for a leaf that names none it is the code of the indicator."
    )
    value: str = strawberry.field(
        description="The value as a table has it: `19.6`, `98%`, or `n/a` where the measure does not apply."
    )


@strawberry.type(description="What was recorded, and the scores that it makes.")
class MeasurementRecorded:
    """The success of recordMeasurement."""

    record: MeasurementRecord = strawberry.field(description="The measurement that stands now.")
    changed: bool = strawberry.field(
        description="False where the same value stood already; nothing was recorded then."
    )
    scorecard: Scorecard = strawberry.field(description="The unit's scorecard with the new value.")
    nodes: list[NodeScore] = strawberry.field(
        description="The leaves that read the measure, with the new value."
    )

    @classmethod
    def of(cls, found: RecordedMeasurement) -> Self:
        """Show what was recorded."""
        return cls(
            record=MeasurementRecord.of(found.record),
            changed=found.changed,
            scorecard=Scorecard.of(found.scorecard),
            nodes=[NodeScore.of(found.scorecard, node) for node in found.nodes],
        )


RecordMeasurementResult = Annotated[
    MeasurementRecorded | Problem,
    strawberry.union(
        "RecordMeasurementResult", description="What was recorded, or what kept it from being recorded."
    ),
]


@strawberry.type
class MeasurementMutations:
    """The mutations about measurements."""

    @mutation(
        "Record one value of one measure. What was recorded before stays and is superseded.",
        needs=Permission.MEASUREMENT_RECORD,
    )
    async def record_measurement(
        self,
        info: Info,
        input: Annotated[RecordMeasurementInput, strawberry.argument(description="What is to be recorded.")],
    ) -> RecordMeasurementResult:
        """Record a measurement."""
        found = await measurements.record(
            *info.context.seat,
            scheme=input.scheme,
            unit=input.unit,
            period=input.period,
            measure=input.measure,
            value=input.value,
        )
        info.context.renew()
        return MeasurementRecorded.of(found)
