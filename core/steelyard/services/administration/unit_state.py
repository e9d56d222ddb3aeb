"""Units as subjects of acts: title, type, days, place in the tree and attributes of all times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from steelyard.access.problems import UNIT_NOT_FOUND
from steelyard.access.scope import Scope
from steelyard.services.administration.canonical import State
from steelyard.services.administration.governed import Governed
from steelyard.services.problems import not_found
from steelyard.store import attributes, parentage, persons, units
from steelyard.store.parentage import ParentRecord
from steelyard.store.transaction import Reader
from steelyard.store.units import UnitRecord


async def read_units(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    """The states of units by code; at most five statements."""
    found = await units.load(reader, scope, codes=keys)
    ids = None if keys is None else [unit.id for unit in found]
    links = await parentage.load(reader, scope, unit_ids=ids)
    settings = await attributes.load(reader, scope, unit_ids=ids)
    codes = {unit.id: unit.code for unit in found}
    missing = {link.parent_id for link in links} - codes.keys()
    if missing:
        codes |= await units.codes_of(reader, scope, missing)
    parents, values = defaultdict[int, list[Any]](list), defaultdict[int, dict[str, list[Any]]](dict)
    for link in links:
        parents[link.unit_id].append([*_span(link.valid_from, link.valid_to), codes[link.parent_id]])
    for each in settings:
        span = [*_span(each.valid_from, each.valid_to), each.value]
        values[each.unit_id].setdefault(each.name, []).append(span)
    pseudonyms = await _pseudonyms(reader, scope, found)
    return {
        unit.code: {
            "title": {"zh": unit.title.zh, "en": unit.title.en},
            "type": unit.unit_type,
            "opened_on": _day(unit.opened_on),
            "closed_on": _day(unit.closed_on),
            "person": pseudonyms.get(unit.person_id or 0),
            "parents": parents[unit.id],
            "attributes": values[unit.id],
        }
        for unit in found
    }


UNIT = Governed("unit", read_units)


async def find_unit(reader: Reader, scope: Scope, code: str) -> UnitRecord:
    """The unit with this code; NotFound (UNIT_NOT_FOUND) where it is not in scope."""
    found = await units.load(reader, scope, codes=[code])
    if not found:
        raise not_found(UNIT_NOT_FOUND, "unit", code, ())
    return found[0]


async def parent_on(reader: Reader, scope: Scope, unit: UnitRecord, day: date) -> ParentRecord | None:
    """Where a unit stands on a day, whoever asks; None at the top."""
    links = await parentage.load(reader, Scope(scope.tenant_id), on=day, unit_ids=[unit.id])
    return links[0] if links else None


async def _pseudonyms(reader: Reader, scope: Scope, found: Sequence[UnitRecord]) -> dict[int, str]:
    ids = {unit.person_id for unit in found if unit.person_id is not None}
    return await persons.pseudonyms(reader, scope, ids) if ids else {}


def _span(valid_from: date, valid_to: date | None) -> tuple[str, str | None]:
    return valid_from.isoformat(), _day(valid_to)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
