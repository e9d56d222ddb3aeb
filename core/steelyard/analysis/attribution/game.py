"""Games: how much of the change of a group's rate each of its changes makes, as Shapley values.

The players of a group are what differs between two sides: its weights (with the kind of mean), the part with
which a child counts, and a child's rate. What a coalition is worth is the group's rate with the players in it
as on the second side, and all others as on the first. A player's value is its mean contribution over all
orders in which the changes could have happened (Shapley, A Value for n-Person Games, 1953): the values add up
to the whole change, change their signs with the sides, and are 0 for what has no influence.

A weighted arithmetic mean is linear in its rates, so there only the weights and parts are enumerated: in a
random order the others come in at independent uniform times, of which those of a given set of `t` of `q`
others before a player are Beta(t + 1, q − t + 1), with mean (t + 1) ÷ (q + 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import factorial

import numpy as np
from numpy.typing import NDArray

from steelyard.scoring.groups import lowest, power_mean
from steelyard.scoring.observations import Floats

ENUMERATED = 12
"""Up to so many players all orders are gone through; beyond, `ORDERS` of them and their reverses."""
ORDERS = 2000
SEED = 20260101
SAME = 1e-12
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Group:
    """A group's k children on two sides, arrays (2, k): weights, parts and rates; powers as in `Node`.

    moved: (k,) whether a child's part and rate change together, as one player: it is scored on one side only.
    base: the group's rate on both sides, for coalitions in which nothing takes part.
    """

    weights: Floats
    parts: Floats
    rates: Floats
    powers: tuple[float | None, float | None]
    moved: Bools
    base: tuple[float, float]

    @cached_property
    def reweighted(self) -> bool:
        """Whether the weights or the kind of mean differ."""
        return self.powers[0] != self.powers[1] or bool((self.weights[0] != self.weights[1]).any())

    @cached_property
    def parted(self) -> tuple[int, ...]:
        """The children whose parts differ, with their rates where `moved`."""
        differ = (self.parts[0] != self.parts[1]) | (self.moved & (self.rates[0] != self.rates[1]))
        return tuple(np.flatnonzero(differ).tolist())

    @cached_property
    def rated(self) -> tuple[int, ...]:
        """The children whose rates alone differ."""
        return tuple(np.flatnonzero((self.rates[0] != self.rates[1]) & ~self.moved).tolist())


@dataclass(frozen=True)
class Values:
    """What each change makes of the change of the group's rate.

    weights: of the weights. parts, rates: (k,) of the children's. slopes: (k,) what a change of a
    child's rate is worth here, for what happens below it. estimated: by sampled orders, not by all.
    """

    weights: float
    parts: Floats
    rates: Floats
    slopes: Floats
    estimated: bool


def play(group: Group) -> Values:
    """Work out the values of all changes."""
    if group.powers == (1, 1) and len(group.parted) + group.reweighted <= ENUMERATED:
        return _linear(group)
    return _general(group)


def _linear(group: Group) -> Values:
    """An arithmetic mean: enumerate weights and parts, take the expectation over the rates."""
    k = group.rates.shape[1]
    structural = len(group.parted) + group.reweighted
    coalitions = _subsets(structural)
    sizes = coalitions.sum(axis=1)
    effective, rates = _states(group, coalitions)
    total = effective.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(total[:, None] > 0, effective / total[:, None], 0.0)
    chance = _order_weights(structural + 1)[sizes]
    slopes = chance @ shares
    change = group.rates[1] - group.rates[0]
    own = np.zeros(k)
    rated = list(group.rated)
    own[rated] = slopes[rated] * change[rated]
    # What a structural change is worth, with each rate as far on as it is when that change happens.
    empty = np.where(total > 0, 0.0, sum(group.base) / 2)
    values = np.zeros(structural)
    steps = np.zeros(k)
    steps[rated] = change[rated]
    weights = _order_weights(structural) if structural else np.zeros(0)
    for player in range(structural):
        without = np.flatnonzero(~coalitions[:, player])
        with_ = without | (1 << player)
        progress = ((sizes[without] + 1) / (structural + 1))[:, None] * steps
        before = (shares[without] * (rates[without] + progress)).sum(axis=1) + empty[without]
        after = (shares[with_] * (rates[with_] + progress)).sum(axis=1) + empty[with_]
        values[player] = weights[sizes[without]] @ (after - before)
    return _named(group, values, own, slopes, estimated=False)


def _general(group: Group) -> Values:
    """Any mean: enumerate all changes, or sample orders of them where there are too many."""
    structural = len(group.parted) + group.reweighted
    players = structural + len(group.rated)
    enumerated = players <= ENUMERATED
    values = shapley(_worth(group, _subsets(players))) if enumerated else _sample(group, players)
    own = np.zeros(group.rates.shape[1])
    own[list(group.rated)] = values[structural:]
    change = group.rates[1] - group.rates[0]
    slopes = _tangents(group)
    clear = np.abs(change) > SAME
    slopes[clear] = own[clear] / change[clear]
    return _named(group, values[:structural], own, slopes, estimated=not enumerated)


def _named(group: Group, structural: Floats, own: Floats, slopes: Floats, *, estimated: bool) -> Values:
    parts = np.zeros(group.rates.shape[1])
    parts[list(group.parted)] = structural[int(group.reweighted) :]
    return Values(
        weights=float(structural[0]) if group.reweighted else 0.0,
        parts=parts,
        rates=own,
        slopes=slopes,
        estimated=estimated,
    )


def shapley(worth: Floats) -> Floats:
    """The values of n players, (n,), by what all coalitions are worth, (2^n,): bit i is player i."""
    players = len(worth).bit_length() - 1
    coalitions = _subsets(players)
    sizes = coalitions.sum(axis=1)
    weights = _order_weights(players) if players else np.zeros(0)
    values = np.zeros(players)
    for player in range(players):
        without = np.flatnonzero(~coalitions[:, player])
        values[player] = weights[sizes[without]] @ (worth[without | (1 << player)] - worth[without])
    return values


def _sample(group: Group, players: int) -> Floats:
    """Mean contributions over random orders, each with its reverse, so that signs change with the sides."""
    generator = np.random.default_rng(SEED)
    values = np.zeros(players)
    for _ in range(ORDERS // 2):
        order = generator.permutation(players)
        for each in (order, order[::-1]):
            coalitions = np.zeros((players + 1, players), dtype=bool)
            for place, player in enumerate(each):
                coalitions[place + 1 :, player] = True
            values[each] += np.diff(_worth(group, coalitions))
    return values / (2 * (ORDERS // 2))


def _worth(group: Group, coalitions: Bools) -> Floats:
    """The group's rate in each coalition; where nothing takes part, the middle of both sides."""
    structural = len(group.parted) + group.reweighted
    effective, rates = _states(group, coalitions[:, :structural])
    rated = list(group.rated)
    rates[:, rated] = np.where(coalitions[:, structural:], group.rates[1, rated], group.rates[0, rated])
    second = coalitions[:, 0] if group.reweighted else np.zeros(len(coalitions), dtype=bool)
    result = np.full(len(coalitions), sum(group.base) / 2)
    some = effective.sum(axis=1) > 0
    for power, chosen in zip(group.powers, (some & ~second, some & second), strict=True):
        if chosen.any():
            result[chosen] = _mean(effective[chosen], rates[chosen], power)
    return result


def _states(group: Group, coalitions: Bools) -> tuple[Floats, Floats]:
    """Effective weights and rates (coalitions, k) by the structural players alone."""
    count = len(coalitions)
    weights = np.repeat(group.weights[:1], count, axis=0)
    if group.reweighted:
        weights[coalitions[:, 0]] = group.weights[1]
    parts, rates = (np.repeat(each[:1], count, axis=0) for each in (group.parts, group.rates))
    for place, child in enumerate(group.parted, int(group.reweighted)):
        chosen = coalitions[:, place]
        parts[chosen, child] = group.parts[1, child]
        if group.moved[child]:
            rates[chosen, child] = group.rates[1, child]
    return weights * parts, rates


def _mean(weights: Floats, rates: Floats, power: float | None) -> Floats:
    if power == 1:
        return np.asarray((weights * rates).sum(axis=1) / weights.sum(axis=1))
    columns = list(weights.T), list(rates.T)
    if power is None:
        return lowest(*columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        return power_mean(
            columns[0], [np.maximum(each, 0.0) for each in columns[1]], weights.sum(axis=1), power
        )


def _tangents(group: Group) -> Floats:
    """What a small change of each child's rate is worth: the mean of its slopes on both sides."""
    step = 1e-6
    slopes = np.zeros(group.rates.shape[1])
    for side in (0, 1):
        effective = group.weights[side] * group.parts[side]
        if not effective.any():
            continue
        for child in np.flatnonzero(effective > 0).tolist():
            around = np.repeat(group.rates[side][None, :], 2, axis=0)
            around[:, child] += (-step, step)
            low, high = _mean(np.repeat(effective[None, :], 2, axis=0), around, group.powers[side]).tolist()
            slopes[child] += (high - low) / (2 * step) / 2
    return slopes


def _subsets(players: int) -> Bools:
    """All coalitions, (2^players, players): bit i of the row's number is player i."""
    numbers = np.arange(1 << players)[:, None]
    return np.asarray((numbers >> np.arange(players)) & 1, dtype=bool)


def _order_weights(players: int) -> Floats:
    """How often, over all orders of n players, a given set of s of the others comes before a player."""
    whole = factorial(players)
    return np.array([factorial(s) * factorial(players - 1 - s) / whole for s in range(players)])
