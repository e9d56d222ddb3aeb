"""Records as rows of a list, and the mark from which a list of them goes on."""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

import typer

from steelyard.cli.listing import Row
from steelyard.errors import Text
from steelyard.intake.measures.behind import Key, Page, RecordRow
from steelyard.records.table import RecordTable
from steelyard.services.records.behind import MOST

HEADS = {
    "import": Text("导入", "Import"),
    "row": Text("行", "Row"),
    "file": Text("文件", "File"),
}
MORE = Text(
    "共 {total} 条，还有更多：加上 `--after {mark}`。", "{total} in all; go on with `--after {mark}`."
)

First = Annotated[int, typer.Option(min=1, max=MOST, help="How many at most. 最多行数。")]
After = Annotated[
    str | None, typer.Option(metavar="DAY,KEY", help="Go on after this record. 从此记录之后继续。")
]


def heads_of(table: RecordTable) -> dict[str, Text]:
    """The heads of a table's declared columns."""
    return {f"values.{column.column}": column.title for column in table.columns}


def row_of(each: RecordRow, titles: Mapping[str, Text]) -> Row:
    """A record with its import, its file and the values of the columns with a title."""
    values = {name: each.values.get(name.removeprefix("values.")) for name in titles}
    cells = {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    return {"import": each.import_id, "row": each.row, "file": each.file, **cells}


def more_of(page: Page[RecordRow]) -> Text | None:
    """What to say where a page is not the last."""
    if not page.rows or page.start + len(page.rows) >= page.total:
        return None
    return MORE.format({"total": page.total, "mark": shlex.quote(_mark(page.rows[-1].key))})


def key_of(mark: str | None) -> Key | None:
    """What stands after `--after`."""
    return None if mark is None else tuple(next(csv.reader([mark]), ()))


def _mark(key: Key) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(key)
    return written.getvalue()
