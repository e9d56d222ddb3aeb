"""Details: how weights were obtained, for each method; what a weight set keeps beside them."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from steelyard.scheme.number import decimal_text, parse_decimal
from steelyard.weighting.judgements import parse_ratio, ratio_text
from steelyard.weighting.random_index import TableName

DECIMALS = 12
"""Computed figures are kept with so many decimals: what a float adds beyond them differs between machines."""


def _decimal(raw: Any) -> Fraction:
    number = raw if isinstance(raw, Fraction) else parse_decimal(str(raw))
    if number is None or number < 0:
        raise ValueError("expected a decimal number of 0 or more")
    return number


def _ratio(raw: Any) -> Fraction:
    number = raw if isinstance(raw, Fraction) else parse_ratio(str(raw))
    if number is None or number <= 0:
        raise ValueError("expected a positive ratio")
    return number


ExactDecimal = Annotated[Fraction, BeforeValidator(_decimal), PlainSerializer(decimal_text, return_type=str)]
"""A decimal of 0 or more; canonical text in JSON."""
ExactRatio = Annotated[Fraction, BeforeValidator(_ratio), PlainSerializer(ratio_text, return_type=str)]
"""A positive ratio; `3` or `1/3` in JSON."""


class Part(BaseModel):
    """Something kept: it does not change, and has no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ByHand(Part):
    """Set by somebody. given: what was written, by code; before: the weights the rest was scaled from."""

    method: Literal["by_hand"] = "by_hand"
    form: Literal["points", "ratio", "percent", "in_proportion"]
    given: dict[str, str]
    before: dict[str, ExactDecimal] = {}


class Equal(Part):
    """All weigh the same."""

    method: Literal["equal"] = "equal"


class DoubtfulComparison(Part):
    """The comparison that goes least with the rest: the first was said to weigh `said` times the second.

    implied: what the other comparisons make of it. nearest: the nearest value of the scale, and ratio_then
    the consistency ratio if that were said.
    """

    first: str
    second: str
    said: ExactRatio
    implied: float
    nearest: ExactRatio
    ratio_then: float


class Comparison(Part):
    """The first indicator weighs `ratio` times the second."""

    first: str
    second: str
    ratio: ExactRatio


class JudgeDetails(Part):
    """What one judge said, and what follows from it alone. missing: how many pairs were not compared."""

    name: str
    weight: ExactRatio
    comparisons: tuple[Comparison, ...]
    missing: int
    priorities: dict[str, float]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    doubt: DoubtfulComparison | None


class Ahp(Part):
    """Pairwise comparisons by one judge or several.

    aggregation: AIJ joins the judgements, AIP the priorities; None with one judge. lambda_max and what
    follows are those of the joined matrix, None under AIP, which has none. index_table: of the consistency
    ratios. priorities: as computed, before they became decimals. kendall_w, consensus: how far the judges
    agree.
    """

    method: Literal["ahp"] = "ahp"
    aggregation: Literal["AIJ", "AIP"] | None
    index_table: TableName
    priorities: dict[str, float]
    lambda_max: float | None
    consistency_index: float | None
    consistency_ratio: float | None
    judges: tuple[JudgeDetails, ...]
    kendall_w: float | None
    consensus: float | None


class PastRows(Part):
    """How many rows were used; how many had gaps and were left out; which indicators never differ."""

    rows: int
    rows_left_out: int
    constant: tuple[str, ...]


class Entropy(PastRows):
    """By entropy of past rates. entropies: 0…1 by code, 1 where all units are the same."""

    method: Literal["entropy"] = "entropy"
    entropies: dict[str, float]


class Critic(PastRows):
    """By contrast and conflict of past rates.

    deviations: of the rates, brought to 0…1. conflicts: Σ (1 − r) with the other indicators that differ.
    """

    method: Literal["critic"] = "critic"
    deviations: dict[str, float]
    conflicts: dict[str, float]


Details = ByHand | Equal | Ahp | Entropy | Critic
