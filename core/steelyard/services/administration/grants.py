"""Deeds of grants: given and taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.roles import PERMISSIONS, Role
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Place, Problem, Text
from steelyard.services.administration import account_problems as p
from steelyard.services.administration.account_state import GRANT, find_account, find_grant
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.held import days_problems, require_held
from steelyard.services.administration.unit_state import find_unit
from steelyard.store import grants, stamps
from steelyard.store.grants import GrantRecord, NewGrant
from steelyard.store.transaction import Reader, Writer

LONGEST = 3660
"""Days that a grant with an end may last; others last until they are revoked."""


@dataclass(frozen=True, slots=True)
class AddGrant(Deed[GrantRecord]):
    """Grant an account a role on a unit and all below it, or on the whole tenant; for `days`, or for good."""

    name: ClassVar = "grant.add"
    title: ClassVar = Text("授予角色", "Grant a role")
    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    account: str
    role: Role
    unit: str | None = None
    days: int | None = None

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the days."""
        return () if self.days is None else days_problems(self.days, LONGEST)

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit; without one on the whole tenant."""
        return None if self.unit is None else [(await find_unit(reader, scope, self.unit)).id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[GrantRecord]:
        """Record the grant; Conflict (GRANT_EXISTS), Forbidden (MORE_THAN_HELD)."""
        tenant = Scope(scope.tenant_id)
        account = await find_account(writer, scope, self.account)
        unit = None if self.unit is None else await find_unit(writer, scope, self.unit)
        unit_id = None if unit is None else unit.id
        require_held(actor, PERMISSIONS[self.role], unit_id)
        for each in await grants.load(writer, tenant, account=self.account):
            if (each.role, each.unit_id) == (self.role, unit_id) and each.holds_at(writer.now):
                values = {"account": self.account, "grant": each.id}
                raise Conflict(Problem(p.GRANT_EXISTS, Place(field="role"), values))
        expires_at = None if self.days is None else writer.now + timedelta(days=self.days)
        new = NewGrant(account.id, self.role, unit_id, actor.id, expires_at)
        id = await grants.add(writer, scope, new)
        after = await GRANT.state(writer, scope, str(id))
        return Change(GRANT.subject(str(id)), None, after, await find_grant(writer, tenant, id))


@dataclass(frozen=True, slots=True)
class RevokeGrant(Deed[GrantRecord]):
    """Take a role away, from the next request on."""

    name: ClassVar = "grant.revoke"
    title: ClassVar = Text("撤销授权", "Revoke a grant")
    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    grant: int

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit of the grant; on the whole tenant where it has none."""
        unit_id = (await find_grant(reader, scope, self.grant)).unit_id
        return None if unit_id is None else [unit_id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[GrantRecord]:
        """End the grant; Conflict (GRANT_ENDED)."""
        found = await find_grant(writer, scope, self.grant)
        if found.revoked_at is not None:
            raise Conflict(Problem(p.GRANT_ENDED, Place(field="grant"), {"grant": found.id}))
        key = str(found.id)
        before = await GRANT.state(writer, scope, key)
        await grants.revoke(writer, scope, found.id)
        after = await GRANT.state(writer, scope, key)
        return Change(GRANT.subject(key), before, after, await find_grant(writer, scope, found.id))
