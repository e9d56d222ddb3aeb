"""A file that a command makes: one that is there may be what somebody was shown, and stays."""

from __future__ import annotations

from pathlib import Path

from steelyard.cli.problems import FILE_EXISTS
from steelyard.errors import Place, Problem, UsageError


def write_new(path: Path, data: bytes) -> None:
    """Write a new file; UsageError (CLI_FILE_EXISTS) where there is one of that name."""
    try:
        with path.open("xb") as written:
            written.write(data)
    except FileExistsError as error:
        raise UsageError(Problem(FILE_EXISTS, Place(str(path)))) from error
