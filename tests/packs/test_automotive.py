"""The dealer of 2014: other ways of adding up, the stricter rule, and the audit's weak points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

import pytest

from steelyard.improvement.finding import FindingKind
from steelyard.improvement.findings import find
from steelyard.intake.table import read_table_text
from steelyard.packs import Packs, load_packs
from steelyard.scheme import read_scheme_text
from steelyard.scheme.model import Scheme
from steelyard.scoring import Evaluation, Outcome, Overlay, evaluate

PACKS: Packs = load_packs(strict=True)
FRONT_DESK = PACKS.schemes["automotive.front-desk"].scheme
CODES = ("FD.CORE", "FD.5S", "FD.HR", "FD.DOC", "FD.KANBAN", "FD.DMS")
GOT = {"FD.CORE": "100", "FD.5S": "43", "FD.HR": "9", "FD.DOC": "7", "FD.KANBAN": "0", "FD.DMS": "5"}
PRINTED = dict(zip(CODES, map(Fraction, (20, 6, 3, 1, 2, 1)), strict=True))


def scored(
    scheme: Scheme, cells: Mapping[str, str], weights: Mapping[str, Fraction] | None = None
) -> Evaluation:
    table = f"unit,{','.join(cells)}\nDealer,{','.join(cells.values())}\n"
    return evaluate(
        scheme, read_table_text(table, "t.csv", scheme).observations, overlay=Overlay(weights or {})
    )


@pytest.mark.parametrize(
    ("weights", "score"),
    [({}, 49.697), (PRINTED, 50.056), (dict.fromkeys(CODES, Fraction(1)), 44.403)],
    ids=["points", "printed weights", "equal weights"],
)
def test_the_way_of_adding_up_changes_the_score(weights: Mapping[str, Fraction], score: float) -> None:
    assert scored(FRONT_DESK, GOT, weights).score("AUTO.FD")[0] == pytest.approx(score, abs=5e-4)


def test_a_module_that_does_not_apply_leaves_164_of_306() -> None:
    result = scored(FRONT_DESK, {**GOT, "FD.KANBAN": "n/a"})
    assert (result.points("AUTO.FD")[0], result.full("AUTO.FD")[0]) == (164, 306)


# 5S shows as 69 %; 43.16 of 62 would show as 70 % and fails all the same; 43.4 of 62 passes.
@pytest.mark.parametrize(("points", "shown", "passed"), [("43", 69, 0), ("43.16", 70, 0), ("43.4", 70, 1)])
def test_what_is_shown_never_decides(points: str, shown: int, passed: int) -> None:
    result = scored(FRONT_DESK, {**GOT, "FD.5S": points})
    assert (round(result.score("FD.5S")[0]), result.passed("FD.5S")[0]) == (shown, passed)


def strict_shop() -> Scheme:
    """The shop with the rule that its file names for those who want it."""
    text = PACKS.schemes["automotive.shop"].text
    rule = next(line for line in text.splitlines() if line.startswith("#     - {id: each-department"))
    return read_scheme_text(f"{text}rules:\n{rule.removeprefix('# ')}\n", "shop.yaml")


def test_every_department_may_be_made_to_pass() -> None:
    rest = {"AUTO.WS": "250", "AUTO.PT": "120", "AUTO.CL": "41", "AUTO.CS": "101", "AUTO.SM": "24"}
    for scheme, verdict in ((PACKS.schemes["automotive.shop"].scheme, "passed"), (strict_shop(), "failed")):
        result = scored(scheme, {**GOT, **rest})
        assert (result.points("SHOP")[0], result.verdict_words[result.verdict[0]]) == (700, verdict)


AUDIT = PACKS.schemes["automotive.front-desk-audit"].scheme
WEAK = [node for node in AUDIT.indicators if node.code != "AUD.DATA"]
# Which of the six directions answers which of the fifteen weak points.
DIRECTIONS = {
    **dict.fromkeys((1, 15), "②⑥"),
    **dict.fromkeys((2, 3, 4, 5), "①④"),
    **dict.fromkeys((7, 8, 10, 11), "③"),
    **dict.fromkeys((9, 12), "④"),
    **dict.fromkeys((6, 13, 14), "⑤"),
}


def test_the_fifteen_weak_points_have_the_directions_that_answer_them() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for advice in PACKS.playbook("automotive.front-desk-audit"):
        found[advice.indicator].add((advice.source or "")[-1:])
    assert {number: "".join(sorted(found[node.code])) for number, node in enumerate(WEAK, 1)} == DIRECTIONS


def test_the_four_expected_effects_are_named() -> None:
    notes = [advice.note.zh for advice in PACKS.playbook("automotive.front-desk-audit") if advice.note]
    assert {note[4] for note in notes if note.startswith("预期效果")} == set("1234")


def test_what_nobody_measures_is_missing_and_has_its_own_advice() -> None:
    samples = next(t for t in PACKS.samples["automotive"].tables if t.scheme == "automotive.front-desk-audit")
    observed = read_table_text(samples.text, samples.file, AUDIT, calendars=PACKS.calendars).observations
    result = evaluate(AUDIT, observed)
    missing = [
        number for number, node in enumerate(WEAK, 1) if result.outcome(node.code)[0] == Outcome.MISSING
    ]
    assert missing == [6, 8, 10, 11, 12, 13, 14]
    advised = {
        advice.indicator
        for advice in PACKS.playbook("automotive.front-desk-audit")
        if "establish the data" in advice.title.en
    }
    assert advised == {WEAK[number - 1].code for number in missing}


PLAN = PACKS.samples["automotive"].plans[0]
NUMBERS = {node.code: number for number, node in enumerate(WEAK, 1)}


def test_the_sample_plan_answers_all_fifteen_weak_points_by_six_directions() -> None:
    assert len(PLAN.actions) == 6
    found: dict[int, str] = defaultdict(str)
    for action in PLAN.actions:
        for code in action.answers:
            found[NUMBERS[code]] += (action.source or "")[-1]
    assert dict(found) == DIRECTIONS


def test_its_four_effects_are_those_of_the_source_and_each_is_brought_by_an_action() -> None:
    assert [effect.source for effect in PLAN.effects] == [f"预期效果{number}" for number in range(1, 5)]
    assert {code for action in PLAN.actions for code in action.effects} == {e.code for e in PLAN.effects}


def test_its_actions_follow_the_playbook_at_its_effort() -> None:
    playbook = {advice.code: advice for advice in PACKS.playbook(PLAN.scheme)}
    for action in PLAN.actions:
        followed = [playbook[code] for code in action.advice]
        assert {advice.indicator for advice in followed} == set(action.answers)
        assert action.effort == sum(advice.effort for advice in followed)


def test_its_weak_points_are_the_findings_of_the_audit() -> None:
    samples = next(t for t in PACKS.samples["automotive"].tables if t.scheme == PLAN.scheme)
    observed = read_table_text(samples.text, samples.file, AUDIT, calendars=PACKS.calendars).observations
    found = find(evaluate(AUDIT, observed), 0, playbook=PACKS.playbook(PLAN.scheme))
    kinds = {NUMBERS[each.code]: each.kind for each in found if each.code in NUMBERS}
    assert sorted(n for n, kind in kinds.items() if kind is FindingKind.NOT_MEASURED) == [
        6,
        8,
        10,
        11,
        12,
        13,
        14,
    ]
    assert sorted(n for n, kind in kinds.items() if kind is FindingKind.BELOW_LINE) == [
        1,
        2,
        3,
        4,
        5,
        7,
        9,
        15,
    ]
