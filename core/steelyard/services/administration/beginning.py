"""The beginning of a chain: what was there before the first act is taken over by it."""

from __future__ import annotations

from typing import Any

from steelyard.access.scope import Scope
from steelyard.services.administration.batch import BATCH, digests, told
from steelyard.services.administration.canonical import digest, state_text
from steelyard.services.administration.deed import Change
from steelyard.services.administration.registry import GOVERNED
from steelyard.store.transaction import Reader

BEGIN = "chain.begin"


async def begin(reader: Reader, scope: Scope, first: Change[Any]) -> Change[None] | None:
    """The change that takes over all governed rows as they were before the first deed; None without any."""
    found: dict[str, str] = {}
    for governed in GOVERNED.values():
        states = await governed.read(reader, Scope(scope.tenant_id), None)
        found |= {governed.subject(key): digest(state_text(state) or "") for key, state in states.items()}
    for subject in told(first.subject, state_text(first.after)):
        found.pop(subject, None)
    for subject, before in told(first.subject, state_text(first.before)).items():
        if before is not None:
            found[subject] = before.digest
    return Change(f"{BATCH}:{BEGIN}", digests({}), digests(found), None) if found else None
