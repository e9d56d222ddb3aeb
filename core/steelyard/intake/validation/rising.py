"""Keys that rise from row to row, as the numbers of most exports do.

None of them is there twice, and nothing need be looked up to know it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

KEPT_BYTES = 64 << 20
"""Keys of so many bytes are kept at most, for the case that a later one does not rise."""


class RisingKeys:
    """Rows whose keys rise in one of their columns; they are kept for as long as all do."""

    def __init__(self, key: Sequence[str]) -> None:
        self._key = list(key)
        self._rising = self._key
        self._kept: list[pa.Table] = []
        self._bytes = 0

    def go_on(self, rows: pa.Table) -> bool:
        """Whether all keys rise with these, too, and there is room to keep them; once not, they never do."""
        if self._rising and rows.num_rows:
            keys = rows.select(self._key)
            self._rising = [name for name in self._rising if self._rises(keys, name)]
            self._bytes += keys.nbytes
            if self._bytes > KEPT_BYTES:
                self._rising = []
            if self._rising:
                self._kept.append(keys)
        return bool(self._rising)

    def forget(self) -> list[pa.Table]:
        """The keys of the rows that rose; they are not kept any longer."""
        kept, self._kept = self._kept, []
        return kept

    def _rises(self, keys: pa.Table, name: str) -> bool:
        column = keys.column(name)
        if self._kept and not pc.less(self._kept[-1].column(name)[-1], column[0]).as_py():
            return False
        return bool(pc.all(pc.less(column[:-1], column[1:]), min_count=0).as_py())
