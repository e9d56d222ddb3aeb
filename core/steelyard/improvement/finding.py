"""Findings: what an evaluation of one unit in one period calls attention to, and what each costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from steelyard.errors import Text
from steelyard.improvement.playbook import Advice
from steelyard.scheme.rule import Consequence
from steelyard.scoring.explanation import Explanation


class FindingKind(StrEnum):
    """What is amiss.

    BELOW_LINE: a node misses its pass line. FALLING: it lost much against the last period in which it had a
    score. BEHIND_PEERS: it is far below comparable units. RULE_FIRED: a rule of the scheme fired.
    NOT_MEASURED: a leaf that applies has no value: a class of its own, neither good nor bad. DATA_QUALITY:
    the records or the coverage behind the scores are not as wanted.
    """

    BELOW_LINE = "below_line"
    FALLING = "falling"
    BEHIND_PEERS = "behind_peers"
    RULE_FIRED = "rule_fired"
    NOT_MEASURED = "not_measured"
    DATA_QUALITY = "data_quality"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that calls for attention.

    key: the same in every period as long as it is the same matter: the kind and what it is about, such as
        `below_line:FD.CORE`, `rule_fired:zero-dimension` or `data_quality:parks.visits/late`.
    code: the node it is about; None where it is about the unit as a whole.
    title: what is amiss; sentence: the evidence in words, with figures.
    cost: the points that the root would have more if this alone were mended: reached its pass line, got back
        to its last rate, came up to its peers' median, the rule taken back; what full marks would add where
        nothing was measured. None where no figure can be given.
    rate, reference: the node's rate, and what it is held against: the pass line, the last rate, the peers'
        median, the coverage wanted; None where there is none. In a coverage finding `rate` is the coverage.
    evidence: the node's number taken apart; None where there is no node.
    advice: what the playbook says of the node, or of a group that it belongs to.
    consequence: what the scheme says follows, of a rule that fired.
    """

    key: str
    kind: FindingKind
    code: str | None
    title: Text
    sentence: Text
    cost: float | None
    rate: float | None = None
    reference: float | None = None
    evidence: Explanation | None = None
    advice: tuple[Advice, ...] = ()
    consequence: Consequence | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is a finding; rates as shares of the full mark.

    fall: how much of its rate a node must have lost. peer_gap: how far below its peers' median a node must
    lie beside being below their lower quartile. coverage: what coverage is wanted of the node asked about.
    minimum_peers: how many units, the one itself included, must have a score for a comparison.
    """

    fall: Fraction = Fraction(5, 100)
    peer_gap: Fraction = Fraction(5, 100)
    coverage: Fraction = Fraction(8, 10)
    minimum_peers: int = 5


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What the rates of comparable units, the one itself included, look like; `count` have a score."""

    count: int
    lower_quartile: float
    median: float
    upper_quartile: float


@dataclass(frozen=True, slots=True)
class EarlierRate:
    """A node's rate in the last period before in which it has a score, and what that period is called."""

    period: str
    rate: float


@dataclass(frozen=True, slots=True)
class QualityNote:
    """Something amiss with the data behind a unit's scores, found elsewhere: a check's records, a late feed.

    subject: what it is about, stable over periods, such as `parks.visits/late`.
    """

    subject: str
    title: Text
    sentence: Text


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a row is held against beside its own scheme; what is left out is not looked at.

    earlier, peers: by node code. quality: what is amiss with the data.
    """

    earlier: Mapping[str, EarlierRate] = field(default_factory=dict)
    peers: Mapping[str, PeerFigures] = field(default_factory=dict)
    quality: tuple[QualityNote, ...] = ()
