"""Wanted: for which groups of a scheme weights are to be found, and by which method each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.services.problems import near
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import problems as p
from steelyard.weighting.ahp import Aggregation
from steelyard.weighting.random_index import TableName


@dataclass(frozen=True, slots=True)
class Equal:
    """All children of the group weigh the same."""


@dataclass(frozen=True, slots=True)
class ByRatio:
    """Such as `3:2:1`, one part for each child in their order."""

    ratio: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """Weights by child as they were written: points or relative weights, or percents of the group.

    Of points, who is not given keeps its weight; with keep_proportion, and of percents always, the others
    share the rest as they did before.
    """

    form: Literal["points", "percent"]
    given: Mapping[str, str]
    keep_proportion: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """Somebody says that `first` weighs `ratio` (`3`, `1/3`) times `second`; place: the row of a file."""

    first: str
    second: str
    ratio: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ComparedBy:
    """What one judge says; `weight` is relative to the other judges'."""

    name: str
    comparisons: tuple[Compared, ...]
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class ByComparisons:
    """AHP: several judges are joined by judgements (AIJ) or by priorities (AIP)."""

    judges: tuple[ComparedBy, ...]
    aggregation: Aggregation = "AIJ"
    table: TableName = "saaty-2005"


@dataclass(frozen=True, slots=True)
class FromPast:
    """From the rates of the last `periods` periods with data up to `until`, of its calendar."""

    method: Literal["entropy", "critic"]
    until: str
    periods: int


How = Equal | ByRatio | ByHand | ByComparisons | FromPast


@dataclass(frozen=True, slots=True)
class Wanted:
    """Find the weights of the children of a group in this way."""

    group: str
    how: How


def group_problems(entry: SchemeEntry, wanted: Sequence[Wanted]) -> Iterator[Problem]:
    """What is wrong with the groups that are named; their places are `groups.<index>.group`."""
    seen: set[str] = set()
    for at, each in enumerate(wanted):
        place = Place(field=f"groups.{at}.group")
        values: dict[str, object] = {"node": each.group, "scheme": entry.code}
        if each.group not in entry.by_code:
            yield Problem(p.WEIGHT_UNKNOWN_NODE, place, {**near(each.group, entry.by_code), **values})
        elif not entry.by_code[each.group].children:
            yield Problem(p.WEIGHT_NOT_A_GROUP, place, values)
        elif each.group in seen:
            yield Problem(p.WEIGHT_GROUP_TWICE, place, values)
        seen.add(each.group)


def by_hand(
    entry: SchemeEntry, given: Sequence[tuple[str, str]], *, keep_proportion: bool = False
) -> tuple[Wanted, ...]:
    """Weights of indicators as they were written, `30` or `60%`, sorted into their groups.

    Where all that is given for a group carries %, it is percents, else points. Raises InvalidInput with all
    problems; their places are `weights.<index>`.
    """
    if problems := list(_given_problems(entry, given)):
        raise InvalidInput(problems)
    groups: dict[str, dict[str, str]] = {}
    for node, text in given:
        groups.setdefault(str(entry.by_code[node].parent), {})[node] = text
    return tuple(
        Wanted(
            group,
            ByHand(
                "percent" if all(text.strip().endswith("%") for text in weights.values()) else "points",
                weights,
                keep_proportion,
            ),
        )
        for group, weights in groups.items()
    )


def _given_problems(entry: SchemeEntry, given: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    if not given:
        yield Problem(p.WEIGHT_NONE, Place(field="weights"))
    for at, (node, _) in enumerate(given):
        place = Place(field=f"weights.{at}")
        values: dict[str, object] = {"node": node, "scheme": entry.code}
        if node not in entry.by_code:
            yield Problem(p.WEIGHT_UNKNOWN_NODE, place, {**near(node, entry.by_code), **values})
        elif node == entry.root.code:
            yield Problem(p.WEIGHT_OF_ROOT, place, values)
        elif node in seen:
            yield Problem(p.WEIGHT_TWICE, place, values)
        seen.add(node)
