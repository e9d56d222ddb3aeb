"""Generators against the tables that they are for."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.packs.record_checks.finder import repeated
from steelyard.records.files import RECORDS
from steelyard.scheme.suggestion import suggested


def generator_problems(pack: Contribution) -> Iterator[Problem]:
    """List generators for tables that are not there, and second ones for a table."""
    names = [generator.table for generator in pack.generators]
    known = [table.table for table in pack.tables]
    for name in names:
        if name not in known and RECORDS not in pack.broken:
            yield Problem(p.GENERATOR_TABLE, values=suggested(name, known))
    for _, name in repeated(names):
        yield Problem(p.GENERATOR_TWICE, values={"table": name})
