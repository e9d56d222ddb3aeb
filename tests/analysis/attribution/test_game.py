"""Shapley values within a group, against their definition: mean contributions over all orders."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.analysis.attribution import game
from steelyard.analysis.attribution.game import Group, Values, play, shapley

POWERS = (1.0, None, 0.0, -1.0, 2.0)
NUMBERS = st.sampled_from([0.0, 0.2, 0.5, 0.75, 1.0])
WEIGHTS = st.sampled_from([1.0, 2.0, 0.5, 3.0])
PARTS = st.sampled_from([1.0, 1.0, 0.0, 0.5])


@st.composite
def groups(draw: st.DrawFn, powers: tuple[float | None, ...] = POWERS, most: int = 4) -> Group:
    k = draw(st.integers(1, most))
    weights, rates = (
        np.array([[draw(each) for _ in range(k)] for _ in range(2)]) for each in (WEIGHTS, NUMBERS)
    )
    parts = np.array([[draw(PARTS) for _ in range(k)] for _ in range(2)])
    if draw(st.booleans()):
        weights[1] = weights[0]
    missing = parts[0] == 0
    rates[0, missing] = rates[1, missing]
    missing = parts[1] == 0
    rates[1, missing] = rates[0, missing]
    power = draw(st.sampled_from(powers))
    other = draw(st.sampled_from([power, power, *powers]))
    moved = np.array([draw(st.booleans()) and bool(parts[:, at].all()) for at in range(k)], dtype=bool)
    return Group(weights, parts, rates, (power, other), moved, (0.25, 0.5))


def by_orders(group: Group) -> list[float]:
    """The mean contributions of all players over all orders, one after another."""
    players = group.reweighted + len(group.parted) + len(group.rated)
    worth = game._worth(group, game._subsets(players)).tolist()
    orders = list(permutations(range(players)))
    totals = [0.0] * players
    for order in orders:
        reached = 0
        for player in order:
            totals[player] += worth[reached | 1 << player] - worth[reached]
            reached |= 1 << player
    return [total / len(orders) for total in totals]


def in_order(group: Group, values: Values) -> list[float]:
    return [
        *([values.weights] if group.reweighted else []),
        *values.parts[list(group.parted)].tolist(),
        *values.rates[list(group.rated)].tolist(),
    ]


@settings(deadline=None, max_examples=150)
@given(groups(most=3))
def test_values_are_mean_contributions_over_all_orders(group: Group) -> None:
    assert in_order(group, play(group)) == pytest.approx(by_orders(group), abs=1e-12)


@settings(deadline=None, max_examples=150)
@given(groups(powers=(1.0,), most=5))
def test_the_short_way_of_arithmetic_means_is_the_long_one(group: Group) -> None:
    short, long = game._linear(group), game._general(group)
    assert in_order(group, short) == pytest.approx(in_order(group, long), abs=1e-12)
    clear = np.abs(group.rates[1] - group.rates[0]) > 0.1
    clear &= ~group.moved
    assert short.slopes[clear] == pytest.approx(long.slopes[clear], abs=1e-9)


@settings(deadline=None, max_examples=100)
@given(groups())
def test_signs_change_with_the_sides(group: Group) -> None:
    back = Group(
        group.weights[::-1],
        group.parts[::-1],
        group.rates[::-1],
        group.powers[::-1],
        group.moved,
        (0.5, 0.25),
    )
    assert in_order(back, play(back)) == pytest.approx([-v for v in in_order(group, play(group))], abs=1e-12)


def test_sampled_orders_add_up_and_change_their_signs() -> None:
    generator = np.random.default_rng(7)
    rates = generator.random((2, 14))
    ones = np.ones((2, 14))
    group = Group(ones, ones, rates, (0.0, 0.0), np.zeros(14, dtype=bool), (0.0, 0.0))
    back = Group(ones, ones, rates[::-1], (0.0, 0.0), np.zeros(14, dtype=bool), (0.0, 0.0))
    forth = play(group)
    assert forth.estimated
    means = np.exp(np.log(rates).mean(axis=1))
    assert forth.rates.sum() == pytest.approx(means[1] - means[0], abs=1e-12)
    assert play(back).rates == pytest.approx(-forth.rates, abs=1e-12)


def test_nobody_plays() -> None:
    assert shapley(np.array([0.4])).tolist() == []
