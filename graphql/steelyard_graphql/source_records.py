"""Records of source data as the API shows them, and how they are paged through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import strawberry

from steelyard.errors import InvalidInput, Text
from steelyard.intake.measures.behind import Asked, Key, Page, RecordRow, text_of
from steelyard.records.table import RecordTable
from steelyard.services.records import listing
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import (
    PageArguments,
    PageInfo,
    Window,
    check,
    read_cursor,
    size_of,
    write_cursor,
    wrong_cursor,
)
from steelyard_graphql.context import RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said


@plain
@strawberry.type(description="One cell of a record.")
class RecordCell:
    """A value of a column."""

    column: str = strawberry.field(description="The name of the column.")
    value: str | None = strawberry.field(
        description="The value as text, durations in seconds; null where it is empty."
    )
    words: strawberry.Private[Text]

    @computed("The title of the column.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)


@strawberry.interface(description="A record of source data (业务记录), as it counts now.")
class SourceRecord:
    """What every record has."""

    file: str | None = strawberry.field(
        description="The file that it came in, for those who see its import in `recordImports`."
    )
    row: int | None = strawberry.field(description="Its row in that file, for the same.")
    cells: list[RecordCell] = strawberry.field(description="All declared columns.")


def shown(found: RecordRow, table: RecordTable, seen: frozenset[int]) -> Mapping[str, Any]:
    """The fields of `SourceRecord`; seen: the imports that are."""
    titles = {each.column: each.title for each in table.columns}
    titles |= {each.column: each.title for each in table.derived}
    is_seen = found.import_id in seen
    return {
        "file": found.file if is_seen else None,
        "row": found.row if is_seen else None,
        "cells": [
            RecordCell(column=name, value=None if value is None else text_of(value), words=titles[name])
            for name, value in found.values.items()
        ],
    }


async def imports_seen(context: RequestContext, rows: Iterable[RecordRow]) -> frozenset[int]:
    """Which of the imports of some records may be seen."""
    ids = {each.import_id for each in rows}
    return await listing.seen_among(*context.seat, ids) if ids else frozenset()


class Cursors:
    """The cursors of a list of records; `name` tells them from other lists'."""

    def __init__(self, name: str) -> None:
        self._name = name

    def asked(self, given: PageArguments) -> Asked:
        """What a page is to have; InvalidInput with all that is wrong with the arguments."""
        check(given)
        after = None if given.after is None else self._key(given.after, "after")
        before = None if given.before is None else self._key(given.before, "before")
        limit = size_of(given) if given.last is None else given.last
        return Asked(limit, after, before, given.last is not None)

    def refused(self, given: PageArguments) -> InvalidInput:
        """The error for cursors whose keys are of another table."""
        name = "after" if given.before is None else "before"
        return wrong_cursor(given.after or given.before or "", name)

    def of(self, page: Page[Any]) -> tuple[PageInfo, list[str]]:
        """Where a page is, and the cursors of its records."""
        cursors = [write_cursor(self._name, *each.key) for each in page.rows]
        return Window(page.start, page.start + len(page.rows), page.total).info(cursors), cursors

    def _key(self, cursor: str, argument: str) -> Key:
        key = read_cursor(cursor, self._name, argument)
        if not all(isinstance(part, str) for part in key):
            raise wrong_cursor(cursor, argument)
        return tuple(str(part) for part in key)
