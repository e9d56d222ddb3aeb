"""Deeds of tokens: created, their secret told once, and revoked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from steelyard.access.actor import LOCAL, Actor
from steelyard.access.permissions import Permission
from steelyard.access.rights import Limit
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, Place, Problem, Text
from steelyard.identity.tokens import issue
from steelyard.services.administration import account_problems as p
from steelyard.services.administration.account_state import TOKEN, find_account, find_token
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.held import days_problems, require_held
from steelyard.services.administration.texts import text_problems
from steelyard.services.administration.unit_state import find_unit
from steelyard.store import stamps, tokens
from steelyard.store.accounts import AccountKind
from steelyard.store.tokens import NewToken, TokenRecord
from steelyard.store.transaction import Reader, Writer

USUAL = 90
LONGEST = 366
"""Days that a token lives."""


@dataclass(frozen=True, slots=True)
class CreatedToken:
    """A new token, and the text that is told this once."""

    record: TokenRecord
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CreateToken(Deed[CreatedToken]):
    """Create a token of an account, which leaves of its rights these permissions on this unit and below.

    The account is a program's or one's own: with the token of somebody else, one would act in their name.
    Without a unit it reaches as far as all that the account is granted, now or later; so who creates it must
    hold the permission on the whole tenant.
    """

    name: ClassVar = "token.create"
    title: ClassVar = Text("新建令牌", "Create a token")
    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    account: str
    label: str
    permissions: tuple[Permission, ...] | None = None
    unit: str | None = None
    days: int = USUAL

    def problems(self) -> Iterable[Problem]:
        """What is wrong with label and days."""
        yield from text_problems("label", self.label)
        yield from days_problems(self.days, LONGEST)

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit; without one on the whole tenant."""
        return None if self.unit is None else [(await find_unit(reader, scope, self.unit)).id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[CreatedToken]:
        """Record the token; Forbidden (TOKEN_OF_ANOTHER, MORE_THAN_HELD, HELD_FOR_A_TIME)."""
        account = await find_account(writer, scope, self.account)
        unit = None if self.unit is None else await find_unit(writer, scope, self.unit)
        unit_id = None if unit is None else unit.id
        if account.kind is AccountKind.PERSON and not (actor.is_local or actor.id == account.code):
            raise Forbidden(Problem(p.TOKEN_OF_ANOTHER, Place(field="account"), {"account": account.code}))
        expires_at = writer.now + timedelta(days=self.days)
        only = Permission if self.permissions is None else self.permissions
        require_held(actor, only, unit_id, expires_at)
        limit = Limit(None if self.permissions is None else frozenset(self.permissions), unit_id)
        issued = issue(scope.tenant_id)
        # Through a program's token it is whoever created that one who gets this one.
        maker = actor.id if actor.maker in (None, LOCAL) else actor.maker
        new = NewToken(issued.key, account.id, self.label, issued.secret_hash, limit, maker, expires_at)
        await tokens.add(writer, scope, new)
        made = await find_token(writer, scope, issued.key)
        after = await TOKEN.state(writer, scope, issued.key)
        return Change(TOKEN.subject(issued.key), None, after, CreatedToken(made, issued.text))


@dataclass(frozen=True, slots=True)
class RevokeToken(Deed[TokenRecord]):
    """End a token, from the next request on."""

    name: ClassVar = "token.revoke"
    title: ClassVar = Text("撤销令牌", "Revoke a token")
    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    token: str

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit that limits it; on the whole tenant where none does."""
        unit_id = (await find_token(reader, scope, self.token)).limit.unit_id
        return None if unit_id is None else [unit_id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[TokenRecord]:
        """End the token; Conflict (TOKEN_REVOKED)."""
        found = await find_token(writer, scope, self.token)
        if found.revoked_at is not None:
            raise Conflict(Problem(p.TOKEN_REVOKED, Place(field="token"), {"token": found.key}))
        before = await TOKEN.state(writer, scope, found.key)
        await tokens.revoke(writer, scope, found.key)
        after = await TOKEN.state(writer, scope, found.key)
        return Change(TOKEN.subject(found.key), before, after, await find_token(writer, scope, found.key))
