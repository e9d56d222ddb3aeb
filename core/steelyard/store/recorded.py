"""Recorded: of what is dated and was corrected, what was known at a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Select, Table, select

from steelyard.access.scope import Scope
from steelyard.store.transaction import Writer


class Recorded(Protocol):
    """A record that was there in [recorded_at, superseded_at); None: since ever, and until now."""

    @property
    def recorded_at(self) -> datetime | None:
        """When it was recorded."""

    @property
    def superseded_at(self) -> datetime | None:
        """When another one took its place."""


R = TypeVar("R", bound=Recorded)


def known_by(records: Iterable[R], moment: datetime) -> list[R]:
    """Those that were there at a moment, in their order."""
    return [
        each
        for each in records
        if (each.recorded_at is None or each.recorded_at <= moment)
        and (each.superseded_at is None or each.superseded_at > moment)
    ]


def columns(table: Table, names: Sequence[str]) -> Select[Any]:
    """Select columns of a table of dated rows, or of what these were: those superseded last."""
    ended = [table.c["superseded_at"]] if "superseded_at" in table.c else []
    return select(*(table.c[name] for name in (*names, "recorded_at")), *ended)


async def keep(
    writer: Writer, scope: Scope, past: Table, names: Sequence[str], replaced: Collection[Recorded]
) -> None:
    """Keep rows as they were that are about to be changed or deleted; `names` are the columns they have."""
    rows = [
        {
            "tenant_id": scope.tenant_id,
            **{name: getattr(each, name) for name in names},
            "recorded_at": each.recorded_at,
            "superseded_at": writer.now,
        }
        for each in replaced
    ]
    ids = await writer.numbers(past, len(rows)) if rows else ()
    await writer.append(past, [{"id": id, **row} for id, row in zip(ids, rows, strict=True)])
