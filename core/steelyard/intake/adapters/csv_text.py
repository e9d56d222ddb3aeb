"""The bytes of a text file as UTF-8: as they are, or transcoded once into a temporary file."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.adapters.problems import NOT_TEXT, READ_AS_GB18030

CHUNK = 1 << 20
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Utf8File:
    """A file of valid UTF-8 from byte `start` on (behind a byte order mark)."""

    path: Path
    start: int
    warnings: tuple[Problem, ...]
    release: Callable[[], None]


def as_utf8(path: Path) -> Utf8File:
    """Find out the encoding; transcode what is not UTF-8. Raises InvalidInput for what is no text."""
    with path.open("rb") as file:
        mark = file.read(3)
    if mark[:2] in _UTF16:
        return _transcoded(path, _UTF16[mark[:2]], 2, ())
    start = len(codecs.BOM_UTF8) if mark == codecs.BOM_UTF8 else 0
    fault = _first_fault(path, "utf-8", start, None)
    if fault is None:
        return Utf8File(path, start, (), _nothing)
    if start or _first_fault(path, "gb18030", 0, None) is not None:
        raise _not_text(path, fault)
    return _transcoded(path, "gb18030", 0, (Problem(READ_AS_GB18030, Place(path.name)),))


def _transcoded(path: Path, encoding: str, start: int, warnings: tuple[Problem, ...]) -> Utf8File:
    folder = tempfile.TemporaryDirectory(prefix="steelyard-", ignore_cleanup_errors=True)
    target = Path(folder.name) / "text"
    with target.open("wb") as out:
        fault = _first_fault(path, encoding, start, out)
    if fault is not None:
        folder.cleanup()
        raise _not_text(path, fault)
    return Utf8File(target, 0, warnings, folder.cleanup)


def _first_fault(path: Path, encoding: str, start: int, out: BinaryIO | None) -> int | None:
    """Decode all; the offset of the first byte that cannot be, None if all can. Write UTF-8 to `out`."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = start
    with path.open("rb") as file:
        file.seek(start)
        room = bytearray(CHUNK)
        while True:
            data = room[:read] if (read := file.readinto(room)) < CHUNK else room
            pending = len(decoder.getstate()[0])
            if out is None and data and not pending and data.isascii():
                # Good in both encodings that are only looked at, and seen without making a text of it.
                offset += len(data)
                continue
            try:
                text = decoder.decode(data, final=not data)
                if out is not None:
                    out.write(text.encode("utf-8"))
            except UnicodeDecodeError as error:
                return offset - pending + error.start
            except UnicodeEncodeError:
                return offset
            if not data:
                return None
            offset += len(data)


def _not_text(path: Path, offset: int) -> InvalidInput:
    """The error for the byte at `offset` (from 0); counts the line that it stands in."""
    line, left = 1, offset
    with path.open("rb") as file:
        while left and (data := file.read(min(CHUNK, left))):
            line += data.count(b"\n")
            left -= len(data)
    return InvalidInput(Problem(NOT_TEXT, Place(path.name, line=line), {"line": line, "byte": offset + 1}))


def _nothing() -> None:
    """Nothing was written, nothing is removed."""
