"""The list of parts that a zip file ends with: how long it is, before anything is made of it.

A list takes many times its length in memory, and some packages are hardly anything else.
"""

from __future__ import annotations

import os
import struct
import zipfile
from typing import IO

LIST_MOST = 1 << 20
"""Bytes of the list: some 10,000 parts."""
_END = struct.Struct("<4s4H2LH")
_SIGNATURE = b"PK\5\6"
_COMMENT_MOST = 0xFFFF


def require_short_list(file: IO[bytes], most: int = LIST_MOST) -> None:
    """Raise BadZipFile where the list is longer than `most` bytes, or there is none; the place is kept."""
    place = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END.size - _COMMENT_MOST))
    end = file.read()
    file.seek(place)
    at = end.rfind(_SIGNATURE)
    if at < 0 or len(end) - at < _END.size:
        raise zipfile.BadZipFile("it has no end")
    # What does not fit here is in a longer form behind; such a list is too long, too.
    length = _END.unpack_from(end, at)[5]
    if length > most:
        raise zipfile.BadZipFile(f"its list has {length} bytes")
