"""One query of a database that SQLAlchemy reaches; it is only read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, CursorResult, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from steelyard.errors import InvalidInput, Problem, Text
from steelyard.intake.adapters.adapter import Option, Options, Rows, Stream
from steelyard.intake.adapters.batch import Line, batch
from steelyard.intake.adapters.options import checked, secret
from steelyard.intake.adapters.problems import BAD_DATABASE_URL, MISSING_OPTION, NOT_A_QUERY, QUERY_FAILED
from steelyard.intake.adapters.value import value_text

FETCH_ROWS = 4_096
_SPEC = (
    Option("url", Text("数据库地址", "URL of the database"), secret=True),
    Option("url_env", Text("含有该地址的环境变量", "Environment variable that holds the URL")),
    Option("url_file", Text("含有该地址的文件", "File that holds the URL")),
    Option("query", Text("查询语句", "Query"), required=True),
)
_READ_ONLY = {
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "SET TRANSACTION READ ONLY",
    "mariadb": "SET TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
    "sqlite": "PRAGMA query_only = ON",
}
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITING = re.compile(r"\b(insert|update|delete|merge|into)\b", re.IGNORECASE)
_DOUBTFUL = re.compile(r";|/\*!|\\'")
_READING = re.compile(r"\s*\(*\s*(select|with)\b", re.IGNORECASE)


class SqlAdapter:
    """Reads the rows of a query."""

    name = "sql"
    title = Text("SQL 查询", "SQL query")

    def spec(self) -> tuple[Option, ...]:
        """URL (directly, by environment variable or by file) and query."""
        return _SPEC

    def check(self, options: Options) -> None:
        """Connect and start the query."""
        self.read(options).close()

    def discover(self, options: Options) -> tuple[Stream, ...]:
        """The one table that the query gives."""
        with self.read(options) as rows:
            return (Stream("query", rows.headers),)

    def read(self, options: Options) -> Rows:
        """Start the query; rows stream while they are read. Raises InvalidInput without the URL in it."""
        values = checked(_SPEC, options)
        url = secret(values, "url", "url_env", "url_file")
        if url is None:
            raise InvalidInput(Problem(MISSING_OPTION, values={"option": "url_env"}))
        query = only_reading(values["query"])
        connection = _connected(url)
        try:
            _set_read_only(connection)
            result = connection.execution_options(stream_results=True, max_row_buffer=FETCH_ROWS).execute(
                text(query.replace(":", r"\:"))
            )
            headers = tuple(result.keys())
        except SQLAlchemyError as error:
            connection.close()
            raise _failed(error) from None
        except BaseException:
            connection.close()
            raise
        return Rows(headers, _batches(result, len(headers)), release=connection.close)


def only_reading(query: str) -> str:
    """The query without a closing semicolon. Raises InvalidInput unless it is one SELECT or WITH.

    Words that could write are refused outside of quotes and comments, and what dialects quote differently
    everywhere. That no function writes is held by the read-only transaction, where the database has one.
    """
    query = query.strip().removesuffix(";").rstrip()
    bare = _QUOTED.sub(" ", query)
    if _DOUBTFUL.search(query) or not _READING.match(bare) or _WRITING.search(bare):
        raise InvalidInput(Problem(NOT_A_QUERY))
    return query


def _connected(url: str) -> Connection:
    try:
        parsed = make_url(url)
        engine = create_engine(parsed, poolclass=NullPool, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise InvalidInput(Problem(BAD_DATABASE_URL)) from None
    try:
        return engine.connect()
    except SQLAlchemyError as error:
        raise _failed(error) from None


def _set_read_only(connection: Connection) -> None:
    statement = _READ_ONLY.get(connection.dialect.name)
    if statement is not None:
        connection.exec_driver_sql(statement)


def _batches(result: CursorResult[Any], width: int) -> Iterator[pa.RecordBatch]:
    first = 1
    try:
        while found := result.fetchmany(FETCH_ROWS):
            yield batch([_line(first + index, row) for index, row in enumerate(found)], width)
            first += len(found)
    except SQLAlchemyError as error:
        raise _failed(error) from None


def _line(row: int, values: Sequence[object]) -> Line:
    return Line(row, [value_text(value) for value in values])


def _failed(error: SQLAlchemyError) -> InvalidInput:
    """The error by its class alone: texts of drivers may hold the URL, its password or data."""
    cause = getattr(error, "orig", None) or error
    return InvalidInput(Problem(QUERY_FAILED, values={"reason": type(cause).__name__}))
