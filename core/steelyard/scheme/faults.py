"""Pydantic's complaints as problems with a stable code and the place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Named
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from steelyard.errors import Kind, Problem
from steelyard.scheme.document import Document, Mapping, Node, Path, Scalar, Sequence, child
from steelyard.scheme.fields import known_fields
from steelyard.scheme.misprint import Misprint, half_width, misprint
from steelyard.scheme.problems.field import (
    BAND_TO,
    EMPTY_LIST,
    FULL_WIDTH_NUMBER,
    GROUPED_NUMBER,
    INVALID_VALUE,
    MISSING_FIELD,
    NEGATIVE_NUMBER,
    NEGATIVE_WEIGHT,
    NO_PARAMETER_HERE,
    NO_PERCENT_HERE,
    NOT_A_COUNT,
    NOT_A_FLAG,
    NOT_A_NAME,
    NOT_A_NUMBER,
    NOT_A_PAIR,
    NOT_A_TEXT,
    NOT_ONE_TEXT,
    NUMBER_TOO_LONG,
    RATE_ABOVE_ONE,
    RATE_OUT_OF_RANGE,
    UNKNOWN_AGGREGATE,
    UNKNOWN_FIELD,
    UNKNOWN_FORMAT,
    UNKNOWN_RUBRIC,
    UNKNOWN_RULE,
    UNKNOWN_VALUE,
    WRONG_SHAPE,
)
from steelyard.scheme.problems.tree import TWO_ROOTS
from steelyard.scheme.suggestion import suggested

_LONGEST = 60
_MISPRINTS = {
    Misprint.GROUPED: GROUPED_NUMBER,
    Misprint.TOO_LONG: NUMBER_TOO_LONG,
    Misprint.PERCENT: NO_PERCENT_HERE,
}
_JOINS = (("rollup", "units"), ("rollup", "periods"))
"""Where a mapping can stand besides the words that pydantic names."""
_QUOTED = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint: the path of the value that cannot stand or is missing, and the problem to report."""

    path: Path
    problem: Problem


def faults_of(document: Document, model: type[BaseModel], error: ValidationError) -> Iterator[Fault]:
    """Turn each complaint about `document`, validated as `model`, into a fault with its place."""
    for details in error.errors(include_url=False):
        complaint = _Complaint(document, model, details["loc"], details.get("ctx", {}), details["msg"])
        found = _READERS.get(details["type"], _other)(complaint)
        if found is None:
            continue
        values = {"field": complaint.field, "found": complaint.found, **found.values}
        mark = document.mark(found.path or complaint.path, key=found.at_key)
        yield Fault((*complaint.path, *found.missing), document.problem(found.kind, mark, **values))


@dataclass(frozen=True, slots=True)
class _Complaint:
    """What pydantic says, seen from the document."""

    document: Document
    model: type[BaseModel]
    location: Path
    context: dict[str, Any]
    message: str

    @property
    def path(self) -> Path:
        """The location without the tags of unions and without keys that are not there."""
        node = self.document.root
        path: Path = ()
        tagged: Node | None = None
        for part in self.location:
            kind = node.items.get("kind") if isinstance(node, Mapping) else None
            if isinstance(kind, Scalar) and kind.value == part and tagged is not node:
                tagged = node
            elif (below := child(node, part)) is not None:
                node, path = below, (*path, part)
        return path

    @property
    def node(self) -> Node:
        return self.document.at(self.path)

    @property
    def field(self) -> str:
        """The name that the author knows the value by."""
        path = list(self.path) or ["scheme"]
        indexes = ""
        while isinstance(path[-1], int):
            indexes = f"[{path.pop()}]{indexes}"
        return f"{path[-1]}{indexes}"

    @property
    def found(self) -> str:
        """What stands there, short enough for a message."""
        node = self.node
        if isinstance(node, Scalar):
            value = str(node.value).lower() if isinstance(node.value, bool) else str(node.value or "")
            return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
        return "{…}" if isinstance(node, Mapping) else "[…]"


@dataclass(frozen=True, slots=True)
class _Found:
    """The kind a complaint belongs to, with what its message needs besides `field` and `found`."""

    kind: Kind
    values: Named[str, object] = field(default_factory=dict)
    path: Path | None = None
    at_key: bool = False
    missing: tuple[str, ...] = ()


def _missing(complaint: _Complaint) -> _Found:
    name = str(complaint.location[-1])
    return _Found(MISSING_FIELD, {"field": name}, missing=(name,))


def _missing_kind(complaint: _Complaint) -> _Found:
    return _Found(MISSING_FIELD, {"field": "kind"}, missing=("kind",))


def _unknown_field(complaint: _Complaint) -> _Found:
    field = str(complaint.location[-1])
    if field == "to" and complaint.path[:1] == ("bands",):
        return _Found(BAND_TO, at_key=True)
    known = known_fields(complaint.model, complaint.location[:-1])
    return _Found(UNKNOWN_FIELD, {**suggested(field, known), "field": field}, at_key=True)


def _unknown_kind(complaint: _Complaint) -> _Found:
    kind = UNKNOWN_RULE if complaint.path[:1] == ("rules",) else UNKNOWN_RUBRIC
    known = _QUOTED.findall(complaint.context["expected_tags"])
    return _Found(kind, suggested(str(complaint.context["tag"]), known), (*complaint.path, "kind"))


def _unknown_value(complaint: _Complaint) -> _Found:
    kinds = {"format": UNKNOWN_FORMAT, "aggregate": UNKNOWN_AGGREGATE}
    kind = kinds.get(complaint.field, UNKNOWN_VALUE)
    known = _QUOTED.findall(complaint.context["expected"]) or [complaint.context["expected"].lower()]
    also = ["{power: p}"] if kind is UNKNOWN_AGGREGATE else ["{volume: …}"] * (complaint.path in _JOINS)
    words = suggested(complaint.found, [*known, *also])
    return _Found(kind, {**words, "expected": known[0]})


def _name(complaint: _Complaint) -> _Found:
    if complaint.location[-1] == "[key]":
        return _Found(NOT_A_NAME, {"found": complaint.path[-1]}, at_key=True)
    if complaint.path == ("root",) and isinstance(complaint.node, Sequence):
        return _Found(TWO_ROOTS, {"found": ", ".join(map(str, complaint.node.plain()))})
    return _Found(NOT_A_NAME)


def _text(complaint: _Complaint) -> _Found:
    key = complaint.context.get("key")
    if key is None:
        return _Found(NOT_A_TEXT)
    path = (*complaint.path, key)
    if key in ("zh", "en"):
        return _Found(NOT_A_TEXT, path=path)
    return _Found(UNKNOWN_FIELD, {**suggested(key, ["zh", "en"]), "field": key}, path, at_key=True)


def _too_short(complaint: _Complaint) -> _Found | None:
    least, found = complaint.context["min_length"], len(list(complaint.node.parts))
    # Pydantic does not count entries that it refused; those are reported by themselves.
    return _Found(EMPTY_LIST, {"least": least, "found": found}) if found < least else None


def _number(complaint: _Complaint) -> _Found:
    value = complaint.node.plain()
    found = misprint(value.strip()) if isinstance(value, str) else Misprint.OTHER
    if found is Misprint.FULL_WIDTH:
        return _Found(FULL_WIDTH_NUMBER, {"plain": half_width(value.strip())})
    return _Found(_MISPRINTS.get(found, NOT_A_NUMBER))


def _count(complaint: _Complaint) -> _Found:
    return _Found(NOT_A_COUNT, {"least": complaint.context.get("ge", 0)})


_SHAPES = {
    Scalar: ("一个值", "a single value", "12"),
    Sequence: ("列表", "a list", "[…, …]"),
    Mapping: ("字段映射", "a mapping of fields", "{name: …}"),
}
"""What they are called in zh and en, and how they are written."""


def _shape(expected: type[Node]) -> Callable[[_Complaint], _Found]:
    def read(complaint: _Complaint) -> _Found:
        found_zh, found_en, _ = _SHAPES[type(complaint.node)]
        if isinstance(complaint.node, Scalar) and complaint.found:
            found_zh, found_en = f"值“{complaint.found}”", f"the value `{complaint.found}`"
        zh, en, example = _SHAPES[expected]
        values = {"expected_zh": zh, "expected_en": en, "found_zh": found_zh, "found_en": found_en}
        return _Found(WRONG_SHAPE, {**values, "example": example})

    return read


def _negative(complaint: _Complaint) -> _Found:
    """Only who gives an indicator less than nothing may mean to take points away."""
    of_indicators = complaint.path[:1] in (("indicators",), ("variants",))
    return _Found(NEGATIVE_WEIGHT if of_indicators else NEGATIVE_NUMBER)


def _plain(kind: Kind) -> Callable[[_Complaint], _Found]:
    return lambda complaint: _Found(kind)


def _other(complaint: _Complaint) -> _Found:
    return _Found(INVALID_VALUE, {"reason": complaint.message})


_READERS: Named[str, Callable[[_Complaint], _Found | None]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_field,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _missing_kind,
    "literal_error": _unknown_value,
    "enum": _unknown_value,
    "operand": _shape(Scalar),
    "too_short": _too_short,
    "greater_than_equal": _count,
    "whole": _count,
    "dict_type": _shape(Mapping),
    "model_type": _shape(Mapping),
    "model_attributes_type": _shape(Mapping),
    "tuple_type": _shape(Sequence),
    "pair": _plain(NOT_A_PAIR),
    "name": _name,
    "text": _text,
    "string_type": _plain(NOT_ONE_TEXT),
    "flag": _plain(NOT_A_FLAG),
    "number": _number,
    "parameter": _plain(NO_PARAMETER_HERE),
    "rate_above_one": _plain(RATE_ABOVE_ONE),
    "rate_range": _plain(RATE_OUT_OF_RANGE),
    "negative": _negative,
}
