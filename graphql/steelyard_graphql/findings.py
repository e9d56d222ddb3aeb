"""Findings about records beside a score: what checks flagged, and what is late. No score changes by them."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.intake.measures.behind import KeyInvalid
from steelyard.services.records.findings import RecordFinding as Found
from steelyard.services.records.flagged import records_flagged
from steelyard_graphql.connections import After, Before, Connection, Edge, First, Last, PageArguments
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.source_records import Cursors, SourceRecord, imports_seen, shown

CURSORS = Cursors("flagged")


@strawberry.type(description="A record that a check flags.")
class FlaggedRecord(SourceRecord):
    """A flagged record."""


@strawberry.type(description="A page of the records that a check flags, by their days and keys.")
class FlaggedRecordConnection(Connection[FlaggedRecord]):
    """A page of flagged records."""


@strawberry.type(description="What a check found in the records behind a scorecard (数据质量).")
class RecordFinding:
    """A finding."""

    table: str = strawberry.field(description="The table, as `<pack>.<table>`.")
    check: str | None = strawberry.field(
        description="The check; null where the records of the period are late as a whole."
    )
    quality: str = strawberry.field(
        description="What is not as it should be: `accurate` (准确), `timely` (及时) or `complete` (完整)."
    )
    examined: int = strawberry.field(description="Records that were examined.")
    flagged: int = strawberry.field(description="Records that were flagged.")
    found: strawberry.Private[Found]

    @computed("The finding in words.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.found.sentence, locale)

    @computed(
        "The records that the check flags, as of now; null where the records are late.",
        needs=Permission.RECORD_READ,
    )
    async def records(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> FlaggedRecordConnection | None:
        """Return a page of records."""
        given = PageArguments(first, after, last, before)
        asked = CURSORS.asked(given)
        if self.check is None:
            return None
        try:
            page = await records_flagged(
                *info.context.seat,
                table=self.table,
                check=self.check,
                unit=self.found.unit,
                period=self.found.period.code,
                asked=asked,
            )
        except KeyInvalid as error:
            raise CURSORS.refused(given) from error
        seen = await imports_seen(info.context, page.rows)
        table = info.context.packs.record_tables[self.table].table
        nodes = [FlaggedRecord(**shown(each, table, seen)) for each in page.rows]
        where, cursors = CURSORS.of(page)
        return FlaggedRecordConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=where,
            total_count=page.total,
        )

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a finding."""
        return cls(
            table=found.table,
            check=found.check,
            quality=found.quality.value,
            examined=found.examined,
            flagged=found.flagged,
            found=found,
        )
