"""`steelyard tenant`: who keeps data here. All of it is done by the operating tenant, `default`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import IO, Annotated

import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.deeds import DONE, Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.new_file import creating
from steelyard.cli.tenant import DEFAULT_TENANT, local_seat
from steelyard.errors import Text
from steelyard.services.administration.exporting import export_tenant
from steelyard.services.administration.tenant_list import all_tenants
from steelyard.services.administration.tenants import (
    CreateTenant,
    DeleteTenant,
    ExportTenant,
    ResumeTenant,
    SuspendTenant,
)
from steelyard.store.acts import ActRecord

HEADS = {
    "code": Text("代码", "Code"),
    "title": Text("名称", "Title"),
    "state": Text("状态", "State"),
    "created_at": Text("建立（UTC）", "Since (UTC)"),
}

Code = Annotated[str, typer.Argument(help="The tenant's code. 租户代码。")]

tenant_app = typer.Typer(no_args_is_help=True, help="Tenants: who keeps data here. 租户。")


@tenant_app.callback()
def tenants() -> None:
    """Tenants: who keeps data here. 租户。"""


@tenant_app.command("create")
def create(
    context: typer.Context,
    code: Code,
    zh: Annotated[str, typer.Option("--zh", help="Title in Chinese. 中文名称。")],
    en: Annotated[str, typer.Option("--en", help="Title in English. 英文名称。")],
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
) -> None:
    """Create a tenant; `token create --tenant CODE` then lets somebody in. 新建租户。"""
    do(database, DEFAULT_TENANT, CreateTenant(code, zh, en), reason, context.obj)


@tenant_app.command("list")
def list_tenants(
    context: typer.Context, form: Form = ListFormat.TABLE, database: DatabaseUrl = DEFAULT_DATABASE
) -> None:
    """List tenants. 列出租户。"""

    async def run() -> list[Row]:
        async with local_seat(database, DEFAULT_TENANT) as seat:
            return [
                {
                    "code": each.code,
                    "title": each.title.get(context.obj),
                    "state": term(each.state.value, states.TENANT),
                    "created_at": each.created_at,
                }
                for each in await all_tenants(*seat)
            ]

    show(asyncio.run(run()), HEADS, form, context.obj)


@tenant_app.command("suspend")
def suspend(
    context: typer.Context, code: Code, reason: Reason, database: DatabaseUrl = DEFAULT_DATABASE
) -> None:
    """Serve a tenant no more; its data stay. 停用租户，数据保留。"""
    do(database, DEFAULT_TENANT, SuspendTenant(code), reason, context.obj)


@tenant_app.command("resume")
def resume(
    context: typer.Context, code: Code, reason: Reason, database: DatabaseUrl = DEFAULT_DATABASE
) -> None:
    """Serve a suspended tenant again. 恢复租户。"""
    do(database, DEFAULT_TENANT, ResumeTenant(code), reason, context.obj)


@tenant_app.command("export")
def export(
    context: typer.Context,
    code: Code,
    file: Annotated[Path, typer.Argument(help="A zip file to be made. 要写出的 zip 文件。")],
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    parts: PartsFolder = None,
) -> None:
    """Write everything that is kept of a tenant, names too, into a zip file. 导出租户的全部数据。"""

    async def run(target: IO[bytes]) -> ActRecord:
        async with local_seat(database, DEFAULT_TENANT, parts=parts) as seat:
            return await export_tenant(*seat, tenant=code, target=target, reason=reason)

    with creating(file):
        target = file.open("xb")
    try:
        with target:
            act = asyncio.run(run(target))
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    values = {"title": ExportTenant.title.get(context.obj), "number": act.number}
    typer.echo(DONE.format(values).get(context.obj), err=True)


@tenant_app.command("delete")
def delete(
    context: typer.Context,
    code: Code,
    reason: Reason,
    confirm: Annotated[str, typer.Option(help="The tenant's code again. 再写一遍租户代码。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    parts: PartsFolder = None,
) -> None:
    """Delete a suspended tenant and all that is kept of it, for good. 永久删除已停用的租户及其数据。"""
    do(database, DEFAULT_TENANT, DeleteTenant(code, confirm), reason, context.obj, parts=parts)
