"""JSON lines: one object a line; the keys of all lines are the headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from steelyard.errors import Text
from steelyard.intake.adapters.adapter import (
    Option,
    OptionKind,
    Options,
    RowFault,
    Rows,
    Stream,
    require_few,
)
from steelyard.intake.adapters.batch import BATCH_ROWS, Line, batch, storable
from steelyard.intake.adapters.csv_text import Utf8File, as_utf8
from steelyard.intake.adapters.json_text import cell, parsed
from steelyard.intake.adapters.options import checked

LINE_LIMIT = 16 << 20
RAW_SHOWN = 1_000
_SPEC = (Option("file", Text("文件", "File"), OptionKind.FILE, required=True),)


class JsonLinesAdapter:
    """Reads files of JSON lines."""

    name = "jsonl"
    title = Text("JSON 行文件", "JSON lines file")

    def spec(self) -> tuple[Option, ...]:
        """The file."""
        return _SPEC

    def check(self, options: Options) -> None:
        """Read the text once."""
        self.read(options).close()

    def discover(self, options: Options) -> tuple[Stream, ...]:
        """The one table of the file, with all keys of all its lines."""
        text = as_utf8(Path(checked(_SPEC, options)["file"]))
        try:
            headers, count = _survey(text)
        finally:
            text.release()
        return (Stream(Path(options["file"]).name, tuple(map(storable, headers)), count),)

    def read(self, options: Options) -> Rows:
        """Open the file; a first pass collects the keys. Raises InvalidInput where it is no text."""
        text = as_utf8(Path(checked(_SPEC, options)["file"]))
        try:
            keys, _ = _survey(text)
        except BaseException:
            text.release()
            raise
        headers = tuple(map(storable, keys))
        return Rows(headers, _batches(text, keys), text.warnings, release=text.release)


def _survey(text: Utf8File) -> tuple[tuple[str, ...], int]:
    """All keys in order of first appearance, and the number of lines. Raises InvalidInput for too many."""
    headers: dict[str, None] = {}
    count = 0
    for line in _lines(text):
        count += 1
        value = _object(line)
        if value is not None and not headers.keys() >= value.keys():
            headers.update(dict.fromkeys(value))
            require_few(headers)
    return tuple(headers), count


def _batches(text: Utf8File, headers: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    lines: list[Line] = []
    for row, line in enumerate(_lines(text), 1):
        lines.append(_line(row, line, headers))
        if len(lines) == BATCH_ROWS:
            yield batch(lines, len(headers))
            lines.clear()
    if lines:
        yield batch(lines, len(headers))


def _line(row: int, line: bytes, headers: tuple[str, ...]) -> Line:
    if not line.strip():
        return Line(row, (None,) * len(headers))
    value = _object(line)
    if value is None:
        long = len(line) > LINE_LIMIT
        raw = line[: RAW_SHOWN if long else None].decode("utf-8", "ignore").rstrip("\r\n")
        return Line(row, (), RowFault.TOO_LONG if long else RowFault.NOT_AN_OBJECT, raw)
    return Line(row, [cell(value.get(name)) for name in headers])


def _object(line: bytes) -> dict[str, object] | None:
    """The object of a line; None for what is none."""
    if len(line) > LINE_LIMIT:
        return None
    try:
        value = parsed(line.decode("utf-8").strip(" \t\r\n"))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _lines(text: Utf8File) -> Iterator[bytes]:
    """The lines of the file; of one that is too long only the beginning."""
    with text.path.open("rb") as file:
        file.seek(text.start)
        while line := file.readline(LINE_LIMIT + 1):
            yield line
            while len(line) > LINE_LIMIT and not line.endswith(b"\n"):
                line = file.readline(LINE_LIMIT + 1) or b"\n"
