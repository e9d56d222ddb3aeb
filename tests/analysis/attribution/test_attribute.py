"""The difference of two scores, taken apart: parts add up, change their signs, and leave nothing over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oracle.strategies import Case, cases, overlays
from oracle.tree import Laid
from oracle.yaml_text import scheme_text, table_text
from steelyard.analysis.attribution.attribute import Attribution, PartKind, attribute, steps
from steelyard.analysis.attribution.side import Side
from steelyard.intake.table import read_table_text
from steelyard.scheme import read_scheme_text
from steelyard.scoring import Evaluation, Overlay, Overlays, evaluate

FINE, NOISE = 1e-9, 1e-12
ROWS = 5
MANY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
Laids = Sequence[Laid]
TRIED = cases().flatmap(lambda case: st.tuples(st.just(case), overlays(case)))
SHOP = """
format: steelyard/1
scheme: made.shop
version: 1.0.0
unit_type: shop
{settings}indicators:
  - code: A
    weight: 3
    children:
      - {{code: A1, weight: 1, rubric: {{kind: rate}}}}
      - {{code: A2, weight: {weight}, rubric: {{kind: {rubric}}}}}
  - {{code: B, weight: 1, rubric: {{kind: rate}}}}
rules:
  - {{id: bonus, kind: adjust, measure: bonus, each: 2}}
  - {{id: zero, kind: veto, when: {{any_of: [B], rate_at_most: 0}}, verdict: failed, cap: 40}}
"""
HEAD = "unit,A1,A2,B,bonus\n"


def scored(case: Case, laid: Laids) -> Evaluation:
    scheme = read_scheme_text(scheme_text(case.scheme))
    observed = read_table_text(table_text(case.table), "table.csv", scheme).observations
    each = tuple(Overlay(one.weights, one.lines) for one in laid)
    turn = np.arange(observed.rows) % len(laid)
    return evaluate(scheme, observed, overlay=each[0] if len(each) == 1 else Overlays(each, turn))


def shop(rows: str, weight: str = "1", rubric: str = "rate", settings: str = "") -> list[Side]:
    scheme = read_scheme_text(SHOP.format(weight=weight, rubric=rubric, settings=settings))
    found = evaluate(scheme, read_table_text(HEAD + rows, "table.csv", scheme).observations)
    return [Side(found, row) for row in range(found.rows)]


def pairs(found: Evaluation) -> Iterator[tuple[Side, Side]]:
    return pairwise(Side(found, row) for row in range(min(found.rows, ROWS)))


def named(found: Attribution) -> dict[tuple[PartKind, str], float]:
    values: defaultdict[tuple[PartKind, str], float] = defaultdict(float)
    for part in found.parts:
        values[part.kind, part.subject] += part.value
    return values


def whole(found: Attribution) -> float:
    return sum(part.value for part in found.parts)


@MANY
@given(TRIED)
def test_parts_add_up_at_every_node(tried: tuple[Case, Laids]) -> None:
    found = scored(*tried)
    for first, second in pairs(found):
        for code in (None, *found.codes):
            made = attribute(first, second, code)
            if made.difference is not None:
                assert whole(made) == pytest.approx(made.difference, abs=FINE)


@MANY
@given(TRIED)
def test_the_difference_is_that_of_the_scores(tried: tuple[Case, Laids]) -> None:
    found = scored(*tried)
    for row in range(min(found.rows, ROWS) - 1):
        made = attribute(Side(found, row), Side(found, row + 1))
        rates = found.rates[0, row], found.rates[0, row + 1]
        if np.isnan(rates).any():
            assert made.difference is None
        else:
            assert made.difference == pytest.approx(rates[1] - rates[0], abs=FINE)


@MANY
@given(TRIED)
def test_signs_change_with_the_sides(tried: tuple[Case, Laids]) -> None:
    for first, second in pairs(scored(*tried)):
        forth, back = named(attribute(first, second)), named(attribute(second, first))
        for part in {*forth, *back}:
            assert forth[part] == pytest.approx(-back[part], abs=FINE)


@MANY
@given(TRIED)
def test_what_did_not_change_has_no_part(tried: tuple[Case, Laids]) -> None:
    found = scored(*tried)
    for first, second in pairs(found):
        for part in attribute(first, second).parts:
            if part.kind is PartKind.PERFORMANCE:
                node = first.tree.index(part.subject)
                assert first.rates[node] != second.rates[node]


@MANY
@given(TRIED)
def test_no_figure_is_the_noise_of_floats(tried: tuple[Case, Laids]) -> None:
    for first, second in pairs(scored(*tried)):
        made = attribute(first, second)
        figures = [part.value for part in made.parts]
        assert [each for each in figures if abs(each) < NOISE] == []
        figures += [node.value for node in made.nodes] + [made.difference or 0.0]
        assert [each for each in figures if each and abs(each) < NOISE] == []
        assert [each for each in figures if repr(each) == "-0.0"] == []


@MANY
@given(TRIED)
def test_nothing_differs_from_itself(tried: tuple[Case, Laids]) -> None:
    found = scored(*tried)
    assert all(
        not attribute(Side(found, row), Side(found, row)).parts for row in range(min(found.rows, ROWS))
    )


@MANY
@given(TRIED, TRIED)
def test_parts_add_up_between_versions(one: tuple[Case, Laids], other: tuple[Case, Laids]) -> None:
    made = attribute(Side(scored(*one), 0), Side(scored(*other), 0))
    if made.difference is not None:
        assert whole(made) == pytest.approx(made.difference, abs=FINE)


def test_performance_is_weighed() -> None:
    first, second = shop("a,0.5,0.5,1,0\nb,0.9,0.5,0.6,0\n")
    assert named(attribute(first, second)) == {
        (PartKind.PERFORMANCE, "A1"): pytest.approx(0.15),
        (PartKind.PERFORMANCE, "B"): pytest.approx(-0.1),
    }


def test_other_weights_are_a_part_of_their_group() -> None:
    [first], [second] = shop("a,0.2,0.6,1,0\n"), shop("a,0.2,0.6,1,0\n", weight="3")
    assert named(attribute(first, second)) == {(PartKind.VERSION, "A"): pytest.approx(0.75 * 0.1)}


def test_what_was_not_measured_is_coverage() -> None:
    first, second = shop("a,0.2,,1,0\nb,0.2,0.6,1,0\n")
    assert named(attribute(first, second)) == {(PartKind.COVERAGE, "A2"): pytest.approx(0.75 * 0.2)}


def test_rules_have_parts_of_their_own() -> None:
    first, second = shop("a,0.5,0.5,0.5,0\nb,0.5,0.5,0.5,3\n")
    assert named(attribute(first, second)) == {(PartKind.RULE, "bonus"): pytest.approx(0.06)}


def test_a_veto_that_limits_is_a_part() -> None:
    first, second = shop("a,0.8,0.8,0.8,0\nb,0.8,0.8,0,0\n")
    found = named(attribute(first, second))
    assert whole(attribute(first, second)) == pytest.approx(-0.4)
    # The tree loses 0.2 alone, or nothing under the limit; the limit 0.4 alone, or 0.2 after the tree.
    assert found == {
        (PartKind.PERFORMANCE, "B"): pytest.approx(-0.1),
        (PartKind.RULE, "zero"): pytest.approx(-0.3),
    }


def test_children_that_cancel_out_are_still_told() -> None:
    first, second = shop("a,0.2,0.6,1,0\nb,0.6,0.2,1,0\n", settings="aggregate: geometric\n")
    found = named(attribute(first, second))
    assert found[PartKind.PERFORMANCE, "A1"] > 0.1
    assert found[PartKind.PERFORMANCE, "A1"] == pytest.approx(-found[PartKind.PERFORMANCE, "A2"])


def test_another_rubric_is_told_from_another_value() -> None:
    [first], [second] = shop("a,0.5,0.2,1,0\n"), shop("a,0.5,3,1,0\n", rubric="scale, min: 1, max: 5")
    # 0.2 is 0 on the scale, and 3 is half of it; no rate is 3, so the other way round nothing is known.
    crossed = {"A2": (0.0, 0.5)}
    found = named(attribute(first, second, crossed=crossed))
    assert found == {
        (PartKind.PERFORMANCE, "A2"): pytest.approx(0.375 * (0.3 + 0.5) / 2),
        (PartKind.VERSION, "A2"): pytest.approx(0.375 * (-0.2 + 0.0) / 2),
    }


def test_another_rubric_alone_leaves_no_performance() -> None:
    [first], [second] = shop("a,0.5,1,1,0\n"), shop("a,0.5,1,1,0\n", rubric="scale, min: 1, max: 5")
    for crossed in ({"A2": (0.0, 1.0)}, None):
        assert set(named(attribute(first, second, crossed=crossed))) == {(PartKind.VERSION, "A2")}


def test_a_waterfall_leads_from_one_score_to_the_other() -> None:
    first, second = shop("a,0.5,0.5,1,0\nb,0.9,0.5,0.6,2\n")
    found = attribute(first, second)
    assert list(steps(found))[-1][1] == pytest.approx(found.after)


def test_nodes_tell_what_all_below_them_makes() -> None:
    first, second = shop("a,0.5,0.5,1,0\nb,0.9,0.7,0.6,0\n")
    values = {node.code: node.value for node in attribute(first, second).nodes}
    assert values["A"] == pytest.approx(values["A1"] + values["A2"])
    assert values["TOTAL"] == pytest.approx(values["A"] + values["B"])


def test_without_a_score_nothing_is_compared() -> None:
    first, second = shop("a,,,,0\nb,0.9,0.7,0.6,0\n")
    found = attribute(first, second)
    assert (found.before, found.after, found.difference, found.parts) == (None, pytest.approx(0.75), None, ())
