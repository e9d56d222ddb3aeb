"""Rankings under drawn weights: against one evaluation and one sort a draw, and on cases told at sight."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from analysis.robustness.shops import NONE, rows, scheme, shops
from steelyard.analysis.robustness import Robustness, simulate
from steelyard.analysis.robustness.draws import dirichlet_draws
from steelyard.errors import InvalidInput
from steelyard.scoring import Evaluation, Overlay, build_tree, evaluate, without_noise

TABLE = [
    [0.9, 0.5, 0.6],
    [0.4, 0.8, 0.7],
    [0.6, 0.6, 0.6],
    [0.9, 0.5, 0.6],
    [NONE, 0.7, 0.2],
    [NONE, NONE, NONE],
]


def _ranks(evaluation: Evaluation, draws: int, concentration: float, seed: int) -> list[list[int | None]]:
    """Each shop's rank in each draw, counted one by one."""
    tree = build_tree(evaluation.scheme)
    drawn = dirichlet_draws(tree, 0, draws, concentration, seed)
    found = []
    for draw in range(draws):
        laid = {tree.nodes[i].code: Fraction(float(each[draw, 0])) for i, each in drawn.items()}
        again = evaluate(evaluation.scheme, evaluation.observations, overlay=Overlay(laid))
        scores = without_noise(again.score("ROOT")).tolist()
        found.append([None if mine != mine else 1 + sum(other > mine for other in scores) for mine in scores])
    return found


def _share_ahead(found: Sequence[Sequence[int | None]], one: int, other: int) -> float:
    pairs = [(each[one], each[other]) for each in found]
    points = [1.0 if a < b else 0.5 if a == b else 0.0 for a, b in pairs if a is not None and b is not None]
    return sum(points) / len(points) if points else NONE


@pytest.mark.parametrize(
    "fields",
    [{}, {"aggregate": "geometric"}, {"min_coverage": "75%"}, {"missing": "zero"}, {"missing": "block"}],
    ids=str,
)
def test_ranks_and_shares_are_those_of_one_sort_a_draw(fields: dict[str, Any]) -> None:
    evaluation, draws = shops(TABLE, **fields), 60
    result = simulate(evaluation, rows(evaluation), draws=draws, concentration=8.0, seed=3)
    found = _ranks(evaluation, draws, 8.0, 3)
    assert result.ahead is not None
    for shop in range(len(TABLE)):
        ranks = sorted(rank for each in found if (rank := each[shop]) is not None)
        assert result.scored[shop] == len(ranks)
        figures = [
            int(each[shop]) for each in (result.best, result.low, result.median, result.high, result.worst)
        ]
        at = [0, -(-len(ranks) // 20) - 1, -(-len(ranks) // 2) - 1, -(-len(ranks) * 19 // 20) - 1, -1]
        assert figures == ([ranks[place] for place in at] if ranks else [0] * 5)
        for other in set(range(len(TABLE))) - {shop}:
            share = _share_ahead(found, shop, other)
            assert result.ahead[shop, other] == pytest.approx(share, nan_ok=True)


def test_neighbours_are_taken_from_the_matrix() -> None:
    evaluation = shops(TABLE)
    result = simulate(evaluation, rows(evaluation), draws=50)
    order = result.ranking.order[: result.ranking.scored]
    assert result.ahead is not None
    expected = result.ahead[order[:-1], order[1:]]
    assert result.neighbours.tolist() == pytest.approx(expected.tolist())


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    evaluation = shops(TABLE)
    once, again, other = (simulate(evaluation, rows(evaluation), draws=80, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(once.ahead, again.ahead)
    assert (once.ahead != other.ahead).any()


def test_the_pieces_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = shops(TABLE)
    whole = simulate(evaluation, rows(evaluation), draws=50)
    monkeypatch.setattr("steelyard.analysis.robustness.panel.CELLS", 20)
    told: list[tuple[int, int]] = []
    pieces = simulate(evaluation, rows(evaluation), draws=50, report=lambda *done: told.append(done))
    np.testing.assert_array_equal(whole.ahead, pieces.ahead)
    assert told == [(done, 50) for done in [*range(3, 50, 3), 50]]


def test_what_the_report_raises_ends_the_work() -> None:
    evaluation = shops(TABLE)

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(evaluation, rows(evaluation), report=cancel)


def test_draws_have_the_weights_for_mean_and_the_variance_they_say() -> None:
    drawn = dirichlet_draws(build_tree(scheme()), 0, 40_000, 100.0, 5)
    shares = {1: 0.75, 2: 1 / 3, 3: 2 / 3, 4: 0.25}
    assert set(drawn) == set(shares)
    for index, share in shares.items():
        assert drawn[index].mean() == pytest.approx(share, abs=2e-3)
        assert drawn[index].var() == pytest.approx(share * (1 - share) / 101, rel=0.05)


def test_what_weighs_nothing_goes_on_weighing_nothing() -> None:
    tree = build_tree(scheme(), overlay=Overlay({"A1": Fraction(0)}))
    assert set(dirichlet_draws(tree, 0, 5, 100.0, 0)) == {1, 4}


def _by_shop(result: Robustness) -> list[int]:
    return result.groups.tolist()


@pytest.mark.parametrize(
    ("table", "groups"),
    [
        ([[0.9] * 3, [0.6] * 3, [0.8] * 3], [1, 3, 2]),
        ([[0.9, 0.5, 0.6], [0.9, 0.5, 0.6], [0.1, 0.1, 0.1]], [1, 1, 2]),
        ([[0.5] * 3, [NONE] * 3, [0.6] * 3], [2, 0, 1]),
        # the first and the second cross each other, both are far from the third
        ([[0.9, 0.3, 0.9], [0.1, 0.7, 0.9], [0.1, 0.1, 0.1]], [1, 1, 2]),
    ],
)
def test_shops_in_one_group_cannot_be_told_apart(table: list[list[float]], groups: list[int]) -> None:
    evaluation = shops(table)
    assert _by_shop(simulate(evaluation, rows(evaluation), draws=200, concentration=10.0)) == groups


def test_a_group_does_not_grow_from_one_to_the_next() -> None:
    """Each of 300 shops is near the next, but the first is far from the last."""
    table = [[0.9 - at / 400, 0.3 + (at % 2) / 50, 0.9 - at / 400] for at in range(300)]
    evaluation = shops(table)
    result = simulate(evaluation, rows(evaluation), draws=100)
    assert result.ahead is None
    assert 1 < result.groups.max() < 300
    ordered = result.groups[result.ranking.order]
    assert sorted(ordered.tolist()) == ordered.tolist()


def test_only_what_is_below_the_node_matters() -> None:
    evaluation = shops([[0.9, 0.2, 0.0], [0.2, 0.5, 1.0]])
    below = simulate(evaluation, rows(evaluation), node="A", draws=300, concentration=10.0)
    alone = shops([[0.9, 0.2, 0.5], [0.2, 0.5, 0.5]])
    again = simulate(alone, rows(alone), node="A", draws=300, concentration=10.0)
    np.testing.assert_array_equal(below.ahead, again.ahead)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"min_group": 6}, ["ROBUSTNESS_GROUP_TOO_SMALL"]),
        ({"draws": 0, "concentration": 0.5}, ["ROBUSTNESS_OUT_OF_RANGE", "ROBUSTNESS_OUT_OF_RANGE"]),
        ({"seed": -1}, ["ROBUSTNESS_OUT_OF_RANGE"]),
    ],
)
def test_what_is_refused(fields: dict[str, Any], codes: list[str]) -> None:
    evaluation = shops(TABLE)
    with pytest.raises(InvalidInput) as refused:
        simulate(evaluation, rows(evaluation), **fields)
    assert [problem.code for problem in refused.value.problems] == codes


def test_more_draws_than_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = shops(TABLE)
    monkeypatch.setattr("steelyard.analysis.robustness.simulation.MOST_RANKS", 10 * len(TABLE))
    assert simulate(evaluation, rows(evaluation), draws=10).draws == 10
    with pytest.raises(InvalidInput, match="1 to 10"):
        simulate(evaluation, rows(evaluation), draws=11)


def test_a_group_of_the_declared_size_is_ranked() -> None:
    evaluation = shops(TABLE)
    assert simulate(evaluation, rows(evaluation), draws=5, min_group=5).ranking.scored == 5


def test_no_units_are_no_ranking() -> None:
    evaluation = shops(TABLE)
    with pytest.raises(InvalidInput, match="ROBUSTNESS_GROUP_TOO_SMALL"):
        simulate(evaluation, np.zeros(0, dtype=np.intp))
