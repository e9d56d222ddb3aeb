"""Paths to a grade: which advice to follow so that a node reaches a line, with the least effort."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from steelyard.errors import Text
from steelyard.improvement.playbook import Advice
from steelyard.improvement.projection import Projection
from steelyard.scheme.model import Indicator


class TargetKind(StrEnum):
    """What is to be reached.

    LINE: the node's pass line. BAND: a band, or a better one. VERDICT: that the root is passed and no gate or
    veto stands against it; of the root only.
    """

    LINE = "line"
    BAND = "band"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Target:
    """What a node is to reach; `band` is the code of the band where a band is meant."""

    kind: TargetKind = TargetKind.LINE
    band: str | None = None


class PathStatus(StrEnum):
    """What became of the search.

    REACHED: the target is reached as things are. FOUND: there is a path. INFEASIBLE: all advice together does
    not reach it. UNSUPPORTED: the tree is of a kind that paths are not worked out for. UNMEASURED: the node
    has no score, and nothing is supposed of what was not measured. UNDECIDED: the search took too long.
    """

    REACHED = "reached"
    FOUND = "found"
    INFEASIBLE = "infeasible"
    UNSUPPORTED = "unsupported"
    UNMEASURED = "unmeasured"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Step:
    """One advice followed.

    leaves: those that it raises. gain: the points that it alone adds to the node. points_after: the node's
    points after this and all steps before it.
    """

    advice: Advice
    indicator: Indicator
    leaves: tuple[str, ...]
    gain: float
    points_after: float


@dataclass(frozen=True, slots=True)
class Path:
    """Steps that reach the target together and not with any one of them left out.

    effort: person-days. projected: what the engine says of the node with all of them.
    """

    steps: tuple[Step, ...]
    effort: Fraction
    projected: Projection


@dataclass(frozen=True, slots=True)
class Source:
    """A weak leaf as a source of points.

    points, full: of the leaf. bound: the rate that it may be expected to reach. gain: what the node gains if
    the leaf comes up to its bound. needed_rate, needed_points: what the leaf must come to, be it beyond its
    bound, for the node to reach the target by it alone; None where it cannot. advised: whether the playbook
    has advice for it.
    """

    code: str
    indicator: Indicator
    rate: float
    points: float
    full: float
    bound: float
    gain: float
    needed_rate: float | None
    needed_points: float | None
    advised: bool


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The answer for one node and one target.

    points, full, target_points: the node's, and those from which the target is reached. needed: what is
        lacking now; None where the node has no score or the line is not the node's own alone.
    reason: why there is no path; None where there is one.
    best: the path of least effort, then fewest steps, then first in the order of its codes. alternatives: the
        next best that contain none of the paths before them.
    most: what all advice together comes to. lacking: the points that the node lacks even so; 0 where it
        reaches the target.
    sources: where points are to be had, the largest gain first. level: the rate at which the target is
        reached if every weak leaf comes up to it; None where there is none.
    to_measure: leaves without a value below the node.
    """

    target: Target
    code: str
    indicator: Indicator
    status: PathStatus
    points: float | None
    full: float | None
    target_points: float | None
    needed: float | None
    reason: Text | None
    best: Path | None
    alternatives: tuple[Path, ...]
    most: Projection | None
    lacking: float | None
    sources: tuple[Source, ...]
    level: float | None
    to_measure: tuple[str, ...]
    summary: Text
