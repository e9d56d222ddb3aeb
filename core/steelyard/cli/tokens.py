"""`steelyard token`: how programs come in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer

from steelyard.access.permissions import Permission
from steelyard.access.roles import TITLES, Role
from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do, tell_waiting
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.problems import UNIT_WITHOUT_ROLE
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Problem, Text, UsageError
from steelyard.services import structure
from steelyard.services.administration.access_lists import tokens_in
from steelyard.services.administration.accounts import CreateAccount
from steelyard.services.administration.first_token import FirstToken, provide_token
from steelyard.services.administration.grants import AddGrant
from steelyard.services.administration.registry import DEEDS
from steelyard.services.administration.tokens import (
    LONGEST,
    USUAL,
    CreatedToken,
    CreateToken,
    RevokeToken,
)
from steelyard.store.tokens import TokenRecord

HEADS = {
    "key": Text("标识", "Key"),
    "account": Text("账户", "Account"),
    "label": Text("用途", "Label"),
    "permissions": Text("权限限于", "Only to"),
    "unit": Text("范围限于", "Only on"),
    "state": Text("状态", "State"),
    "expires_at": Text("到期（UTC）", "Expires (UTC)"),
    "last_used_at": Text("最近使用（UTC）", "Last used (UTC)"),
}
USUAL_REASON = Text("为程序建立访问令牌。", "A program is to have access.")
ACCOUNT_MADE = Text("已建立账户 {account}。", "Account {account} was created.")
GRANT_MADE = Text("已授予角色“{role}”：{where}。", "It was granted the role {role} on {where}.")
WHOLE = Text("整个租户", "the whole tenant")
TOKEN_MADE = Text(
    "令牌 {key} 有效至 {day}。只显示这一次，请妥善保存。",
    "Token {key} is valid until {day}. It is shown this once: keep it safe.",
)


class TokenFormat(StrEnum):
    """How a new token is written."""

    TEXT = "text"
    JSON = "json"


FirstRole = Annotated[
    Role | None, typer.Option(help="Role that the account gets, if it has it not yet. 账户应有的角色。")
]
FirstUnit = Annotated[
    str | None,
    typer.Option(help="Unit on which the role holds; else the whole tenant. 角色的范围，省略则为整个租户。"),
]
OnlyPermissions = Annotated[
    list[Permission] | None,
    typer.Option(help="Leave the token this permission only; may be repeated. 令牌只含此权限，可重复。"),
]
OnlyUnit = Annotated[
    str | None, typer.Option(help="Leave the token this unit only, and all below. 令牌只限此范围。")
]
Written = Annotated[TokenFormat, typer.Option("--format", help="How the token is written. 输出格式。")]

token_app = typer.Typer(no_args_is_help=True, help="Tokens, with which programs come in. 访问令牌。")


@token_app.callback()
def tokens() -> None:
    """Tokens, with which programs come in. 访问令牌。"""


@token_app.command("create")
def create(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="Who comes in with it. 账户。")],
    role: FirstRole = None,
    unit: FirstUnit = None,
    days: Annotated[int, typer.Option(help=f"Days that it lives, at most {LONGEST}. 有效天数。")] = USUAL,
    only_permission: OnlyPermissions = None,
    only_unit: OnlyUnit = None,
    label: Annotated[str | None, typer.Option(help="What it is for. 用途。")] = None,
    form: Written = TokenFormat.TEXT,
    reason: Annotated[str | None, typer.Option(help="Why; it stays with the act. 理由。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Create a token and print it, this once. 新建令牌，只显示一次。

    With --role the account is created if it is not there. The token alone goes to standard output.
    """
    locale: Locale = context.obj
    if unit is not None and role is None:
        raise UsageError(Problem(UNIT_WITHOUT_ROLE))
    only = None if only_permission is None else tuple(only_permission)
    deed = CreateToken(account, label or account, only or None, only_unit, days)

    async def run() -> FirstToken:
        async with local_seat(database, tenant) as seat:
            return await provide_token(
                *seat, deed, role=role, unit=unit, reason=reason or USUAL_REASON.get(locale)
            )

    found = asyncio.run(run())
    for line in _told(found, account, role, unit, locale):
        typer.echo(line, err=True)
    if found.waiting is not None:
        tell_waiting(DEEDS[found.waiting.deed].title, found.waiting, locale)
        raise typer.Exit(1)
    if found.token is not None:
        typer.echo(_written(found.token, form))


def _told(found: FirstToken, account: str, role: Role | None, unit: str | None, locale: Locale) -> list[str]:
    said = []
    if CreateAccount.name in found.done:
        said.append(ACCOUNT_MADE.format({"account": account}))
    if role is not None and AddGrant.name in found.done:
        values = {"role": TITLES[role].get(locale), "where": unit or WHOLE.get(locale)}
        said.append(GRANT_MADE.format(values))
    if found.token is not None:
        record = found.token.record
        said.append(TOKEN_MADE.format({"key": record.key, "day": f"{record.expires_at:%Y-%m-%d}"}))
    return [text.get(locale) for text in said]


def _written(token: CreatedToken, form: TokenFormat) -> str:
    if form is TokenFormat.TEXT:
        return token.text
    record = token.record
    entry = {
        "token": token.text,
        "key": record.key,
        "account": record.account,
        "expires_at": record.expires_at,
    }
    return orjson.dumps(entry, option=orjson.OPT_INDENT_2).decode()


@token_app.command("list")
def list_tokens(
    context: typer.Context,
    account: Annotated[str | None, typer.Option(help="Of this account only. 只列此账户的。")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Those that were revoked, too. 包括已撤销的。")] = False,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List tokens, without their secrets. 列出令牌。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            known = await structure.load(*seat)
            codes = {unit.id: unit.code for unit in known.units}
            found = await tokens_in(*seat, account=account, revoked=all_)
            return [_row(each, codes) for each in found]

    show(asyncio.run(run()), HEADS, form, context.obj)


def _row(token: TokenRecord, codes: Mapping[int, str]) -> dict[str, Any]:
    limit = token.limit
    return {
        "key": token.key,
        "account": token.account,
        "label": token.title,
        "permissions": None if limit.permissions is None else sorted(limit.permissions),
        "unit": None if limit.unit_id is None else codes[limit.unit_id],
        "state": term(_state(token), states.TOKEN),
        "created_at": token.created_at,
        "created_by": token.created_by,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
        "last_used_at": token.last_used_at,
    }


def _state(token: TokenRecord) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "expired" if token.expires_at <= datetime.now(UTC) else "valid"


@token_app.command("revoke")
def revoke(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The token's key, as `list` shows it. 令牌标识。")],
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """End a token, from the next request on. 撤销令牌。"""
    do(database, tenant, RevokeToken(key), reason, context.obj)
