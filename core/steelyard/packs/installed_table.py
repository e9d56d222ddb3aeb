"""Tables of records as the loaded packs declare them, known by `<pack>.<table>`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from steelyard.records.table import RecordTable

_READ = {"key", "unit", "day", "offset", "columns"}


@dataclass(frozen=True)
class InstalledTable:
    """A table of a loaded pack."""

    pack: str
    table: RecordTable

    @property
    def name(self) -> str:
        """Its full name, `<pack>.<table>`."""
        return f"{self.pack}.{self.table.table}"

    @cached_property
    def hash(self) -> str:
        """SHA-256, in hex, of what decides how a file becomes rows: columns, key, unit, day and offset.

        Titles of columns and choices count, as files may call them so; notes, checks, derived columns and the
        fields that are left out do not, so that a later Steelyard with more fields gives the same hash.
        """
        written = self.table.model_dump(mode="json", by_alias=True, include=_READ, exclude_defaults=True)
        for column in written["columns"]:
            column.pop("note", None)
        text = json.dumps(written, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
