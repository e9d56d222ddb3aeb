"""Methods: what is asked for where weights are to be found for the indicators of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

import strawberry

from steelyard.errors import InvalidInput, Place
from steelyard.errors import Problem as Found
from steelyard.scheme.number import parse_decimal
from steelyard.services.weights import wanted as w
from steelyard.services.weights.problems import WEIGHT_TWICE
from steelyard.weighting.ahp import Aggregation as Joining
from steelyard.weighting.random_index import TableName
from steelyard_graphql.limits import within
from steelyard_graphql.problems import WEIGHT_METHOD_INPUT, WEIGHT_OF_JUDGE

PERIODS_MOST = 120


@strawberry.enum(description="How weights are to be found.")
class FindingMethod(Enum):
    """The methods, by what they need."""

    EQUAL = strawberry.enum_value("equal", description="All the same.")
    POINTS = strawberry.enum_value(
        "points", description="`weights` on the scale of the others; who is not named keeps its own."
    )
    PERCENT = strawberry.enum_value(
        "percent", description="`weights` in percent; the others share the rest in proportion."
    )
    RATIO = strawberry.enum_value("ratio", description="`ratio`, one part for each indicator.")
    AHP = strawberry.enum_value("ahp", description="Comparisons of pairs by `judges` (层次分析法).")
    ENTROPY = strawberry.enum_value(
        "entropy", description="What differed most in the last `periods` up to `until` (熵权法)."
    )
    CRITIC = strawberry.enum_value(
        "critic", description="The same, counting less what goes along with other indicators."
    )


@strawberry.enum(description="How several judges are joined.")
class Aggregation(Enum):
    """The ways of AHP."""

    AIJ = strawberry.enum_value("AIJ", description="Their judgements, by geometric means.")
    AIP = strawberry.enum_value("AIP", description="Their priorities, by geometric means.")


@strawberry.enum(description="The table of random indices that consistency ratios are worked out with.")
class RandomIndexTable(Enum):
    """The tables."""

    SAATY_ANP = strawberry.enum_value("saaty-2005", description="T. L. Saaty's of 2005.")
    SAATY_AHP = strawberry.enum_value("saaty-1980", description="T. L. Saaty's of 1980.")


@strawberry.input(description="A weight as it is written.")
class WrittenWeightInput:
    """A weight."""

    indicator: str = strawberry.field(description="The code of the indicator.")
    weight: str = strawberry.field(description="The weight, e.g. `30`, `12.5` or `60%`.")


@strawberry.input(description="How many times one indicator weighs another.")
class ComparisonInput:
    """A comparison."""

    first: str = strawberry.field(description="The code of the one.")
    second: str = strawberry.field(description="The code of the other.")
    ratio: str = strawberry.field(
        description="How many times the first weighs the second: from `1/9` to `9`."
    )


@strawberry.input(description="What one judge says.")
class JudgeInput:
    """A judge."""

    name: str = strawberry.field(description="The judge's name or role.")
    comparisons: list[ComparisonInput] = strawberry.field(
        description="The pairs that were compared; each pair once, not all are needed."
    )
    weight: str = strawberry.field(default="1", description="What the judge weighs beside the others.")


@strawberry.input(description="Find weights for the indicators right below one.")
class GroupWeightsInput:
    """A group and a method."""

    group: str = strawberry.field(description="The code of the indicator that they are below.")
    method: FindingMethod = strawberry.field(description="How; it says which of the rest it needs.")
    weights: list[WrittenWeightInput] | None = strawberry.field(
        default=None, description="For POINTS and PERCENT."
    )
    keep_proportion: bool = strawberry.field(
        default=False, description="For POINTS: the others share what is left of the total in proportion."
    )
    ratio: str | None = strawberry.field(
        default=None, description="For RATIO, e.g. `3:2:1`, in the order of the indicators."
    )
    judges: list[JudgeInput] | None = strawberry.field(default=None, description="For AHP.")
    aggregation: Aggregation = strawberry.field(
        default=Aggregation.AIJ, description="For AHP by several judges."
    )
    random_index: RandomIndexTable = strawberry.field(
        default=RandomIndexTable.SAATY_ANP, description="For AHP."
    )
    until: str | None = strawberry.field(
        default=None, description="For ENTROPY and CRITIC: the code of the last period that is looked at."
    )
    periods: int | None = strawberry.field(
        default=None, description=f"For ENTROPY and CRITIC: how many periods, 1 to {PERIODS_MOST}."
    )


_AGGREGATIONS: Mapping[Aggregation, Joining] = MappingProxyType(
    {Aggregation.AIJ: "AIJ", Aggregation.AIP: "AIP"}
)
_TABLES: Mapping[RandomIndexTable, TableName] = MappingProxyType(
    {RandomIndexTable.SAATY_ANP: "saaty-2005", RandomIndexTable.SAATY_AHP: "saaty-1980"}
)
_NEEDS: Mapping[FindingMethod, tuple[str, ...]] = MappingProxyType(
    {
        FindingMethod.EQUAL: (),
        FindingMethod.POINTS: ("weights",),
        FindingMethod.PERCENT: ("weights",),
        FindingMethod.RATIO: ("ratio",),
        FindingMethod.AHP: ("judges",),
        FindingMethod.ENTROPY: ("until", "periods"),
        FindingMethod.CRITIC: ("until", "periods"),
    }
)
"""The parts of the input that each method cannot do without."""


def wanted(groups: Sequence[GroupWeightsInput]) -> list[w.Wanted]:
    """What is asked of the service. Raises InvalidInput with all that is left out or cannot be read."""
    if problems := [problem for at, each in enumerate(groups) for problem in _problems(at, each)]:
        raise InvalidInput(problems)
    return [w.Wanted(each.group, _how(each, f"groups.{at}")) for at, each in enumerate(groups)]


def _problems(at: int, asked: GroupWeightsInput) -> Iterator[Found]:
    for name in _NEEDS[asked.method]:
        if getattr(asked, name) is None:
            values = {"method": asked.method.name, "field": name}
            yield Found(WEIGHT_METHOD_INPUT, Place(field=f"groups.{at}.{name}"), values)
    seen: set[str] = set()
    for number, each in enumerate(asked.weights or ()):
        if each.indicator in seen:
            place = Place(field=f"groups.{at}.weights.{number}")
            yield Found(WEIGHT_TWICE, place, {"node": each.indicator})
        seen.add(each.indicator)
    for number, judge in enumerate(asked.judges or ()):
        if parse_decimal(judge.weight) is None:
            place = Place(field=f"groups.{at}.judges.{number}.weight")
            yield Found(WEIGHT_OF_JUDGE, place, {"judge": judge.name, "found": judge.weight[:40]})


def _how(asked: GroupWeightsInput, place: str) -> w.How:
    """What was asked for, which has all that its method needs."""
    method = asked.method
    if method is FindingMethod.EQUAL:
        return w.Equal()
    if method is FindingMethod.RATIO:
        return w.ByRatio(asked.ratio or "")
    if method is FindingMethod.AHP:
        judges = tuple(_judge(each) for each in asked.judges or ())
        return w.ByComparisons(judges, _AGGREGATIONS[asked.aggregation], _TABLES[asked.random_index])
    given = {each.indicator: each.weight for each in asked.weights or ()}
    if method is FindingMethod.POINTS:
        return w.ByHand("points", given, asked.keep_proportion)
    if method is FindingMethod.PERCENT:
        return w.ByHand("percent", given)
    periods = within(asked.periods or 0, 1, PERIODS_MOST, f"{place}.periods")
    by_entropy = method is FindingMethod.ENTROPY
    return w.FromPast("entropy" if by_entropy else "critic", asked.until or "", periods)


def _judge(given: JudgeInput) -> w.ComparedBy:
    said = tuple(w.Compared(each.first, each.second, each.ratio) for each in given.comparisons)
    return w.ComparedBy(given.name, said, parse_decimal(given.weight) or Fraction(0))
