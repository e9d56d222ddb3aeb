"""The engine reproduces the published ASEM index: 51 units, every group, every variant of means."""

from __future__ import annotations

import numpy as np
import pytest

from oracle import asem
from oracle.yaml_text import scheme_text, table_text
from steelyard.intake.table import read_table_text
from steelyard.scheme import read_scheme_text
from steelyard.scoring import evaluate
from steelyard.scoring.evaluation import Evaluation


def run(variant: str) -> Evaluation:
    scheme = read_scheme_text(scheme_text(asem.scheme(variant)))
    table = read_table_text(table_text(asem.table()), "asem.csv", scheme)
    return evaluate(scheme, table.observations)


def by_unit(evaluation: Evaluation, code: str) -> dict[str, float]:
    observations = evaluation.observations
    units = [observations.units[number] for number in observations.unit]
    return dict(zip(units, evaluation.score(code).tolist(), strict=True))


@pytest.mark.parametrize("variant", asem.VARIANTS)
def test_every_group_has_the_published_score(variant: str) -> None:
    published = asem.expected(variant)
    evaluation = run(variant)
    assert (evaluation.rows, len(published)) == (51, 51 * 11)
    for code in {code for _, code in published}:
        for unit, score in by_unit(evaluation, code).items():
            assert score == pytest.approx(published[unit, code], rel=0, abs=1e-9)


def test_ranks_by_arithmetic_means() -> None:
    scores = by_unit(run("equal_amean"), asem.ROOT)
    got = np.array(list(scores.values()))
    ranks = {unit: int(np.sum(got > score)) + 1 for unit, score in scores.items()}
    assert ranks == {row["unit"]: int(row["rank"]) for row in asem.read("ranks_equal_amean")}
