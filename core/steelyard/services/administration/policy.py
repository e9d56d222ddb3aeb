"""Policies: what a tenant may decide otherwise than usual, and what holds now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import orjson

from steelyard.access.scope import Scope
from steelyard.services.context import View
from steelyard.store import policies, stamps
from steelyard.store.transaction import Reader

SECOND_PERSON = "second_person"
PEER_MINIMUM = "peer_minimum"
RETENTION = "retention"
OBJECTION_DAYS = "objection_days"
NOTICE_DAYS = "notice_days"
NAMES = (SECOND_PERSON, PEER_MINIMUM, RETENTION, OBJECTION_DAYS, NOTICE_DAYS)
USUAL_PEER_MINIMUM = 5


@dataclass(frozen=True, slots=True)
class ObjectionDays:
    """For how many days after a result one may object to it, and within how many it is decided on."""

    file: int = 15
    decide: int = 10


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """For how many days notices are kept, and after how many what could not be delivered is given up."""

    told: int = 400
    waiting: int = 100


@dataclass(frozen=True, slots=True)
class Policies:
    """What holds. second_person: names of deeds. peer_minimum: units. retention: days by kind of person."""

    second_person: frozenset[str]
    peer_minimum: int
    retention: Mapping[str, int]
    objection_days: ObjectionDays = ObjectionDays()
    notice_days: NoticeDays = NoticeDays()


async def read(reader: Reader, scope: Scope) -> Policies:
    """Return what holds in the tenant; one statement."""
    found = {name: orjson.loads(value) for name, value in (await policies.load(reader, scope)).items()}
    return Policies(
        second_person=frozenset(found.get(SECOND_PERSON, ())),
        peer_minimum=found.get(PEER_MINIMUM, USUAL_PEER_MINIMUM),
        retention=MappingProxyType(found.get(RETENTION, {})),
        objection_days=ObjectionDays(**found.get(OBJECTION_DAYS, {})),
        notice_days=NoticeDays(**found.get(NOTICE_DAYS, {})),
    )


async def current(view: View, scope: Scope) -> Policies:
    """Return what holds in the tenant, from memory while its stamp stands."""
    tenant = Scope(scope.tenant_id)

    async def load() -> Policies:
        async with view.context.database.read(tenant) as reader:
            return await read(reader, tenant)

    return await view.kept(tenant, "policies", [stamps.POLICIES], load)
