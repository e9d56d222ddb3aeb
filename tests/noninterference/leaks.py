"""Leaks planted on purpose: each takes back one thing that keeps a scope from telling of what is outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType, SimpleNamespace
from typing import Any
from unittest.mock import patch

from noninterference.worlds import Twin
from steelyard.access.actor import Actor
from steelyard.access.problems import UNIT_NOT_FOUND
from steelyard.access.scope import Scope
from steelyard.services import (
    catalogue,
    comparisons,
    editions,
    exemptions,
    measurements,
    narrowing,
    overviews,
    rankings,
    revisions,
    runs,
    seen_periods,
    structure,
)
from steelyard.services.administration import listing, policy
from steelyard.services.context import View
from steelyard.services.plans import reading
from steelyard.services.problems import not_found
from steelyard.services.records import listing as imports
from steelyard.services.rollups import asking as rollups
from steelyard.services.structure import Structure
from steelyard.services.weights import robustness, what_if
from steelyard.store import accounts
from steelyard.store.schemes import SchemeRecord
from steelyard.store.units import UnitRecord
from steelyard_graphql.limits.meter import Meter

WHOLE = SimpleNamespace(load=editions.load_whole)
"""What a service calls that forgets the cut."""
_load_structure = structure.load
_narrowed = Structure._narrowed
_heads = runs.heads
_versions = catalogue.versions
_exemptions = exemptions.list_exemptions
_revisions = revisions.revisions
_load_whole = structure.load_whole
_charge = Meter.charge
_units: dict[int, int] = {}
"""How many units an installation has, by the id of its context."""


async def _all_runs(view: View, actor: Actor, scope: Scope, *, scheme: str | None = None) -> Any:
    return await _heads(view, actor, Scope(scope.tenant_id), scheme=scheme)


async def _everybody(*_: object) -> bool:
    return True


async def _all_periods(view: View, scope: Scope, units: object) -> frozenset[int]:
    whole = await structure.load_whole(view, scope)
    return frozenset(period.id for period in whole.periods)


async def _all_versions(view: View, actor: Actor, scope: Scope, *, scheme: str) -> tuple[SchemeRecord, ...]:
    return await _versions(view, actor, Scope(scope.tenant_id), scheme=scheme)


def _with_units(whole: Structure, scope: Scope, measured: frozenset[int]) -> Structure:
    """All units can be found by their codes, though they are in no list."""
    found = _narrowed(whole, scope, measured)
    found.__dict__["_units_by_code"] = whole._units_by_code
    return found


def _with_parents(whole: Structure, scope: Scope, measured: frozenset[int]) -> Structure:
    found = _narrowed(whole, scope, measured)
    found.__dict__.update(parents=whole.parents, _units_by_id=whole._units_by_id)
    return found


def _with_attributes(whole: Structure, scope: Scope, measured: frozenset[int]) -> Structure:
    return replace(_narrowed(whole, scope, measured), settings=whole.settings)


async def _all_revisions(view: View, actor: Actor, scope: Scope, *, scheme: str, period: str) -> Any:
    return await _revisions(view, actor, Scope(scope.tenant_id), scheme=scheme, period=period)


async def _counting(view: View, scope: Scope) -> Structure:
    whole = await _load_whole(view, scope)
    _units[id(view.context)] = len(whole.units)
    return whole


def _charge_by_units(self: Meter, execution: Any, *, under_way: bool = False) -> Mapping[str, int]:
    told = _charge(self, execution, under_way=under_way)
    return {**told, "requested": told["requested"] + _units.get(id(execution.context_value.view.context), 0)}


@contextmanager
def _costs() -> Iterator[None]:
    with (
        patch.object(structure, "load_whole", _counting),
        patch.object(Meter, "charge", _charge_by_units),
    ):
        yield


def _with_suggestions(whole: Structure, scope: Scope, measured: frozenset[int]) -> Structure:
    found = _narrowed(whole, scope, measured)
    found.__dict__["known"] = whole._units_by_code
    return found


def _suggesting(self: Structure, code: str) -> UnitRecord:
    if code not in self._units_by_code:
        raise not_found(UNIT_NOT_FOUND, "unit", code, self.__dict__.get("known", ()))
    return self._units_by_code[code]


async def _all_imports(view: View, actor: Actor, scope: Scope, import_ids: Any) -> frozenset[int]:
    return frozenset(import_ids)


async def _all_exemptions(
    view: View, actor: Actor, scope: Scope, *, scheme: str | None = None, unit: str | None = None
) -> Any:
    return await _exemptions(view, actor, Scope(scope.tenant_id), scheme=scheme, unit=unit)


async def _any_unit(view: View, actor: Actor, scope: Scope, entry: object, unit: str) -> UnitRecord:
    return (await structure.load_whole(view, scope)).unit(unit)


async def _no_minimum(view: View, scope: Scope) -> Any:
    return SimpleNamespace(peer_minimum=0)


@contextmanager
def _suggestions() -> Iterator[None]:
    with (
        patch.object(Structure, "_narrowed", _with_suggestions),
        patch.object(Structure, "unit", _suggesting),
    ):
        yield


Plant = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Leak:
    """The twin and the field that show it, and what plants it."""

    twin: Twin
    field: tuple[str, str]
    plant: Plant


LEAKS: Mapping[str, Leak] = MappingProxyType(
    {
        "runs of all units": Leak(
            Twin.DEALT, ("Scorecard", "run"), lambda: patch.object(runs, "heads", _all_runs)
        ),
        "versions on record": Leak(
            Twin.DEALT, ("Scheme", "versions"), lambda: patch.object(catalogue, "versions", _all_versions)
        ),
        "periods on record": Leak(
            Twin.DEALT, ("Calendar", "periods"), lambda: patch.object(seen_periods, "load", _all_periods)
        ),
        "units by code": Leak(
            Twin.DEALT, ("Query", "unit"), lambda: patch.object(Structure, "_narrowed", _with_units)
        ),
        "parents": Leak(
            Twin.DEALT, ("Unit", "parent"), lambda: patch.object(Structure, "_narrowed", _with_parents)
        ),
        "suggestions": Leak(Twin.DEALT, ("Query", "unit"), _suggestions),
        "rows of files": Leak(
            Twin.DEALT,
            ("MeasurementRecord", "row"),
            lambda: patch.object(measurements, "told", lambda each, *_: each),
        ),
        "units recorded of": Leak(
            Twin.DEALT,
            ("Mutation", "recordMeasurement"),
            lambda: patch.object(measurements, "_scored_unit", _any_unit),
        ),
        "attributes": Leak(
            Twin.DEALT,
            ("RankingConnection", "totalCount"),
            lambda: patch.object(Structure, "_narrowed", _with_attributes),
        ),
        "revisions": Leak(
            Twin.DEALT, ("Revision", "run"), lambda: patch.object(revisions, "revisions", _all_revisions)
        ),
        "costs": Leak(Twin.DEALT, ("Query", "unit"), _costs),
        "quotas": Leak(
            Twin.SHIFTED,
            ("RuleResult", "reason"),
            lambda: patch.object(narrowing, "without_quotas", lambda found: found),
        ),
        "few peers": Leak(
            Twin.SHIFTED,
            ("PeerStatistics", "mean"),
            lambda: patch.object(policy, "current", _no_minimum),
        ),
        "rankings": Leak(
            Twin.SHIFTED,
            ("RankingConnection", "totalCount"),
            lambda: patch.object(rankings, "editions", WHOLE),
        ),
        "overviews": Leak(
            Twin.SHIFTED, ("OverviewRow", "unit"), lambda: patch.object(overviews, "editions", WHOLE)
        ),
        "roll-ups": Leak(
            Twin.SHIFTED, ("RollUpNode", "memberCount"), lambda: patch.object(rollups, "editions", WHOLE)
        ),
        "comparisons": Leak(
            Twin.SHIFTED, ("HeatMap", "rows"), lambda: patch.object(comparisons, "editions", WHOLE)
        ),
        "weights": Leak(
            Twin.SHIFTED, ("ProposalSummary", "units"), lambda: patch.object(what_if, "editions", WHOLE)
        ),
        "robustness": Leak(
            Twin.SHIFTED, ("Robustness", "scored"), lambda: patch.object(robustness, "editions", WHOLE)
        ),
        "proposals": Leak(
            Twin.DEALT, ("Proposal", "number"), lambda: patch.object(listing, "may_see", _everybody)
        ),
        "accounts": Leak(
            Twin.DEALT, ("Account", "code"), lambda: patch.object(accounts, "seen", lambda *_: [])
        ),
        "imports of records": Leak(
            Twin.DEALT, ("RecordImport", "number"), lambda: patch.object(imports, "_sight", lambda _: None)
        ),
        "files of records": Leak(
            Twin.DEALT, ("RecordBehind", "file"), lambda: patch.object(imports, "seen_among", _all_imports)
        ),
        "exemptions": Leak(
            Twin.DEALT,
            ("Exemption", "number"),
            lambda: patch.object(exemptions, "list_exemptions", _all_exemptions),
        ),
        "plans": Leak(
            Twin.DEALT,
            ("ImprovementPlanConnection", "totalCount"),
            lambda: patch.object(reading, "readable", lambda _, scope: Scope(scope.tenant_id)),
        ),
        "measured periods": Leak(
            Twin.DEALT, ("Scheme", "periods"), lambda: patch.object(catalogue, "editions", WHOLE)
        ),
    }
)
"""By what is told of."""
