"""The files of a pack: read within limits, texts in UTF-8, and never from outside the folder."""

from __future__ import annotations

import stat
from importlib.resources.abc import Traversable
from pathlib import Path

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.packs import problems as p

MAX_BYTES = 64 * 1024 * 1024
"""More than any table of samples needs; YAML is limited further where it is read."""
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What the files of Excel begin with: xlsx, and xls before it."""


def read_text(root: Traversable, parts: tuple[str, ...], name: str) -> str | None:
    """Return the text of a file below `root`, None where there is no such file.

    Raises what `read_bytes` raises, and InvalidInput with PACK_NOT_UTF8.
    """
    data = read_bytes(root, parts, name)
    try:
        return None if data is None else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(Problem(p.NOT_UTF8, Place(name))) from error


def read_bytes(root: Traversable, parts: tuple[str, ...], name: str) -> bytes | None:
    """Return a file below `root` as it is, None where there is no such file.

    Raises InvalidInput, with `name` as the place: PACK_FILE_OUTSIDE for a link that leads out of the folder,
    PACK_UNREADABLE, PACK_FILE_TOO_LARGE, PACK_SPREADSHEET.
    """
    found = root.joinpath(*parts)
    place = Place(name)
    try:
        if isinstance(root, Path) and isinstance(found, Path):
            if not found.exists() and not found.is_symlink():
                return None
            _check(root, found, place)
        elif not found.is_file():
            return None
        with found.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    # Python 3.11 calls a link that leads to itself a RuntimeError.
    except (OSError, RuntimeError) as error:
        values = {"reason": getattr(error, "strerror", None) or str(error)}
        raise InvalidInput(Problem(p.UNREADABLE, place, values)) from error
    if len(data) > MAX_BYTES:
        raise InvalidInput(Problem(p.TOO_LARGE, place, {"limit": MAX_BYTES}))
    if data.startswith(_SPREADSHEETS):
        raise InvalidInput(Problem(p.SPREADSHEET, place))
    return data


def _check(root: Path, found: Path, place: Place) -> None:
    """Refuse links out of the folder, and what is no plain file: opening a pipe would wait for ever."""
    real = found.resolve(strict=True)
    if not real.is_relative_to(root.resolve()):
        raise InvalidInput(Problem(p.OUTSIDE, place))
    if not stat.S_ISREG(real.stat().st_mode):
        reason = "not a plain file"
        raise InvalidInput(Problem(p.UNREADABLE, place, {"reason": reason}))
