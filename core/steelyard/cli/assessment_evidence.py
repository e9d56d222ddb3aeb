"""`steelyard assessment evidence`: the files that back what a sheet says."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.assessment import Number
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.new_file import creating
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.source import read_input
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.assessments import evidence, reading
from steelyard.services.assessments.sheet import Sheet
from steelyard.store.assessment_evidence import EvidenceRecord

HEADS = {
    "evidence": Text("编号", "File"),
    "measure": Text("度量", "Measure"),
    "file": Text("文件名", "Name"),
    "type": Text("类型", "Type"),
    "size": Text("字节", "Bytes"),
    "added_at": Text("时间（UTC）", "At (UTC)"),
    "added_by": Text("操作者", "By"),
}
ATTACHED = Text("评估表 {number}：已附文件 {evidence}。", "Assessment {number}: attached as file {evidence}.")
REMOVED = Text("评估表 {number}：已移除文件 {evidence}。", "Assessment {number}: removed file {evidence}.")

FileNumber = Annotated[int, typer.Argument(help="The file's number, as `list` shows it. 文件编号。")]

evidence_app = typer.Typer(no_args_is_help=True, help="Files that back a sheet. 评估依据。")


@evidence_app.callback()
def files() -> None:
    """Files that back a sheet. 评估依据。"""


@evidence_app.command("attach")
def attach(
    context: typer.Context,
    number: Number,
    file: Annotated[str, typer.Argument(help="An image, PDF, XLSX, DOCX or plain text. 文件。")],
    measure: Annotated[str, typer.Option(help="The measure that it backs. 度量。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Attach a file to a line of a sheet that is not handed in. 附上依据文件。"""
    data, name = read_input(file)
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> Sheet:
        async with local_seat(database, tenant, packs, parts) as seat:
            return await evidence.attach(*seat, number=number, measure=measure, data=data, file=name)

    newest = asyncio.run(run()).evidence[-1]
    typer.echo(ATTACHED.format({"number": number, "evidence": newest.id}).get(context.obj))


@evidence_app.command("list")
def list_files(
    context: typer.Context,
    number: Number,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List the files of a sheet, the oldest first. 列出依据文件。"""

    async def run() -> Sheet:
        async with local_seat(database, tenant) as seat:
            return await reading.assessment(*seat, number=number)

    show([_row(each) for each in asyncio.run(run()).evidence], HEADS, form, context.obj)


@evidence_app.command("get")
def get(
    number: Number,
    file: FileNumber,
    output: Annotated[Path, typer.Option("--output", "-o", help="A file to be made. 要写出的文件。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
) -> None:
    """Write a file of a sheet as it was attached. 取出依据文件。"""

    async def run() -> tuple[EvidenceRecord, Path]:
        async with local_seat(database, tenant, parts=parts) as seat:
            return await evidence.opened(*seat, number=number, evidence=file)

    _, source = asyncio.run(run())
    with creating(output), source.open("rb") as read, output.open("xb") as written:
        shutil.copyfileobj(read, written)


@evidence_app.command("remove")
def remove(
    context: typer.Context,
    number: Number,
    file: FileNumber,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Take a file off a sheet that is not handed in. 移除依据文件。"""

    async def run() -> Sheet:
        async with local_seat(database, tenant) as seat:
            return await evidence.remove(*seat, number=number, evidence=file)

    asyncio.run(run())
    typer.echo(REMOVED.format({"number": number, "evidence": file}).get(context.obj))


def _row(each: EvidenceRecord) -> Row:
    return {
        "evidence": each.id,
        "measure": each.measure,
        "file": each.file_name,
        "type": each.media_type,
        "size": each.size,
        "added_at": each.added_at,
        "added_by": each.added_by,
    }
