"""What stands in a report of one unit in one period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steelyard.errors import Text


@dataclass(frozen=True, slots=True)
class Standing:
    """The result as a whole: scores 0…100, points of the root, rates 0…1; None where there is none.

    verdict: in words. good: whether it is one to be content with, that is no rule stands against it and the
    root passed.
    """

    verdict: Text | None
    good: bool | None
    band: Text | None
    score: float | None
    points: float | None
    full: float | None
    line_points: float | None
    coverage: float | None
    summary: Text


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that fired or could not be decided: what it says, why, and what follows."""

    sentence: Text
    reason: Text
    fired: bool
    consequence: Text | None


@dataclass(frozen=True, slots=True)
class TreeLine:
    """An indicator: points and full mark, rates 0…1 of the score, the pass line and the target.

    outcome: why it has no number, empty where it has one. weight: its share 0…1 of the root. assumed: the
    scheme marks its figures as assumed.
    """

    code: str
    title: Text
    depth: int
    full: float | None
    points: float | None
    rate: float | None
    line: float | None
    target: float | None
    passed: bool | None
    outcome: Text
    weight: float | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class PeerLine:
    """An indicator among all units: scores 0…100. count: how many have one, None where it may not be told."""

    title: Text
    score: float | None
    count: int | None
    rank: int | None
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None


@dataclass(frozen=True, slots=True)
class Moment:
    """The root's score in one period; None is a gap."""

    period: str
    score: float | None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A weak point: what it costs at the root in points, its evidence in words, and what is advised."""

    title: Text
    sentence: Text
    cost: float | None
    advice: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A step of the plan. effort: person-days; expected: what is added to its indicator's rate; owner: a name
    as it is known here, else the role that usually owns it; effect: what came of it."""

    title: Text
    indicator: Text | None
    owner: Text | None
    due: date | None
    effort: float | None
    expected: float | None
    state: Text | None
    effect: Text | None


@dataclass(frozen=True, slots=True)
class PlanPart:
    """The plan: its title, what it is to reach, and its steps. draft: nobody has kept it yet."""

    title: Text
    summary: Text
    draft: bool
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the figures were computed with. provisional: the period is open, so they may still change.

    withheld: the run of a closed period is of all units, and not told to who does not see all of them.
    """

    scheme: str
    version: str
    scheme_hash: str
    weight_set: int | None
    revision: int | None
    result_hash: str | None
    provisional: bool
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One unit in one period. trend: up to this period. assumptions: notes on what the source leaves open."""

    scheme: Text
    unit: Text
    unit_code: str
    period: str
    standing: Standing
    rules: tuple[RuleLine, ...]
    tree: tuple[TreeLine, ...]
    peers: tuple[PeerLine, ...]
    trend: tuple[Moment, ...]
    trend_line: float | None
    findings: tuple[FindingLine, ...]
    plan: PlanPart | None
    assumptions: tuple[Text, ...]
    provenance: Provenance
