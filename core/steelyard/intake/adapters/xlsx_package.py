"""What is known of an XLSX package before it is trusted: its size unpacked, and its cells with errors."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import openpyxl

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.adapters.problems import NOT_XLSX, XLSX_TOO_LARGE

UNPACKED_LIMIT = 512 << 20
RATIO_LIMIT = 200
RATIO_FROM = 16 << 20
CELL_LIMIT = 20_000_000
CHUNK = 1 << 20
OVERLAP = 64
_ERROR_CELL = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
)
"""What reading a damaged zip file raises; NotImplementedError is its word for an unknown compression."""


def has_error_cells(path: Path) -> bool:
    """Unpack all of it once, keeping nothing, and tell whether any sheet holds a cell like #N/A.

    Raises InvalidInput for what is no package, or unpacks to more than the limits: the sizes that the
    package states are not believed.
    """
    found, total = False, 0
    try:
        packed = path.stat().st_size
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if "[Content_Types].xml" not in names:
                raise InvalidInput(Problem(NOT_XLSX, Place(path.name)))
            for name in names:
                tail = b""
                with package.open(name) as member:
                    while data := member.read(CHUNK):
                        total += len(data)
                        if total > UNPACKED_LIMIT or total > max(RATIO_FROM, RATIO_LIMIT * packed):
                            raise too_large(path, total, 0)
                        window = tail + data
                        if not found and name.startswith("xl/worksheets/"):
                            found = _ERROR_CELL.search(window) is not None
                        tail = window[-OVERLAP:]
    except _UNREADABLE as error:
        raise InvalidInput(Problem(NOT_XLSX, Place(path.name))) from error
    return found


def too_large(path: Path, size: int, cells: int) -> InvalidInput:
    """The error for a workbook that is too large. size: bytes unpacked so far."""
    values = {"size": size >> 20, "cells": cells, "limit": UNPACKED_LIMIT >> 20, "most": CELL_LIMIT}
    return InvalidInput(Problem(XLSX_TOO_LARGE, Place(path.name), values))


def error_cells(path: Path, sheet: str) -> Mapping[tuple[int, int], str]:
    """By row and column from 0 the text of the cells with errors: `#N/A`, `#DIV/0!`."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return {
            (cell.row - 1, cell.column - 1): str(cell.value)
            for row in book[sheet].iter_rows()
            for cell in row
            if cell.value is not None and cell.data_type == "e"
        }
    finally:
        book.close()
