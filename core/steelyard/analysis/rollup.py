"""Roll-up: the rates of members become those of groups, as a mean or weighted, every node by itself.

A member of a group is a unit below it or a period within it. Who has no score does not count, and lowers the
coverage; who the node does not apply to, takes no part.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from steelyard.scoring.observations import Codes, Floats, Rows
from steelyard.scoring.outcome import MISSING, NOT_APPLICABLE, SCORED

Bools = NDArray[np.bool_]


class Cause(IntEnum):
    """Why a rolled-up figure is what it is."""

    JOINED = 0
    NOTHING_APPLIES = 1
    NOTHING_SCORED = 2
    NO_MEMBERS = 3
    NO_VOLUME = 4
    POOLED = 5
    NOT_POOLABLE = 6
    OTHER_VERSIONS = 7
    OTHER_WEIGHTS = 8
    OVERLAPPING = 9
    OWN = 10
    FEEDS_INCOMPLETE = 11
    RECORDS_CHANGED = 12


class Part(IntEnum):
    """Whether a member counts in its group at a node, or why it does not."""

    COUNTED = 0
    NOT_APPLICABLE = 1
    NO_SCORE = 2
    VOLUME_MISSING = 3
    VOLUME_ZERO = 4


@dataclass(frozen=True)
class Joined:
    """What groups come to, (groups, nodes) each.

    outcomes: uint8 of Outcome. causes: uint8 of Cause. rates: NaN where not SCORED. coverages: by weight the
    share 0…1 of what counts in what applies, NaN where nothing applies. members: to how many it applies;
    counted: how many count. feeds: where they are incomplete, how many it takes; declared: how many of these
    are declared complete.
    """

    outcomes: Codes
    causes: Codes
    rates: Floats
    coverages: Floats
    members: Rows
    counted: Rows
    feeds: Rows
    declared: Rows


@dataclass(frozen=True)
class Membership:
    """Who belongs to which of `groups` groups, as p pairs, and with what weight; NaN is not known.

    A member may be in several groups. Negative weights are not known either.
    """

    member: Rows
    group: Rows
    weight: Floats
    groups: int


def join(rates: Floats, outcomes: Codes, membership: Membership) -> Joined:
    """Join members' rates (members, nodes), NaN where they are not SCORED, to those of their groups."""
    nodes = rates.shape[1]
    shape = membership.groups, nodes
    found = Joined(
        outcomes=np.full(shape, MISSING, dtype=np.uint8),
        causes=np.full(shape, Cause.NO_MEMBERS, dtype=np.uint8),
        rates=np.full(shape, np.nan),
        coverages=np.full(shape, np.nan),
        members=np.zeros(shape, dtype=np.intp),
        counted=np.zeros(shape, dtype=np.intp),
        feeds=np.zeros(shape, dtype=np.intp),
        declared=np.zeros(shape, dtype=np.intp),
    )
    anybody = _count(membership, np.ones(len(membership.member), dtype=bool)) > 0
    for node in range(nodes):
        of_pair = outcomes[membership.member, node]
        _join_node(found, node, rates[membership.member, node], of_pair, membership, anybody)
    return found


def parts(outcomes: Codes, weights: Floats) -> Codes:
    """Whether members count, uint8 of Part, by their outcomes at a node and weights, (members,) each."""
    return np.select(
        [
            outcomes == NOT_APPLICABLE,
            outcomes != SCORED,
            np.isnan(weights) | (weights < 0),
            weights == 0,
        ],
        [Part.NOT_APPLICABLE, Part.NO_SCORE, Part.VOLUME_MISSING, Part.VOLUME_ZERO],
        Part.COUNTED,
    ).astype(np.uint8)


def _join_node(
    found: Joined, node: int, rates: Floats, outcomes: Codes, membership: Membership, anybody: Bools
) -> None:
    weight = np.where(membership.weight >= 0, membership.weight, 0.0)
    applies, scored = outcomes != NOT_APPLICABLE, outcomes == SCORED
    counted = parts(outcomes, membership.weight) == Part.COUNTED
    of_counted = _sum(membership, np.where(counted, weight, 0.0))
    of_rates = _sum(membership, np.where(counted, weight * np.where(counted, rates, 0.0), 0.0))
    whole = _sum(membership, np.where(applies, weight, 0.0))
    members, has = _count(membership, applies), of_counted > 0
    nothing_applies, nothing_scored = anybody & (members == 0), _count(membership, scored) == 0
    found.members[:, node] = members
    found.counted[:, node] = _count(membership, counted)
    with np.errstate(invalid="ignore", divide="ignore"):
        found.rates[:, node] = np.where(has, of_rates / of_counted, np.nan)
        share = np.where(whole > 0, of_counted / whole, 0.0)
    found.coverages[:, node] = np.where(members > 0, share, np.nan)
    found.outcomes[:, node] = np.select([has, nothing_applies], [SCORED, NOT_APPLICABLE], MISSING)
    found.causes[:, node] = np.select(
        [has, ~anybody, nothing_applies, nothing_scored],
        [Cause.JOINED, Cause.NO_MEMBERS, Cause.NOTHING_APPLIES, Cause.NOTHING_SCORED],
        Cause.NO_VOLUME,
    )


def _sum(membership: Membership, of_pairs: Floats) -> Floats:
    return np.bincount(membership.group, of_pairs, membership.groups).astype(np.float64)


def _count(membership: Membership, of_pairs: Bools) -> Rows:
    return np.bincount(membership.group[of_pairs], minlength=membership.groups).astype(np.intp)
