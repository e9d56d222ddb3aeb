"""What is known of an XLSX package before it is trusted: its size unpacked, where its cells are, errors."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from openpyxl.xml.functions import fromstring

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.adapters.problems import NOT_XLSX, XLSX_TOO_LARGE
from steelyard.intake.adapters.xlsx_cells import Cells, UsualCells, pieces
from steelyard.intake.zip_list import require_short_list

UNPACKED_LIMIT = 512 << 20
RATIO_LIMIT = 200
RATIO_FROM = 16 << 20
CELL_LIMIT = 20_000_000
TEXT_LIMIT = 4_000_000
"""Shared texts: each takes memory, though it be empty and no cell have it."""
MERGED_LIMIT = 2_000_000
"""Cells below the first of their merged area, of all areas."""
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXT = b"<si"
_BOOK_MOST = 4 << 20
"""Bytes of the parts that list the sheets."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR_CELL = re.compile(rb"t\s*=\s*[\"']e[\"']")
_UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    ValueError,
    EOFError,
    ParseError,
)
"""What reading a damaged zip file raises; RuntimeError is its word for what it has no way to unpack."""


def has_error_cells(path: Path) -> bool:
    """Unpack all of it once, keeping nothing, and tell whether any sheet holds a cell like #N/A.

    Raises InvalidInput for what is no package, or unpacks to more than the limits: what the package states
    of sizes, of its own and its sheets', is not believed.
    """
    found, total, texts = False, 0, 0
    with _opened(path) as package:
        packed = path.stat().st_size
        if "[Content_Types].xml" not in package.namelist():
            raise InvalidInput(Problem(NOT_XLSX, Place(path.name)))
        # A sheet may be any part; of two with one name readers differ which they take.
        for info in package.infolist():
            cells = UsualCells()
            with package.open(info) as part:
                for piece in pieces(part):
                    total += len(piece)
                    if total > UNPACKED_LIMIT or total > max(RATIO_FROM, RATIO_LIMIT * packed):
                        raise too_large(path, total, 0)
                    texts += piece.count(_TEXT)
                    if texts > TEXT_LIMIT:
                        raise too_large(path, total, texts)
                    found = found or _ERROR_CELL.search(piece) is not None
                    cells.look(piece)
            if cells.reach is None or cells.reach > CELL_LIMIT:
                reach = _cells(package, info).reach
                if reach > CELL_LIMIT:
                    raise too_large(path, total, reach)
    return found


def too_large(path: Path, size: int, cells: int) -> InvalidInput:
    """The error for a workbook that is too large. size: bytes unpacked so far."""
    values = {"size": size >> 20, "cells": cells, "limit": UNPACKED_LIMIT >> 20, "most": CELL_LIMIT}
    return InvalidInput(Problem(XLSX_TOO_LARGE, Place(path.name), values))


def error_cells(path: Path, sheet: str) -> Mapping[tuple[int, int], str]:
    """By row and column from 0 the text of the cells with errors: `#N/A`, `#DIV/0!`. Raises InvalidInput."""
    with _opened(path) as package:
        return _cells(package, package.getinfo(_part(package, sheet))).errors


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as file:
            require_short_list(file)
            with zipfile.ZipFile(file) as package:
                yield package
    except (*_UNREADABLE, KeyError) as error:
        raise InvalidInput(Problem(NOT_XLSX, Place(path.name))) from error


def _cells(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Cells:
    with package.open(info) as part:
        return Cells().read(pieces(part))


def _part(package: zipfile.ZipFile, sheet: str) -> str:
    """The part that a sheet is in. Raises KeyError where the package does not say."""
    id = next((e.get(_RELATION) for e in _listed(package, _BOOK) if e.get("name") == sheet), None)
    targets = {each.get("Id"): each.get("Target", "") for each in _listed(package, _LINKS)}
    return posixpath.normpath(posixpath.join("/xl", targets[id])).lstrip("/")


def _listed(package: zipfile.ZipFile, name: str) -> Iterator[Element]:
    with package.open(name) as part:
        text = part.read(_BOOK_MOST + 1)
    if len(text) > _BOOK_MOST or b"<!DOCTYPE" in text:
        raise KeyError(name)
    return iter(fromstring(text).iter())
