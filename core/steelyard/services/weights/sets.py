"""Weight sets as they are: all of a scheme, one of them, the one in force, and how two differ.

Everybody who sees scores sees which sets were published; drafts are seen by who may propose weights.
"""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Place, Problem
from steelyard.services.calendars import require_period
from steelyard.services.context import View
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights.in_force import in_force
from steelyard.services.weights.problems import WEIGHT_SET_NOT_FOUND
from steelyard.services.weights.proposal import WeightChange, weight_changes
from steelyard.store import stamps, weight_sets
from steelyard.store.transaction import Reader
from steelyard.store.weight_sets import Content, WeightSetRecord, WeightSetState

SCHEMES_OWN = 0
"""The number that stands for the scheme's own weights where a set is asked for."""


async def load(view: View, actor: Actor, scope: Scope, scheme: str) -> tuple[WeightSetRecord, ...]:
    """The weight sets of a scheme by number: published ones, and drafts for who may propose weights.

    Raises NotFound for the scheme.
    """
    entry = view.context.entry(scheme)
    actor.require_somewhere(Permission.SCORE_READ)
    held = actor.units(Permission.WEIGHTS_PROPOSE)
    sees_drafts = held is None or bool(held)
    known = await every(view, scope, entry)
    return tuple(each for each in known if sees_drafts or each.state is WeightSetState.PUBLISHED)


async def find(view: View, actor: Actor, scope: Scope, scheme: str, number: int) -> WeightSetRecord:
    """One weight set; NotFound (WEIGHT_SET_NOT_FOUND)."""
    known = await load(view, actor, scope, scheme)
    return find_number(known, scheme, number)


async def holding(view: View, actor: Actor, scope: Scope, scheme: str, period: str) -> WeightSetRecord | None:
    """The set in force in a period of the scheme's calendars, on record or not; None for the scheme's own.

    Raises NotFound for the scheme and the period.
    """
    known = await load(view, actor, scope, scheme)
    published = [each for each in known if each.state is WeightSetState.PUBLISHED]
    return in_force(published, require_period(view.context.entry(scheme), period))


async def differences(
    view: View, actor: Actor, scope: Scope, scheme: str, first: int, second: int
) -> tuple[WeightChange, ...]:
    """The shares of all indicators under two sets, 0 being the scheme's own weights."""
    entry = view.context.entry(scheme)
    known = await load(view, actor, scope, scheme)
    before, after = (_content(known, scheme, number).weights for number in (first, second))
    return weight_changes(entry, before, after)


async def find_content(view: View, scope: Scope, entry: SchemeEntry, number: int) -> Content:
    """What a set says, drafts included, 0 for the scheme's own weights; NotFound (WEIGHT_SET_NOT_FOUND)."""
    return _content(await every(view, scope, entry), entry.code, number)


async def read_one(reader: Reader, scope: Scope, scheme: str, number: int) -> WeightSetRecord:
    """One weight set as it stands in this transaction; NotFound (WEIGHT_SET_NOT_FOUND)."""
    return find_number(await weight_sets.load(reader, scope, scheme=scheme), scheme, number)


async def every(view: View, scope: Scope, entry: SchemeEntry) -> tuple[WeightSetRecord, ...]:
    """All weight sets of a scheme by number, drafts included; from memory while none changes."""
    tenant = Scope(scope.tenant_id)

    async def read() -> tuple[WeightSetRecord, ...]:
        async with view.context.database.read(tenant) as reader:
            return tuple(await weight_sets.load(reader, tenant, scheme=entry.code))

    topics = [stamps.STRUCTURE, weight_sets.TOPIC]
    return await view.kept(tenant, ("weight sets", entry.code), topics, read)


def _content(known: Sequence[WeightSetRecord], scheme: str, number: int) -> Content:
    return Content() if number == SCHEMES_OWN else find_number(known, scheme, number).content


def find_number(known: Sequence[WeightSetRecord], scheme: str, number: int) -> WeightSetRecord:
    """The set of this number; NotFound (WEIGHT_SET_NOT_FOUND)."""
    for each in known:
        if each.number == number:
            return each
    numbers = ", ".join(str(each.number) for each in known) or "–"
    values: dict[str, object] = {"scheme": scheme, "number": number, "known": numbers}
    raise NotFound(Problem(WEIGHT_SET_NOT_FOUND, Place(field="number"), values))
