"""Records of measurements: what was entered or imported, by whom, when, and where from."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.scheme.number import decimal_text
from steelyard.store.measurements import MeasurementRecord as Record
from steelyard.store.measurements import Source
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed


@strawberry.enum(description="The way by which a measurement came.")
class MeasurementSource(Enum):
    """The sources of the store."""

    IMPORT = strawberry.enum_value(Source.IMPORT.value, description="A file was imported.")
    GRAPHQL = strawberry.enum_value(Source.GRAPHQL.value, description="It was entered through this API.")
    SAMPLE = strawberry.enum_value(Source.SAMPLE.value, description="It is sample data of a pack.")
    RECORDS = strawberry.enum_value(Source.RECORDS.value, description="It was computed from records.")
    ASSESSMENT = strawberry.enum_value(
        Source.ASSESSMENT.value, description="It was combined of sheets that people filled in."
    )


@strawberry.type(
    description="One recorded value of a measure; a correction is a new one and leaves it as it is."
)
class MeasurementRecord:
    """A measurement."""

    measure: str = strawberry.field(description="The measure.")
    value: float | None = strawberry.field(description="The value; null where the measure does not apply.")
    exact_value: str | None = strawberry.field(description="The value as the decimal that was recorded.")
    applicable: bool = strawberry.field(description="Whether the measure applies; if not, there is no value.")
    numerator: str | None = strawberry.field(
        description="Above the line, as a decimal; null for what was not computed from records."
    )
    denominator: str | None = strawberry.field(
        description="Below the line; null for what was not computed from records."
    )
    n: int | None = strawberry.field(
        description="How many records it counts; null for what was not computed from records."
    )
    recorded_at: datetime.datetime = strawberry.field(description="When it was recorded.")
    recorded_by: str = strawberry.field(
        description="Who recorded it: the code of an account, for persons a pseudonym."
    )
    source: MeasurementSource = strawberry.field(description="The way by which it came.")
    row: int | None = strawberry.field(
        description="The row of the file it was imported from, for those who see all units or imported it."
    )

    record: strawberry.Private[Record]

    @computed(
        "The numbers of the sheets that it was combined of; none for other sources.",
        needs=Permission.ASSESSMENT_READ,
    )
    async def assessments(self, info: Info) -> list[str] | None:
        """Return the numbers of the sheets."""
        info.context.actor.require(Permission.ASSESSMENT_READ, [self.record.unit_id])
        return list(await info.context.loaders.sheets.load(self.record.id))

    @classmethod
    def of(cls, record: Record) -> Self:
        """Show a measurement."""
        value = record.value
        return cls(
            measure=record.measure,
            value=None if value is None else float(value),
            exact_value=None if value is None else decimal_text(value),
            applicable=value is not None,
            numerator=None if record.numerator is None else decimal_text(record.numerator),
            denominator=None if record.denominator is None else decimal_text(record.denominator),
            n=record.n,
            recorded_at=record.recorded_at,
            recorded_by=record.recorded_by,
            source=MeasurementSource(record.source.value),
            row=record.row,
            record=record,
        )
