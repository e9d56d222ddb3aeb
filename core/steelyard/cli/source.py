"""What a command reads: a scheme from a file or an installed pack, a table from a file or standard input."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import typer

from steelyard.cli.problems import (
    SCHEME_NOT_LOADED,
    TOO_LARGE,
    UNKNOWN_CALENDAR,
    UNKNOWN_SCHEME,
    UNREADABLE_FILE,
)
from steelyard.errors import InvalidInput, NotFound, Place, Problem, UsageError, system_reason
from steelyard.packs import Packs, PackState
from steelyard.packs.folder import PackFolder
from steelyard.packs.pack_file import FILE
from steelyard.scheme.calendar import BUILT_IN, Calendar
from steelyard.scheme.model import Scheme
from steelyard.scheme.reading import read_scheme
from steelyard.scheme.rubric import NamedRubric
from steelyard.scheme.suggestion import suggested
from steelyard.scoring import PythonRubric

STANDARD_INPUT = "-"
LARGEST_TABLE = 512 * 1024 * 1024
"""In bytes."""
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SchemeInUse:
    """A scheme with the rubrics and calendars that it may need, and the warnings of its file."""

    scheme: Scheme
    rubrics: Mapping[str, PythonRubric]
    calendars: Mapping[str, Calendar]
    warnings: tuple[Problem, ...] = ()


def find_scheme(name: str, load: Callable[[], Packs]) -> SchemeInUse:
    """Return the scheme in the file `name`, or else the installed scheme of that name.

    Packs are loaded only where they are needed, by `load`. Raises UsageError for a file that cannot be read,
    NotFound where there is neither, InvalidInput for a file with problems.
    """
    path = Path(name)
    if path.exists() and not path.is_dir():
        return _from_file(path, load)
    if path.suffix in (".yaml", ".yml") or os.sep in name or path.is_dir():
        raise UsageError(Problem(UNREADABLE_FILE, Place(name), {"reason": _reason(path)}))
    packs = load()
    if name not in packs.schemes:
        raise NotFound(_unknown(name, packs))
    return SchemeInUse(packs.schemes[name].scheme, packs.rubrics, packs.calendars)


def read_input(name: str) -> tuple[bytes, str]:
    """Return the bytes of a file, or of standard input for `-`, and what messages call it.

    Raises UsageError where it cannot be read, InvalidInput where it is larger than `LARGEST_TABLE`.
    """
    if name == STANDARD_INPUT:
        return _limited(typer.get_binary_stream("stdin"), "<stdin>"), "<stdin>"
    try:
        with Path(name).open("rb") as file:
            return _limited(file, name), name
    except OSError as error:
        reason = system_reason(error)
        raise UsageError(Problem(UNREADABLE_FILE, Place(name), {"reason": reason})) from error


def _limited(stream: IO[bytes], name: str) -> bytes:
    """Read to the end; what begins with NUL bytes is no text, however much there is of it."""
    data = bytearray()
    while chunk := stream.read(min(CHUNK, LARGEST_TABLE + 1 - len(data))):
        data += chunk
        if len(data) > LARGEST_TABLE:
            raise InvalidInput(Problem(TOO_LARGE, Place(name), {"limit": LARGEST_TABLE}))
        if b"\x00" in chunk:
            break
    return bytes(data)


def _from_file(path: Path, load: Callable[[], Packs]) -> SchemeInUse:
    warnings: list[Problem] = []
    scheme = read_scheme(path, warnings=warnings)
    beside = _calendars_beside(path)
    own = any(isinstance(node.rubric, NamedRubric) for node in scheme.tree().walk())
    if not own and all(name in beside for name in scheme.calendar):
        return SchemeInUse(scheme, {}, beside, tuple(warnings))
    packs = load()
    calendars = {**packs.calendars, **beside}
    for calendar in scheme.calendar:
        if calendar not in calendars:
            values = suggested(calendar, calendars)
            warnings.append(Problem(UNKNOWN_CALENDAR, Place(str(path)), values))
    return SchemeInUse(scheme, packs.rubrics, calendars, tuple(warnings))


def _calendars_beside(path: Path) -> Mapping[str, Calendar]:
    """The calendars that a scheme file in a pack's folder can name; InvalidInput for wrong ones."""
    root = path.parent.parent
    if path.parent.name != "schemes" or not (root / FILE).is_file():
        return BUILT_IN
    own = PackFolder(root, str(root)).calendars()
    return {**{calendar.code: calendar for calendar in own}, **BUILT_IN}


def _reason(path: Path) -> str:
    return os.strerror(errno.EISDIR if path.is_dir() else errno.ENOENT)


def require_loaded(name: str, packs: Packs) -> None:
    """Raise NotFound for a scheme that may be missing because its pack could not be loaded."""
    broken = _broken(packs)
    if name not in packs.schemes and broken:
        values = {**suggested(name, packs.schemes), "broken": ", ".join(broken)}
        raise NotFound(Problem(SCHEME_NOT_LOADED, values=values))


def _unknown(name: str, packs: Packs) -> Problem:
    values = {**suggested(name, packs.schemes), "broken": ", ".join(_broken(packs)) or "–"}
    return Problem(UNKNOWN_SCHEME, values=values)


def _broken(packs: Packs) -> list[str]:
    return [entry.name for entry in packs.listing if entry.state is not PackState.LOADED]
