"""`evaluate` on any data: it never raises, and the order or number of the rows does not show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from oracle.strategies import Case, cases
from oracle.yaml_text import scheme_text, table_text
from steelyard.intake.table import read_table_text
from steelyard.scheme import Scheme, read_scheme_text
from steelyard.scoring import Evaluation, Observations, Outcome, Status, evaluate
from steelyard.scoring.engine import CHUNK_ROWS

GARBAGE = np.array([np.nan, np.inf, -np.inf, 1e308, -1e308, 1e-320, -1.0, 1e17, 0.0, 0.7])
# Tables of many rows shrink for minutes and get no clearer by it.
FEW = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def read(case: Case) -> tuple[Scheme, Observations]:
    scheme = read_scheme_text(scheme_text(case.scheme))
    return scheme, read_table_text(table_text(case.table), "table.csv", scheme).observations


def arrays(evaluation: Evaluation) -> dict[str, np.ndarray]:
    """All arrays over rows, the rows last."""
    names = (
        "outcomes",
        "reasons",
        "rates",
        "coverages",
        "passes",
        "band_marks",
        "rule_states",
        "quota_bands",
    )
    return {name: getattr(evaluation, name) for name in (*names, "verdict", "uncut")}


def taken(observations: Observations, rows: np.ndarray) -> Observations:
    """The same table with other rows."""
    attributes = {name: texts[rows] for name, texts in observations.attributes.items()}
    where: dict[int, list[int]] = {}
    for place, row in enumerate(rows.tolist()):
        where.setdefault(row, []).append(place)
    exact = {
        (line, place): number
        for (line, row), number in observations.exact.items()
        for place in where.get(row, [])
    }
    return replace(
        observations,
        values=observations.values[:, rows],
        status=observations.status[:, rows],
        unit=observations.unit[rows],
        period=observations.period[rows],
        attributes=attributes,
        exact=exact,
    )


@FEW
@given(cases(units=20), st.integers(0, 2**32))
def test_any_value_in_any_state_gets_an_outcome(case: Case, seed: int) -> None:
    scheme, observations = read(case)
    random = np.random.default_rng(seed)
    shape = observations.values.shape
    broken = random.random(shape) < 0.3
    values = np.where(broken, random.choice(GARBAGE, shape), observations.values)
    states = random.choice(np.array(list(Status), dtype=np.uint8), shape, p=[0.6, 0.1, 0.1, 0.1, 0.1])
    status = np.where(broken, states, observations.status)
    exact = {cell: number for cell, number in observations.exact.items() if not broken[cell]}
    evaluation = evaluate(scheme, replace(observations, values=values, status=status, exact=exact))
    scored = evaluation.outcomes == Outcome.SCORED
    assert np.isfinite(evaluation.rates[scored]).all()
    assert np.isnan(evaluation.rates[~scored]).all()


@FEW
@given(cases(units=20), st.integers(0, 2**32))
def test_the_order_of_rows_does_not_show(case: Case, seed: int) -> None:
    scheme, observations = read(case)
    order = np.random.default_rng(seed).permutation(observations.rows)
    whole, mixed = evaluate(scheme, observations), evaluate(scheme, taken(observations, order))
    for name, array in arrays(whole).items():
        np.testing.assert_array_equal(array[..., order], arrays(mixed)[name], err_msg=name)


@settings(FEW, max_examples=3)
@given(cases(units=20))
def test_the_number_of_rows_does_not_show(case: Case) -> None:
    """Each copy of the units has periods of its own, as quotas look at a period's other units."""
    scheme, observations = read(case)
    copies = 2 * CHUNK_ROWS // observations.rows + 1
    rows = np.tile(np.arange(observations.rows), copies)
    many = taken(observations, rows)
    names = tuple(f"{unit} {copy}" for copy in range(copies) for unit in observations.units)
    copy_of = np.repeat(np.arange(copies), observations.rows)
    unit = many.unit + copy_of * len(observations.units)
    period = many.period + copy_of * len(observations.periods)
    many = replace(many, units=names, unit=unit, periods=observations.periods * copies, period=period)
    whole, tiled = evaluate(scheme, observations), evaluate(scheme, many)
    for name, array in arrays(whole).items():
        np.testing.assert_array_equal(np.tile(array, copies), arrays(tiled)[name], err_msg=name)
