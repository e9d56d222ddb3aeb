"""What stands behind a number: records, a table, sheets, or an entry by hand."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.intake.measures.behind import BehindRow, KeyInvalid
from steelyard.records.table import RecordTable
from steelyard.services.assessments.sheet import Sheet
from steelyard.services.records import behind as services
from steelyard_graphql.assessments.sheets import AssessmentLine, AssessmentState, Evidence
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import After, Before, Connection, Edge, First, Last, PageArguments
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.records import MeasurementRecord
from steelyard_graphql.source_records import Cursors, SourceRecord, imports_seen, shown

CURSORS = Cursors("behind")


@strawberry.interface(description="What stands behind a number; its type says which kind of source it is.")
class Behind:
    """What every kind has."""

    measurement: MeasurementRecord | None = strawberry.field(
        description="The value that stands; null where nothing came out of the records."
    )


@plain
@strawberry.type(description="A record behind a number.")
class RecordBehind(SourceRecord):
    """A record that counts."""

    in_numerator: bool = strawberry.field(description="Whether it counts above the line.")
    in_denominator: bool = strawberry.field(description="Whether it counts below the line.")

    @classmethod
    def of(cls, found: BehindRow, table: RecordTable, seen: frozenset[int]) -> Self:
        """Show a record."""
        return cls(in_numerator=found.above, in_denominator=found.below, **shown(found, table, seen))


@plain
@strawberry.type(description="A page of the records behind a number, by their days and keys.")
class RecordBehindConnection(Connection[RecordBehind]):
    """A page of records."""


@strawberry.type(description="The number is computed from records.")
class BehindRecords(Behind):
    """Records."""

    table: str | None = strawberry.field(
        description="The table, as `<pack>.<table>`; null where the pack declares the measure no more."
    )
    found: strawberry.Private[services.BehindRecords]

    @computed(
        "The records that count for it, as of now; of a ratio of two tables, those of its own.",
        needs=Permission.RECORD_READ,
    )
    async def records(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> RecordBehindConnection | None:
        """Return a page of records."""
        given = PageArguments(first, after, last, before)
        asked = CURSORS.asked(given)
        try:
            page = await services.records_behind(*info.context.seat, self.found, asked)
        except KeyInvalid as error:
            raise CURSORS.refused(given) from error
        seen = await imports_seen(info.context, page.rows)
        table = self.found.table
        nodes = [] if table is None else [RecordBehind.of(each, table.table, seen) for each in page.rows]
        where, cursors = CURSORS.of(page)
        return RecordBehindConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=where,
            total_count=page.total,
        )


@plain
@strawberry.type(description="The number stood in a table of measurements that was imported.")
class BehindTable(Behind):
    """A cell of a table."""

    file: str | None = strawberry.field(description="The file, for those who see all units or imported it.")
    row: int | None = strawberry.field(description="Its row in that file, for the same.")
    column: str = strawberry.field(
        description="The measure whose column it stood in; files may call it by another name."
    )


@plain
@strawberry.type(description="What one rater's sheet says of a measure.")
class SheetBehind:
    """A sheet's line."""

    number: str = strawberry.field(description="The number of the sheet.")
    rater: str = strawberry.field(description="Whose it is: the code of an account, for persons a pseudonym.")
    rater_type: str = strawberry.field(description="The sort of rater, as the scheme lists them.")
    own_unit: bool = strawberry.field(description="Whether the unit's scores rate its rater.")
    state: AssessmentState = strawberry.field(description="What became of the sheet.")
    line: AssessmentLine | None = strawberry.field(description="Its line on the measure, with the comment.")
    evidence: list[Evidence] = strawberry.field(description="The files that back the line.")

    @classmethod
    def of(cls, sheet: Sheet, measure: str) -> Self:
        """Show a sheet's line on a measure."""
        record, line = sheet.record, sheet.lines.get(measure)
        return cls(
            number=record.number,
            rater=record.rater,
            rater_type=record.rater_type,
            own_unit=record.own_unit,
            state=AssessmentState(record.state.value),
            line=None if line is None else AssessmentLine.of(line),
            evidence=[Evidence.of(record.number, each) for each in sheet.evidence if each.measure == measure],
        )


@strawberry.type(description="The number was combined of sheets that raters filled in (评估表).")
class BehindSheets(Behind):
    """Sheets."""

    found: strawberry.Private[services.BehindSheets]

    @computed("What each rater's sheet says, by the numbers of the sheets.", needs=Permission.ASSESSMENT_READ)
    async def sheets(self, info: Info) -> list[SheetBehind] | None:
        """Return the lines of the raters."""
        sheets = await services.lines_behind(*info.context.seat, self.found)
        return [SheetBehind.of(each, self.found.measurement.measure) for each in sheets]


@strawberry.type(description="The number was entered by hand; `measurement` says by whom and when.")
class BehindEntry(Behind):
    """An entry."""


async def find_behind(
    context: RequestContext, *, scheme: str, unit: str, period: str, measure: str
) -> Behind | None:
    """Return what is behind a measure of a scheme, unit and period."""
    found = await services.behind(*context.seat, scheme=scheme, unit=unit, period=period, measure=measure)
    told = None if found is None or found.measurement is None else MeasurementRecord.of(found.measurement)
    match found:
        case None:
            return None
        case services.BehindRecords():
            name = None if found.table is None else found.table.name
            return BehindRecords(measurement=told, table=name, found=found)
        case services.BehindTable():
            return BehindTable(measurement=told, file=found.file, row=found.row, column=found.column)
        case services.BehindSheets():
            return BehindSheets(measurement=told, found=found)
        case services.BehindEntry():
            return BehindEntry(measurement=told)
