"""Parquet files, read by DuckDB; every value as canonical text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.intake.adapters.adapter import Option, OptionKind, Options, RowFault, Rows, Stream
from steelyard.intake.adapters.batch import of_columns
from steelyard.intake.adapters.options import checked
from steelyard.intake.adapters.problems import NOT_PARQUET, PARQUET_TOO_LARGE

_SPEC = (Option("file", Text("文件", "File"), OptionKind.FILE, required=True),)
ROWS_AT_ONCE = 512
"""Rows of a batch: a dictionary lets a small file hold a long text in every row."""
ROW_LONGEST, AVERAGE_LONGEST = 65_536, 8_192
"""Bytes of all texts of one row, and of one row on the average of a batch."""
RAW_SHOWN = 1_000
_NESTED = ("STRUCT", "MAP", "UNION")
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "TimeZone": "UTC",
    "autoinstall_known_extensions": "false",
    "threads": "2",
}


class ParquetAdapter:
    """Reads Parquet files."""

    name = "parquet"
    title = Text("Parquet 文件", "Parquet file")

    def spec(self) -> tuple[Option, ...]:
        """The file."""
        return _SPEC

    def check(self, options: Options) -> None:
        """Read the file's description of itself."""
        self.discover(options)

    def discover(self, options: Options) -> tuple[Stream, ...]:
        """The one table of the file."""
        path = Path(checked(_SPEC, options)["file"])
        with duckdb.connect(config=_SETTINGS) as connection:
            headers = tuple(name for name, _ in _columns(connection, path))
            count = connection.execute("SELECT count(*) FROM read_parquet(?)", [_literal(path)]).fetchone()
        return (Stream(path.name, headers, None if count is None else count[0]),)

    def read(self, options: Options) -> Rows:
        """Open the file. Raises InvalidInput where it is no Parquet; so does a damaged page when reached."""
        path = Path(checked(_SPEC, options)["file"])
        connection = duckdb.connect(config=_SETTINGS)
        try:
            columns = _columns(connection, path)
        except BaseException:
            connection.close()
            raise
        headers = tuple(name for name, _ in columns)
        return Rows(headers, _batches(connection, path, columns), release=connection.close)


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    """Names and types as DuckDB has them."""
    try:
        found = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [_literal(path)]).fetchall()
    except duckdb.Error:
        raise _not_parquet(path) from None
    return [(str(name), str(kind)) for name, kind, *_ in found]


def _batches(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: list[tuple[str, str]]
) -> Iterator[pa.RecordBatch]:
    first = 1
    try:
        source = connection.sql("FROM read_parquet($path)", params={"path": _literal(path)})
        for found in (
            source.project(_texts(columns)).project(_bounded(len(columns))).to_arrow_reader(ROWS_AT_ONCE)
        ):
            *cells, size, raw = found.columns
            if (pc.sum(size).as_py() or 0) > AVERAGE_LONGEST * ROWS_AT_ONCE:
                values = {"row": first, "most": AVERAGE_LONGEST}
                raise InvalidInput(Problem(PARQUET_TOO_LARGE, Place(path.name, row=first), values))
            faults = pc.if_else(pc.is_valid(raw), RowFault.TOO_LONG.value, None)
            made = of_columns(first, cells)
            yield made.set_column(1, "fault", faults).set_column(2, "raw", raw)
            first += len(found)
    except (duckdb.Error, pa.ArrowInvalid):
        raise _not_parquet(path) from None


def _texts(columns: list[tuple[str, str]]) -> str:
    """The SQL of all columns as text, by position."""
    return ", ".join(f"{_cast(name, kind)} AS t{index}" for index, (name, kind) in enumerate(columns))


def _bounded(width: int) -> str:
    """The SQL of the cells where their row is not too long, of its size, and of its text where it is."""
    texts = [f"t{index}" for index in range(width)]
    size = " + ".join(f"coalesce(strlen({text}), 0)" for text in texts)
    fits = f"{size} <= {ROW_LONGEST}"
    cells = [f"CASE WHEN {fits} THEN {text} END AS c{index}" for index, text in enumerate(texts)]
    begin = ", ".join(f"left({text}, {RAW_SHOWN})" for text in texts)
    raw = f"CASE WHEN NOT ({fits}) THEN left(concat_ws(',', {begin}), {RAW_SHOWN}) END AS raw"
    return ", ".join([*cells, f"CASE WHEN {fits} THEN {size} ELSE {RAW_SHOWN} END AS size", raw])


def _cast(name: str, kind: str) -> str:
    """The SQL of one column as text."""
    column = '"' + name.replace('"', '""') + '"'
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime({column}, '%Y-%m-%d %H:%M:%S.%f') || '+00:00'"
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"{column} = trunc({column}) AND abs({column}) < 1e30"
        integer = f"CAST({column} AS HUGEINT)::VARCHAR"
        return f"CASE WHEN {whole} THEN {integer} ELSE {column}::VARCHAR END"
    if kind == "BLOB":
        return f"lower(hex({column}))"
    if kind.startswith(_NESTED) or kind.endswith("]"):
        return f"CAST(to_json({column}) AS VARCHAR)"
    return f"nullif(CAST({column} AS VARCHAR), '')"


def _literal(path: Path) -> str:
    """The path with what DuckDB takes for a pattern written so that it is none."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))


def _not_parquet(path: Path) -> InvalidInput:
    return InvalidInput(Problem(NOT_PARQUET, Place(path.name)))
