"""Whole columns of text at once: blanks at their ends are cut off, and odd cells are marked.

Both look at the bytes first: most batches have nothing of the kind, and their cells need no second look.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
ODD_TEXT = (
    r"^[\p{Z}\x{85}]|[\p{Z}\x{85}]$|[\x00-\x1f\x{7f}-\x{9f}]"
    r"|(?i:^(?:null|nan|#n/a|#ref!|#value!|#div/0!|#name\?|#null!|#num!)$)"
)
"""What a text may be refused or trimmed for: blanks at its ends, control characters, placeholders."""
_BLANK, _DELETE = 0x20, 0x7F
_ODD_LEADS = (0xC2, 0xE1, 0xE2)
"""The first bytes of all control characters and blanks beyond ASCII but the ideographic space."""
_PLACEHOLDER_STARTS = b"nN#"


def without_blanks(texts: pa.StringArray) -> pa.StringArray:
    """Cut spaces off both ends (other blanks are odd); an empty text becomes null."""
    data, starts, ends = spans(texts)
    if len(starts) == len(texts) - texts.null_count and not (
        len(starts)
        and np.any(data[starts[0] : ends[-1]] == _BLANK)
        and (np.any(data[starts] == _BLANK) or np.any(data[ends - 1] == _BLANK))
    ):
        return texts
    trimmed = pc.utf8_trim(texts, " ")
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def odd_texts(texts: pa.StringArray) -> pa.BooleanArray | None:
    """Mark the texts that need a second look; None: there are none."""
    data, starts, ends = spans(texts)
    if not len(starts) or not (
        _starts_placeholder(data[starts]) or _has_odd_bytes(data[starts[0] : ends[-1]])
    ):
        return None
    return pc.fill_null(pc.match_substring_regex(texts, ODD_TEXT), False)


def spans(texts: pa.StringArray) -> tuple[Bytes, NDArray[np.int32], NDArray[np.int32]]:
    """The bytes, and where each text that is not empty starts and ends (n,)."""
    _, offsets_buffer, data_buffer = texts.buffers()
    if data_buffer is None or not len(texts):
        return np.empty(0, np.uint8), np.empty(0, np.int32), np.empty(0, np.int32)
    offsets = np.frombuffer(offsets_buffer, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data, starts, ends = np.frombuffer(data_buffer, np.uint8), offsets[:-1], offsets[1:]
    filled = ends > starts
    return (data, starts, ends) if filled.all() else (data, starts[filled], ends[filled])


def _starts_placeholder(firsts: Bytes) -> bool:
    return any(np.any(firsts == each) for each in _PLACEHOLDER_STARTS)


def _has_odd_bytes(data: Bytes) -> bool:
    if data.max() < _DELETE:
        return bool(data.min() < _BLANK)
    if np.any(data < _BLANK) or np.any(data == _DELETE) or any(np.any(data == lead) for lead in _ODD_LEADS):
        return True
    ideographic = (data[:-2] == 0xE3) & (data[1:-1] == 0x80) & (data[2:] == 0x80)
    return bool(np.any(ideographic))
