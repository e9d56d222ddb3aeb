"""Paths against brute force: the engine is asked about every subset of the advice, on small random trees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from improvement.dealers import scheme, scored
from steelyard.errors import Text
from steelyard.improvement import path_search
from steelyard.improvement.path import Path, PathStatus, Target, TargetKind
from steelyard.improvement.path_finding import find_path
from steelyard.improvement.playbook import Advice
from steelyard.improvement.supposition import exact_rates, suppose
from steelyard.scoring import Evaluation, Outcome

BANDS = [{"code": "A", "from": "80%"}, {"code": "B", "from": "60%"}, {"code": "C", "from": "0%"}]
TENTHS = [Fraction(n, 10) for n in range(11)]
CELLS = ["0", "0.1", "0.3", "0.45", "0.5", "0.6", "0.69", "0.7", "0.9", "1", "n/a", None]
RUBRICS: list[dict[str, Any]] = [
    {"kind": "rate"},
    {"kind": "steps", "at": [{"from": 0.3, "rate": 0.4}, {"from": 0.7, "rate": 1}]},
    {"kind": "curve", "through": [[0, 1], [0.4, 0.2], [1, 0.7]]},
    {"kind": "linear", "worst": 0.2, "best": 0.8, "clip": False},
]
TOLD = 3
"""How many paths are asked for."""


@pytest.fixture(autouse=True, scope="module")
def small_parts() -> Iterator[None]:
    """Let the order of codes be settled in parts that seven options do not fit in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_search, "TOLD_APART", 2)
        yield


@dataclass(frozen=True)
class Question:
    evaluation: Evaluation
    playbook: tuple[Advice, ...]
    node: str
    target: Target
    bounds: dict[str, Fraction]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    leaves: list[str] = []
    groups: list[str] = []

    def node(depth: int) -> dict[str, Any]:
        weight = draw(st.sampled_from([0, 1, 1, 2, 3, "0.7"]))
        if depth < 2 and draw(st.booleans()):
            code = f"G{len(groups)}"
            groups.append(code)
            children = [node(depth + 1) for _ in range(draw(st.integers(1, 3)))]
            aggregate = draw(st.sampled_from(["arithmetic", "minimum"]))
            return {"code": code, "weight": weight, "aggregate": aggregate, "children": children}
        code = f"L{len(leaves)}"
        leaves.append(code)
        return {"code": code, "weight": weight, "rubric": draw(st.sampled_from(RUBRICS))}

    indicators = [node(0) for _ in range(draw(st.integers(1, 3)))]
    watched = draw(st.sampled_from([*leaves, *groups]))
    tree = scheme(
        *indicators,
        **{
            "pass": draw(st.sampled_from(["50%", "60%", "70%", "90%", "100%"])),
            "aggregate": draw(st.sampled_from(["arithmetic", "minimum"])),
            "missing": draw(st.sampled_from(["exclude", "exclude", "zero", "block"])),
            "min_coverage": draw(st.sampled_from(["0%", "0%", "60%"])),
            "not_applicable": draw(st.sampled_from(["within", "pooled"])),
            "bands": BANDS,
            "cap": draw(st.sampled_from(["none", None])),
            "verdicts": ["passed", "failed", "suspended"],
            "rules": [
                {"id": "late", "kind": "adjust", "measure": "late", "each": -3},
                {"id": "gate", "kind": "gate", "require": {"nodes": [watched]}, "verdict": "failed"},
                {
                    "id": "zero",
                    "kind": "veto",
                    "when": {"any_of": leaves, "rate_at_most": "10%"},
                    "verdict": "suspended",
                    "cap": 30,
                },
            ],
        },
    )
    cells = {code: draw(st.sampled_from(CELLS)) for code in leaves}
    count = draw(st.integers(1, 7))
    playbook = tuple(
        Advice(
            code=f"a{draw(st.integers(0, 9))}-{number}",
            indicator=draw(st.sampled_from([*leaves, *leaves, *groups, "ROOT"])),
            title=Text("做", "Do"),
            effort=draw(
                st.sampled_from([Fraction(0), Fraction(1), Fraction(2), Fraction(2), Fraction(7, 2)])
            ),
            expected_effect=draw(st.sampled_from(TENTHS)),
            role=Text("人", "One"),
        )
        for number in range(count)
    )
    kind = draw(st.sampled_from(TargetKind))
    asked = (
        "ROOT" if kind is TargetKind.VERDICT else draw(st.sampled_from(["ROOT", "ROOT", *groups, *leaves]))
    )
    band = draw(st.sampled_from(["A", "B", "C", None])) if kind is TargetKind.BAND else None
    bounds = {code: draw(st.sampled_from(TENTHS[5:])) for code in leaves if draw(st.booleans())}
    row = scored(tree, **cells, late=draw(st.integers(0, 3)))
    return Question(row, playbook, asked, Target(kind, band), bounds)


def effect(question: Question, chosen: tuple[Advice, ...]) -> dict[str, Fraction]:
    """What advice does to leaves: added up, below full marks and the bound."""
    now, tree = exact_rates(question.evaluation, 0), question.evaluation.scheme.tree()
    places = {node.code: node for node in tree.walk()}
    rates: dict[str, Fraction] = {}
    for advice in chosen:
        for node in places[advice.indicator].walk():
            if node.code in now and now[node.code] < 1:
                rates[node.code] = rates.get(node.code, now[node.code]) + advice.expected_effect
    bound = {code: min(question.bounds.get(code, Fraction(1)), Fraction(1)) for code in rates}
    return {code: max(min(rate, bound[code]), now[code]) for code, rate in rates.items()}


def judged(question: Question, target: Target) -> Callable[[Evaluation, int], bool]:
    if target.kind is TargetKind.VERDICT:
        return lambda found, at: found.verdict_words[found.verdict[at]] == "passed"
    if target.kind is TargetKind.LINE:
        return lambda found, at: bool(found.passed(question.node)[at] == 1)
    now = int(question.evaluation.band(question.node)[0])
    wanted = max(now - 1, 0) if target.band is None else "ABC".index(target.band)
    return lambda found, at: 0 <= int(found.band(question.node)[at]) <= wanted


def brute_force(question: Question) -> tuple[bool, list[tuple[str, ...]]]:
    """Whether the target is reached as things are, and the best sets of codes, none containing one before."""
    every = [c for size in range(len(question.playbook) + 1) for c in combinations(question.playbook, size)]
    found = suppose(question.evaluation, 0, [effect(question, chosen) for chosen in every])
    is_reached = judged(question, question.target)
    enough = [chosen for at, chosen in enumerate(every) if is_reached(found, at)]
    order = {
        tuple(sorted(a.code for a in chosen)): sum((a.effort for a in chosen), Fraction(0))
        for chosen in enough
    }
    best: list[tuple[str, ...]] = []
    for codes in sorted(order, key=lambda codes: (order[codes], len(codes), codes)):
        if len(best) < TOLD and not any(set(codes) >= set(before) for before in best):
            best.append(codes)
    return is_reached(found, 0), best


def codes(path: Path) -> tuple[str, ...]:
    return tuple(sorted(step.advice.code for step in path.steps))


@settings(max_examples=60, deadline=None)
@given(questions())
def test_paths_are_those_of_brute_force(question: Question) -> None:
    node = question.evaluation.outcome(question.node)[0]
    answer = find_path(
        question.evaluation,
        0,
        question.playbook,
        question.target,
        node=question.node,
        bounds=question.bounds,
        alternatives=TOLD - 1,
    )
    if node != Outcome.SCORED:
        assert answer.status in {PathStatus.UNMEASURED, PathStatus.UNSUPPORTED}
        return
    reached, best = brute_force(question)
    assert (answer.status is PathStatus.REACHED) == reached
    if reached:
        return
    assert (answer.status is PathStatus.FOUND) == bool(best)
    assert answer.status in {PathStatus.FOUND, PathStatus.INFEASIBLE}
    found = () if answer.best is None else (answer.best, *answer.alternatives)
    assert [codes(path) for path in found] == best


@settings(max_examples=60, deadline=None)
@given(questions())
def test_levels_are_the_least_that_will_do(question: Question) -> None:
    answer = find_path(
        question.evaluation, 0, question.playbook, question.target, node=question.node, bounds=question.bounds
    )
    assume(answer.level is not None and answer.level > 0)
    assert answer.level is not None
    now = {source.code: Fraction(repr(source.rate)) for source in answer.sources}

    def at(level: float) -> dict[str, Fraction]:
        return {code: max(now[code], Fraction(level)) for code in now}

    found = suppose(question.evaluation, 0, [at(answer.level + 1e-7), at(answer.level - 1e-7)])
    is_reached = judged(question, question.target)
    assert (is_reached(found, 0), is_reached(found, 1)) == (True, False)
