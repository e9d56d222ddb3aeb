"""CSV files: any of four separators, UTF-8, UTF-16 with a byte order mark, or GB18030."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import islice
from pathlib import Path

from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.intake.adapters.adapter import HEAD_ROWS, HeadRow, Option, OptionKind, Options, Rows, Stream
from steelyard.intake.adapters.ahead import ReadAhead
from steelyard.intake.adapters.csv_blocks import CsvBlocks
from steelyard.intake.adapters.csv_records import Record, records
from steelyard.intake.adapters.csv_text import Utf8File, as_utf8
from steelyard.intake.adapters.options import bad_option, checked
from steelyard.intake.adapters.problems import NO_SUCH_HEADER_ROW

HEAD_BYTES = 1 << 20
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_SPEC = (
    Option("file", Text("文件", "File"), OptionKind.FILE, required=True),
    Option("separator", Text("分隔符（默认按内容判断）", "Separator (found by content if not given)")),
    Option("header_row", Text("表头所在行", "Row of the header"), OptionKind.WHOLE),
)


class CsvAdapter:
    """Reads text files of separated cells."""

    name = "csv"
    title = Text("CSV 文件", "CSV file")

    def spec(self) -> tuple[Option, ...]:
        """File, separator, row of the header."""
        return _SPEC

    def check(self, options: Options) -> None:
        """Read the head of the file."""
        self.read(options).close()

    def discover(self, options: Options) -> tuple[Stream, ...]:
        """The one table of the file; how many rows it has is estimated from the length of the first ones."""
        with self.read(options) as rows:
            size = Path(options["file"]).stat().st_size
            sizes = [len(",".join(row.cells).encode("utf-8")) + 1 for row in rows.head[1:]]
            estimate = round(size * len(sizes) / sum(sizes)) if sizes else 0
            return (Stream(Path(options["file"]).name, rows.headers, estimate),)

    def read(self, options: Options) -> Rows:
        """Open the file. Raises InvalidInput where it is no text or has no such header row."""
        values = checked(_SPEC, options)
        named = values.get("separator")
        separator = SEPARATORS.get(named, named) if named else None
        if separator is not None and separator not in SEPARATORS.values():
            raise bad_option("separator", ", ".join(SEPARATORS))
        text = as_utf8(Path(values["file"]))
        try:
            wanted = int(values["header_row"]) if "header_row" in values else None
            rows = _rows(text, separator, wanted, Path(values["file"]).name)
        except BaseException:
            text.release()
            raise
        return rows_again(rows, partial(self._again, dict(options)))

    def _again(self, options: dict[str, str], row: int) -> Rows:
        return self.read({**options, "header_row": str(row)})


def rows_again(rows: Rows, reread: partial[Rows]) -> Rows:
    """The same rows, which know how to be read with another header."""
    return Rows(rows.headers, rows.batches, rows.warnings, rows.head, rows.header_row, reread, rows.release)


def _rows(text: Utf8File, separator: str | None, wanted: int | None, name: str) -> Rows:
    sample, final = _sample(text)
    separator = separator or _separator(sample, final)
    found = list(islice(records(sample, separator, final=final), HEAD_ROWS))
    head = tuple(
        HeadRow(row, tuple(record.fields))
        for row, record in enumerate(found, 1)
        if any(field.strip() for field in record.fields)
    )
    if not head and wanted is None:
        return Rows((), iter(()), text.warnings, release=text.release)
    header = head[0] if wanted is None else next((row for row in head if row.row == wanted), None)
    if header is None:
        raise InvalidInput(Problem(NO_SUCH_HEADER_ROW, Place(name), {"row": wanted, "limit": HEAD_ROWS}))
    length = sum(record.length for record in found[: header.row])
    start = text.start + len(sample[:length].encode("utf-8"))
    blocks = CsvBlocks(text.path, separator, len(header.cells), start, header.row + 1)
    batches = ReadAhead(blocks.batches())

    def release() -> None:
        batches.close()
        text.release()

    return Rows(header.cells, batches, text.warnings, head, header.row, release=release)


def _sample(text: Utf8File) -> tuple[str, bool]:
    """The text that the file begins with, in whole lines, and whether it is all there is."""
    with text.path.open("rb") as file:
        file.seek(text.start)
        data = file.read(HEAD_BYTES + 1)
    if len(data) <= HEAD_BYTES:
        return data.decode("utf-8"), True
    end = max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1
    return data[:end].decode("utf-8"), False


def _separator(sample: str, final: bool) -> str:
    """The separator that gives the most rows of one width, then the widest."""

    def merit(separator: str) -> tuple[int, int]:
        found: list[Record] = list(islice(records(sample, separator, final=final), HEAD_ROWS))
        widths = Counter(len(record.fields) for record in found if len(record.fields) > 1)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return count, width

    return max(SEPARATORS.values(), key=merit)
