"""Exemptions as subjects of acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services.administration import exemption_problems as p
from steelyard.services.administration.canonical import State
from steelyard.services.administration.governed import Governed
from steelyard.store import exemptions, units
from steelyard.store.exemptions import ExemptionRecord
from steelyard.store.transaction import Reader


async def _states(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    numbers = None if keys is None else [int(key) for key in keys]
    found = await exemptions.load(reader, scope, numbers=numbers)
    tenant = Scope(scope.tenant_id)
    codes = await units.codes_of(reader, tenant, {each.unit_id for each in found}) if found else {}
    return {str(each.number): _state(each, codes[each.unit_id]) for each in found}


def _state(record: ExemptionRecord, unit: str) -> State:
    return {
        "scheme": record.scheme,
        "unit": unit,
        "node": record.node,
        "rule": record.rule,
        "starts": record.starts.isoformat(),
        "expires": record.expires.isoformat(),
        "reason": record.reason,
        "granted_at": record.granted_at.isoformat(timespec="microseconds"),
        "granted_by": record.granted_by,
        "ended": None if record.ended is None else record.ended.isoformat(),
        "ended_by": record.ended_by,
        "end_reason": record.end_reason,
    }


EXEMPTION = Governed("exemption", _states)


async def find_exemption(reader: Reader, scope: Scope, number: int) -> ExemptionRecord:
    """The exemption with this number; NotFound (EXEMPTION_NOT_FOUND), also of a unit out of scope."""
    found = await exemptions.load(reader, scope, numbers=[number])
    if not found or not scope.sees(found[0].unit_id):
        raise NotFound(Problem(p.EXEMPTION_NOT_FOUND, values={"number": number}))
    return found[0]
