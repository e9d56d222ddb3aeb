"""People of the tests: actors with a role on the whole tenant or on some units."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.rights import Granted, rights_of
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.services.context import View

Seat = tuple[View, Actor, Scope]


def acting(code: str, role: Role = Role.ADMINISTRATOR, units: Iterable[int] | None = None) -> Actor:
    """Somebody with a role on the whole tenant, or on exactly these units."""
    if units is None:
        return Actor(code, Text(code, code), rights_of([Granted(role, None)], lambda unit: [unit]))
    rights = rights_of([Granted(role, unit) for unit in units], lambda unit: [unit])
    return Actor(code, Text(code, code), rights)


def seen(actor: Actor, scope: Scope) -> Scope:
    """What an actor sees of a tenant."""
    return Scope(scope.tenant_id, actor.units(Permission.SCORE_READ))
