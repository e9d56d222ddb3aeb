"""Batches: one act for many subjects, which tells of each the digest of what it was left as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from steelyard.services.administration.canonical import State, canonical, digest
from steelyard.services.administration.deed import Change

BATCH = "batch"
"""The kind of subject of an act that has several."""
BESIDE = "beside"
"""The key of what an act tells beside a subject's state, such as the head of a chain that ends."""
States = Mapping[str, State]
"""States by subject."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an act tells of a subject's state: its digest and, but for batches, its canonical JSON."""

    digest: str
    text: str | None = None


def batch(name: str, before: States, after: States, **also: Any) -> Change[None]:
    """The change that found and left these subjects in these states; `also` is added to what the act says."""
    return Change(f"{BATCH}:{name}", _of(before), {**also, **_of(after)}, None)


def told(subject: str, text: str | None) -> dict[str, Told | None]:
    """What the `before` or `after` of an act on `subject` tells, by subject.

    ValueError, TypeError or AttributeError where it cannot be read.
    """
    said = dict({} if text is None else orjson.loads(text))
    if said.pop(BESIDE, None) is not None:
        text = canonical(said)
    if not subject.startswith(f"{BATCH}:"):
        return {subject: None if text is None else Told(digest(text), text)}
    members = said.get("members", {})
    return {each: Told(hash) for each, hash in members.items()}


def digests(members: Mapping[str, str]) -> State:
    """What an act on several subjects says of them, by their digests."""
    return {"count": len(members), "members": dict(members)}


def _of(states: States) -> State:
    return digests({subject: digest(canonical(state)) for subject, state in states.items()})
