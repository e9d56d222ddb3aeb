"""The YAML files of a pack besides its schemes, one model a file; each knows the record it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema

from steelyard.errors import InvalidInput, Problem, Text
from steelyard.improvement.playbook import Advice
from steelyard.packs.records import SampleUnit
from steelyard.scheme.base import Definition, Flag, Name, Words
from steelyard.scheme.calendar import Calendar, MonthDay, Part
from steelyard.scheme.calendar_problems import CALENDAR_BAD_DATE
from steelyard.scheme.document import Document, in_order
from steelyard.scheme.empty import empty_values
from steelyard.scheme.faults import faults_of
from steelyard.scheme.number import Rate, Weight
from steelyard.scheme.yaml import read_document

Model = TypeVar("Model", bound=Definition)

KEPT = 256
"""Texts that are not read again: parsing is most of the time that loading packs takes."""

_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})", re.ASCII)


def read_file(text: str, file: str, model: type[Model]) -> tuple[Model, Document]:
    """Read a YAML text as `model`, as strictly as a scheme; InvalidInput with all problems.

    Both are to be read only: the same text is read once in a process.
    """
    return _read(text, file, model)


@lru_cache(maxsize=KEPT)
def _read(text: str, file: str, model: type[Definition]) -> tuple[Any, Document]:
    document, found = read_document(text, file)
    if not found:
        empty = list(empty_values(document))
        found = [problem for _, problem in empty if problem is not None]
        told = {node.path for node, _ in empty}
        try:
            read = model.model_validate(document.root.plain(), by_alias=True, by_name=False)
        except ValidationError as error:
            faults = faults_of(document, model, error)
            found = in_order([*found, *(fault.problem for fault in faults if fault.path not in told)])
        else:
            if not found:
                return read, document
    raise InvalidInput(found)


class PartEntry(Definition):
    """One part of a calendar's year: from `start` up to, but not including, `end`, as month-day (`03-01`)."""

    code: Name
    title: Words
    start: Name
    end: Name

    def part(self, calendar: str) -> Part:
        """The part; InvalidInput where a date is not written as month-day."""
        return Part(self.code, self.title, self._day(self.start, calendar), self._day(self.end, calendar))

    def _day(self, written: str, calendar: str) -> MonthDay:
        match = _MONTH_DAY.fullmatch(written)
        if match is None:
            values = {"calendar": calendar, "part": self.code, "date": written}
            raise InvalidInput(Problem(CALENDAR_BAD_DATE, values=values))
        return int(match[1]), int(match[2])


class CalendarEntry(Definition):
    """One calendar."""

    code: Name
    title: Words
    assumed: Flag = False
    note: Words | None = None
    parts: tuple[PartEntry, ...]

    def calendar(self) -> Calendar:
        """The calendar; InvalidInput where its parts do not make one."""
        parts = tuple(part.part(self.code) for part in self.parts)
        return Calendar(self.code, self.title, parts, self.assumed, self.note)


class CalendarsFile(Definition):
    """`calendars.yaml`."""

    calendars: tuple[CalendarEntry, ...]


class AdviceEntry(Definition):
    """One thing to do about one indicator."""

    code: Name
    indicator: Name
    title: Words
    effort: Weight
    expected_effect: Rate
    role: Words
    source: str | None = None
    assumed: Flag = False
    note: Words | None = None

    def advice(self, note: Text | None) -> Advice:
        """The advice; `note` is the file's, for assumed advice without one of its own."""
        return Advice(
            code=self.code,
            indicator=self.indicator,
            title=self.title,
            effort=self.effort.resolved({}),
            expected_effect=self.expected_effect.resolved({}),
            role=self.role,
            source=self.source,
            assumed=self.assumed,
            note=self.note or (note if self.assumed else None),
        )


class PlaybookFile(Definition):
    """`playbook.yaml`; its `note` holds for all assumed advice without one of its own."""

    note: Words | None = None
    advice: tuple[AdviceEntry, ...]


def _attributes(raw: Any) -> Any:
    if not isinstance(raw, Mapping):
        return raw
    return {key: str(value).lower() if isinstance(value, bool) else value for key, value in raw.items()}


_ANY_SCALAR = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
Attributes = Annotated[dict[Name, Name], BeforeValidator(_attributes), WithJsonSchema(_ANY_SCALAR)]
"""Texts by name; true and false are written without quotes."""


class UnitEntry(Definition):
    """One sample unit; the attributes are texts."""

    code: Name
    type: Name
    title: Words
    parent: Name | None = None
    attributes: Attributes = Field(default_factory=dict)

    def unit(self) -> SampleUnit:
        """The unit."""
        return SampleUnit(self.code, self.type, self.title, self.parent, self.attributes)


class UnitsFile(Definition):
    """`samples/units.yaml`."""

    units: tuple[UnitEntry, ...]
