"""Proposals: deeds that wait for a second person, and what was decided on them."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, insert, or_, select, update

from steelyard.access.scope import Scope
from steelyard.store.tables import PROPOSAL
from steelyard.store.transaction import Reader, Writer

LARGEST = 2**31 - 1
"""Numbers of proposals are up to this, so that every client can read them."""


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """One proposal. input: the deed's, as canonical JSON. drafted_by, decided_by: accounts' codes."""

    id: int
    deed: str
    subject: str
    input: str
    reason: str
    drafted_by: str
    drafted_at: datetime
    state: ProposalState
    decided_by: str | None
    decided_at: datetime | None
    decision_reason: str | None


async def draft(
    writer: Writer, scope: Scope, *, deed: str, subject: str, input: str, reason: str, drafted_by: str
) -> ProposalRecord:
    """Record a proposal."""
    # Not one after the other: a number would tell how many others there are, which not everybody may see.
    id = secrets.randbelow(LARGEST) + 1
    while await load(writer, scope, ids=[id]):
        id = secrets.randbelow(LARGEST) + 1
    record = ProposalRecord(
        id=id,
        deed=deed,
        subject=subject,
        input=input,
        reason=reason,
        drafted_by=drafted_by,
        drafted_at=writer.now,
        state=ProposalState.OPEN,
        decided_by=None,
        decided_at=None,
        decision_reason=None,
    )
    values = {name: getattr(record, name) for name in ProposalRecord.__slots__}
    await writer.run(insert(PROPOSAL), [{"tenant_id": scope.tenant_id, **values}])
    return record


async def load(
    reader: Reader,
    scope: Scope,
    *,
    state: ProposalState | None = None,
    ids: Collection[int] | None = None,
    before: ProposalRecord | None = None,
    limit: int | None = None,
) -> list[ProposalRecord]:
    """Return proposals, the latest first: those that come after `before` in this order."""
    query = select(PROPOSAL).where(PROPOSAL.c.tenant_id == scope.tenant_id)
    if state is not None:
        query = query.where(PROPOSAL.c.state == state)
    if ids is not None:
        query = query.where(reader.within(PROPOSAL.c.id, ids))
    if before is not None:
        earlier = PROPOSAL.c.drafted_at < before.drafted_at
        beside = and_(PROPOSAL.c.drafted_at == before.drafted_at, PROPOSAL.c.id < before.id)
        query = query.where(or_(earlier, beside))
    rows = await reader.rows(query.order_by(PROPOSAL.c.drafted_at.desc(), PROPOSAL.c.id.desc()).limit(limit))
    return [_record(row) for row in rows]


async def decide(
    writer: Writer, scope: Scope, id: int, state: ProposalState, *, decided_by: str, reason: str
) -> None:
    """Record what became of a proposal that is open."""
    mine = (PROPOSAL.c.tenant_id == scope.tenant_id) & (PROPOSAL.c.id == id)
    values = {"state": state, "decided_by": decided_by, "decided_at": writer.now, "decision_reason": reason}
    await writer.run(update(PROPOSAL).where(mine).values(**values))


def _record(row: Any) -> ProposalRecord:
    values = {name: getattr(row, name) for name in ProposalRecord.__slots__}
    return ProposalRecord(**{**values, "state": ProposalState(row.state)})
