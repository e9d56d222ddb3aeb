"""Deeds of accounts: created, suspended and resumed, linked to identities and unlinked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from steelyard.access.actor import LOCAL, Actor
from steelyard.access.permissions import Permission
from steelyard.access.roles import PERMISSIONS
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, NotFound, Place, Problem, Text
from steelyard.services.administration import account_problems as p
from steelyard.services.administration.account_state import (
    ACCOUNT,
    IDENTITY,
    find_account,
    find_provider,
    identity_key,
)
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.held import require_held
from steelyard.services.administration.person_state import find_person
from steelyard.services.administration.texts import code_problems, likeness, text_problems
from steelyard.services.administration.unit_state import find_unit
from steelyard.store import accounts, grants, identities, stamps
from steelyard.store.accounts import AccountKind, AccountRecord, AccountState, NewAccount
from steelyard.store.identities import IdentityRecord
from steelyard.store.transaction import Writer

RESERVED = frozenset({LOCAL})
LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True)
class CreateAccount(Deed[AccountRecord]):
    """Create an account: a person's, who is registered already, or without one a program's.

    unit: where they belong; with it, and all above it, they are rated. title: the code where it is left out.
    """

    name: ClassVar = "account.create"
    title: ClassVar = Text("新建账户", "Create an account")
    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    account: str
    title_zh: str | None = None
    title_en: str | None = None
    person: str | None = None
    unit: str | None = None

    def problems(self) -> Iterable[Problem]:
        """What is wrong with code and titles."""
        yield from code_problems("account", self.account)
        if likeness(self.account) in RESERVED:
            yield Problem(p.ACCOUNT_RESERVED, Place(field="account"), {"account": self.account})
        for field, text in (("title_zh", self.title_zh), ("title_en", self.title_en)):
            if text is not None:
                yield from text_problems(field, text)
            if text is not None and self.person is not None:
                yield Problem(p.ACCOUNT_TITLE, Place(field=field))

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[AccountRecord]:
        """Record the account; Conflict (ACCOUNT_EXISTS).

        Codes are unique in the tenant, as those of units are: the permission is needed on the whole of it.
        """
        tenant = Scope(scope.tenant_id)
        if self.person is not None:
            # Who names a pseudonym learns whether there is one.
            actor.require(Permission.PERSON_EDIT)
        if await accounts.find(writer, tenant, self.account) is not None:
            raise Conflict(Problem(p.ACCOUNT_EXISTS, Place(field="account"), {"account": self.account}))
        person = None if self.person is None else await find_person(writer, scope, self.person)
        unit = None if self.unit is None else await find_unit(writer, scope, self.unit)
        new = NewAccount(
            self.account,
            AccountKind.SERVICE if person is None else AccountKind.PERSON,
            Text(self.title_zh or self.title_en or self.account, self.title_en or self.account),
            None if person is None else person.id,
            None if unit is None else unit.id,
        )
        await accounts.add(writer, scope, new)
        made = await find_account(writer, tenant, self.account)
        after = await ACCOUNT.state(writer, scope, self.account)
        return Change(ACCOUNT.subject(self.account), None, after, made)


class _OfOneAccount(Deed[AccountRecord]):
    """What changes the state of an account, and so concerns all that it was granted anywhere."""

    __slots__ = ()

    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)
    becomes: ClassVar[AccountState]

    account: str

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[AccountRecord]:
        """Set the state; Conflict (ACCOUNT_IS_SUSPENDED, ACCOUNT_IS_ACTIVE).

        Letting it in takes what it was granted: Forbidden (MORE_THAN_HELD, HELD_FOR_A_TIME).
        """
        found = await find_account(writer, scope, self.account)
        if found.state is self.becomes:
            suspended = self.becomes is AccountState.SUSPENDED
            kind = p.ACCOUNT_IS_SUSPENDED if suspended else p.ACCOUNT_IS_ACTIVE
            raise Conflict(Problem(kind, Place(field="account"), {"account": found.code}))
        if self.becomes is AccountState.ACTIVE:
            await _require_as_much(writer, scope, actor, found.code)
        before = await ACCOUNT.state(writer, scope, self.account)
        await accounts.set_state(writer, scope, found.id, self.becomes)
        after = await ACCOUNT.state(writer, scope, self.account)
        found = await find_account(writer, scope, self.account)
        return Change(ACCOUNT.subject(self.account), before, after, found)


@dataclass(frozen=True, slots=True)
class SuspendAccount(_OfOneAccount):
    """Let an account in no more, whatever token it comes with."""

    name: ClassVar = "account.suspend"
    title: ClassVar = Text("停用账户", "Suspend an account")
    becomes: ClassVar = AccountState.SUSPENDED

    account: str


@dataclass(frozen=True, slots=True)
class ResumeAccount(_OfOneAccount):
    """Let an account in again."""

    name: ClassVar = "account.resume"
    title: ClassVar = Text("恢复账户", "Resume an account")
    becomes: ClassVar = AccountState.ACTIVE

    account: str


@dataclass(frozen=True, slots=True)
class LinkAccount(Deed[IdentityRecord]):
    """Let whoever an identity provider calls `subject` come in with an account."""

    name: ClassVar = "account.link"
    title: ClassVar = Text("关联账户与身份", "Link an account to an identity")
    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    account: str
    issuer: str
    audience: str
    subject: str

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the subject."""
        yield from text_problems("subject", self.subject, LONGEST_SUBJECT)

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[IdentityRecord]:
        """Link them; Conflict (IDENTITY_EXISTS), Forbidden (MORE_THAN_HELD, HELD_FOR_A_TIME)."""
        account = await find_account(writer, scope, self.account)
        await _require_as_much(writer, scope, actor, account.code)
        provider = await find_provider(writer, scope, self.issuer, self.audience)
        found = await identities.find(writer, scope, provider.id, self.subject)
        if found is not None:
            raise Conflict(Problem(p.IDENTITY_EXISTS, Place(field="subject"), {"account": found.account}))
        await identities.link(writer, scope, provider.id, self.subject, account.id)
        made = IdentityRecord(provider.id, self.issuer, self.audience, self.subject, account.code)
        after = await IDENTITY.state(writer, scope, identity_key(made))
        return Change(IDENTITY.subject(identity_key(made)), None, after, made)


@dataclass(frozen=True, slots=True)
class UnlinkAccount(Deed[None]):
    """Let whoever an identity provider calls `subject` come in no more."""

    name: ClassVar = "account.unlink"
    title: ClassVar = Text("解除账户与身份的关联", "Unlink an account from an identity")
    permission: ClassVar = Permission.GRANT_EDIT
    topics: ClassVar = (stamps.ACCESS,)

    account: str
    issuer: str
    audience: str
    subject: str

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[None]:
        """Unlink them; NotFound (IDENTITY_NOT_FOUND)."""
        account = await find_account(writer, scope, self.account)
        provider = await find_provider(writer, scope, self.issuer, self.audience)
        found = await identities.find(writer, scope, provider.id, self.subject)
        if found is None or found.account != account.code:
            values = {"account": account.code}
            raise NotFound(Problem(p.IDENTITY_NOT_FOUND, Place(field="subject"), values))
        before = await IDENTITY.state(writer, scope, identity_key(found))
        await identities.unlink(writer, scope, provider.id, self.subject)
        return Change(IDENTITY.subject(identity_key(found)), before, None, None)


async def _require_as_much(writer: Writer, scope: Scope, actor: Actor, account: str) -> None:
    """Raise Forbidden unless the actor holds what an account was granted: who lets it in hands that out."""
    for each in await grants.load(writer, Scope(scope.tenant_id), account=account):
        if each.holds_at(writer.now):
            require_held(actor, PERMISSIONS[each.role], each.unit_id, each.expires_at)
