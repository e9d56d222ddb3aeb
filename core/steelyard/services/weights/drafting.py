"""Drafting: weight sets that are not in force yet, which their authors change and discard.

Who changes a draft says which revision they saw, so that nobody overwrites what somebody else wrote.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, InvalidInput, Place, Problem
from steelyard.services import structure
from steelyard.services.administration.texts import reason_problems
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.services.weights import problems as p
from steelyard.services.weights.fitting import fitted
from steelyard.services.weights.proposal import ProposedWeight, find_problems, laid_over
from steelyard.services.weights.sets import find_content, read_one
from steelyard.services.weights.standards import seen, standard_problems
from steelyard.store import stamps, weight_sets
from steelyard.store.transaction import Writer
from steelyard.store.weight_sets import Content, NewWeightSet, Standard, WeightSetRecord, WeightSetState


async def draft(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    weights: Sequence[ProposedWeight],
    reason: str,
    base: int = 0,
    standards: Sequence[Standard] | None = None,
    method: Mapping[str, Any] | None = None,
) -> WeightSetRecord:
    """Draft a set: the weights of the set `base` (0: the scheme's own) with these in their place.

    What it says of indicators that the scheme does not have any more is left out.

    standards: pass lines and targets in place of those that are seen; None keeps those of `base`. method: how
    the weights were found, as the methods tell it.

    Raises InvalidInput with all problems, NotFound, and Forbidden without `weights.propose`.
    """
    entry = view.context.entry(scheme)
    actor.require_somewhere(Permission.WEIGHTS_PROPOSE)
    known = await structure.load(view, actor, scope)
    content = await find_content(view, scope, entry, base)
    new = _new(entry, known, content, Asked(weights, standards, reason, method))
    async with view.context.database.write(scope) as writer:
        record = await weight_sets.add(writer, scope, new, actor)
    view.renew()
    return record


async def change(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    number: int,
    revision: int,
    weights: Sequence[ProposedWeight] = (),
    reason: str | None = None,
    standards: Sequence[Standard] | None = None,
    method: Mapping[str, Any] | None = None,
) -> WeightSetRecord:
    """Put weights in place of a draft's; those not named stay, as do reason and standards left None.

    How the weights were found is kept where none is given.

    Raises what `draft` does, and Conflict: WEIGHT_SET_PUBLISHED, WEIGHT_SET_CHANGED.
    """
    entry = view.context.entry(scheme)
    actor.require_somewhere(Permission.WEIGHTS_PROPOSE)
    known = await structure.load(view, actor, scope)
    async with _held(view, scope, scheme, number, revision) as (writer, found):
        why = found.reason if reason is None else reason
        how = found.method if method is None and not weights else method
        asked = Asked(weights, standards, why, how)
        new = _new(entry, known, found.content, asked)
        record = await weight_sets.change(writer, scope, found, new)
    view.renew()
    return record


async def discard(view: View, actor: Actor, scope: Scope, *, scheme: str, number: int, revision: int) -> None:
    """Drop a draft; Conflict: WEIGHT_SET_PUBLISHED, WEIGHT_SET_CHANGED."""
    view.context.entry(scheme)
    actor.require_somewhere(Permission.WEIGHTS_PROPOSE)
    async with _held(view, scope, scheme, number, revision) as (writer, found):
        await weight_sets.discard(writer, scope, found)
    view.renew()


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants in a draft."""

    weights: Sequence[ProposedWeight]
    standards: Sequence[Standard] | None
    reason: str
    method: Mapping[str, Any] | None


@asynccontextmanager
async def _held(
    view: View, scope: Scope, scheme: str, number: int, revision: int
) -> AsyncIterator[tuple[Writer, WeightSetRecord]]:
    """A draft at the revision that was seen, which nobody else changes meanwhile."""
    async with view.context.database.write(scope) as writer:
        await stamps.claim(writer, scope, weight_sets.TOPIC)
        found = await read_one(writer, scope, scheme, number)
        require_draft(found, revision)
        yield writer, found


def require_draft(found: WeightSetRecord, revision: int) -> None:
    """Raise Conflict unless this is a draft at the revision that was seen."""
    values = {"scheme": found.scheme, "number": found.number, "expected": revision, "found": found.revision}
    if found.state is WeightSetState.PUBLISHED:
        raise Conflict(Problem(p.WEIGHT_SET_PUBLISHED, Place(field="number"), values))
    if found.revision != revision:
        raise Conflict(Problem(p.WEIGHT_SET_CHANGED, Place(field="revision"), values))


def _new(entry: SchemeEntry, known: Structure, base: Content, asked: Asked) -> NewWeightSet:
    base = fitted(entry, base)
    problems = [*reason_problems(asked.reason), *find_problems(entry, base.weights, asked.weights)]
    if asked.standards is not None:
        problems += standard_problems(entry, known, asked.standards)
    if problems:
        raise InvalidInput(problems)
    content = Content(laid_over(base.weights, asked.weights), _standards(known, base, asked.standards))
    return NewWeightSet(entry.code, content, asked.reason, asked.method)


def _standards(known: Structure, base: Content, asked: Sequence[Standard] | None) -> tuple[Standard, ...]:
    """What is asked for in place of what is seen; nobody drops what they do not see."""
    if asked is None:
        return base.standards
    shown = seen(base.standards, known)
    return *asked, *(each for each in base.standards if each not in shown)
