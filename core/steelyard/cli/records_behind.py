"""`steelyard records behind`: the records that a number was computed of, with their files and rows."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.intake.measures.behind import BehindRow
from steelyard.services.records.behind import MOST, Behind, behind

HEADS = {
    "import": Text("导入", "Import"),
    "row": Text("行", "Row"),
    "file": Text("文件", "File"),
    "above": Text("计入分子", "Above"),
    "below": Text("计入分母", "Below"),
}
NOT_OF_RECORDS = Text("{measure}：不由业务记录计算。", "{measure}: not computed from records.")
MORE = Text(
    "还有更多：加上 `--after {import}:{row}`。", "There are more: go on with `--after {import}:{row}`."
)
YES, NO = Text("是", "yes"), Text("否", "no")


def _cursor(text: str) -> tuple[int, int]:
    number, colon, row = text.partition(":")
    if not (colon and number.isdecimal() and row.isdecimal()):
        raise typer.BadParameter("IMPORT:ROW")
    return int(number), int(row)


def show_behind(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="A scheme. 评价方案。")],
    unit: Annotated[str, typer.Argument(help="A unit. 评价对象。")],
    period: Annotated[str, typer.Argument(help="A period. 周期。")],
    measure: Annotated[str, typer.Argument(help="A measure that the scheme reads. 度量。")],
    first: Annotated[int, typer.Option(min=1, max=MOST, help="How many at most. 最多行数。")] = 20,
    after: Annotated[
        str | None, typer.Option(metavar="IMPORT:ROW", help="Go on after this record. 从此记录之后继续。")
    ] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List the records behind a number, as they count now. 列出数字背后的记录。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    cursor = None if after is None else _cursor(after)

    async def run() -> Behind:
        async with local_seat(database, tenant, packs, parts) as seat:
            return await behind(
                *seat, scheme=scheme, unit=unit, period=period, measure=measure, first=first, after=cursor
            )

    found = asyncio.run(run())
    if found.table is None:
        typer.echo(NOT_OF_RECORDS.format({"measure": measure}).get(locale), err=form is ListFormat.JSON)
        return
    titles = {f"values.{column.column}": column.title for column in found.table.columns}
    say = None if form is ListFormat.JSON else locale
    show([_row(each, titles, say) for each in found.rows], {**HEADS, **titles}, form, locale)
    if found.after is not None:
        number, row = found.after
        typer.echo(MORE.format({"import": number, "row": row}).get(locale), err=True)


def _row(each: BehindRow, titles: dict[str, Text], locale: Locale | None) -> Row:
    """A record; for people, in their language, where there is one."""
    counts = {"above": each.above, "below": each.below}
    told = {
        name: is_so if locale is None else (YES if is_so else NO).get(locale)
        for name, is_so in counts.items()
    }
    values = {name: each.values.get(name.removeprefix("values.")) for name in titles}
    cells = {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    return {"import": each.import_id, "row": each.row, "file": each.file, **told, **cells}
