"""Evidence: the files that back lines of sheets; their bytes lie beside the parts, by content."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.store.tables import ASSESSMENT_EVIDENCE
from steelyard.store.transaction import Reader, Writer

_LARGEST = 2**31 - 1
"""Of ids; also the largest integer of GraphQL."""
_SHOWN = [
    ASSESSMENT_EVIDENCE.c[name]
    for name in (
        "id",
        "assessment_id",
        "measure",
        "content",
        "file_name",
        "media_type",
        "size",
        "added_at",
        "added_by",
    )
]


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A file to be attached; `content` is its sha256 in hex, `size` is in bytes."""

    assessment_id: int
    measure: str
    content: str
    file_name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One file that backs a line."""

    id: int
    assessment_id: int
    measure: str
    content: str
    file_name: str
    media_type: str
    size: int
    added_at: datetime
    added_by: str


async def attach(writer: Writer, scope: Scope, new: NewEvidence, by: Actor) -> None:
    """Record a file that lies in the content store."""
    values = {name: getattr(new, name) for name in NewEvidence.__slots__}
    # Not one after the other: an id would tell how many files others have.
    id = _drawn()
    table = ASSESSMENT_EVIDENCE.c
    mine = select(table.id).where(table.tenant_id == scope.tenant_id)
    while await writer.rows(mine.where(table.id == id)):
        id = _drawn()
    row = {"id": id, "tenant_id": scope.tenant_id, "added_at": writer.now, "added_by": by.id, **values}
    await writer.run(insert(ASSESSMENT_EVIDENCE), [row])


async def load(reader: Reader, scope: Scope, assessment_ids: Collection[int]) -> list[EvidenceRecord]:
    """Return the files of sheets, the oldest first."""
    table = ASSESSMENT_EVIDENCE.c
    query = (
        select(*_SHOWN)
        .where(table.tenant_id == scope.tenant_id, reader.within(table.assessment_id, assessment_ids))
        .order_by(table.added_at, table.id)
    )
    return [EvidenceRecord(*row) for row in await reader.rows(query)]


async def remove(writer: Writer, scope: Scope, ids: Collection[int]) -> None:
    """Take files off their sheets; what nobody refers to is collected later."""
    table = ASSESSMENT_EVIDENCE.c
    mine = (table.tenant_id == scope.tenant_id) & writer.within(table.id, ids)
    await writer.run(delete(ASSESSMENT_EVIDENCE).where(mine))


def _drawn() -> int:
    return secrets.randbelow(_LARGEST) + 1
