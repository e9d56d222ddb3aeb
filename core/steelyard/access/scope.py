"""Scope: what may be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from steelyard.access.problems import UNIT_NOT_FOUND
from steelyard.errors import NotFound, Problem
from steelyard.scheme.suggestion import suggested


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be seen: one tenant, and of its units all (None) or those named."""

    tenant_id: int
    unit_ids: frozenset[int] | None = None

    def sees(self, unit_id: int) -> bool:
        """Tell whether the unit is in scope."""
        return self.unit_ids is None or unit_id in self.unit_ids

    def require(self, unit_ids: Iterable[int]) -> None:
        """Raise NotFound (UNIT_NOT_FOUND) for units out of scope, as if they did not exist."""
        hidden = sorted({unit_id for unit_id in unit_ids if not self.sees(unit_id)})
        if hidden:
            raise NotFound(
                Problem(UNIT_NOT_FOUND, values={**suggested(str(each), ()), "unit": each}) for each in hidden
            )
