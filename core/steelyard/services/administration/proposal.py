"""Proposals as subjects of acts: drafting and deciding are acts too, so a draft cannot be changed unseen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from steelyard.access.scope import Scope
from steelyard.services.administration.canonical import State, digest
from steelyard.services.administration.governed import Governed
from steelyard.store import proposals
from steelyard.store.proposals import ProposalRecord
from steelyard.store.transaction import Reader

DRAFT = "proposal.draft"
APPROVE = "proposal.approve"
REJECT = "proposal.reject"
WITHDRAW = "proposal.withdraw"


def proposal_state(record: ProposalRecord) -> State:
    """A proposal as it stands in acts."""
    return {
        "deed": record.deed,
        "subject": record.subject,
        "input": digest(record.input),
        "reason": record.reason,
        "drafted_by": record.drafted_by,
        "state": record.state.value,
        "decided_by": record.decided_by,
    }


async def _states(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    ids = None if keys is None else [int(key) for key in keys]
    return {str(each.id): proposal_state(each) for each in await proposals.load(reader, scope, ids=ids)}


PROPOSAL = Governed("proposal", _states)


def proposal_subject(id: int) -> str:
    """How acts call a proposal."""
    return PROPOSAL.subject(str(id))
