"""A scheme: one weighted indicator tree with bands and rules, as frozen data (format `steelyard/1`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from steelyard.errors import Text
from steelyard.scheme.assessment import USUAL, Assessment
from steelyard.scheme.base import Definition, Flag, Name, Words
from steelyard.scheme.layout import Layout
from steelyard.scheme.number import Constant, Number, Quantity, Rate, Weight
from steelyard.scheme.rollup import RollUp
from steelyard.scheme.rubric import Rubric
from steelyard.scheme.rule import Rule

FORMAT = "steelyard/1"
PASSED, FAILED = "passed", "failed"
NO_COVERAGE_NEEDED = Quantity(value=Quantity.of(0).value, percent=True)


class PowerMean(Definition):
    """The power mean with exponent `power`; 0 is an error."""

    power: Constant


def _aggregate_form(raw: Any) -> str:
    return "mean" if isinstance(raw, (dict, PowerMean)) else "name"


Aggregate = Annotated[
    Annotated[Literal["arithmetic", "geometric", "harmonic", "minimum"], Tag("name")]
    | Annotated[PowerMean, Tag("mean")],
    Discriminator(_aggregate_form),
]
Missing = Literal["exclude", "zero", "block"]


class Condition(Definition):
    """A leaf applies only where a measure lies above a number."""

    measure: Name
    above: Number


class Band(Definition):
    """A named interval of rate from `from` up to the next better band's."""

    code: Name
    title: Words | None = None
    from_: Rate = Field(alias="from")


class Indicator(Definition):
    """A node of the tree: a group has `children`, a leaf has a `rubric`.

    printed_weight: the weight as the source prints it; held against the points, never scored with.
    """

    code: Name
    title: Words | None = None
    points: Weight | None = None
    weight: Weight | None = None
    printed_weight: Rate | None = None
    children: tuple[Indicator, ...] | None = None
    aggregate: Aggregate | None = None
    rubric: Rubric | None = None
    measure: Name | None = None
    applies_if: Condition | None = None
    pass_: Rate | None = Field(default=None, alias="pass")
    source: str | None = None
    assumed: Flag = False
    note: Words | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether the node is measured itself."""
        return self.children is None

    @property
    def label(self) -> Text:
        """The title, or the code where there is none."""
        return self.title or Text(self.code, self.code)

    def walk(self) -> Iterator[Indicator]:
        """The node and all below it, parents first."""
        yield self
        for child in self.children or ():
            yield from child.walk()


class Variants(Definition):
    """Own weights and parameters of the units whose attribute `by` has a given value."""

    by: Name
    weights: dict[Name, dict[Name, Weight]] = Field(default_factory=dict)
    parameters: dict[Name, dict[Name, Constant]] = Field(default_factory=dict)


def _calendars(raw: Any) -> Any:
    return [raw] if isinstance(raw, str) else raw


_CALENDAR_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Calendars = Annotated[tuple[Name, ...], BeforeValidator(_calendars), WithJsonSchema(_CALENDAR_SCHEMA)]
"""One calendar's name, or a list of them."""


class Scheme(Definition):
    """One version of a scheme."""

    format: Literal["steelyard/1"]
    scheme: Name
    version: Name = "0"
    title: Words | None = None
    unit_type: Name = "unit"
    calendar: Calendars = ()
    pass_: Rate | None = Field(default=None, alias="pass")
    missing: Missing = "exclude"
    min_coverage: Rate = NO_COVERAGE_NEEDED
    not_applicable: Literal["within", "pooled"] = "within"
    source: str | None = None
    note: Words | None = None
    assumed: Flag = False
    bands: tuple[Band, ...] = ()
    root: Name = "TOTAL"
    aggregate: Aggregate = "arithmetic"
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    parameters: dict[Name, Constant] = Field(default_factory=dict)
    variants: Variants | None = None
    verdicts: tuple[Name, ...] = (PASSED, FAILED)
    rules: tuple[Rule, ...] = ()
    cap: Literal["none"] | None = None
    assessment: Assessment | None = None
    rollup: RollUp | None = None
    layout: Layout | None = None

    @property
    def assessing(self) -> Assessment:
        """How the sheets of several raters are combined, by default where nothing is said of it."""
        return self.assessment or USUAL

    @property
    def label(self) -> Text:
        """The title, or the scheme's name where there is none."""
        return self.title or Text(self.scheme, self.scheme)

    def tree(self) -> Indicator:
        """The whole tree as one node: the root with the first level below it."""
        return Indicator(code=self.root, title=self.title, children=self.indicators, aggregate=self.aggregate)

    def hash(self) -> str:
        """sha256 of the canonical content: equal schemes have equal hashes whatever their layout."""
        content = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
