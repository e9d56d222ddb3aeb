"""What packs hand over: typed, frozen records, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.errors import Text

API_VERSION = 1
"""The version of the hooks and records of this Steelyard; a pack names the one it was written for."""


@dataclass(frozen=True, slots=True)
class PackInfo:
    """What a pack says of itself.

    name: unique among the installed packs, e.g. `automotive`.
    version: the pack's own.
    api_version: the `API_VERSION` that it was written for.
    """

    name: str
    version: str
    api_version: int
    title: Text


@dataclass(frozen=True, slots=True)
class SchemeSource:
    """The text of one scheme file (format `steelyard/1`); `file` names it in messages."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseSource:
    """The text of one file of cases (see `steelyard.packs.cases`); `file` names it in messages."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """One unit of a pack's sample data; `parent` is the code of another, None at the top."""

    code: str
    type: str
    title: Text
    parent: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SampleTable:
    """A CSV table of measurements for one scheme, as `steelyard score` and `steelyard import` read it."""

    scheme: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleRecords:
    """A CSV file of records for one of the pack's tables, as `steelyard records import` reads it.

    table: its name in `records.yaml`. data: the bytes, in whatever encoding such files come.
    """

    table: str
    file: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SampleEffect:
    """What a sample plan is expected to bring."""

    code: str
    title: Text
    source: str | None = None


@dataclass(frozen=True, slots=True)
class SampleAction:
    """One action of a sample plan.

    answers: codes of the indicators whose weak points it answers; several actions may answer one. advice:
    codes of the playbook that it follows. effects: codes of the plan's effects that it is to bring.
    effort: person-days.
    """

    code: str
    title: Text
    answers: tuple[str, ...]
    advice: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    role: Text | None = None
    effort: Fraction | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """An improvement plan for a sample unit, which answers its evaluation in a period."""

    scheme: str
    unit: str
    period: str
    title: Text
    actions: tuple[SampleAction, ...]
    effects: tuple[SampleEffect, ...] = ()
    source: str | None = None
    assumed: bool = False
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class SampleData:
    """A pack's sample units, parents before children, their measurements, records of them, and plans.

    The records of a file are all that there are of its units and months.
    """

    units: tuple[SampleUnit, ...]
    tables: tuple[SampleTable, ...]
    records: tuple[SampleRecords, ...] = ()
    plans: tuple[SamplePlan, ...] = ()
