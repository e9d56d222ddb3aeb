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
from steelyard.errors import Conflict, NotFound, Place, Problem, Text
from steelyard.services.administration import account_problems as p
from steelyard.services.administration.account_state import GRANT, find_account
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.held import days_problems, require_held
from steelyard.services.administration.own_rating import require_not_own_account
from steelyard.services.administration.texts import shown
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
        """Record the grant; Conflict (GRANT_EXISTS), Forbidden (MORE_THAN_HELD, HELD_FOR_A_TIME)."""
        tenant = Scope(scope.tenant_id)
        account = await find_account(writer, scope, self.account)
        unit = None if self.unit is None else await find_unit(writer, scope, self.unit)
        unit_id = None if unit is None else unit.id
        expires_at = None if self.days is None else writer.now + timedelta(days=self.days)
        require_held(actor, PERMISSIONS[self.role], unit_id, expires_at)
        for each in await grants.load(writer, tenant, account=self.account):
            if (each.role, each.unit_id) == (self.role, unit_id) and each.holds_at(writer.now):
                values = {"account": self.account, "role": self.role.value, "unit": self.unit or "–"}
                raise Conflict(Problem(p.GRANT_EXISTS, Place(field="role"), values))
        new = NewGrant(account.id, self.role, unit_id, actor.id, expires_at)
        id = await grants.add(writer, scope, new)
        after = await GRANT.state(writer, scope, str(id))
        [made] = await grants.load(writer, tenant, ids=[id])
        return Change(GRANT.subject(str(id)), None, after, made)


@dataclass(frozen=True, slots=True)
class RevokeGrant(Deed[GrantRecord]):
    """Take a role away, from the next request on."""

    name: ClassVar = "grant.revoke"
    title: ClassVar = Text("撤销授权", "Revoke a grant")
    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    account: str
    role: Role
    unit: str | None = None

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit of the grant; on the whole tenant where it has none."""
        return None if self.unit is None else [(await find_unit(reader, scope, self.unit)).id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[GrantRecord]:
        """End the grant; NotFound (GRANT_NOT_FOUND) where there is none, or none any more.

        Forbidden (OWN_RATING) where the actor is rated by it.
        """
        tenant = Scope(scope.tenant_id)
        unit_id = None if self.unit is None else (await find_unit(writer, scope, self.unit)).id
        held = await grants.load(writer, tenant, account=self.account)
        # One that has expired may stand beside one that holds; revoking ends the one that was made last.
        found = [each for each in held if (each.role, each.unit_id) == (self.role, unit_id)]
        if not found:
            values = {"account": shown(self.account), "role": self.role.value, "unit": self.unit or "–"}
            raise NotFound(Problem(p.GRANT_NOT_FOUND, Place(field="role"), values))
        if self.role is Role.BRANCH_MANAGER:
            await require_not_own_account(writer, scope, actor, self.account)
        key = str(found[-1].id)
        before = await GRANT.state(writer, scope, key)
        await grants.revoke(writer, scope, found[-1].id)
        after = await GRANT.state(writer, scope, key)
        [ended] = await grants.load(writer, tenant, ids=[found[-1].id], ended=True)
        return Change(GRANT.subject(key), before, after, ended)
