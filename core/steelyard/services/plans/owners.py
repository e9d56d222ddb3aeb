"""Owners: whose an action may be."""

from __future__ import annotations

from datetime import UTC, datetime

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.services.administration.texts import shown
from steelyard.services.context import View
from steelyard.services.entitlements import Entitlements
from steelyard.services.plans.problems import PLAN_OWNER_UNKNOWN
from steelyard.store import accounts, credentials
from steelyard.store.accounts import AccountState
from steelyard.store.units import UnitRecord


async def require_owner(view: View, actor: Actor, scope: Scope, owner: str, unit: UnitRecord) -> None:
    """Raise InvalidInput (PLAN_OWNER_UNKNOWN) unless it is an account that may see the unit.

    It must be an account in scope, or one's own: what is said of others would tell of them.
    """
    if owner == actor.id and not actor.is_local:
        return
    tenant = Scope(scope.tenant_id)
    async with view.context.database.read(tenant) as reader:
        found = await accounts.find(reader, scope, owner)
        named = None if found is None else await credentials.by_account(reader, tenant, owner)
    if named is not None and named.account.state is AccountState.ACTIVE:
        somebody = await Entitlements().actor(view, tenant, named, datetime.now(UTC))
        if somebody.may(Permission.SCORE_READ, [unit.id]):
            return
    values = {"owner": shown(owner), "unit": unit.code}
    raise InvalidInput(Problem(PLAN_OWNER_UNKNOWN, Place(field="owner"), values))
