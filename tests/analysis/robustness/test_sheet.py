"""Rates under drawn weights against the engine, one evaluation a draw, on random schemes and tables."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oracle.strategies import Case, cases
from oracle.yaml_text import scheme_text, table_text
from steelyard.analysis.robustness.draws import dirichlet_draws
from steelyard.analysis.robustness.panel import Panel
from steelyard.intake.table import read_table_text
from steelyard.scheme import read_scheme_text
from steelyard.scoring import Overlay, evaluate

DRAWS = 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), st.integers(0, 9), st.data())
def test_rates_are_those_of_the_engine_with_these_weights(case: Case, seed: int, data: Any) -> None:
    scheme = read_scheme_text(scheme_text(case.scheme))
    observations = read_table_text(table_text(case.table), "table.csv", scheme).observations
    evaluation = evaluate(scheme, observations)
    node = data.draw(st.sampled_from(evaluation.codes))
    panel = Panel.of(evaluation, np.arange(evaluation.rows), node)
    for sheet, at in panel.sheets:
        drawn = dirichlet_draws(sheet.tree, panel.target, DRAWS, 20.0, seed)
        found = sheet.rates(drawn, DRAWS)
        for draw in range(DRAWS):
            laid = {sheet.tree.nodes[i].code: Fraction(float(w[draw, 0])) for i, w in drawn.items()}
            expected = evaluate(scheme, observations, overlay=Overlay(laid)).rate(node)[at]
            np.testing.assert_allclose(found[draw], expected, rtol=0, atol=1e-9)
        settled = sheet.rates({}, 1)[0]
        np.testing.assert_allclose(settled, evaluation.rate(node)[at], rtol=0, atol=1e-9)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), st.sampled_from([0.3, 1.7]), st.data())
def test_settling_what_a_weight_does_not_touch_changes_nothing(case: Case, factor: float, data: Any) -> None:
    scheme = read_scheme_text(scheme_text(case.scheme))
    observations = read_table_text(table_text(case.table), "table.csv", scheme).observations
    evaluation = evaluate(scheme, observations)
    panel = Panel.of(evaluation, np.arange(evaluation.rows))
    if not panel.weighted():
        return
    index = data.draw(st.sampled_from(panel.weighted()))
    for sheet, at in panel.sheets:
        weights = {index: np.array([[factor * sheet.weight(index)]])}
        whole, along = sheet.rates(weights, 1, final=False), sheet.along(index).rates(weights, 1, final=False)
        np.testing.assert_allclose(along, whole, rtol=0, atol=1e-12)
        twice = np.concatenate([np.arange(len(at))] * 2)
        taken = sheet.along(index).take(twice).rates(weights, 1, final=False)
        np.testing.assert_allclose(taken, whole[:, twice], rtol=0, atol=1e-12)
