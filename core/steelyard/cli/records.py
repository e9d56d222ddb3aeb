"""`steelyard records`: imports of records, their rejected rows, withdrawing them, declaring them complete."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.deferred import defer
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.new_file import creating
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.intake.adapters import BUILT_IN
from steelyard.services.records.listing import find_import, list_imports, rejects_file
from steelyard.services.records.remeasuring import Remeasured, declare_feed
from steelyard.store.record_imports import RecordImportRecord

HEADS = {
    "import": Text("导入", "Import"),
    "table": Text("记录表", "Table"),
    "file": Text("文件", "File"),
    "stored": Text("保存", "Stored"),
    "rejected": Text("拒绝", "Rejected"),
    "superseded": Text("取代", "Superseded"),
    "recorded_at": Text("时间（UTC）", "At (UTC)"),
    "recorded_by": Text("操作者", "By"),
    "withdrawn": Text("撤回理由", "Withdrawn"),
}
TABLE_HEADS = {"table": Text("记录表", "Table"), "title": Text("名称", "Title"), "key": Text("键", "Key")}
ADAPTER_HEADS = {
    "adapter": Text("适配器", "Adapter"),
    "title": Text("名称", "Title"),
    "options": Text("选项", "Options"),
}
DECLARED = Text(
    "{table}：已声明；更新度量 {recorded} 个。", "{table}: declared; measurements changed: {recorded}."
)

Import = Annotated[int, typer.Argument(help="The import's number. 导入编号。")]
TableName = Annotated[str, typer.Argument(help="A table of records, PACK.TABLE. 记录表。")]

records_app = typer.Typer(no_args_is_help=True, help="Records: the rows behind measures. 业务记录。")


@records_app.callback()
def records() -> None:
    """Records: the rows behind measures. 业务记录。"""


defer(
    records_app,
    "steelyard.cli",
    (
        "import",
        "records_import:import_file",
        "Import records. Bad rows are put aside; the others are stored and measured. 导入业务记录。",
    ),
    (
        "behind",
        "records_behind:show_behind",
        "Say what a number comes from, and list its records, cell or sheets. 列出数字背后的来源。",
    ),
    (
        "flagged",
        "records_flagged:show_flagged",
        "List the records that a check flags, as they count now. 列出被检查标出的业务记录。",
    ),
    (
        "late",
        "records_late:show_late",
        "List records that should be there by now and are not. 列出逾期未到的业务记录。",
    ),
    (
        "withdraw",
        "records_withdraw:take_back",
        "Let the rows of an import count no more. 撤回一次导入。",
    ),
    (
        "generate",
        "records_generate:generate",
        "Write made-up records of a table into a CSV file; none of them is real. 生成虚构的业务记录。",
    ),
    (
        "discover",
        "records_source:discover",
        "List what a source offers: sheets, tables, their headers, about how many rows. 列出来源中的表。",
    ),
    (
        "check",
        "records_source:check",
        "Try whether a source can be read, without reading all of it. 检查来源能否读取。",
    ),
)


@records_app.command("tables")
def tables(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List the tables of records that packs declare. 列出记录表。"""
    found = chosen_packs(packs_dir, allow_pack).record_tables.values()
    rows = [
        {"table": each.name, "title": each.table.title.get(context.obj), "key": list(each.table.key)}
        for each in found
    ]
    show(rows, TABLE_HEADS, form, context.obj)


@records_app.command("adapters")
def adapters(context: typer.Context, form: Form = ListFormat.TABLE) -> None:
    """List the ways into records, and their options. 列出适配器及其选项。"""
    rows = [
        {
            "adapter": name,
            "title": each.title.get(context.obj),
            "options": [option.name for option in each.spec()],
        }
        for name, each in BUILT_IN.items()
    ]
    show(rows, ADAPTER_HEADS, form, context.obj)


@records_app.command("list")
def list_all(
    context: typer.Context,
    table: Annotated[str | None, typer.Option(help="One table, PACK.TABLE. 记录表。")] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List imports of records, the newest first. 列出记录导入。"""

    async def run() -> list[RecordImportRecord]:
        async with local_seat(database, tenant) as seat:
            return await list_imports(*seat, table=table)

    show([_row(each) for each in asyncio.run(run())], HEADS, form, context.obj)


@records_app.command("show")
def show_one(
    context: typer.Context,
    number: Import,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Show one import of records. 显示一次导入。"""

    async def run() -> RecordImportRecord:
        async with local_seat(database, tenant) as seat:
            return await find_import(*seat, number)

    show([_row(asyncio.run(run()))], HEADS, form, context.obj)


@records_app.command("rejects")
def rejects(
    number: Import,
    output: Annotated[Path, typer.Option("--output", "-o", help="A CSV file to be made. 要写出的文件。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
) -> None:
    """Write the rejected rows of an import into a file; corrected, it can be imported. 导出被拒绝的行。"""

    async def run() -> Path:
        async with local_seat(database, tenant, parts=parts) as seat:
            return await rejects_file(*seat, number)

    source = asyncio.run(run())
    with creating(output), source.open("rb") as read, output.open("xb") as written:
        shutil.copyfileobj(read, written)


@records_app.command("complete")
def complete(
    context: typer.Context,
    table: TableName,
    unit: Annotated[list[str], typer.Option(help="A unit; may be repeated. 评价对象。")],
    period: Annotated[list[str], typer.Option(help="A period; may be repeated. 周期。")],
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Say that records are missing. 声明尚不完整。")
    ] = False,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Declare that all records of units in periods are there: then nothing is a zero. 声明记录完整。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> Remeasured:
        async with local_seat(database, tenant, packs, parts) as seat:
            return await declare_feed(
                *seat, table=table, units=unit, period_codes=period, complete=not incomplete
            )

    values = {"table": table, "recorded": asyncio.run(run()).measured.recorded}
    typer.echo(DECLARED.format(values).get(locale))


def _row(each: RecordImportRecord) -> Row:
    return {
        "import": each.id,
        "table": each.table,
        "file": each.file_name,
        "stored": each.stored,
        "rejected": each.rejected,
        "superseded": each.superseded,
        "recorded_at": each.recorded_at,
        "recorded_by": each.recorded_by,
        "withdrawn": None if each.withdrawal is None else each.withdrawal.reason,
    }
