"""The records behind a number, page by page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

import strawberry

from steelyard.errors import Text
from steelyard.intake.measures.behind import BehindRow
from steelyard.records.table import RecordTable
from steelyard.services.records import listing
from steelyard.services.records.behind import Behind, behind
from steelyard_graphql.connections import (
    PageArguments,
    check,
    read_cursor,
    size_of,
    write_cursor,
    wrong_cursor,
)
from steelyard_graphql.context import RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said

LIST = "behind"


@strawberry.type(description="One cell of a record.")
class RecordCell:
    """A value of a column."""

    column: str = strawberry.field(description="The name of the column.")
    value: str | None = strawberry.field(
        description="The value as text, durations in seconds; null where it is empty."
    )
    words: strawberry.Private[Text]

    @computed("The title of the column.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)


@strawberry.type(description="A record behind a number, as of now.")
class RecordBehind:
    """A record."""

    in_numerator: bool = strawberry.field(description="Whether it counts above the line.")
    in_denominator: bool = strawberry.field(description="Whether it counts below the line.")
    file: str | None = strawberry.field(
        description="The file that it came in, for those who see its import in `recordImports`."
    )
    row: int | None = strawberry.field(description="Its row in that file, for the same.")
    cells: list[RecordCell] = strawberry.field(description="All declared columns.")

    @classmethod
    def of(cls, found: BehindRow, table: RecordTable, *, shown: bool) -> Self:
        """Show a record; shown: whether its import is."""
        titles = {each.column: each.title for each in table.columns}
        titles |= {each.column: each.title for each in table.derived}
        return cls(
            in_numerator=found.above,
            in_denominator=found.below,
            file=found.file if shown else None,
            row=found.row if shown else None,
            cells=[
                RecordCell(column=name, value=_text(value), words=titles[name])
                for name, value in found.values.items()
            ],
        )


@strawberry.type(description="A page of the records behind a number, in the order of their imports.")
class RecordsBehind:
    """A page of records."""

    table: str | None = strawberry.field(
        description="The table; null where the measure is not computed from records."
    )
    nodes: list[RecordBehind] = strawberry.field(description="The records of the page.")
    has_next_page: bool = strawberry.field(description="Whether there are more after this page.")
    end_cursor: str | None = strawberry.field(description="Pass it as `after`; null at the end.")


async def records_behind(
    context: RequestContext, asked: PageArguments, *, scheme: str, unit: str, period: str, measure: str
) -> RecordsBehind:
    """Return a page of what is behind a measure of a scheme, unit and period."""
    check(asked)
    after = None if asked.after is None else _after(asked.after)
    found: Behind = await behind(
        *context.seat,
        scheme=scheme,
        unit=unit,
        period=period,
        measure=measure,
        first=size_of(asked),
        after=after,
    )
    if found.table is None:
        return RecordsBehind(table=None, nodes=[], has_next_page=False, end_cursor=None)
    shown = {each.id for each in await listing.list_imports(*context.seat)}
    return RecordsBehind(
        table=found.table.table,
        nodes=[RecordBehind.of(row, found.table, shown=row.import_id in shown) for row in found.rows],
        has_next_page=found.after is not None,
        end_cursor=None if found.after is None else write_cursor(LIST, *found.after),
    )


def _after(cursor: str) -> tuple[int, int]:
    match read_cursor(cursor, LIST, "after"):
        case [int(import_id), int(row)]:
            return import_id, row
        case _:
            raise wrong_cursor(cursor, "after")


def _text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
