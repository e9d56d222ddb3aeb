"""The sample records of the packs: made up once, and kept as the files that source systems export.

Run this module to write them again, after a change of a generator or of a declaration.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from steelyard.packs import GeneratorRequest, load_packs
from steelyard.records.column import ColumnType
from steelyard.records.table import RecordTable

PLUGINS = Path(__file__).parents[2] / "plugins"
_FLAGS = {"true": "是", "false": "否"}
_DEALERS = ("DEALER-SH-XX", "DEALER-HZ", "DEALER-NJ", "DEALER-BJ", "DEALER-GZ")
_TEACHERS = ("TC-WEST-2-T1", "TC-WEST-2-T2", "TC-SOUTH-3-T1")
_QUARTER = (date(2025, 1, 1), date(2025, 4, 1))


@dataclass(frozen=True)
class SampleFile:
    """One file: what is asked of the generator, and how such an export looks."""

    table: str
    request: GeneratorRequest
    encoding: str = "utf-8-sig"
    separator: str = ","
    without: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where it lies."""
        pack, _, table = self.table.partition(".")
        return PLUGINS / pack / f"steelyard_{pack}" / "samples/records" / f"{table}.csv"


FILES = (
    SampleFile("automotive.work_orders", GeneratorRequest(600, 2014, _DEALERS, *_QUARTER)),
    # As the call centre's system writes it.
    SampleFile("automotive.csi_calls", GeneratorRequest(600, 2014, _DEALERS, *_QUARTER), "gb18030", ";"),
    # Teachers are not asked about as advisers.
    SampleFile(
        "education.staff_questionnaires",
        GeneratorRequest(240, 8, _TEACHERS, *_QUARTER),
        without=("first_service", "follow_service", "adviser_service"),
    ),
)


def content(file: SampleFile) -> bytes:
    """What the file must be, byte by byte."""
    packs = load_packs()
    generator, declared = packs.generator(file.table), packs.record_tables[file.table].table
    if generator is None:
        raise LookupError(file.table)
    rows = pa.Table.from_batches(generator.generate(file.request))
    kept = [column for column in declared.columns if column.column not in file.without]
    words = _words(declared)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=file.separator, lineterminator="\r\n")
    writer.writerow(column.title.zh for column in kept)
    for row in rows.to_pylist():
        cells = ((column.column, row[column.column]) for column in kept)
        writer.writerow("" if cell is None else words[name].get(cell, cell) for name, cell in cells)
    return written.getvalue().encode(file.encoding)


def _words(table: RecordTable) -> Mapping[str, Mapping[str, str]]:
    """What exports have for choices and flags, by column."""
    found: dict[str, Mapping[str, str]] = {column.column: {} for column in table.columns}
    for column in table.columns:
        if column.type is ColumnType.FLAG:
            found[column.column] = _FLAGS
        elif column.type is ColumnType.CHOICE:
            found[column.column] = {code: title.zh for code, title in column.choices.items()}
    return found


if __name__ == "__main__":
    for each in FILES:
        each.path.parent.mkdir(exist_ok=True)
        each.path.write_bytes(content(each))
