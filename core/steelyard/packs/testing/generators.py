"""Generators of records: as many rows as asked for, valid under their own table, and always the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from steelyard.errors import Problem
from steelyard.intake.adapters.adapter import Rows
from steelyard.intake.validation.validate import validate
from steelyard.packs.contribution import describe
from steelyard.packs.generator import GeneratorRequest, RecordGenerator
from steelyard.packs.installed_table import InstalledTable
from steelyard.packs.testing import problems as p
from steelyard.packs.testing.subject import Subject

_REQUEST = GeneratorRequest(1000, 7, ("A", "B", "C"), date(2025, 1, 1), date(2025, 4, 1))


def unkept(subject: Subject) -> Iterator[Problem]:
    """Find generators that do not keep what `RecordGenerator` promises."""
    for name, table in subject.packs.record_tables.items():
        generator = subject.packs.generator(name)
        if generator is not None:
            reason = _reason(table, generator)
            if reason is not None:
                yield Problem(p.GENERATOR_UNKEPT, values={"table": name, "reason": reason})


def _reason(table: InstalledTable, generator: RecordGenerator) -> str | None:
    declared = [column.column for column in table.table.columns]
    try:
        batches, again = list(generator.generate(_REQUEST)), list(generator.generate(_REQUEST))
    # Whatever a generator raises, the check tells of it.
    except Exception as error:
        return describe(error)
    if batches != again:
        return "the same request gave other rows"
    if any(batch.schema.names != declared for batch in batches):
        return f"columns {batches[0].schema.names} instead of {declared}"
    if any(str(kind) not in ("string", "large_string") for batch in batches for kind in batch.schema.types):
        return "a column is not text"
    rows = sum(batch.num_rows for batch in batches)
    if rows != _REQUEST.rows:
        return f"{rows} rows instead of {_REQUEST.rows}"
    return _refused(table, batches)


def _refused(table: InstalledTable, batches: list[pa.RecordBatch]) -> str | None:
    """What an import would say of the first row that it does not store; None where it stores all."""
    units = {unit: number for number, unit in enumerate(_REQUEST.units, 1)}
    headers = tuple(column.column for column in table.table.columns)
    with TemporaryDirectory() as folder, Rows(headers, _as_read(batches)) as rows:
        found = validate(
            rows, table.table, units, Path(folder), report=lambda _: None, cancelled=lambda: False
        )
    if found.problems:
        return f"{found.rejected} rows are not valid, such as: {found.problems[0].text('en')}"
    return None if found.stored == _REQUEST.rows else f"{found.blank} rows are blank"


def _as_read(batches: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches as adapters hand them on."""
    first = 1
    for batch in batches:
        rows, nothing = range(first, first + batch.num_rows), pa.nulls(batch.num_rows, pa.string())
        cells = [column.cast(pa.string()) for column in batch.columns]
        names = ["row", "fault", "raw", *(f"c{at}" for at in range(len(cells)))]
        yield pa.RecordBatch.from_arrays([pa.array(rows, pa.int64()), nothing, nothing, *cells], names)
        first += batch.num_rows
