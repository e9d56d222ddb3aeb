"""Exemptions (豁免): what does not count for a unit in a period, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.scoring.observations import Observations
from steelyard.services import structure
from steelyard.services.administration.exemption_problems import RULE_NOT_FOUND
from steelyard.services.administration.exemptions import EndExemption, GrantExemption
from steelyard.services.context import View
from steelyard.services.observed import last_day
from steelyard.services.problems import not_found
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.store import exemptions
from steelyard.store.exemptions import ExemptionRecord
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True)
class Exempted:
    """What a unit is exempt from in a period: by node code, also because of a group above it, and by rule."""

    nodes: Mapping[str, ExemptionRecord]
    rules: Mapping[str, ExemptionRecord]


@dataclass(frozen=True, slots=True)
class SeenExemption:
    """An exemption that concerns units in scope; `unit` is None where the exempted one above is not seen."""

    record: ExemptionRecord
    unit: UnitRecord | None


async def every(view: View, scope: Scope) -> tuple[ExemptionRecord, ...]:
    """All exemptions of the scope's tenant, seen or not; from memory while none changes."""
    tenant = Scope(scope.tenant_id)
    if not (await view.stamps(tenant)).get(exemptions.TOPIC):
        return ()

    async def read() -> tuple[ExemptionRecord, ...]:
        async with view.context.database.read(tenant) as reader:
            return tuple(await exemptions.load(reader, tenant))

    return await view.kept(tenant, "exemptions", [exemptions.TOPIC], read)


def known_by(
    records: Sequence[ExemptionRecord], entry: SchemeEntry, moment: datetime | None
) -> list[ExemptionRecord]:
    """Those of a scheme, as they were known at a moment; None is now."""
    of_scheme = [each for each in records if each.scheme == entry.code]
    if moment is None:
        return of_scheme
    granted = (each for each in of_scheme if each.granted_at <= moment)
    return [
        replace(each, ended=None) if each.ended_at is not None and each.ended_at > moment else each
        for each in granted
    ]


def exempted(
    observations: Observations,
    records: Sequence[ExemptionRecord],
    whole: Structure,
    units: Sequence[UnitRecord],
    periods: Sequence[PeriodRecord],
) -> Observations:
    """Say in observations, whose rows are units period by period, what a scheme's exemptions leave out."""
    nodes: dict[str, NDArray[np.bool_]] = {}
    rules: dict[str, NDArray[np.bool_]] = {}
    shape = len(periods), len(units)
    for at, period in enumerate(periods):
        for record in records:
            if not record.holds_on(period.start):
                continue
            masks, name = (nodes, record.node) if record.node is not None else (rules, record.rule or "")
            concerned = _below(record, whole, period)
            mask = masks.setdefault(name, np.zeros(shape, dtype=bool))
            mask[at] |= np.array([unit.id in concerned for unit in units], dtype=bool)
    flat = ({name: mask.reshape(-1) for name, mask in masks.items()} for masks in (nodes, rules))
    of_nodes, of_rules = flat
    return replace(observations, exempt_nodes=of_nodes, exempt_rules=of_rules)


def _below(record: ExemptionRecord, whole: Structure, period: PeriodRecord) -> frozenset[int]:
    """The exempted unit and those below it on the last day of a period."""
    unit = whole.unit_by_id(record.unit_id)
    below = () if unit is None else whole.below(unit, last_day(period))
    return frozenset(each.id for each in below)


async def of_unit(
    view: View, scope: Scope, entry: SchemeEntry, *, unit: UnitRecord, period: PeriodRecord
) -> Exempted:
    """What a unit is exempt from in a scheme and period, also by an exemption of a unit above it.

    Of several from the same, that which holds longest.
    """
    whole = await structure.load_whole(view, scope)
    held = [
        each
        for each in await every(view, scope)
        if each.scheme == entry.code
        and each.holds_on(period.start)
        and unit.id in _below(each, whole, period)
    ]
    held.sort(key=lambda each: (each.until, each.number))
    own = {each.node: each for each in held if each.node is not None}
    nodes: dict[str, ExemptionRecord] = {}
    for node in entry.nodes:
        found = own.get(node.code) or nodes.get(node.parent or "")
        if found is not None:
            nodes[node.code] = found
    return Exempted(nodes, {each.rule: each for each in held if each.rule is not None})


async def list_exemptions(
    view: View, actor: Actor, scope: Scope, *, scheme: str | None = None, unit: str | None = None
) -> tuple[SeenExemption, ...]:
    """The exemptions that concern units in scope, or one of them, by scheme and start.

    An exemption concerns the unit that it was granted to and those below it today. Raises NotFound.
    """
    if scheme is not None:
        scheme = view.context.entry(scheme).code
    seen = await structure.load(view, actor, scope)
    wanted = {each.id for each in seen.units} if unit is None else {seen.unit(unit).id}
    whole = await structure.load_whole(view, scope)
    found = []
    for record in await every(view, scope):
        granted = whole.unit_by_id(record.unit_id)
        below = () if granted is None else whole.below(granted)
        if (scheme is None or record.scheme == scheme) and not wanted.isdisjoint(each.id for each in below):
            found.append(SeenExemption(record, seen.unit_by_id(record.unit_id)))
    return tuple(found)


def granting(
    view: View,
    *,
    scheme: str,
    unit: str,
    node: str | None,
    rule: str | None,
    starts: date,
    expires: date,
    why: str,
) -> GrantExemption:
    """The deed that exempts a unit; NotFound for the scheme, an indicator or a rule that it does not have."""
    entry = view.context.entry(scheme)
    if node is not None:
        entry.node(node)
    rules = [each.rule.id for each in entry.rules]
    if rule is not None and rule not in rules:
        raise not_found(RULE_NOT_FOUND, "rule", rule, rules, scheme=entry.code)
    return GrantExemption(entry.code, unit, node, rule, starts, expires, why, _calendars(entry))


async def ending(view: View, scope: Scope, *, number: int, ended: date, why: str) -> EndExemption:
    """The deed that ends an exemption early; no closed period may change where its scheme is not known."""
    found = next((each for each in await every(view, scope) if each.number == number), None)
    entry = None if found is None else view.context.packs.schemes.get(found.scheme)
    calendars = () if entry is None else _calendars(view.context.entry(entry.scheme.scheme))
    return EndExemption(number, ended, why, calendars)


def _calendars(entry: SchemeEntry) -> tuple[str, ...]:
    return tuple(calendar.code for calendar in entry.calendars)
