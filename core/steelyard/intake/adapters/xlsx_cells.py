"""The cells of a sheet as its XML has them, read in pieces: how far they reach, and which hold errors.

The reader of workbooks makes room for the whole rectangle that its cells span, and where there is none ends
the process: two cells far apart, a few bytes, would do. So their places are looked at before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

CHUNK = 1 << 20
LONGEST = 4 << 20
"""Bytes from one tag to the next: far more than any cell holds."""
ERRORS_MOST = 100_000
_BEGUN = re.compile(rb"<(?:[^\s<>/:!?]+:)?(?:c|row)(?=[\s/>])")
_CELL = re.compile(rb"<c[\s/>]")
_PREFIXED = re.compile(rb"<[^\s<>/:!?]+:c[\s/>]")
_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"')
_NUMBERS = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_ATTRIBUTE = rb"\s+[^\s=<>\"'/]+\s*=\s*(?:\"[^\"]*\"|'[^']*')"
_TAG = re.compile(
    rb"<(?:[^\s<>/:!?]+:)?(row|c)((?:" + _ATTRIBUTE + rb")*)\s*(/?)>"
    rb"|<(?:[^\s<>/:!?]+:)?v(?:\s[^<>]*)?>([^<]*)"
)
_VALUE_OF = re.compile(rb"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PLACE = re.compile(rb"([A-Za-z]{0,3})([0-9]{0,7})")


class UnusualSheet(ValueError):
    """The XML of a sheet is not as any program writes it."""


def pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part in pieces that end where a tag begins, or within a text or tag that is too long."""
    rest = b""
    while data := part.read(CHUNK):
        data = rest + data
        end = max(data.rfind(b"<"), 0)
        yield data[:end]
        rest = data[end:]
        if len(rest) > LONGEST:
            yield rest
            rest = b""
    yield rest


class UsualCells:
    """A quick look at cells as programs write them: `<c r="B7"`. What it finds is true or too much."""

    def __init__(self) -> None:
        self._letters: set[bytes] = set()
        self._row = 0
        self._others = 0

    def look(self, piece: bytes) -> None:
        """Look at a piece."""
        letters = _LETTERS.findall(piece)
        self._others += len(_CELL.findall(piece)) - len(letters)
        if b":c" in piece:
            self._others += len(_PREFIXED.findall(piece))
        if letters:
            self._letters.update(letters)
            self._row = max(self._row, *map(int, set(_NUMBERS.findall(piece))))

    @property
    def reach(self) -> int | None:
        """The cells of the rectangle from A1; None where there are cells that are written otherwise."""
        if self._others:
            return None
        return self._row * max(map(_column, self._letters), default=0)


class Cells:
    """A slow look at the cells with content, wherever and however they are written."""

    def __init__(self) -> None:
        self.errors: dict[tuple[int, int], str] = {}
        self._rows = self._columns = 0
        self._row = self._column = 0
        self._faulty: tuple[int, int] | None = None

    @property
    def reach(self) -> int:
        """The cells of the rectangle from A1."""
        return self._rows * self._columns

    def read(self, parts: Iterable[bytes]) -> Cells:
        """Look at all pieces; `errors`: by row and column from 0 what cells with an error show.

        Raises UnusualSheet.
        """
        for piece in parts:
            begun = len(_BEGUN.findall(piece))
            for found in _TAG.finditer(piece):
                name, attributes, empty, text = found.groups()
                begun -= name is not None
                if name == b"row":
                    self._begin_row(_attributes(attributes))
                elif name == b"c":
                    self._take(_attributes(attributes), empty=bool(empty))
                elif self._faulty is not None:
                    self.errors[self._faulty] = text.decode("utf-8", "replace").strip()
                    self._faulty = None
            if begun or len(self.errors) > ERRORS_MOST:
                raise UnusualSheet
        return self

    def _begin_row(self, attributes: dict[bytes, bytes]) -> None:
        _, number = _placed(attributes)
        self._row, self._column = number or self._row + 1, 0

    def _take(self, attributes: dict[bytes, bytes], *, empty: bool) -> None:
        column, row = _placed(attributes)
        self._column = column or self._column + 1
        row = row or max(self._row, 1)
        self._faulty = (row - 1, self._column - 1) if attributes.get(b"t") == b"e" else None
        if not empty:
            self._rows, self._columns = max(self._rows, row), max(self._columns, self._column)


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {name: one or other for name, one, other in _VALUE_OF.findall(text)}


def _placed(attributes: dict[bytes, bytes]) -> tuple[int, int]:
    """Column and row that `r` names, from 1; 0 for what it does not name."""
    found = _PLACE.fullmatch(attributes.get(b"r", b""))
    if found is None:
        raise UnusualSheet
    letters, number = found.groups()
    return _column(letters), int(number or 0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
