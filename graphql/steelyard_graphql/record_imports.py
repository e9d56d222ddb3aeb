"""The data inbox: imports of records, their rejected rows, withdrawals, and what waits or is complete."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.records import listing, remeasuring
from steelyard.services.records.waiting import Correction, list_corrections
from steelyard.store.record_imports import RecordImportRecord, Withdrawal
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import (
    After,
    Connection,
    Edge,
    First,
    PageArguments,
    Window,
    check,
    read_cursor,
    size_of,
    write_cursor,
    wrong_cursor,
)
from steelyard_graphql.context import Info
from steelyard_graphql.faults import Problem
from steelyard_graphql.fields import computed
from steelyard_graphql.limits import some
from steelyard_graphql.mutations import mutation
from steelyard_graphql.periods import Period
from steelyard_graphql.units import Unit

REJECTS_PATH = "/imports/{number:int}/rejects"
LIST = "recordImports"
TableArgument = Annotated[
    str | None,
    strawberry.argument(
        description="Only those of this table, e.g. `automotive.work_orders`; all if left out."
    ),
]


@plain
@strawberry.type(description="That the rows of an import do not count any more.")
class RecordWithdrawal:
    """A withdrawal."""

    at: datetime.datetime = strawberry.field(description="When it was withdrawn.")
    by: str = strawberry.field(
        description="Who withdrew it: the code of an account, for persons a pseudonym."
    )
    reason: str = strawberry.field(description="Why.")

    @classmethod
    def of(cls, record: Withdrawal) -> Self:
        """Show a withdrawal."""
        return cls(at=record.withdrawn_at, by=record.withdrawn_by, reason=record.reason)


@plain
@strawberry.type(description="One import of records (数据收件箱).")
class RecordImport:
    """An import."""

    number: int = strawberry.field(description="Its number.")
    table: str = strawberry.field(description="The table, as `<pack>.<table>`.")
    file_name: str = strawberry.field(description="How the file is called, or the adapter that was asked.")
    at: datetime.datetime = strawberry.field(description="When it was imported.")
    by: str = strawberry.field(
        description="Who imported it: the code of an account, for persons a pseudonym."
    )
    stored: int = strawberry.field(description="Rows that were stored.")
    rejected: int = strawberry.field(description="Rows that were rejected; `rejectsPath` has them.")
    blank: int = strawberry.field(description="Rows without any content.")
    superseded: int = strawberry.field(description="Records of earlier imports that its rows stand for.")
    ignored_columns: list[str] = strawberry.field(description="Columns that the table does not declare.")
    withdrawn: RecordWithdrawal | None = strawberry.field(description="That it was withdrawn; else null.")
    rejects_path: str | None = strawberry.field(
        description="Where a GET answers with the rejected rows as CSV, each with what is wrong: corrected,"
        " the file can be imported. Null where all rows were stored."
    )

    @classmethod
    def of(cls, record: RecordImportRecord) -> Self:
        """Show an import."""
        out = record.withdrawal
        return cls(
            number=record.id,
            table=record.table,
            file_name=record.file_name,
            at=record.recorded_at,
            by=record.recorded_by,
            stored=record.stored,
            rejected=record.rejected,
            blank=record.blank,
            superseded=record.superseded,
            ignored_columns=list(record.notes),
            withdrawn=None if out is None else RecordWithdrawal.of(out),
            rejects_path=None if record.rejects is None else f"/imports/{record.id}/rejects",
        )


@plain
@strawberry.type(description="A page of imports of records, the latest first.")
class RecordImportConnection(Connection[RecordImport]):
    """A page of imports."""


@strawberry.type(
    description="Rows that came for a closed period, and count once it is open and measured again."
)
class WaitingCorrection:
    """A correction that waits."""

    table: str = strawberry.field(description="The table, as `<pack>.<table>`.")
    unit: Unit = strawberry.field(description="The unit that they concern.")
    period: Period = strawberry.field(description="The closed period.")
    rows: int = strawberry.field(description="How many rows, of all imports.")

    @classmethod
    def of(cls, found: Correction) -> Self:
        """Show a correction."""
        return cls(
            table=found.table, unit=Unit.of(found.unit), period=Period.of(found.period), rows=found.rows
        )


@strawberry.input(description="An import that is to be withdrawn.")
class WithdrawImportInput:
    """Which import is to be withdrawn."""

    number: int = strawberry.field(description="The number of the import.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="Whether all records of units in periods are there.")
class DeclareFeedInput:
    """What is declared."""

    table: str = strawberry.field(description="The table, as `<pack>.<table>`.")
    units: list[str] = strawberry.field(description="The codes of the units.")
    periods: list[str] = strawberry.field(description="The codes of the periods.")
    complete: bool = strawberry.field(default=True, description="False: records are missing after all.")


@strawberry.type(description="What a mutation on records changed.")
class RecordsMeasured:
    """The success of mutations that measure again."""

    table: str = strawberry.field(description="The table, as `<pack>.<table>`.")
    record_import: RecordImport | None = strawberry.field(description="The import, where it was about one.")
    recorded: int = strawberry.field(description="Measurements that are new or different now.")
    unchanged: int = strawberry.field(description="Measurements that came out as before.")


RecordsMeasuredResult = Annotated[
    RecordsMeasured | Problem,
    strawberry.union(
        "RecordsMeasuredResult", description="What changed, or what kept it from being changed."
    ),
]


@strawberry.type
class RecordImportQueries:
    """The queries about imports of records."""

    @computed(
        "Imports of records, the latest first: one's own, and those of whose units one may read all records.",
        needs=Permission.RECORD_READ,
    )
    async def record_imports(
        self, info: Info, table: TableArgument = None, first: First = None, after: After = None
    ) -> RecordImportConnection | None:
        """Return a page of imports."""
        asked = PageArguments(first, after)
        check(asked)
        before = None if after is None else _number(after)
        found = await listing.page_of_imports(
            *info.context.seat, limit=size_of(asked), before=before, table=table
        )
        at = Window(found.start, found.start + len(found.records), found.total)
        nodes = [RecordImport.of(each) for each in found.records]
        cursors = [write_cursor(LIST, each.number) for each in nodes]
        return RecordImportConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=at.info(cursors),
            total_count=found.total,
        )

    @computed(
        "Rows that came for closed periods and wait: after reopening, `steelyard measure` lets them count.",
        needs=Permission.RECORD_READ,
    )
    async def waiting_corrections(
        self, info: Info, table: TableArgument = None
    ) -> list[WaitingCorrection] | None:
        """Return what waits."""
        found = await list_corrections(*info.context.seat, table=table)
        return [WaitingCorrection.of(each) for each in found]


@strawberry.type
class RecordImportMutations:
    """The mutations about imports of records."""

    @mutation(
        "Let the rows of an import count no more; what they had superseded counts again.",
        needs=Permission.MEASUREMENT_IMPORT,
    )
    async def withdraw_import(
        self,
        info: Info,
        input: Annotated[WithdrawImportInput, strawberry.argument(description="Which import, and why.")],
    ) -> RecordsMeasuredResult:
        """Withdraw an import."""
        seat = info.context.seat
        record, done = await remeasuring.withdraw(*seat, import_id=input.number, reason=input.reason)
        info.context.renew()
        return _measured(done, RecordImport.of(record))

    @mutation(
        "Declare that all records of units in periods are there: what then is not there is a zero.",
        needs=Permission.MEASUREMENT_IMPORT,
    )
    async def declare_feed(
        self,
        info: Info,
        input: Annotated[DeclareFeedInput, strawberry.argument(description="What is complete.")],
    ) -> RecordsMeasuredResult:
        """Declare records complete."""
        done = await remeasuring.declare_feed(
            *info.context.seat,
            table=input.table,
            units=some(input.units, "units"),
            period_codes=some(input.periods, "periods"),
            complete=input.complete,
        )
        info.context.renew()
        return _measured(done)


def _measured(done: remeasuring.Remeasured, record: RecordImport | None = None) -> RecordsMeasured:
    counted = done.measured
    return RecordsMeasured(
        table=done.table, record_import=record, recorded=counted.recorded, unchanged=counted.unchanged
    )


def _number(cursor: str) -> int:
    match read_cursor(cursor, LIST, "after"):
        case [int(number)]:
            return number
        case _:
            raise wrong_cursor(cursor, "after")
