"""Random index: what the consistency index of comparisons made at random is on average.

The consistency ratio depends on the table, so a result names the one it was computed with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TableName = Literal["saaty-2005", "saaty-1980"]


@dataclass(frozen=True, slots=True)
class IndexTable:
    """A table of random indices for 1, 2, … indicators, and where it was published."""

    name: TableName
    source: str
    values: tuple[float, ...]

    @property
    def most(self) -> int:
        """How many indicators the table goes to."""
        return len(self.values)

    def index(self, count: int, missing: int = 0) -> float:
        """The random index for `count` indicators, `missing` of whose comparisons were not made.

        With gaps it shrinks in proportion to the comparisons beyond those that link all, as in K. C. Ágoston
        and L. Csató, Inconsistency thresholds for incomplete pairwise comparison matrices, Omega 108, 2022.
        """
        beyond = (count - 1) * (count - 2) // 2
        return self.values[count - 1] * ((beyond - missing) / beyond if beyond else 1.0)


SAATY_2005 = IndexTable(
    "saaty-2005",
    "T. L. Saaty, Theory and Applications of the Analytic Network Process, RWS Publications, 2005, p. 31",
    (0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
)
SAATY_1980 = IndexTable(
    "saaty-1980",
    "T. L. Saaty, The Analytic Hierarchy Process, McGraw-Hill, 1980, p. 21",
    (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
)
TABLES: dict[TableName, IndexTable] = {table.name: table for table in (SAATY_2005, SAATY_1980)}
