"""Made-up records of a table as a file, for trying things out and for measuring how long they take."""

from __future__ import annotations

from pathlib import Path

import pyarrow
from pyarrow import csv

from steelyard.errors import NotFound, Problem
from steelyard.packs import GeneratorRequest, Packs
from steelyard.services.problems import not_found
from steelyard.services.records.problems import NO_GENERATOR, RECORD_TABLE_NOT_FOUND

_MARK = "\ufeff".encode()


def write_made_up(packs: Packs, table: str, request: GeneratorRequest, file: Path) -> None:
    """Write made-up records of `<pack>.<table>` into a new CSV file, under the Chinese titles of its columns.

    The same request gives the same bytes. Raises NotFound (RECORD_TABLE_NOT_FOUND, NO_GENERATOR) and
    FileExistsError.
    """
    if table not in packs.record_tables:
        raise not_found(RECORD_TABLE_NOT_FOUND, "table", table, packs.record_tables)
    generator = packs.generator(table)
    if generator is None:
        raise NotFound(Problem(NO_GENERATOR, values={"table": table}))
    columns = packs.record_tables[table].table.columns
    schema = pyarrow.schema([(column.title.zh, pyarrow.string()) for column in columns])
    options = csv.WriteOptions(quoting_style="needed")
    with file.open("xb") as opened:
        # Spreadsheets take a file without it for one of another encoding.
        opened.write(_MARK)
        with csv.CSVWriter(opened, schema, write_options=options) as writer:
            for batch in generator.generate(request):
                writer.write_batch(batch.rename_columns(schema.names))


def units_of_samples(packs: Packs, table: str) -> tuple[str, ...]:
    """The sample units of a table's pack that its schemes score, by code."""
    pack = table.partition(".")[0]
    scored = {each.scheme.unit_type for each in packs.schemes.values() if each.pack == pack}
    sample = packs.samples.get(pack)
    return () if sample is None else tuple(unit.code for unit in sample.units if unit.type in scored)
