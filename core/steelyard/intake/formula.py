"""Text that a spreadsheet would take for a formula, and how it is kept from that.

Spreadsheets look past blanks; and as some split lines at semicolons or tabs, or at the end of a line within
quotation marks, what stands behind those may come to begin a cell, too. A quotation mark before a formula
makes it text.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

_BEGINS = "=+\\-@＝＋－＠"
_BLANKS = " \t\r\n\v\f\x85\xa0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_START = f"(?:[\t\r\n]|[{_BLANKS}]*[{_BEGINS}])"
_QUOTED_FIRST = re.compile(f"'*{_START}")
_LATER = re.compile(f"([;\t\r\n][{_BLANKS}]*'*)([{_BEGINS}])")
_NUMBER = re.compile(r"[+-][0-9][0-9.,]*(?:[eE][+-]?[0-9]+)?%?")
# Of what is guarded, with one quotation mark more than it had.
_GUARDED_FIRST = f"^'('*{_START})"
_GUARDED_LATER = f"([;\t\r\n][{_BLANKS}]*'*)'([{_BEGINS}])"


def harmless(text: str) -> str:
    """The text with a quotation mark before whatever in it a spreadsheet would take for a formula.

    What begins so behind such marks has one more: `unguarded` gives each text back exactly.
    """
    later = _LATER.sub(r"\1'\2", text)
    return f"'{later}" if _QUOTED_FIRST.match(later) else later


def guarded(cell: str) -> str:
    """A cell of somebody's file, harmless; numbers stay."""
    return cell if _NUMBER.fullmatch(cell) else harmless(cell)


def unguarded(cells: pa.Array) -> pa.Array:
    """The texts that `harmless` or `guarded` was given."""
    first = pc.replace_substring_regex(cells, _GUARDED_FIRST, r"\1")
    return pc.replace_substring_regex(first, _GUARDED_LATER, r"\1\2")
