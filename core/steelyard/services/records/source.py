"""Where records come from: a file, or whatever an adapter is told to read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from steelyard.errors import Conflict, Place, Problem
from steelyard.intake.adapters.adapter import Adapter
from steelyard.services.records.problems import SOURCE_CHANGED

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class RecordSource:
    """An adapter and what it is told.

    name: how the import is called, such as the file's name. file: the file that is read, None for queries.
    """

    adapter: Adapter
    options: Mapping[str, str]
    name: str
    file: Path | None = None
    secrets: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Know which options are secret: they decide nothing and are kept nowhere."""
        secret = frozenset(each.name for each in self.adapter.spec() if each.secret)
        object.__setattr__(self, "secrets", secret)

    def content(self) -> str | None:
        """The hash of a file and of how it is read; None where only what was read tells what it was."""
        if self.file is None:
            return None
        digest = hashlib.sha256(self.adapter.name.encode())
        for name, value in sorted(self.options.items()):
            if name not in self.secrets | {"file"}:
                digest.update(f"\0{name}\0{value}".encode())
        digest.update(b"\0\0")
        room = bytearray(_CHUNK)
        with self.file.open("rb") as opened:
            while read := opened.readinto(room):
                digest.update(memoryview(room)[:read])
        return digest.hexdigest()

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Refuse what is made of a file that changes meanwhile: Conflict (SOURCE_CHANGED).

        It is read more than once, and rows that came in between might be taken for imported later.
        """
        before, fault = self._state(), None
        try:
            yield
        except Exception as error:
            fault = error
        if self._state() != before:
            raise Conflict(Problem(SOURCE_CHANGED, Place(self.name))) from fault
        if fault is not None:
            raise fault

    def _state(self) -> tuple[int, int, int] | None:
        """Which file it is, how long, and when it was written; None where there is none."""
        try:
            found = self.file.stat() if self.file is not None else None
        except OSError:
            return None
        return None if found is None else (found.st_ino, found.st_size, found.st_mtime_ns)
