"""Rights: what an actor may do on which units, worked out from grants and from the limits of a token."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from steelyard.access.permissions import WHOLE_TENANT, Permission
from steelyard.access.roles import PERMISSIONS, Role

UnitSet = frozenset[int] | None
"""Units by id; None is the whole tenant, units that are yet to come included."""
Below = Callable[[int], Iterable[int]]
"""The ids of a unit and of all units below it, as the tree stands today."""


@dataclass(frozen=True, slots=True)
class Granted:
    """A role on a node of the units tree; None is the whole tenant."""

    role: Role
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Limit:
    """What a token leaves of its account's rights; None leaves all of them."""

    permissions: frozenset[Permission] | None = None
    unit_id: int | None = None


UNLIMITED = Limit()

Rights = Mapping[Permission, UnitSet]
"""The units on which each permission holds; a permission that is absent holds nowhere."""

ALL_RIGHTS: Rights = MappingProxyType(dict.fromkeys(Permission))


def rights_of(grants: Iterable[Granted], below: Below, limit: Limit = UNLIMITED) -> Rights:
    """Work out the rights that grants give, within a token's limit."""
    rights: dict[Permission, UnitSet] = {}
    for grant in grants:
        units = None if grant.unit_id is None else frozenset(below(grant.unit_id))
        for permission in PERMISSIONS[grant.role]:
            if units is None or permission not in WHOLE_TENANT:
                rights[permission] = _either(rights.get(permission, frozenset()), units)
    return MappingProxyType(dict(_limited(rights, below, limit)))


def _limited(rights: Rights, below: Below, limit: Limit) -> Iterable[tuple[Permission, UnitSet]]:
    within = None if limit.unit_id is None else frozenset(below(limit.unit_id))
    for permission, units in rights.items():
        if limit.permissions is not None and permission not in limit.permissions:
            continue
        if within is None:
            yield permission, units
        elif permission not in WHOLE_TENANT:
            yield permission, within if units is None else units & within


def _either(one: UnitSet, other: UnitSet) -> UnitSet:
    return None if one is None or other is None else one | other
