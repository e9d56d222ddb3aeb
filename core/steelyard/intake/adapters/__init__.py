"""Ways into records: files, queries and APIs become batches of text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.adapters.adapter import Adapter
from steelyard.intake.adapters.csv_file import CsvAdapter
from steelyard.intake.adapters.http import HttpAdapter
from steelyard.intake.adapters.jsonl import JsonLinesAdapter
from steelyard.intake.adapters.parquet import ParquetAdapter
from steelyard.intake.adapters.problems import FILE_UNREADABLE, UNKNOWN_ADAPTER, UNKNOWN_FILE
from steelyard.intake.adapters.sql import SqlAdapter
from steelyard.intake.adapters.xlsx import XlsxAdapter

__all__ = ["BUILT_IN", "Adapter", "adapter", "for_file"]

_ALL: tuple[Adapter, ...] = (
    CsvAdapter(),
    XlsxAdapter(),
    JsonLinesAdapter(),
    ParquetAdapter(),
    SqlAdapter(),
    HttpAdapter(),
)
BUILT_IN: Mapping[str, Adapter] = MappingProxyType({each.name: each for each in _ALL})
_MAGIC = {b"PK\x03\x04": "xlsx", b"PAR1": "parquet"}
_ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}


def adapter(name: str) -> Adapter:
    """The adapter of this name. Raises InvalidInput if there is none."""
    if name not in BUILT_IN:
        known = ", ".join(BUILT_IN)
        raise InvalidInput(Problem(UNKNOWN_ADAPTER, values={"adapter": name, "known": known}))
    return BUILT_IN[name]


def for_file(path: Path) -> Adapter:
    """The adapter for a file, by its first bytes, else its ending. Raises InvalidInput if neither tells."""
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInput(Problem(FILE_UNREADABLE, Place(path.name), {"reason": reason})) from None
    name = _MAGIC.get(magic) or _ENDINGS.get(path.suffix.lower())
    if name is None:
        raise InvalidInput(Problem(UNKNOWN_FILE, Place(path.name), {"known": ", ".join(BUILT_IN)}))
    return BUILT_IN[name]
