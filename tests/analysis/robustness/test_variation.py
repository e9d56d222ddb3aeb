"""One weight after the other, against an evaluation for each factor."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.robustness.shops import NONE, rows, shops
from steelyard.analysis.ranking import rank
from steelyard.analysis.robustness import vary
from steelyard.errors import InvalidInput
from steelyard.scoring import Overlay, build_tree

TABLE = [[0.9, 0.5, 0.6], [0.4, 0.8, 0.7], [0.6, 0.6, 0.6], [NONE, 0.7, 0.2], [NONE, NONE, NONE]]
FIELDS = [{}, {"aggregate": "geometric"}, {"not_applicable": "pooled"}, {"missing": "zero"}]


@pytest.mark.parametrize("fields", FIELDS, ids=str)
def test_ranks_are_those_of_one_evaluation_a_factor(fields: dict[str, Any]) -> None:
    evaluation = shops(TABLE, **fields)
    found = vary(evaluation, rows(evaluation), factors=(0.5, 1.0, 1.5))
    assert found.nodes == ("A", "A1", "A2", "B")
    tree = build_tree(evaluation.scheme)
    for at, code in enumerate(found.nodes):
        for number, tenths in enumerate((5, 10, 15)):
            laid = Overlay({code: tree.nodes[tree.index(code)].weight * tenths / 10})
            expected = rank(shops(TABLE, laid, **fields).score("ROOT")).rank.tolist()
            assert found.ranks[at, number].tolist() == expected


def test_best_worst_and_moved_sum_up() -> None:
    evaluation = shops([[0.9, 0.6, 0.6], [0.6, 0.9, 0.5], [0.1, 0.1, 0.1], [NONE] * 3])
    found = vary(evaluation, rows(evaluation))
    first = found.nodes.index("A2")
    assert found.best[first].tolist() == [1, 1, 3, 0]
    assert found.worst[first].tolist() == [2, 2, 3, 0]
    assert found.moved[first] == 2
    assert found.moved[found.nodes.index("A")] == 0


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"min_group": 5}, "ROBUSTNESS_GROUP_TOO_SMALL"),
        ({"factors": (0.5, 0.0)}, "ROBUSTNESS_OUT_OF_RANGE"),
    ],
)
def test_what_is_refused(fields: dict[str, Any], code: str) -> None:
    evaluation = shops(TABLE)
    with pytest.raises(InvalidInput, match=code):
        vary(evaluation, rows(evaluation), **fields)
