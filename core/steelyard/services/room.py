"""Room: whether files still fit on the disk, and what is said when they do not."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound, Problem, TransientError
from steelyard.services.problems import DISK_FULL

RESERVE = 256 * 1024 * 1024
"""Bytes that uploads leave free, for the database and for imports that go on."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_SAYS_SO = ("no space left on device", "database or disk is full", "disk quota exceeded")
"""What engines that have no such number say."""
_SAYS_NOTHING = (InvalidInput, NotFound, Conflict, Forbidden)
"""Errors whose words may be those of somebody's data."""


def require_room(folder: Path, size: int) -> None:
    """Raise TransientError (DISK_FULL) unless `size` bytes more leave the reserve free."""
    if shutil.disk_usage(folder).free < size + RESERVE:
        raise TransientError(Problem(DISK_FULL))


@contextmanager
def full_disk_told() -> Iterator[None]:
    """Raise TransientError (DISK_FULL) in place of whatever is raised where a disk is full."""
    try:
        yield
    except Exception as error:
        if not _is_of_full_disk(error):
            raise
        raise TransientError(Problem(DISK_FULL)) from error


def _is_of_full_disk(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if not isinstance(error, _SAYS_NOTHING) and any(each in str(error).lower() for each in _SAYS_SO):
            return True
        error = error.__cause__
    return False
