"""Writes docs/packs/format.md from the models of a pack's files: `python docs/build_pack_format.py`.

The models say which fields there are, what they take and what holds if they are left out; the words that
explain each field stand in docs/packs/format_words.yaml, and a field without words is an error here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from ruamel.yaml import YAML

from steelyard.packs.cases.entry import CaseEntry, CaseFile, NodeEntry, Observation, Stated
from steelyard.packs.files import (
    AdviceEntry,
    CalendarEntry,
    CalendarsFile,
    PartEntry,
    PlaybookFile,
    UnitEntry,
    UnitsFile,
)
from steelyard.packs.instruments import InstrumentEntry, InstrumentsFile, Target
from steelyard.packs.pack_file import PackFile
from steelyard.packs.plan_file import PlanActionEntry, PlanEffectEntry, PlanEntry, PlansFile
from steelyard.packs.testing.releases import ReleasedFile
from steelyard.records.check import Outlier, RecordCheck
from steelyard.records.column import Elapsed, RecordColumn
from steelyard.records.condition import ColumnReference, Operand
from steelyard.records.condition import Condition as RowCondition
from steelyard.records.files import MeasuresFile, RecordsFile
from steelyard.records.measure import (
    Count,
    MeasureDefinition,
    OfColumn,
    Quantile,
    Ratio,
    RatioPart,
    Share,
)
from steelyard.records.table import RecordTable
from steelyard.scheme.assessment import Assessment, RaterType
from steelyard.scheme.base import Flag, Name, Whole, Words
from steelyard.scheme.layout import Layout, LayoutColumn
from steelyard.scheme.model import Band, Condition, Indicator, PowerMean, Scheme, Variants
from steelyard.scheme.number import Constant, Number, Rate, RateNumber, Weight
from steelyard.scheme.rollup import ByVolume, RollUp
from steelyard.scheme.rubric import Argument, Deduction, PointStep, Rubric, Step
from steelyard.scheme.rule import Consequence, Requirement, Rule, Trigger

FOLDER = Path(__file__).parent / "packs"
PAGE = FOLDER / "format.md"
WORDS = FOLDER / "format_words.yaml"

RUBRICS, RULES = get_args(get_args(Rubric)[0]), get_args(get_args(Rule)[0])
PARTS: dict[str, tuple[type[BaseModel], ...]] = {
    "pack": (PackFile,),
    "scheme": (
        Scheme,
        Band,
        Indicator,
        Condition,
        PowerMean,
        Variants,
        Assessment,
        RaterType,
        RollUp,
        ByVolume,
        Layout,
        LayoutColumn,
    ),
    "rubrics": (*RUBRICS, Step, PointStep, Deduction),
    "rules": (*RULES, Requirement, Trigger, Consequence),
    "calendars": (CalendarsFile, CalendarEntry, PartEntry),
    "instruments": (InstrumentsFile, InstrumentEntry, Target),
    "playbook": (PlaybookFile, AdviceEntry),
    "records": (RecordsFile, RecordTable, RecordColumn, Elapsed, RecordCheck, Outlier),
    "conditions": (RowCondition, ColumnReference),
    "measures": (MeasuresFile, MeasureDefinition, Count, OfColumn, Quantile, Share, Ratio, RatioPart),
    "units": (UnitsFile, UnitEntry),
    "plans": (PlansFile, PlanEntry, PlanEffectEntry, PlanActionEntry),
    "cases": (CaseFile, CaseEntry, NodeEntry),
    "released": (ReleasedFile,),
}
"""The page's parts in order, and the models of each."""

CALLED = {RowCondition: "RowCondition"}
"""What the page calls a model whose own name another one has."""

TAKES: tuple[tuple[Any, str], ...] = (
    (Operand, "value or [ColumnReference](#columnreference)"),
    (Name, "name"),
    (Words, "text"),
    (Flag, "true or false"),
    (Whole, "whole number"),
    (Rate, "rate"),
    (RateNumber, "rate or `$parameter`"),
    (Weight, "number ≥ 0"),
    (Constant, "number"),
    (Number, "number or `$parameter`"),
    (Argument, "anything"),
    (Observation, "measured"),
    (Stated, "figure or `none`"),
    (str, "words"),
    (Rubric, "one of the [rubrics](#rubrics)"),
    (Rule, "one of the [rules](#rules)"),
)
"""What a value may be, by its type; the page explains these words at its beginning."""


def takes(hint: Any) -> str:
    """What a field takes, in words."""
    for kind, word in TAKES:
        if hint == kind:
            return word
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " or ".join(f"`{str(value).lower() if value is True else value}`" for value in arguments)
    if origin is Annotated:
        return takes(arguments[0])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(takes(part) for part in arguments if part is not NoneType))
    if origin is tuple:
        inner = [takes(part) for part in arguments if part is not Ellipsis]
        return f"list of {inner[0]}" if Ellipsis in arguments else f"[{', '.join(inner)}]"
    if origin in (dict, Mapping):
        return f"mapping of {takes(arguments[0])} to {takes(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return f"[{called(hint)}](#{called(hint).lower()})"
    if issubclass(hint, StrEnum):
        return " or ".join(f"`{member}`" for member in hint)
    return " or ".join(f"`{name}`" for name in hint.__members__)


def called(model: type[BaseModel]) -> str:
    """The name of a model on the page."""
    return CALLED.get(model, model.__name__)


def otherwise(field: FieldInfo) -> str:
    """What holds if a field is left out."""
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True)
    if value is None or value == () or value == {}:
        return "–"
    if isinstance(value, tuple):
        return ", ".join(f"`{part}`" for part in value)
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, StrEnum):
        return f"`{value}`"
    return f"`{value.name if hasattr(value, 'name') else value}`"


class Explained:
    """The words for fields, by model, or common to several; `unused` are those that no field asked for."""

    def __init__(self) -> None:
        found = YAML(typ="safe", pure=True).load(WORDS.read_text(encoding="utf-8"))
        self.intro: dict[str, str] = found.pop("intro")
        self._words: dict[str, dict[str, str]] = found
        self.unused = {(model, field) for model, words in found.items() for field in words}

    def of(self, model: str, field: str) -> str:
        """The words for a field; KeyError where there are none."""
        place = model if field in self._words.get(model, {}) else "common"
        self.unused.discard((place, field))
        if field not in self._words[place]:
            raise KeyError(f"{model}: {field} has no words in {WORDS.name}")
        return self._words[place][field]


def section(model: type[BaseModel], words: Explained) -> Iterator[str]:
    """A model: its docstring and a table of its fields."""
    kind = model.model_fields.get("kind")
    title = f"`{get_args(kind.annotation)[0]}`" if kind is not None else called(model)
    yield f"### {title}\n"
    yield re.sub(r"\s+", " ", (model.__doc__ or "").strip().split("\n\n")[0]) + "\n"
    yield "| field | takes | if left out | meaning |"
    yield "|---|---|---|---|"
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        written = field.alias or name
        meaning = words.of(called(model), written)
        yield f"| `{written}` | {takes(hints[name])} | {otherwise(field)} | {meaning} |"
    yield ""


def page() -> str:
    """The whole page; KeyError for a field without words, ValueError for words without a field."""
    words = Explained()
    lines = [words.intro["head"]]
    for part, models in PARTS.items():
        lines.append(words.intro[part])
        for model in models:
            lines += section(model, words)
    if words.unused:
        raise ValueError(f"words for fields that are not there: {sorted(words.unused)}")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
