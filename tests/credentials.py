"""Accounts with tokens, as tests need them: recorded at once, without acts."""

from __future__ import annotations

from datetime import datetime, timedelta

from steelyard.access.rights import UNLIMITED, Limit
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.identity import tokens as secrets
from steelyard.store import accounts, grants, tokens
from steelyard.store.accounts import AccountKind, AccountRecord, NewAccount
from steelyard.store.engine import Database
from steelyard.store.grants import NewGrant
from steelyard.store.tokens import NewToken
from steelyard.store.transaction import Writer

QUARTER = timedelta(days=90)


async def token_for(
    database: Database,
    scope: Scope,
    code: str,
    *roles: tuple[Role, int | None],
    limit: Limit = UNLIMITED,
    life: timedelta = QUARTER,
) -> str:
    """A token of the account `code`, which is made with these roles if it is not there."""
    async with database.write(scope) as writer:
        found = await accounts.find(writer, scope, code)
        account = found or await account_with(writer, scope, code, *roles)
        return await add_token(writer, scope, account.id, limit, writer.now + life)


async def account_with(
    writer: Writer, scope: Scope, code: str, *roles: tuple[Role, int | None], unit_id: int | None = None
) -> AccountRecord:
    title = Text(code, code)
    await accounts.add(writer, scope, NewAccount(code, AccountKind.SERVICE, title, unit_id=unit_id))
    account = await accounts.find(writer, scope, code)
    assert account is not None
    for role, unit in roles:
        await grants.add(writer, scope, NewGrant(account.id, role, unit, "test"))
    return account


async def add_token(writer: Writer, scope: Scope, account_id: int, limit: Limit, expires_at: datetime) -> str:
    issued = secrets.issue(scope.tenant_id)
    new = NewToken(issued.key, account_id, "test", issued.secret_hash, limit, "test", expires_at)
    await tokens.add(writer, scope, new)
    return issued.text
