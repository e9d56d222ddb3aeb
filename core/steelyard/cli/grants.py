"""`steelyard grant`: which roles accounts hold on which units."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from steelyard.access.roles import Role
from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services import structure
from steelyard.services.administration.access_lists import grants_in
from steelyard.services.administration.grants import AddGrant, RevokeGrant
from steelyard.store.grants import GrantRecord

HEADS = {
    "account": Text("账户", "Account"),
    "role": Text("角色", "Role"),
    "unit": Text("范围", "On"),
    "state": Text("状态", "State"),
    "granted_by": Text("授予人", "By"),
    "granted_at": Text("授予（UTC）", "Since (UTC)"),
    "expires_at": Text("到期（UTC）", "Expires (UTC)"),
}

grant_app = typer.Typer(no_args_is_help=True, help="Grants: who holds which role where. 授权。")


@grant_app.callback()
def grants() -> None:
    """Grants: who holds which role where. 授权。"""


@grant_app.command("add")
def add(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="Who gets it. 账户。")],
    role: Annotated[Role, typer.Argument(help="What they get. 角色。")],
    reason: Reason,
    unit: Annotated[
        str | None,
        typer.Option(help="On this unit and all below; else the whole tenant. 范围，省略则为整个租户。"),
    ] = None,
    days: Annotated[int | None, typer.Option(help="For so many days; else for good. 天数。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Grant an account a role. 授予角色。"""
    do(database, tenant, AddGrant(account, role, unit, days), reason, context.obj)


@grant_app.command("list")
def list_grants(
    context: typer.Context,
    account: Annotated[str | None, typer.Option(help="Of this account only. 只列此账户的。")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Those that were revoked, too. 包括已撤销的。")] = False,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List grants. 列出授权。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            codes = {unit.id: unit.code for unit in (await structure.load(*seat)).units}
            found = await grants_in(*seat, account=account, ended=all_)
            return [_row(each, codes.get(each.unit_id or 0)) for each in found]

    show(asyncio.run(run()), HEADS, form, context.obj)


def _row(grant: GrantRecord, unit: str | None) -> Row:
    ended = "expired" if grant.revoked_at is None else "revoked"
    return {
        "account": grant.account,
        "role": grant.role.value,
        "unit": unit,
        "state": term("valid" if grant.holds_at(datetime.now(UTC)) else ended, states.GRANT),
        "granted_by": grant.granted_by,
        "granted_at": grant.granted_at,
        "expires_at": grant.expires_at,
        "revoked_at": grant.revoked_at,
    }


@grant_app.command("revoke")
def revoke(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="Who loses it. 账户。")],
    role: Annotated[Role, typer.Argument(help="What they lose. 角色。")],
    reason: Reason,
    unit: Annotated[
        str | None, typer.Option(help="The unit on which it was granted. 授权所在的评价对象。")
    ] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Take a role away, from the next request on. 撤销授权。"""
    do(database, tenant, RevokeGrant(account, role, unit), reason, context.obj)
