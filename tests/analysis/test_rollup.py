"""Members' rates become those of their groups: against fractions, and where nobody counts."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.rollups import Member, Whole, joined
from steelyard.analysis.rollup import Cause, Joined, Membership, Part, join, parts
from steelyard.scoring import Outcome

NONE = math.nan
CODES = {
    "scored": Outcome.SCORED,
    "n/a": Outcome.NOT_APPLICABLE,
    "missing": Outcome.MISSING,
    "incomplete": Outcome.INCOMPLETE,
}
HUNDREDTHS = st.integers(0, 150).map(lambda n: Fraction(n, 100))
WEIGHTS = st.none() | st.integers(-1, 1000).map(lambda n: Fraction(n, 8))
MEMBERS = st.builds(Member, st.just("scored"), HUNDREDTHS, WEIGHTS) | st.builds(
    Member, st.sampled_from(["n/a", "missing", "incomplete"]), st.none(), WEIGHTS
)


def arranged(groups: list[list[Member]]) -> Joined:
    """Groups that share no members, with two equal nodes."""
    members = [each for group in groups for each in group]
    rates = np.array([NONE if each.rate is None else float(each.rate) for each in members])
    outcomes = np.array([CODES[each.outcome] for each in members], dtype=np.uint8)
    weights = np.array([NONE if each.weight is None else float(each.weight) for each in members])
    group = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    membership = Membership(np.arange(len(members)), group, weights, len(groups))
    return join(np.stack([rates, rates], axis=1), np.stack([outcomes, outcomes], axis=1), membership)


def shown(found: Joined, group: int, node: int) -> Whole:
    outcome = next(name for name, code in CODES.items() if code == found.outcomes[group, node])
    rate, coverage = found.rates.item(group, node), found.coverages.item(group, node)
    return Whole(
        outcome,
        None if math.isnan(rate) else Fraction(rate),
        None if math.isnan(coverage) else Fraction(coverage),
        found.members.item(group, node),
        found.counted.item(group, node),
    )


@given(st.lists(st.lists(MEMBERS, max_size=6), min_size=1, max_size=4))
def test_every_group_is_what_fractions_say(groups: list[list[Member]]) -> None:
    found = arranged(groups)
    for at, group in enumerate(groups):
        expected = joined(group)
        for node in (0, 1):
            said = shown(found, at, node)
            assert (said.outcome, said.members, said.counted) == (
                expected.outcome,
                expected.members,
                expected.counted,
            )
            for figure, exact in ((said.rate, expected.rate), (said.coverage, expected.coverage)):
                assert (figure is None) == (exact is None)
                if figure is not None and exact is not None:
                    assert abs(figure - exact) < Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("group", "cause"),
    [
        ([], Cause.NO_MEMBERS),
        ([Member("n/a")], Cause.NOTHING_APPLIES),
        ([Member("n/a"), Member("missing")], Cause.NOTHING_SCORED),
        ([Member("scored", Fraction(1), None)], Cause.NO_VOLUME),
        ([Member("scored", Fraction(1), Fraction(0))], Cause.NO_VOLUME),
        ([Member("scored", Fraction(1)), Member("missing")], Cause.JOINED),
    ],
)
def test_the_cause(group: list[Member], cause: Cause) -> None:
    assert arranged([[Member("missing")], group]).causes.tolist()[1] == [cause, cause]


def test_a_member_may_be_in_several_groups() -> None:
    membership = Membership(
        member=np.array([0, 1, 1]), group=np.array([0, 0, 1]), weight=np.array([1.0, 3.0, 1.0]), groups=2
    )
    found = join(np.array([[0.5], [1.0]]), np.zeros((2, 1), dtype=np.uint8), membership)
    assert found.rates[:, 0].tolist() == [0.875, 1.0]


def test_why_a_member_counts_or_not() -> None:
    outcomes = np.array([CODES[each] for each in ("scored", "n/a", "missing", "scored", "scored")], np.uint8)
    weights = np.array([1.0, 1.0, 1.0, NONE, 0.0])
    assert parts(outcomes, weights).tolist() == [
        Part.COUNTED,
        Part.NOT_APPLICABLE,
        Part.NO_SCORE,
        Part.VOLUME_MISSING,
        Part.VOLUME_ZERO,
    ]
