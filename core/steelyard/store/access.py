"""Who acts, and what they may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from steelyard.errors import NotFound, Problem, Text
from steelyard.scheme.suggestion import suggested
from steelyard.store.problems import UNIT_NOT_FOUND


class Role(StrEnum):
    """What an actor is there for."""

    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who reads or writes; `id` is what the rows they record carry."""

    id: str
    title: Text
    roles: frozenset[Role]


LOCAL_ADMINISTRATOR = Actor(
    "local", Text(zh="本机管理员", en="Local administrator"), frozenset({Role.ADMINISTRATOR})
)
"""Whoever sits at the machine on which Steelyard runs."""


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
