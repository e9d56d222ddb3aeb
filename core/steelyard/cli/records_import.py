"""`steelyard records import`: rows into the store. Ctrl+C stops it and keeps nothing; twice, at once."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from threading import Event
from typing import Annotated
from urllib.parse import urlsplit

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.importing import DRY_RUN
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.problems import ADAPTER_OPTION, ADAPTER_UNKNOWN
from steelyard.cli.progress import progress_bars
from steelyard.cli.records import TableName
from steelyard.cli.report import report
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Problem, Text, UsageError
from steelyard.intake.adapters import BUILT_IN, for_file
from steelyard.intake.adapters.adapter import Adapter
from steelyard.services.progress import Report
from steelyard.services.records.importing import RecordImportResult, import_records
from steelyard.services.records.source import RecordSource

_LONGEST = 200
INTERRUPTED = 130
"""The exit status of a process that does not wait, as shells have it after Ctrl+C."""
STOPPING = Text(
    "正在停止，不会保存任何内容；再按一次 Ctrl+C 立即结束。",
    "Stopping; nothing will be kept. Press Ctrl+C again to end at once.",
)
STORED = Text(
    "{file}：保存 {stored} 行，拒绝 {rejected} 行，空行 {blank}；"
    "取代 {superseded} 条；更新度量 {recorded} 个。",
    "{file}: rows stored {stored}, rejected {rejected}, blank {blank}; records superseded {superseded}; "
    "measurements changed {recorded}.",
)
NUMBERED = Text("导入编号 {import}。", "This is import {import}.")
SEEN_BEFORE = Text(
    "{file}：相同内容已是导入 {import}，未作改动。",
    "{file}: the same content is import {import} already; nothing was changed.",
)
SEEN_AND_DECLARED = Text(
    "{file}：相同内容已是导入 {import}；新声明完整的评价对象×月份 {declared} 个，更新度量 {recorded} 个。",
    "{file}: the same content is import {import} already; units × months declared complete {declared}, "
    "measurements changed {recorded}.",
)
REJECTS = Text(
    "用 `steelyard records rejects {import} -o FILE` 取出被拒绝的行，更正后再次导入该文件。",
    "Get the rejected rows with `steelyard records rejects {import} -o FILE`, correct them, "
    "and import that file.",
)
IGNORED = Text("没有声明、因此忽略的列：{ignored}。", "Columns that nobody declared, left out: {ignored}.")
WAITING = Text(
    "{waiting} 个评价对象×已关闭周期的更正在等待；重新开放周期后运行 `steelyard measure`。",
    "Corrections wait for units × closed periods: {waiting}; after reopening the periods run "
    "`steelyard measure`.",
)


File = Annotated[Path | None, typer.Argument(help="The file; none for queries. 文件。")]
AdapterName = Annotated[
    str | None, typer.Option("--adapter", help="How it is read; by the file if left out. 适配器。")
]
AdapterOptions = Annotated[
    list[str] | None, typer.Option("--option", help="NAME=VALUE for the adapter. 适配器选项。")
]
Complete = Annotated[
    bool, typer.Option("--complete", help="All records of its units and months are in it. 记录完整。")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Check and count, but keep nothing. 只检查，不保存。")
]


def import_file(
    context: typer.Context,
    table: TableName,
    file: File = None,
    adapter: AdapterName = None,
    option: AdapterOptions = None,
    complete: Complete = False,
    dry_run: DryRun = False,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Import records. Bad rows are put aside; the others are stored and measured. 导入业务记录。

    Exit status 1 where rows were rejected: they wait in a file to be corrected.
    """
    locale, stop = context.obj, Event()
    packs = chosen_packs(packs_dir, allow_pack)
    source = chosen_source(file, adapter, option or [])

    async def run(progress: Report) -> RecordImportResult:
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, _interrupt, stop, locale)
        async with local_seat(database, tenant, packs, parts) as seat:
            return await import_records(
                *seat,
                table=table,
                source=source,
                complete=complete,
                dry_run=dry_run,
                progress=progress,
                cancelled=stop.is_set,
            )

    with progress_bars(locale) as progress:
        result = asyncio.run(run(progress))
    _tell(result, source.name, dry_run, locale)
    if result.rejected:
        raise typer.Exit(1)


def _tell(result: RecordImportResult, file: str, dry_run: bool, locale: Locale) -> None:
    """Write what is wrong with rows, then what became of all."""
    report(result.problems, locale)
    for line in closing(result, file, dry_run=dry_run):
        typer.echo(line.get(locale))


def _interrupt(stop: Event, locale: Locale) -> None:
    """Ask the import to stop; the second time end at once."""
    if stop.is_set():
        # Nothing is half stored at any moment; temporary files are collected later.
        os._exit(INTERRUPTED)
    stop.set()
    typer.echo(STOPPING.get(locale), err=True)


def chosen_source(file: Path | None, adapter: str | None, options: list[str]) -> RecordSource:
    """What the command line names. Raises UsageError (ADAPTER_UNKNOWN, ADAPTER_OPTION), InvalidInput."""
    if adapter is not None and adapter not in BUILT_IN:
        values = {"adapter": adapter, "known": ", ".join(BUILT_IN)}
        raise UsageError(Problem(ADAPTER_UNKNOWN, values=values))
    if adapter is None and file is None:
        raise UsageError(Problem(ADAPTER_UNKNOWN, values={"adapter": "–", "known": ", ".join(BUILT_IN)}))
    chosen = for_file(file) if adapter is None and file is not None else BUILT_IN[adapter or ""]
    pairs = [each.partition("=") for each in options]
    known = {each.name for each in chosen.spec()}
    if wrong := [name for name, equals, _ in pairs if not equals or name not in known]:
        values = {"option": wrong[0], "known": ", ".join(sorted(known))}
        raise UsageError(Problem(ADAPTER_OPTION, values=values))
    told = {name: value for name, _, value in pairs}
    if file is not None:
        told["file"] = str(file)
    return RecordSource(chosen, told, _called(chosen, told) if file is None else file.name, file)


def _called(adapter: Adapter, told: dict[str, str]) -> str:
    """What is behind a number that no file holds: where it was asked for, without what is secret of it."""
    if "url" not in told or any(each.secret for each in adapter.spec() if each.name == "url"):
        return adapter.name
    try:
        address = urlsplit(told["url"])
    except ValueError:
        # The adapter says what is wrong with it.
        return adapter.name
    return f"{address.hostname or ''}{address.path}"[:_LONGEST] or adapter.name


def closing(result: RecordImportResult, file: str, *, dry_run: bool) -> list[Text]:
    """Say what became of the rows."""
    number = None if result.record is None else result.record.id
    values = {
        "file": file,
        "import": number,
        "stored": result.stored,
        "rejected": result.rejected,
        "blank": result.blank,
        "superseded": result.superseded,
        "recorded": result.recorded,
        "waiting": result.waiting,
        "declared": result.declared,
        "ignored": ", ".join(result.ignored),
    }
    seen = SEEN_AND_DECLARED if result.declared else SEEN_BEFORE
    lines = [STORED if result.new else seen]
    if result.new and number is not None:
        lines.append(NUMBERED)
    if result.rejected and number is not None:
        lines.append(REJECTS)
    if result.ignored:
        lines.append(IGNORED)
    if result.waiting:
        lines.append(WAITING)
    return [*(line.format(values) for line in lines), *([DRY_RUN] if dry_run else [])]
