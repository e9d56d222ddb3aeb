"""`steelyard records flagged`: the records that a check of data quality flags."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.listing import Form, ListFormat, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.record_rows import HEADS, After, First, heads_of, key_of, more_of, row_of
from steelyard.cli.records import TableName
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale
from steelyard.intake.measures.behind import Asked, KeyInvalid, Page, RecordRow
from steelyard.services.records.flagged import records_flagged


def show_flagged(
    context: typer.Context,
    table: TableName,
    check: Annotated[str, typer.Argument(help="A check of the table. 检查。")],
    unit: Annotated[str, typer.Argument(help="A unit. 评价对象。")],
    period: Annotated[str, typer.Argument(help="A period. 周期。")],
    first: First = 20,
    after: After = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List the records that a check flags, as they count now. 列出被检查标出的业务记录。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    asked = Asked(first, key_of(after))

    async def run() -> Page[RecordRow]:
        async with local_seat(database, tenant, packs, parts) as seat:
            return await records_flagged(
                *seat, table=table, check=check, unit=unit, period=period, asked=asked
            )

    try:
        page = asyncio.run(run())
    except KeyInvalid as error:
        raise typer.BadParameter("DAY,KEY", param_hint="--after") from error
    titles = heads_of(packs.record_tables[table].table)
    show([row_of(each, titles) for each in page.rows], {**HEADS, **titles}, form, locale)
    if (more := more_of(page)) is not None:
        typer.echo(more.get(locale), err=True)
