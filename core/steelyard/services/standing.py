"""Standing: what somebody may do now who was let in a while ago."""

from __future__ import annotations

from datetime import UTC, datetime

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Forbidden, Problem
from steelyard.services.context import View
from steelyard.services.entitlements import Entitlements
from steelyard.services.problems import STANDING_LOST
from steelyard.store import credentials
from steelyard.store.accounts import AccountState
from steelyard.store.credentials import Credential
from steelyard.store.tenants import TenantState


async def actor_now(view: View, actor: Actor, scope: Scope) -> tuple[Actor, Scope]:
    """The same actor with the rights of this moment, and what they see.

    A token that expired meanwhile has done its part when they were let in; one that was revoked has not.
    Raises Forbidden (STANDING_LOST) where the account or tenant is suspended or gone, or the token revoked.
    """
    if actor.is_local:
        return actor, scope
    tenant, now = Scope(scope.tenant_id), datetime.now(UTC)
    async with view.context.database.read(tenant) as reader:
        found = await (
            credentials.by_account(reader, tenant, actor.id)
            if actor.token is None
            else credentials.by_token(reader, tenant, actor.token)
        )
    if found is None or not _stands(found):
        raise Forbidden(Problem(STANDING_LOST))
    renewed = await Entitlements().actor(view, tenant, found, now)
    return renewed, renewed.scope(tenant.tenant_id)


def _stands(found: Credential) -> bool:
    revoked = found.token is not None and found.token.revoked_at is not None
    active = found.account.state is AccountState.ACTIVE and found.tenant_state is TenantState.ACTIVE
    return active and not revoked
