"""`steelyard records late`: records that should be there by now."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.services.records.feeds import LateFeed, LateFeeds, late_feeds

HEADS = {
    "table": Text("记录表", "Table"),
    "unit": Text("评价对象", "Unit"),
    "period": Text("周期", "Period"),
    "due": Text("应在此日前到齐", "Due before"),
}
NONE_LATE = Text("没有迟到的业务记录。", "No records are late.")


def show_late(
    context: typer.Context,
    table: Annotated[str | None, typer.Option(help="One table, PACK.TABLE. 记录表。")] = None,
    unit: Annotated[str | None, typer.Option(help="One unit. 评价对象。")] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List records that should be there by now and are not. 列出逾期未到的业务记录。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> LateFeeds:
        async with local_seat(database, tenant, packs) as seat:
            return await late_feeds(*seat, table=table, unit=unit)

    found = asyncio.run(run())
    if not found and form is ListFormat.TABLE:
        typer.echo(NONE_LATE.get(locale))
        return
    show([_row(each) for each in found], HEADS, form, locale)


def _row(each: LateFeed) -> Row:
    return {
        "table": each.table.name,
        "unit": each.unit.code,
        "period": each.period.code,
        "due": each.due.isoformat(),
    }
