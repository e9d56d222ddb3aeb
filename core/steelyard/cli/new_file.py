"""A file that a command makes: one that is there may be what somebody was shown, and stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steelyard.cli.problems import FILE_EXISTS, FILE_UNWRITABLE
from steelyard.errors import Place, Problem, UsageError, system_reason


@contextmanager
def creating(path: Path) -> Iterator[None]:
    """Make UsageError of why a file cannot be made: CLI_FILE_EXISTS, CLI_FILE_UNWRITABLE."""
    try:
        yield
    except FileExistsError as error:
        raise UsageError(Problem(FILE_EXISTS, Place(str(path)))) from error
    except OSError as error:
        if error.filename is None or Path(error.filename) != path:
            raise
        reason = system_reason(error)
        raise UsageError(Problem(FILE_UNWRITABLE, Place(str(path)), {"reason": reason})) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a new file; raises as `creating` does."""
    with creating(path), path.open("xb") as written:
        written.write(data)
