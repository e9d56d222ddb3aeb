"""Accounts: who may come in, with their grants, tokens and identities elsewhere."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Self

import strawberry

from steelyard.access.permissions import Permission as Held
from steelyard.errors import NotFound, Problem, Text
from steelyard.scheme.suggestion import suggested
from steelyard.services import structure
from steelyard.services.administration import access_lists
from steelyard.services.administration.account_problems import ACCOUNT_NOT_FOUND
from steelyard.store.accounts import AccountKind as Kind
from steelyard.store.accounts import AccountRecord
from steelyard.store.accounts import AccountState as State
from steelyard.store.grants import GrantRecord
from steelyard.store.identities import IdentityRecord
from steelyard.store.providers import ProviderRecord
from steelyard.store.tokens import TokenRecord
from steelyard_graphql.administration.persons import Person
from steelyard_graphql.administration.roles import Permission, Role
from steelyard_graphql.connections import After, Connection, Edge, First, PageArguments, page
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node
from steelyard_graphql.units import Unit


@strawberry.enum(description="Who comes in with an account.")
class AccountKind(Enum):
    """The kinds of the store."""

    PERSON = strawberry.enum_value(Kind.PERSON.value, description="A person, known by a pseudonym.")
    SERVICE = strawberry.enum_value(Kind.SERVICE.value, description="A program.")


@strawberry.enum(description="Whether an account is let in.")
class AccountState(Enum):
    """The states of the store."""

    ACTIVE = strawberry.enum_value(State.ACTIVE.value, description="It is let in.")
    SUSPENDED = strawberry.enum_value(State.SUSPENDED.value, description="It is not let in.")


@strawberry.type(description="A role that an account holds on a unit and all below it.")
class Grant:
    """A grant."""

    account: str = strawberry.field(description="The code of the account.")
    role: Role = strawberry.field(description="The role.")
    whole_tenant: bool = strawberry.field(description="Whether it holds on all units, and needs no unit.")
    granted_at: datetime.datetime = strawberry.field(description="When it was granted.")
    granted_by: str = strawberry.field(description="The code of the account that granted it.")
    expires_at: datetime.datetime | None = strawberry.field(description="When it ends by itself, if ever.")
    revoked_at: datetime.datetime | None = strawberry.field(description="When it was revoked, if it was.")
    record: strawberry.Private[GrantRecord]

    @computed("The unit on which it holds; null where that is the whole tenant, or a unit one does not see.")
    async def unit(self, info: Info) -> Unit | None:
        """Return the unit."""
        return await unit_of(info.context, self.record.unit_id)

    @classmethod
    def of(cls, record: GrantRecord) -> Self:
        """Show a grant."""
        return cls(
            account=record.account,
            role=Role(record.role.value),
            whole_tenant=record.unit_id is None,
            granted_at=record.granted_at,
            granted_by=record.granted_by,
            expires_at=record.expires_at,
            revoked_at=record.revoked_at,
            record=record,
        )


@strawberry.type(
    description="A token by which an account comes in. Its secret is told once and kept nowhere."
)
class Token:
    """A token."""

    key: str = strawberry.field(description="Its public part, by which it is known and revoked.")
    account: str = strawberry.field(description="The code of the account.")
    label: str = strawberry.field(description="What it is for.")
    permissions: list[Permission] | None = strawberry.field(
        description="What it leaves of the account's permissions; null for all of them."
    )
    created_at: datetime.datetime = strawberry.field(description="When it was created.")
    created_by: str = strawberry.field(description="The code of the account that created it.")
    expires_at: datetime.datetime = strawberry.field(description="When it ends by itself.")
    revoked_at: datetime.datetime | None = strawberry.field(description="When it was revoked, if it was.")
    last_used_at: datetime.datetime | None = strawberry.field(
        description="When it was last used, to the minute; null if never."
    )
    record: strawberry.Private[TokenRecord]

    @computed("The unit to which it is confined; null for none, or one that one does not see.")
    async def unit(self, info: Info) -> Unit | None:
        """Return the unit."""
        return await unit_of(info.context, self.record.limit.unit_id)

    @classmethod
    def of(cls, record: TokenRecord) -> Self:
        """Show a token."""
        held = record.limit.permissions
        return cls(
            key=record.key,
            account=record.account,
            label=record.title,
            permissions=None if held is None else [Permission(each.value) for each in Held if each in held],
            created_at=record.created_at,
            created_by=record.created_by,
            expires_at=record.expires_at,
            revoked_at=record.revoked_at,
            last_used_at=record.last_used_at,
            record=record,
        )


@strawberry.type(description="Who an account is to an identity provider.")
class Identity:
    """An identity."""

    issuer: str = strawberry.field(description="The provider's issuer.")
    audience: str = strawberry.field(description="The audience that its tokens name.")
    subject: str = strawberry.field(description="How the provider calls the account.")

    @classmethod
    def of(cls, record: IdentityRecord) -> Self:
        """Show an identity."""
        return cls(issuer=record.issuer, audience=record.audience, subject=record.subject)


@strawberry.type(description="An identity provider whose signed tokens are trusted (OpenID Connect).")
class IdentityProvider:
    """A provider."""

    issuer: str = strawberry.field(description="Its address, exactly as its tokens name it.")
    audience: str = strawberry.field(description="What its tokens name as their audience.")
    created_at: datetime.datetime = strawberry.field(description="Since when it is trusted.")

    @classmethod
    def of(cls, record: ProviderRecord) -> Self:
        """Show a provider."""
        return cls(issuer=record.issuer, audience=record.audience, created_at=record.created_at)


@strawberry.type(description="Who may come in: a person by pseudonym, or a program.")
class Account(Node):
    """An account."""

    code: str = strawberry.field(description="Its code, which records and acts carry.")
    kind: AccountKind = strawberry.field(description="Who comes in with it.")
    state: AccountState = strawberry.field(description="Whether it is let in.")
    created_at: datetime.datetime = strawberry.field(description="When it was created.")
    words: strawberry.Private[Text]
    record: strawberry.Private[AccountRecord]

    @computed("Its title; a person's is the pseudonym.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @computed("The unit to which they belong, and with which they are rated, if one sees it.")
    async def unit(self, info: Info) -> Unit | None:
        """Return the unit."""
        return await unit_of(info.context, self.record.unit_id)

    @computed("The person behind it; null for a program.", needs=Held.PERSON_READ)
    async def person(self, info: Info) -> Person | None:
        """Return the person."""
        return await person_of(info.context, self.record.person_id)

    @computed("The roles it holds, the oldest first.")
    async def grants(self, info: Info) -> list[Grant]:
        """Return the grants that hold."""
        return [Grant.of(record) for record in await info.context.loaders.grants.load(self.code)]

    @computed("Its tokens that were not revoked, the oldest first.")
    async def tokens(self, info: Info) -> list[Token]:
        """Return the tokens."""
        return [Token.of(record) for record in await info.context.loaders.tokens.load(self.code)]

    @computed("Who it is to identity providers.")
    async def identities(self, info: Info) -> list[Identity]:
        """Return the identities."""
        return [Identity.of(record) for record in await info.context.loaders.identities.load(self.code)]

    @classmethod
    def of(cls, record: AccountRecord) -> Self:
        """Show an account."""
        return cls(
            id=strawberry.ID(global_id("Account", record.code)),
            code=record.code,
            kind=AccountKind(record.kind.value),
            state=AccountState(record.state.value),
            created_at=record.created_at,
            words=record.title,
            record=record,
        )


@strawberry.type(description="A page of accounts, by code.")
class AccountConnection(Connection[Account]):
    """A page of accounts."""


async def unit_of(context: RequestContext, unit_id: int | None) -> Unit | None:
    """Return a unit by its database id, if the actor sees it."""
    if unit_id is None:
        return None
    found = (await structure.load(*context.seat)).unit_by_id(unit_id)
    return None if found is None else Unit.of(found)


async def person_of(context: RequestContext, person_id: int | None) -> Person | None:
    """Return a person by the database id."""
    found = None if person_id is None else await context.loaders.persons.load(person_id)
    return None if found is None else Person.of(found)


async def find_account(context: RequestContext, code: str) -> Account:
    """Return one account; NotFound (ACCOUNT_NOT_FOUND), also for those who may not see accounts."""
    known = {}
    if context.actor.units(Held.GRANT_READ) != frozenset():
        known = {record.code: record for record in await access_lists.accounts_in(*context.seat)}
    if code not in known:
        raise NotFound(Problem(ACCOUNT_NOT_FOUND, values={**suggested(code, known), "account": code}))
    return Account.of(known[code])


@strawberry.type
class AccountQueries:
    """The queries about accounts."""

    @computed("Accounts by code, page by page.", needs=Held.GRANT_READ)
    async def accounts(
        self, info: Info, first: First = None, after: After = None
    ) -> AccountConnection | None:
        """Return a page of accounts."""
        rows = await access_lists.accounts_in(*info.context.seat)
        chosen, cursors = page(rows, lambda row: row.code, "accounts", PageArguments(first, after))
        nodes = [Account.of(row) for row in rows[chosen.start : chosen.end]]
        return AccountConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )

    @computed("The identity providers that are trusted.", needs=Held.GRANT_READ)
    async def identity_providers(self, info: Info) -> list[IdentityProvider] | None:
        """Return the providers."""
        return [IdentityProvider.of(each) for each in await access_lists.providers_in(*info.context.seat)]
