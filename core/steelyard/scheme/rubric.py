"""The rubric kinds of a scheme file, one class a kind; `steelyard.scoring.rubrics` computes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from steelyard.scheme.base import Definition, Flag, Name
from steelyard.scheme.number import Number, Quantity, RateNumber, parse_quantity

ZERO = Quantity.of(0)
ZERO_RATE = Quantity(ZERO.value, percent=True)


def _argument(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {str(key): _argument(value) for key, value in raw.items()}
    if isinstance(raw, (list, tuple)):
        return tuple(_argument(value) for value in raw)
    if isinstance(raw, (Quantity, bool)):
        return raw
    quantity = parse_quantity(str(raw))
    return str(raw) if quantity is None else quantity


def _written(argument: Any) -> Any:
    if isinstance(argument, dict):
        return {key: _written(value) for key, value in argument.items()}
    if isinstance(argument, tuple):
        return [_written(value) for value in argument]
    return str(argument) if isinstance(argument, Quantity) else argument


def _pair(raw: Any) -> Any:
    if not isinstance(raw, (list, tuple)) or len(raw) != 2:
        raise PydanticCustomError("pair", "expected two numbers", {})
    return raw


Argument = Annotated[Any, BeforeValidator(_argument), PlainSerializer(_written)]
"""A value for a Python rubric: a Quantity where it reads as one, else a text, a flag, a tuple or a dict."""


class RubricBase(Definition):
    """What every rubric has: rates are cut to 0…1 unless `clip` is false."""

    clip: Flag = True


class PointsRubric(RubricBase):
    """The value is in points: value ÷ full mark."""

    kind: Literal["points"]


class RateRubric(RubricBase):
    """The value is a rate already, as a fraction or in percent."""

    kind: Literal["rate"]
    unit: Literal["fraction", "percent"] = "fraction"


class LinearRubric(RubricBase):
    """(v − worst) ÷ (best − worst)."""

    kind: Literal["linear"]
    worst: Number
    best: Number


class CurveRubric(RubricBase):
    """Straight lines through [x, rate] points, flat outside."""

    kind: Literal["curve"]
    through: tuple[Annotated[tuple[Number, RateNumber], BeforeValidator(_pair)], ...] = Field(min_length=2)


class Step(Definition):
    """From `from` on the rate is `rate`."""

    from_: Number = Field(alias="from")
    rate: RateNumber


class StepsRubric(RubricBase):
    """The rate of the last step reached; `otherwise` below the first."""

    kind: Literal["steps"]
    at: tuple[Step, ...] = Field(min_length=1)
    otherwise: RateNumber = ZERO_RATE


class PointStep(Definition):
    """From `from` on `points` are subtracted."""

    from_: Number = Field(alias="from")
    points: Number


class Deduction(Definition):
    """One rule of a deduction: below or above a line, per case, or by steps."""

    measure: Name | None = None
    below: Number | None = None
    above: Number | None = None
    each: Number | None = None
    count: Literal["full", "started", "proportional"] = "full"
    per_case: Flag = False
    steps: tuple[PointStep, ...] = ()
    points: Number | None = None


class DeductRubric(RubricBase):
    """Start at the full mark, subtract each rule's points, stop at the floor (扣完为止)."""

    kind: Literal["deduct"]
    rules: tuple[Deduction, ...] = Field(min_length=1)
    floor: Number = ZERO


class ScaleRubric(RubricBase):
    """(v − min) ÷ (max − min)."""

    kind: Literal["scale"]
    min: Number
    max: Number


class ChoiceRubric(RubricBase):
    """base + Σ count × points over the cases of a table, clamped; points ÷ full mark."""

    kind: Literal["choice"]
    table: dict[Name, Number] = Field(min_length=1)
    base: Number = ZERO
    none: Number | None = None
    clamp: Annotated[tuple[Number, Number], BeforeValidator(_pair)] | None = None


class NamedRubric(RubricBase):
    """A rubric that a pack registers in Python."""

    kind: Literal["python"]
    name: Name
    args: dict[str, Argument] = Field(default_factory=dict)


Rubric = Annotated[
    PointsRubric
    | RateRubric
    | LinearRubric
    | CurveRubric
    | StepsRubric
    | DeductRubric
    | ScaleRubric
    | ChoiceRubric
    | NamedRubric,
    Field(discriminator="kind"),
]
