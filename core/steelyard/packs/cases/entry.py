"""The format of case files."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from steelyard.packs.files import read_file
from steelyard.packs.records import CaseSource
from steelyard.scheme.base import Definition, Flag, Name
from steelyard.scheme.document import Document
from steelyard.scheme.number import parse_decimal
from steelyard.scoring import Outcome, Status

NONE: Final = "none"
_CLOSE = 1e-9
_WORDS = {"n/a": Status.NOT_APPLICABLE, "missing": Status.MISSING}


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated number, as written; `rounded` to its digits, or exact."""

    text: str
    rounded: bool

    def agrees(self, actual: float) -> bool:
        """Whether a computed number is the stated one."""
        stated = Decimal(self.text)
        if self.rounded:
            return Decimal(repr(actual)).quantize(stated, ROUND_HALF_UP) == stated
        return abs(actual - float(stated)) <= _CLOSE * max(1.0, abs(float(stated)))

    def __str__(self) -> str:
        return f"~{self.text}" if self.rounded else self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """What a case observes of one measure; `value` is set where the status is VALUE.

    percent: whether it was written with `%`; `value` is the fraction then.
    """

    status: Status
    value: Fraction | None = None
    percent: bool = False


def _number_fault() -> PydanticCustomError:
    return PydanticCustomError("number", "expected a number", {})


def _figure(raw: Any) -> Figure:
    text = str(raw).removeprefix("~")
    if parse_decimal(text) is None:
        raise _number_fault()
    return Figure(text, rounded=str(raw).startswith("~"))


def _cell(raw: Any) -> Cell:
    text = str(raw)
    if text in _WORDS:
        return Cell(_WORDS[text])
    value = parse_decimal(text.removesuffix("%"))
    if value is None:
        raise _number_fault()
    percent = text.endswith("%")
    return Cell(Status.VALUE, value / 100 if percent else value, percent)


def _observation(raw: Any) -> Cell | dict[str, Cell]:
    return {key: _cell(value) for key, value in raw.items()} if isinstance(raw, dict) else _cell(raw)


def _stated(raw: Any) -> Figure | None:
    return None if raw == NONE else _figure(raw)


def _outcome(raw: Any) -> Outcome:
    if raw not in Outcome.__members__:
        raise PydanticCustomError("literal_error", "expected {expected}", {"expected": _OUTCOMES})
    return Outcome[raw]


_OUTCOMES = " or ".join(f"'{name}'" for name in Outcome.__members__)

Observation = Annotated[Cell | dict[str, Cell], BeforeValidator(_observation)]
Stated = Annotated[Figure | None, BeforeValidator(_stated)]


class NodeEntry(Definition):
    """What a case states of one node; only the fields that were set are stated."""

    outcome: Annotated[Outcome, BeforeValidator(_outcome)] = Outcome.SCORED
    score: Stated = None
    points: Stated = None
    full: Stated = None
    obtained: Stated = None
    assessed: Stated = None
    coverage: Stated = None
    band: Name = NONE
    passed: Flag | Literal["none"] = NONE


class CaseEntry(Definition):
    """One case: what was measured of one unit, and what comes out.

    By itself a case is a unit of its own in a period of its own. Cases with the same `period` are one group,
    those with the same `unit` follow each other in the order of their periods' first appearance.
    """

    name: Name
    unit: Name | None = None
    period: Name | None = None
    attributes: dict[Name, Name] = Field(default_factory=dict)
    measures: dict[Name, Observation]
    verdict: Name | None = None
    nodes: dict[Name, NodeEntry] = Field(default_factory=dict)
    rules: dict[Name, Literal["quiet", "fired", "undecided"]] = Field(default_factory=dict)
    quotas: dict[Name, Name] = Field(default_factory=dict)


class CaseFile(Definition):
    """Cases of one scheme."""

    scheme: Name
    cases: tuple[CaseEntry, ...]


def read_cases(source: CaseSource) -> tuple[CaseFile, Document]:
    """Read a case file; InvalidInput with all problems of its form."""
    return read_file(source.text, source.file, CaseFile)
