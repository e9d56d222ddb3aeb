"""`steelyard backup` and `steelyard restore`: database and files together, in one file."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.new_file import creating
from steelyard.cli.problems import UNREADABLE_FILE
from steelyard.cli.progress import progress_bars
from steelyard.errors import Locale, Place, Problem, Text, UsageError, system_reason
from steelyard.services import backups
from steelyard.store.backup import Extent

BACKED_UP = Text(
    "已备份到 {file}：租户 {tenants}，行 {rows}，文件 {files}。",
    "Backed up to {file}: tenants {tenants}, rows {rows}, files {files}.",
)
RESTORED = Text(
    "已从 {file} 恢复：租户 {tenants}，行 {rows}，文件 {files}。",
    "Restored from {file}: tenants {tenants}, rows {rows}, files {files}.",
)


def backup(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="A zip file to be made. 要写出的 zip 文件。")
    ],
    database: DatabaseUrl = DEFAULT_DATABASE,
    parts: PartsFolder = None,
) -> None:
    """Write database and files, names too, into a zip file; others work meanwhile. 备份数据库与文件。"""
    locale: Locale = context.obj
    with creating(output):
        extent = _back_up(database, output, parts, locale)
    _tell(BACKED_UP, output, extent, locale)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote. `backup` 写出的文件。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    parts: PartsFolder = None,
) -> None:
    """Restore a backup into a database that `db upgrade` has just made. 恢复备份到新建的数据库。"""
    locale: Locale = context.obj
    try:
        source = file.open("rb")
    except OSError as error:
        reason = system_reason(error)
        raise UsageError(Problem(UNREADABLE_FILE, Place(str(file)), {"reason": reason})) from error
    with source, progress_bars(locale) as progress:
        restored = backups.restore(database, source, file.name, parts=parts, progress=progress)
        extent = asyncio.run(restored)
    _tell(RESTORED, file, extent, locale)


def _back_up(database: str, output: Path, parts: Path | None, locale: Locale) -> Extent:
    with output.open("xb") as target:
        try:
            with progress_bars(locale) as progress:
                extent = asyncio.run(backups.back_up(database, target, parts=parts, progress=progress))
            target.flush()
            os.fsync(target.fileno())
        except BaseException:
            output.unlink()
            raise
    return extent


def _tell(done: Text, file: Path, extent: Extent, locale: Locale) -> None:
    values = {"file": file, "tenants": extent.tenants, "rows": extent.rows, "files": extent.files}
    typer.echo(done.format(values).get(locale), err=True)
