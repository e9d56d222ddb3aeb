"""Where a fault of a declaration stands, and lookups that tell of names that are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from steelyard.errors import Kind, Problem
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.records.column import ColumnType, RecordColumn
from steelyard.records.files import RECORDS
from steelyard.records.table import RecordTable
from steelyard.scheme.document import Path
from steelyard.scheme.problems.field import EMPTY_LIST
from steelyard.scheme.suggestion import suggested


@dataclass(frozen=True, slots=True)
class Finder:
    """One table, as seen from a file of its pack."""

    pack: Contribution
    table: RecordTable
    file: str = RECORDS

    def fault(self, kind: Kind, path: Path, **values: object) -> Problem:
        """Say that something of `kind` stands at `path`."""
        return self.pack.problem(kind, self.file, path, **values)

    def own(self, name: str) -> RecordColumn | None:
        """The declared column of this name; None for a derived one, too."""
        return next((column for column in self.table.columns if column.column == name), None)

    def unknown(self, path: Path, name: str, known: Collection[str] | None = None) -> Iterator[Problem]:
        """A fault where there is no such column."""
        names = self.table.types if known is None else known
        if name not in names:
            yield self.fault(p.RECORD_UNKNOWN_COLUMN, path, table=self.table.table, **suggested(name, names))

    def typed(self, path: Path, name: str, types: Collection[ColumnType], what: str) -> Iterator[Problem]:
        """A fault where there is no such column, or it is of none of these types."""
        yield from self.unknown(path, name)
        found = self.table.types.get(name)
        if found is not None and found not in types:
            expected = ", ".join(kind for kind in ColumnType if kind in types)
            yield self.fault(
                p.RECORD_COLUMN_TYPE, path, what=what, column=name, found=str(found), expected=expected
            )

    def empty(self, path: Path, items: Sequence[object]) -> Iterator[Problem]:
        """A fault where a list that needs an entry has none."""
        if not items:
            yield self.fault(EMPTY_LIST, path, field=str(path[-1]), least=1, found=0)

    def one_of(self, path: Path, given: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
        """A fault where not exactly one of some fields is given."""
        if len(given) != 1:
            found = ", ".join(given) or "–"
            yield self.fault(p.RECORD_ONE_OF, path, expected=", ".join(known), found=found)


def repeated(names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each name that was there before, with its position."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield index, name
        seen.add(name)
