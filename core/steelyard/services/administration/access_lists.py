"""Listing accounts, grants, tokens, identity providers and identities. All need grant.read.

Where somebody holds it on some units only, they see what is on these units, and the accounts that belong
there or were granted something there.
"""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.services.context import View
from steelyard.store import accounts, grants, identities, providers, tokens
from steelyard.store.accounts import AccountRecord
from steelyard.store.grants import GrantRecord
from steelyard.store.identities import IdentityRecord
from steelyard.store.providers import ProviderRecord
from steelyard.store.tokens import TokenRecord


async def accounts_in(view: View, actor: Actor, scope: Scope) -> list[AccountRecord]:
    """The accounts, by code."""
    within = readable(actor, scope)
    async with view.context.database.read(scope) as reader:
        return await accounts.load(reader, within)


async def grants_in(
    view: View, actor: Actor, scope: Scope, *, account: str | None = None, ended: bool = False
) -> list[GrantRecord]:
    """The grants, all or an account's, the oldest first; with `ended` those that were revoked as well."""
    within = readable(actor, scope)
    async with view.context.database.read(scope) as reader:
        return await grants.load(reader, within, account=account, ended=ended)


async def tokens_in(
    view: View, actor: Actor, scope: Scope, *, account: str | None = None, revoked: bool = False
) -> list[TokenRecord]:
    """The tokens, all or an account's, the oldest first; with `revoked` those that were revoked as well."""
    within = readable(actor, scope)
    async with view.context.database.read(scope) as reader:
        return await tokens.load(reader, within, account=account, revoked=revoked)


async def identities_in(
    view: View, actor: Actor, scope: Scope, *, account: str | None = None
) -> list[IdentityRecord]:
    """Who the accounts are to identity providers."""
    within = readable(actor, scope)
    async with view.context.database.read(scope) as reader:
        return await identities.load(reader, within, account=account)


async def providers_in(view: View, actor: Actor, scope: Scope) -> list[ProviderRecord]:
    """The identity providers that the tenant trusts, by issuer and audience."""
    readable(actor, scope)
    async with view.context.database.read(scope) as reader:
        return await providers.load(reader, scope)


def readable(actor: Actor, scope: Scope) -> Scope:
    """The part of a tenant of which an actor may see accounts; Forbidden where it is none."""
    units = actor.units(Permission.GRANT_READ)
    if units is not None and not units:
        actor.require(Permission.GRANT_READ)
    return Scope(scope.tenant_id, units)
