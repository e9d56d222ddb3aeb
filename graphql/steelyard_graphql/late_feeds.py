"""Late feeds: records that should be there by now, page by page."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services.records.feeds import LateFeed as Found
from steelyard.services.records.feeds import late_feeds
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import After, Before, Connection, Edge, First, Last, PageArguments, page
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.periods import Period
from steelyard_graphql.record_imports import TableArgument
from steelyard_graphql.units import Unit


@plain
@strawberry.type(
    description="Records of a unit in a period that should be there by now: none came, and nobody declared"
    " them complete."
)
class LateFeed:
    """A late feed."""

    table: str = strawberry.field(description="The table, as `<pack>.<table>`.")
    unit: Unit = strawberry.field(description="Whose records they are.")
    period: Period = strawberry.field(description="The period, which is over and not closed.")
    due: datetime.date = strawberry.field(description="The day before which they should have been there.")
    words: strawberry.Private[Text]

    @computed("What the table is called.", plain=True)
    def table_title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a late feed."""
        return cls(
            table=found.table.name,
            unit=Unit.of(found.unit),
            period=Period.of(found.period),
            due=found.due,
            words=found.table.table.title,
        )


@plain
@strawberry.type(description="A page of late feeds, those that were due first at the head.")
class LateFeedConnection(Connection[LateFeed]):
    """A page of late feeds."""


@strawberry.type
class LateFeedQueries:
    """The query about late feeds."""

    @computed(
        "Feeds that are late: of units that a scheme scores by measures of a table that says by when its rows"
        " should be there.",
        needs=Permission.RECORD_READ,
    )
    async def late_feeds(
        self,
        info: Info,
        table: TableArgument = None,
        unit: Annotated[
            str | None, strawberry.argument(description="The code of a unit: only its feeds.")
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> LateFeedConnection | None:
        """Return a page of late feeds."""
        rows = await late_feeds(*info.context.seat, table=table, unit=unit)
        chosen, cursors = page(
            rows, lambda one: one.key, "lateFeeds", PageArguments(first, after, last, before)
        )
        nodes = [LateFeed.of(each) for each in rows[chosen.start : chosen.end]]
        return LateFeedConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )
