"""`steelyard account`: who may come in, and as whom identity providers know them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Annotated, Any

import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services import structure
from steelyard.services.administration.access_lists import accounts_in, identities_in
from steelyard.services.administration.accounts import (
    CreateAccount,
    LinkAccount,
    ResumeAccount,
    SuspendAccount,
    UnlinkAccount,
)

HEADS = {
    "account": Text("账户", "Account"),
    "kind": Text("类别", "Kind"),
    "title_zh": Text("中文名称", "Title (zh)"),
    "title_en": Text("英文名称", "Title (en)"),
    "unit": Text("所属", "Belongs to"),
    "state": Text("状态", "State"),
    "identities": Text("身份", "Known as"),
}

AccountCode = Annotated[str, typer.Argument(help="The account. 账户。")]
Issuer = Annotated[str, typer.Option(help="The provider's address, as in `iss`. 身份提供方地址。")]
Audience = Annotated[str, typer.Option(help="The audience, as in `aud`. 受众。")]
Subject = Annotated[str, typer.Option(help="Who they are there, as in `sub`. 其在提供方的标识。")]

account_app = typer.Typer(no_args_is_help=True, help="Accounts: who may come in. 账户。")


@account_app.callback()
def accounts() -> None:
    """Accounts: who may come in. 账户。"""


@account_app.command("create")
def create(
    context: typer.Context,
    account: AccountCode,
    reason: Reason,
    title_zh: Annotated[str | None, typer.Option(help="Its title. 中文名称。")] = None,
    title_en: Annotated[str | None, typer.Option(help="Its title. 英文名称。")] = None,
    person: Annotated[
        str | None, typer.Option(help="Pseudonym of the person whose it is; else a program's. 人员代号。")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Where they belong, and are rated. 所属评价对象。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Create an account of a person or a program. 新建账户。"""
    do(database, tenant, CreateAccount(account, title_zh, title_en, person, unit), reason, context.obj)


@account_app.command("list")
def list_accounts(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List accounts and their identities. 列出账户。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            return await _rows(seat)

    show(asyncio.run(run()), HEADS, form, context.obj)


async def _rows(seat: Seat) -> list[Row]:
    codes = {unit.id: unit.code for unit in (await structure.load(*seat)).units}
    known = defaultdict[str, list[str]](list)
    for identity in await identities_in(*seat):
        known[identity.account].append(f"{identity.issuer} {identity.subject}")
    rows: list[dict[str, Any]] = [
        {
            "account": each.code,
            "kind": each.kind.value,
            "title_zh": each.title.zh,
            "title_en": each.title.en,
            "unit": None if each.unit_id is None else codes[each.unit_id],
            "state": term(each.state.value, states.ACCOUNT),
            "created_at": each.created_at,
            "identities": known[each.code],
        }
        for each in await accounts_in(*seat)
    ]
    return list(rows)


@account_app.command("suspend")
def suspend(
    context: typer.Context,
    account: AccountCode,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Let an account in no more, whatever it comes with. 停用账户。"""
    do(database, tenant, SuspendAccount(account), reason, context.obj)


@account_app.command("resume")
def resume(
    context: typer.Context,
    account: AccountCode,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Let an account in again. 恢复账户。"""
    do(database, tenant, ResumeAccount(account), reason, context.obj)


@account_app.command("link")
def link(
    context: typer.Context,
    account: AccountCode,
    issuer: Issuer,
    audience: Audience,
    subject: Subject,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Let whom an identity provider knows come in with an account. 关联账户与身份。"""
    do(database, tenant, LinkAccount(account, issuer, audience, subject), reason, context.obj)


@account_app.command("unlink")
def unlink(
    context: typer.Context,
    account: AccountCode,
    issuer: Issuer,
    audience: Audience,
    subject: Subject,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Undo a link. 解除关联。"""
    do(database, tenant, UnlinkAccount(account, issuer, audience, subject), reason, context.obj)
