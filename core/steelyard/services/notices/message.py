"""What a notice says: who is meant, when, in words of both languages and in figures.

Nothing in it is about a person: no accounts, no free texts. A unit that stands for a person is known by its
code alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from steelyard.errors import Text
from steelyard.services.notices.want import Want
from steelyard.services.structure import Structure
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class Message:
    """A notice that is to be told, if it was not yet.

    key: what happened; the same matter has the same key. about: what a subscriber must want to be told.
    above: the ids of the unit and of all above it. values: what the kind's row in docs/notices.md names.
    """

    key: str
    about: Want
    unit: UnitRecord
    above: frozenset[int]
    scheme: str
    scheme_title: Text | None
    period: PeriodRecord | None
    title: Text
    text: Text
    values: Mapping[str, Any]

    def payload(self, happened_at: datetime) -> dict[str, Any]:
        """What receivers are sent. Made once and kept: repeats have the same id."""
        period = self.period
        return {
            "id": f"msg_{secrets.token_hex(16)}",
            "key": self.key,
            "kind": self.about.kind.value,
            "happened_at": happened_at.astimezone(UTC).isoformat(timespec="seconds"),
            "unit": {"code": self.unit.code, "title": words(title_of(self.unit))},
            "scheme": {
                "code": self.scheme,
                "title": None if self.scheme_title is None else words(self.scheme_title),
            },
            "period": None if period is None else {"calendar": period.calendar, "code": period.code},
            "title": words(self.title),
            "text": words(self.text),
            "values": dict(self.values),
        }


def title_of(unit: UnitRecord) -> Text:
    """What a unit is called in a notice."""
    return Text(unit.code, unit.code) if unit.person_id is not None else unit.title


def words(text: Text) -> dict[str, str]:
    """A text as JSON."""
    return {"zh": text.zh, "en": text.en}


def above(structure: Structure, unit: UnitRecord) -> frozenset[int]:
    """The ids of a unit and of all above it today."""
    found: dict[int, None] = {}
    here: UnitRecord | None = unit
    while here is not None and here.id not in found:
        found[here.id] = None
        here = structure.parent(here)
    return frozenset(found)
