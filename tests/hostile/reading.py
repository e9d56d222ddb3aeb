"""Reads hostile files in a process of its own, and tells how each was refused and what memory that took.

`python -m hostile.reading` takes lines `reader path` on stdin and answers each with one of JSON.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from steelyard.errors import SteelyardError
from steelyard.intake.adapters import for_file
from steelyard.packs import load_packs
from steelyard.scheme.reading import read_scheme_text
from steelyard.services.assessments.evidence import media_type
from steelyard.services.assessments.form_cells import read_cells
from steelyard.settings.file import read_file
from steelyard.store.restoring import opened


def _records(path: Path) -> Iterator[str]:
    """The faults of rows in a file of records."""
    adapter = for_file(path)
    adapter.discover({"file": str(path)})
    rows = adapter.read({"file": str(path)})
    try:
        for batch in rows.batches:
            yield from {fault for fault in batch.column("fault").unique().to_pylist() if fault is not None}
    finally:
        rows.close()


def _scheme(path: Path) -> Iterator[str]:
    read_scheme_text(path.read_text(encoding="utf-8"), path.name)
    yield from ()


def _pack(path: Path) -> Iterator[str]:
    for found in load_packs([], folders=[path]).listing:
        yield from (problem.code for problem in found.reason)


def _backup(path: Path) -> Iterator[str]:
    with path.open("rb") as file, opened(file, path.name) as backup:
        asyncio.run(backup.check(lambda *_: None))
    yield from ()


def _form(path: Path) -> Iterator[str]:
    read_cells(path.read_bytes(), path.name)
    yield from ()


def _evidence(path: Path) -> Iterator[str]:
    yield str(media_type(path.read_bytes()))


def _settings(path: Path) -> Iterator[str]:
    yield from (problem.code for problem in read_file(path).problems)


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "records": _records,
    "scheme": _scheme,
    "pack": _pack,
    "backup": _backup,
    "form": _form,
    "evidence": _evidence,
    "settings": _settings,
}


def _peak() -> int:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _codes(reader: str, path: Path) -> list[str]:
    try:
        return sorted(set(READERS[reader](path)))
    except SteelyardError as error:
        return sorted({problem.code for problem in error.problems})


def main() -> None:
    """Read what stdin names."""
    # What reading brings with it, such as DuckDB, is no file's fault.
    with TemporaryDirectory() as folder:
        warm = Path(folder) / "warm.csv"
        warm.write_text("a,b\n1,2\n", encoding="utf-8")
        _codes("records", warm)
    before = _peak()
    for line in sys.stdin:
        reader, path = line.rstrip("\n").split(" ", 1)
        print(
            json.dumps({"codes": _codes(reader, Path(path)), "peak": _peak(), "before": before}), flush=True
        )


if __name__ == "__main__":
    main()
