"""Generators of records: as many rows as asked for, of the declared columns, and always the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from steelyard.errors import Problem
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
    return None if rows == _REQUEST.rows else f"{rows} rows instead of {_REQUEST.rows}"
