"""Accounts, grants, tokens, providers and identities as subjects of acts, and how deeds find them.

A token's last use is in no act: it changes with every request. A subject at a provider may be a name, so acts
know it by its digest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services.administration import account_problems as p
from steelyard.services.administration.canonical import State, canonical, digest
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.texts import shown
from steelyard.store import accounts, grants, identities, persons, providers, tokens, units
from steelyard.store.accounts import AccountRecord
from steelyard.store.identities import IdentityRecord
from steelyard.store.providers import ProviderRecord
from steelyard.store.tokens import TokenRecord
from steelyard.store.transaction import Reader


async def _accounts(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    found = await accounts.load(reader, scope, codes=keys)
    codes = await _unit_codes(reader, scope, {each.unit_id for each in found})
    ids = {each.person_id for each in found if each.person_id is not None}
    pseudonyms = await persons.pseudonyms(reader, scope, ids) if ids else {}
    return {
        each.code: {
            "kind": each.kind.value,
            "title": {"zh": each.title.zh, "en": each.title.en},
            "state": each.state.value,
            "person": pseudonyms.get(each.person_id or 0),
            "unit": codes.get(each.unit_id),
            "created_at": _moment(each.created_at),
        }
        for each in found
    }


async def _grants(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    ids = None if keys is None else [int(key) for key in keys]
    found = await grants.load(reader, scope, ids=ids, ended=True)
    codes = await _unit_codes(reader, scope, {each.unit_id for each in found})
    return {
        str(each.id): {
            "account": each.account,
            "role": each.role.value,
            "unit": codes.get(each.unit_id),
            "granted_at": _moment(each.granted_at),
            "granted_by": each.granted_by,
            "expires_at": _moment(each.expires_at),
            "revoked_at": _moment(each.revoked_at),
        }
        for each in found
    }


async def _tokens(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    found = await tokens.load(reader, scope, keys=keys, revoked=True)
    codes = await _unit_codes(reader, scope, {each.limit.unit_id for each in found})
    return {
        each.key: {
            "account": each.account,
            "title": each.title,
            "hash": each.hash,
            "permissions": None if each.limit.permissions is None else sorted(each.limit.permissions),
            "unit": codes.get(each.limit.unit_id),
            "created_at": _moment(each.created_at),
            "created_by": each.created_by,
            "expires_at": _moment(each.expires_at),
            "revoked_at": _moment(each.revoked_at),
        }
        for each in found
    }


async def _providers(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    issuers = None if keys is None else {key.partition(" ")[0] for key in keys}
    found = await providers.load(reader, scope, removed=True, issuers=issuers)
    states = {
        provider_key(each.issuer, each.audience): {
            "issuer": each.issuer,
            "audience": each.audience,
            "created_at": _moment(each.created_at),
            "removed_at": _moment(each.removed_at),
        }
        for each in found
    }
    return states if keys is None else {key: states[key] for key in keys if key in states}


async def _identities(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    states = {
        identity_key(each): {"issuer": each.issuer, "audience": each.audience, "account": each.account}
        for each in await identities.load(reader, scope)
    }
    return states if keys is None else {key: states[key] for key in keys if key in states}


def provider_key(issuer: str, audience: str) -> str:
    """How acts call a provider; an issuer has no blank in it."""
    return f"{issuer} {audience}"


def _named_identity(issuer: str, audience: str, subject: str) -> str:
    return digest(canonical([issuer, audience, subject]))


ACCOUNT = Governed("account", _accounts)
GRANT = Governed("grant", _grants)
TOKEN = Governed("token", _tokens)
PROVIDER = Governed("provider", _providers, provider_key)
IDENTITY = Governed("identity", _identities, _named_identity)


def identity_key(identity: IdentityRecord) -> str:
    """How acts call an identity."""
    return _named_identity(identity.issuer, identity.audience, identity.subject)


async def find_account(reader: Reader, scope: Scope, code: str) -> AccountRecord:
    """The account of that code; NotFound (ACCOUNT_NOT_FOUND) where the scope shows none."""
    found = await accounts.find(reader, scope, code)
    if found is None:
        raise NotFound(Problem(p.ACCOUNT_NOT_FOUND, values={"account": shown(code)}))
    return found


async def find_token(reader: Reader, scope: Scope, key: str) -> TokenRecord:
    """The token of that key; NotFound (TOKEN_NOT_FOUND) where the scope shows none."""
    found = await tokens.find(reader, scope, key)
    if found is None:
        raise NotFound(Problem(p.TOKEN_NOT_FOUND, values={"token": shown(key)}))
    return found


async def find_provider(reader: Reader, scope: Scope, issuer: str, audience: str) -> ProviderRecord:
    """The tenant's provider with this pair; NotFound (PROVIDER_NOT_FOUND) where it trusts none such."""
    for each in await providers.load(reader, scope):
        if (each.issuer, each.audience) == (issuer, audience):
            return each
    values = {"issuer": shown(issuer), "audience": shown(audience)}
    raise NotFound(Problem(p.PROVIDER_NOT_FOUND, values=values))


async def _unit_codes(reader: Reader, scope: Scope, ids: Collection[int | None]) -> dict[int | None, str]:
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    return dict((await units.codes_of(reader, Scope(scope.tenant_id), wanted)).items())


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="microseconds")
