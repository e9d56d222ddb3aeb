"""What corrections make of a difference: how far they moved the scores, and nothing where they moved none."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oracle.strategies import Case, cases
from oracle.yaml_text import scheme_text, table_text
from steelyard.analysis.attribution.attribute import Attribution, PartKind, attribute
from steelyard.analysis.attribution.correction import corrected
from steelyard.analysis.attribution.side import Side
from steelyard.intake.table import read_table_text
from steelyard.scheme import read_scheme_text
from steelyard.scoring import Evaluation, evaluate

FINE = 1e-9
MANY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
SHOP = """
format: steelyard/1
scheme: made.shop
version: 1.0.0
unit_type: shop
indicators:
  - code: A
    weight: 3
    children:
      - {code: A1, weight: 1, rubric: {kind: rate}}
      - {code: A2, weight: 1, rubric: {kind: rate}}
  - {code: B, weight: 1, rubric: {kind: rate}}
rules:
  - {id: bonus, kind: adjust, measure: bonus, each: 2}
"""
HEAD = "unit,A1,A2,B,bonus\n"
Four = tuple[Side, Side, Side, Side]
"""The first side as it first stood and as it is, and the second."""


def made(sides: Four, code: str | None = None) -> Attribution:
    was, first, then, second = sides
    return corrected(
        attribute(first, second, code),
        attribute(was, then, code),
        attribute(was, first, code),
        attribute(then, second, code),
    )


def whole(found: Attribution) -> float:
    return sum(part.value for part in found.parts)


def named(found: Attribution) -> dict[tuple[PartKind, str], float]:
    values: defaultdict[tuple[PartKind, str], float] = defaultdict(float)
    for part in found.parts:
        values[part.kind, part.subject] += part.value
    return values


def scored(case: Case) -> Evaluation:
    scheme = read_scheme_text(scheme_text(case.scheme))
    return evaluate(scheme, read_table_text(table_text(case.table), "table.csv", scheme).observations)


@st.composite
def fours(draw: st.DrawFn) -> tuple[Four, list[str]]:
    found = scored(draw(cases()))
    rows = [draw(st.integers(0, found.rows - 1)) for _ in range(4)]
    was, first, then, second = (Side(found, row) for row in rows)
    return (was, first, then, second), list(found.codes)


@MANY
@given(fours())
def test_parts_add_up_at_every_node(tried: tuple[Four, list[str]]) -> None:
    sides, codes = tried
    for code in (None, *codes):
        found = made(sides, code)
        if found.difference is not None:
            assert whole(found) == pytest.approx(found.difference, abs=FINE)


@MANY
@given(fours())
def test_corrections_make_what_they_moved(tried: tuple[Four, list[str]]) -> None:
    was, first, then, second = tried[0]
    moves = attribute(was, first).difference, attribute(then, second).difference
    found = made(tried[0])
    if None not in (*moves, attribute(was, then).difference, found.difference):
        moved = sum(part.value for part in found.parts if part.kind is PartKind.CORRECTION)
        assert moved == pytest.approx((moves[1] or 0.0) - (moves[0] or 0.0), abs=FINE)


@MANY
@given(fours())
def test_signs_change_with_the_sides(tried: tuple[Four, list[str]]) -> None:
    was, first, then, second = tried[0]
    forth, back = named(made((was, first, then, second))), named(made((then, second, was, first)))
    for part in {*forth, *back}:
        assert forth[part] == pytest.approx(-back[part], abs=FINE)


@MANY
@given(fours())
def test_a_correction_that_changed_nothing_has_no_part(tried: tuple[Four, list[str]]) -> None:
    _, first, _, second = tried[0]
    assert made((first, first, second, second)) == attribute(first, second)


def shop(rows: str) -> list[Side]:
    scheme = read_scheme_text(SHOP)
    found = evaluate(scheme, read_table_text(HEAD + rows, "table.csv", scheme).observations)
    return [Side(found, row) for row in range(found.rows)]


def test_a_correction_is_told_from_performance() -> None:
    first, then, second = shop("a,0.5,0.5,1,0\nb,0.5,0.5,0.6,0\nc,0.9,0.5,0.6,0\n")
    found = corrected(attribute(first, second), attribute(first, then), None, attribute(then, second))
    assert named(found) == {
        (PartKind.PERFORMANCE, "B"): pytest.approx(-0.1),
        (PartKind.CORRECTION, "A1"): pytest.approx(0.15),
    }
    assert {node.code: node.value for node in found.nodes} == pytest.approx(
        {"TOTAL": 0.05, "A": 0.15, "A1": 0.15, "A2": 0.0, "B": -0.1}
    )


def test_what_was_measured_later_and_a_rule_are_corrections_too() -> None:
    first, then, second = shop("a,0.5,0.5,1,0\nb,0.5,,1,0\nc,0.5,0.9,1,1\n")
    found = corrected(attribute(first, second), attribute(first, then), None, attribute(then, second))
    assert named(found)[PartKind.CORRECTION, "A2"] == pytest.approx(0.15)
    assert named(found)[PartKind.CORRECTION, "bonus"] == pytest.approx(0.02)


def test_both_sides_corrected_alike_leave_no_correction() -> None:
    was, first, then, second = shop("a,0.5,0.5,1,0\nb,0.7,0.5,1,0\nc,0.5,0.5,0.6,0\nd,0.7,0.5,0.6,0\n")
    found = made((was, first, then, second))
    assert named(found) == {(PartKind.PERFORMANCE, "B"): pytest.approx(-0.1)}


def test_without_a_score_at_first_there_is_no_correction() -> None:
    first, then, second = shop("a,0.5,0.5,1,0\nb,,,,\nc,0.9,0.5,0.6,0\n")
    now = attribute(first, second)
    assert corrected(now, attribute(first, then), None, attribute(then, second)) == now
