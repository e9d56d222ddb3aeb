"""Deeds of identity providers: trusted, and trusted no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, Place, Problem, Text
from steelyard.identity.address import is_address, is_loopback
from steelyard.services.administration import account_problems as p
from steelyard.services.administration.account_state import PROVIDER, find_provider, provider_key
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.held import require_held
from steelyard.services.administration.texts import shown, text_problems
from steelyard.store import providers, stamps
from steelyard.store.providers import ProviderRecord
from steelyard.store.transaction import Writer


class _OfOneProvider(Deed[ProviderRecord | None]):
    """What changes whether a provider is trusted."""

    __slots__ = ()

    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    issuer: str
    audience: str


@dataclass(frozen=True, slots=True)
class AddProvider(_OfOneProvider):
    """Trust the tokens that an issuer signs for an audience. Identities of an earlier time come back."""

    name: ClassVar = "provider.add"
    title: ClassVar = Text("登记身份提供方", "Trust an identity provider")

    issuer: str
    audience: str

    def problems(self) -> Iterable[Problem]:
        """What is wrong with issuer and audience."""
        if not is_address(self.issuer):
            yield Problem(p.PROVIDER_ISSUER, Place(field="issuer"), {"found": shown(self.issuer)})
        yield from text_problems("audience", self.audience)

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[ProviderRecord | None]:
        """Record the provider; Conflict (PROVIDER_EXISTS), whosever it is.

        Whoever says who comes in can come in as anybody, so it takes all permissions (MORE_THAN_HELD). The
        service fetches keys from the address: from its own machine only for who sits there (PROVIDER_LOCAL).
        """
        require_held(actor, Permission, None)
        if is_loopback(self.issuer) and not actor.is_local:
            raise Forbidden(Problem(p.PROVIDER_LOCAL, Place(field="issuer"), {"issuer": self.issuer}))
        async with writer.operating():
            found = await providers.at(writer, self.issuer, self.audience)
        if found is not None and (found.tenant_id != scope.tenant_id or found.removed_at is None):
            values = {"issuer": self.issuer, "audience": self.audience}
            raise Conflict(Problem(p.PROVIDER_EXISTS, Place(field="issuer"), values))
        key = provider_key(self.issuer, self.audience)
        before = await PROVIDER.state(writer, scope, key)
        if found is None:
            await providers.add(writer, scope, self.issuer, self.audience)
        else:
            await providers.set_removed(writer, scope, found.id, removed=False)
        after = await PROVIDER.state(writer, scope, key)
        made = await find_provider(writer, scope, self.issuer, self.audience)
        return Change(PROVIDER.subject(key), before, after, made)


@dataclass(frozen=True, slots=True)
class RemoveProvider(_OfOneProvider):
    """Trust a provider no more, from the next request on; its identities stay on record."""

    name: ClassVar = "provider.remove"
    title: ClassVar = Text("移除身份提供方", "Trust an identity provider no more")

    issuer: str
    audience: str

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[ProviderRecord | None]:
        """Mark the provider as removed."""
        found = await find_provider(writer, scope, self.issuer, self.audience)
        key = provider_key(self.issuer, self.audience)
        before = await PROVIDER.state(writer, scope, key)
        await providers.set_removed(writer, scope, found.id, removed=True)
        return Change(PROVIDER.subject(key), before, await PROVIDER.state(writer, scope, key), None)
