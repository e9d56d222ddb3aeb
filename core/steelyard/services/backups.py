"""Backups: database and files together, written and restored by whoever runs the installation."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from steelyard.errors import Text
from steelyard.services.context import default_parts
from steelyard.services.progress import Progress, Report, silent
from steelyard.store import backup, migrate, restoring
from steelyard.store.backup import Extent, Step
from steelyard.store.content import ContentStore
from steelyard.store.engine import open_database

TABLES = Text("表", "Tables")
FILES = Text("文件", "Files")
CHECKING = Text("核对", "Checking")
ROWS = Text("行", "Rows")


async def back_up(
    url: str, target: IO[bytes], *, parts: Path | None = None, progress: Report = silent
) -> Extent:
    """Write the database at `url` and its files into `target` (see `store.backup`); others work meanwhile.

    parts: the folder of the files; beside a SQLite database if left out. Raises ConfigError where the
    database does not fit this version, where it is not said where the files are, and where one is missing.
    """
    async with open_database(url) as database:
        await migrate.require_current(database)
        content = ContentStore(database, parts or default_parts(database))
        return await backup.write(
            database, content, target, rows=_step(progress, TABLES), files=_step(progress, FILES)
        )


async def restore(
    url: str, source: IO[bytes], name: str, *, parts: Path | None = None, progress: Report = silent
) -> Extent:
    """Restore a backup into the database at `url`, which must be new and at the version of the code.

    name: how messages name the backup. Raises InvalidInput (BACKUP_FOREIGN, BACKUP_DAMAGED), ConfigError
    (BACKUP_VERSION, and for a folder of files that is of no use) and Conflict (RESTORE_NOT_EMPTY).
    """
    async with open_database(url) as database:
        await migrate.require_current(database)
        async with database.read_all() as reader:
            await restoring.require_empty(database, reader)
        content = ContentStore(database, parts or default_parts(database))
        with restoring.opened(source, name) as found:
            await found.check(_step(progress, CHECKING))
            await restoring.restore_files(content, found, _step(progress, FILES))
            await restoring.restore_rows(database, found, _step(progress, ROWS))
            return found.extent


def _step(progress: Report, stage: Text) -> Step:
    return lambda done, total: progress(Progress(stage, done, total))
