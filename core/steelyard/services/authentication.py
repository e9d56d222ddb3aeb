"""Authentication: who sends a request, and what they may do; from the bearer token that it carries.

Whatever is wrong with a token, the answer is the same; the log says what it was, without the token.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from steelyard.access.actor import Actor
from steelyard.access.problems import UNAUTHENTICATED
from steelyard.access.scope import Scope
from steelyard.errors import Problem, Unauthenticated
from steelyard.identity import claims, tokens
from steelyard.identity.claims import Claimed
from steelyard.identity.oidc import Verifier
from steelyard.identity.refusal import Reason, Refused
from steelyard.identity.tokens import Presented
from steelyard.services.context import Context, View
from steelyard.services.entitlements import Entitlements
from steelyard.services.token_uses import TokenUses
from steelyard.store import credentials, providers
from steelyard.store.accounts import AccountState
from steelyard.store.credentials import Credential
from steelyard.store.providers import ProviderRecord
from steelyard.store.tenants import TenantState
from steelyard.store.tokens import TokenRecord

SCHEME = "bearer"
logger = logging.getLogger("steelyard.authentication")


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that was let in: the first three arguments of every service."""

    view: View
    actor: Actor
    scope: Scope


class Authenticator:
    """Lets requests in, or does not."""

    def __init__(self, context: Context, uses: TokenUses, verifier: Verifier) -> None:
        self._context = context
        self._uses = uses
        self._verifier = verifier
        self._entitlements = Entitlements()
        self._trusted: dict[str, Sequence[ProviderRecord]] = {}

    async def admit(self, authorization: Sequence[str], client: str) -> Admitted:
        """Begin the request of whoever the Authorization headers name.

        client: the address that the request came from, for the log. Raises Unauthenticated (UNAUTHENTICATED).
        """
        try:
            text = _bearer(authorization)
            if text.startswith(tokens.PREFIX):
                return await self._by_token(text)
            return await self._by_identity(text)
        except Refused as refused:
            details = "".join(f" {name}={value!r}" for name, value in refused.details.items())
            logger.warning("refused: reason=%s%s client=%s", refused.reason, details, client)
        # Outside of the block, lest the error carries the reason with it.
        raise Unauthenticated(Problem(UNAUTHENTICATED))

    async def _by_token(self, text: str) -> Admitted:
        presented = tokens.read(text)
        scope, view = Scope(presented.tenant_id), self._context.view()
        async with self._context.database.read(scope) as reader:
            found = await credentials.by_token(reader, scope, presented.key)
            now = datetime.now(UTC)
            if found is None or found.token is None:
                raise Refused(Reason.UNKNOWN, key=presented.key)
            _require_valid(presented, found.token, now)
            await view.look(reader, scope)
        admitted = await self._admitted(view, scope, found, now)
        self._uses.note(scope, found.token, now)
        return admitted

    async def _by_identity(self, text: str) -> Admitted:
        claimed = claims.peek(text)
        provider = await self._provider(claimed)
        subject = await self._verifier.subject(text, claimed, audience=provider.audience)
        scope, view = Scope(provider.tenant_id), self._context.view()
        async with self._context.database.read(scope) as reader:
            found = await credentials.by_identity(
                reader, scope, issuer=provider.issuer, audience=provider.audience, subject=subject
            )
            if found is None:
                # The provider may have been removed, or may be another tenant's by now.
                self._trusted.pop(claimed.issuer, None)
                raise Refused(Reason.UNKNOWN_SUBJECT, issuer=claimed.issuer)
            await view.look(reader, scope)
        return await self._admitted(view, scope, found, datetime.now(UTC))

    async def _provider(self, claimed: Claimed) -> ProviderRecord:
        found = self._named(claimed)
        if not found:
            async with self._context.database.read_all() as reader:
                trusted = await providers.trusting(reader, claimed.issuer)
            if not trusted:
                raise Refused(Reason.UNKNOWN_ISSUER, issuer=claimed.issuer[: claims.SHOWN])
            self._trusted[claimed.issuer] = trusted
            found = self._named(claimed)
        if len(found) != 1:
            # Of several tenants, too, one must be meant; which one, nobody but the issuer can say.
            reason = Reason.SEVERAL_AUDIENCES if found else Reason.OTHER_AUDIENCE
            raise Refused(reason, issuer=claimed.issuer)
        return found[0]

    def _named(self, claimed: Claimed) -> list[ProviderRecord]:
        trusted = self._trusted.get(claimed.issuer, ())
        return [each for each in trusted if each.audience in claimed.audiences]

    async def _admitted(self, view: View, scope: Scope, found: Credential, now: datetime) -> Admitted:
        key = None if found.token is None else found.token.key
        if found.account.state is not AccountState.ACTIVE:
            raise Refused(Reason.ACCOUNT_SUSPENDED, key=key, account=found.account.code)
        if found.tenant_state is not TenantState.ACTIVE:
            raise Refused(Reason.TENANT_SUSPENDED, key=key, account=found.account.code)
        actor = await self._entitlements.actor(view, scope, found, now)
        return Admitted(view, actor, actor.scope(scope.tenant_id))


def _require_valid(presented: Presented, token: TokenRecord, now: datetime) -> None:
    if not presented.proves(token.hash):
        raise Refused(Reason.UNPROVEN, key=presented.key, account=token.account)
    if token.revoked_at is not None:
        raise Refused(Reason.REVOKED, key=presented.key, account=token.account)
    if token.expires_at <= now:
        raise Refused(Reason.EXPIRED, key=presented.key, account=token.account)


def _bearer(authorization: Sequence[str]) -> str:
    if not authorization:
        raise Refused(Reason.ABSENT)
    scheme, _, text = authorization[0].partition(" ")
    if scheme.lower() != SCHEME:
        raise Refused(Reason.OTHER_SCHEME)
    if len(authorization) > 1:
        raise Refused(Reason.MALFORMED)
    return text.strip(" ")


@asynccontextmanager
async def open_authenticator(
    context: Context, verifier: Verifier | None = None
) -> AsyncIterator[Authenticator]:
    """Let requests in on a context until the end of the block."""
    async with TokenUses(context.database) as uses:
        yield Authenticator(context, uses, verifier or Verifier())
