"""Weights found for groups: by hand, by comparisons, from past rates; and what is kept of how."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, NotFound, SteelyardError
from steelyard.services import structure
from steelyard.services.weights import drafting, finding, sets
from steelyard.services.weights.finding import FoundWeights
from steelyard.services.weights.judgement_table import read_judgements
from steelyard.services.weights.obtained import read_steps, step_sentence
from steelyard.services.weights.shown import own_step, shown_step
from steelyard.services.weights.wanted import (
    ByComparisons,
    ByHand,
    ByRatio,
    Compared,
    ComparedBy,
    Equal,
    FromPast,
    How,
    Wanted,
    by_hand,
)

WHY = "review 2025"


async def find(seat: Seat, *wanted: Wanted, base: int = 0) -> FoundWeights:
    return await finding.find(*seat, scheme=SCHEME, wanted=wanted, base=base)


def weights(found: FoundWeights) -> dict[str, float]:
    return {each.node: float(each.weight) for each in found.weights}


def codes(raised: pytest.ExceptionInfo[SteelyardError]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.place.field) for problem in raised.value.problems]


def judge(name: str, *said: str, weight: int = 1) -> ComparedBy:
    rows = (each.split() for each in said)
    comparisons = tuple(Compared(first, second, ratio) for first, ratio, second in rows)
    return ComparedBy(name, comparisons, Fraction(weight))


ROOMS_HALF = ByHand("percent", {"ROOMS": "50%"})
WAYS: list[tuple[How, dict[str, float]]] = [
    (Equal(), {"SERVICE": 1, "ROOMS": 1}),
    (ByRatio("2:1"), {"SERVICE": 2, "ROOMS": 1}),
    (ByHand("points", {"ROOMS": "2"}), {"ROOMS": 2}),
    (ByHand("points", {"ROOMS": "0"}), {"ROOMS": 0}),
    (ByHand("points", {"ROOMS": "2"}, keep_proportion=True), {"SERVICE": 2, "ROOMS": 2}),
    (ROOMS_HALF, {"SERVICE": 50, "ROOMS": 50}),
    (ByHand("percent", {"ROOMS": "40%", "SERVICE": "60%"}), {"SERVICE": 0.6, "ROOMS": 0.4}),
    (ByComparisons((judge("Li", "SERVICE 3 ROOMS"),)), {"SERVICE": 0.75, "ROOMS": 0.25}),
    (
        ByComparisons((judge("Li", "SERVICE 4 ROOMS"), judge("Wu", "ROOMS 1 SERVICE")), "AIP"),
        {"SERVICE": 2 / 3, "ROOMS": 1 / 3},
    ),
]


@pytest.mark.parametrize(("how", "expected"), WAYS, ids=lambda each: type(each).__name__)
async def test_each_way_to_weigh_a_group(seat: Seat, how: How, expected: dict[str, float]) -> None:
    found = await find(seat, Wanted("SHOP", how))
    assert weights(found) == pytest.approx(expected, abs=1e-8)


async def test_past_rates_are_those_of_units_in_periods(seat: Seat) -> None:
    """In January S1, S2 and S3 have both rates, S4 one, S5 none; in February S1 and S2."""
    found = await find(seat, Wanted("SERVICE", FromPast("entropy", "2025-02", 2)))
    [step] = found.steps
    assert step.past is not None
    assert (step.past.periods, step.past.units, step.past.all_units) == (("2025-01", "2025-02"), 5, True)
    assert [problem.code for problem in found.warnings] == ["WEIGHTING_ROWS_LEFT_OUT"]
    assert found.warnings[0].values == {"left_out": 5, "rows": 5}
    assert sum(weights(found).values()) == pytest.approx(1)
    assert step_sentence(step).zh.endswith("5 个评价对象，周期 2025-01, 2025-02。")


async def test_past_rates_are_only_those_that_one_sees(seat: Seat) -> None:
    view, actor, scope = seat
    known = await structure.load(view, actor, scope)
    narrow = Scope(scope.tenant_id, frozenset(known.unit(code).id for code in ("S1", "S2", "S3")))
    found = await find((view, actor, narrow), Wanted("SERVICE", FromPast("critic", "2025-02", 2)))
    [step] = found.steps
    assert step.past is not None
    assert (step.past.units, step.past.all_units) == (3, False)
    assert "only those that the author sees" in step_sentence(step).en


async def test_figures_of_units_out_of_sight_are_not_shown(seat: Seat) -> None:
    """Everybody is told what decides: the weights and the method; the figures are of all units."""
    found = await find(seat, Wanted("SERVICE", FromPast("critic", "2025-02", 2)))
    [step] = found.steps
    shown = shown_step(step, Scope(seat[2].tenant_id, frozenset({1})))
    assert (shown.group, shown.method) == ("SERVICE", "critic")
    assert "units that you do not see" in shown.sentence.en
    assert set(json.loads(shown.details)["details"]) == {"method"}
    assert json.loads(shown.details)["weights"].keys() == step.weighting.weights.keys()
    assert shown_step(step, seat[2]) == own_step(step)


async def test_too_few_rows_are_a_problem(seat: Seat) -> None:
    with pytest.raises(InvalidInput) as raised:
        await find(seat, Wanted("SERVICE", FromPast("entropy", "2025-02", 1)))
    assert codes(raised) == [("WEIGHTING_TOO_FEW_ROWS", "groups.0")]


WRONG: list[tuple[list[Wanted], list[tuple[str, str]]]] = [
    ([], [("WEIGHT_NONE", "groups")]),
    ([Wanted("SHOP", ByHand("points", {}))], [("WEIGHT_NONE", "groups.0")]),
    (
        [
            Wanted("SHOPS", Equal()),
            Wanted("SPEED", Equal()),
            Wanted("SHOP", Equal()),
            Wanted("SHOP", Equal()),
        ],
        [
            ("WEIGHT_UNKNOWN_NODE", "groups.0.group"),
            ("WEIGHT_NOT_A_GROUP", "groups.1.group"),
            ("WEIGHT_GROUP_TWICE", "groups.3.group"),
        ],
    ),
    (
        [Wanted("SHOP", ByRatio("1:2:3")), Wanted("SERVICE", ByHand("points", {"ROOMS": "1"}))],
        [("WEIGHTING_RATIO_COUNT", "groups.0"), ("WEIGHTING_NOT_OF_THE_GROUP", "groups.1.ROOMS")],
    ),
    (
        [
            Wanted(
                "SHOP",
                ByComparisons(
                    (judge("Li", "SERVICE 3 SPEED"), judge("Wu", "SERVICE 3 ROOMS", "SERVICE 2 ROOMS"))
                ),
            )
        ],
        [
            ("WEIGHTING_NOT_OF_THE_GROUP", "groups.0.judges.0.comparisons.0.second"),
            ("WEIGHT_COMPARED_TWICE", "groups.0.judges.1.comparisons.1.second"),
        ],
    ),
]


@pytest.mark.parametrize(("wanted", "expected"), WRONG)
async def test_all_that_is_wrong_is_told_with_its_place(
    seat: Seat, wanted: list[Wanted], expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(InvalidInput) as raised:
        await find(seat, *wanted)
    assert codes(raised) == expected


async def test_a_period_nobody_knows(seat: Seat) -> None:
    with pytest.raises(NotFound):
        await find(seat, Wanted("SERVICE", FromPast("entropy", "2031-01", 2)))


async def test_a_draft_keeps_how_its_weights_were_obtained(writing_seat: Seat) -> None:
    first = await find(writing_seat, Wanted("SHOP", ByRatio("2:1")), Wanted("SERVICE", Equal()))
    kept: dict[str, Any] = {"scheme": SCHEME, "weights": first.weights, "method": first.method}
    record = await drafting.draft(*writing_seat, **kept, reason=WHY)
    entry = writing_seat[0].context.entry(SCHEME)
    changed = await find(writing_seat, *by_hand(entry, [("ROOMS", "2")]), base=record.number)
    number, revision = record.number, record.revision
    await drafting.change(
        *writing_seat,
        scheme=SCHEME,
        number=number,
        revision=revision,
        weights=changed.weights,
        method=changed.method,
    )
    steps = read_steps((await sets.find(*writing_seat, SCHEME, number)).method)
    assert [(step.group, step_sentence(step).en) for step in steps] == [
        ("SHOP", "Set by hand as a ratio: SERVICE 2, ROOMS 1."),
        ("SERVICE", "Equal weights for 2 indicators."),
        ("SHOP", "Set by hand as points: ROOMS 2."),
    ]
    again = await find(writing_seat, Wanted("SHOP", Equal()), base=number)
    assert [step.group for step in read_steps(again.method)] == ["SERVICE", "SHOP"]


async def test_weights_by_hand_are_sorted_into_groups(seat: Seat) -> None:
    entry = seat[0].context.entry(SCHEME)
    assert by_hand(entry, [("ROOMS", "50%"), ("SPEED", "2"), ("KINDNESS", "1")]) == (
        Wanted("SHOP", ROOMS_HALF),
        Wanted("SERVICE", ByHand("points", {"SPEED": "2", "KINDNESS": "1"})),
    )
    with pytest.raises(InvalidInput) as raised:
        by_hand(entry, [("ROOM", "1"), ("SHOP", "1"), ("SPEED", "1"), ("SPEED", "2")])
    assert codes(raised) == [
        ("WEIGHT_UNKNOWN_NODE", "weights.0"),
        ("WEIGHT_OF_ROOT", "weights.1"),
        ("WEIGHT_TWICE", "weights.3"),
    ]


TABLE = "judge,weight,first,second,ratio\nLi,2,A,B,3\nWu,,A,B,2\nLi,2,B,C,1/2\n"


def test_a_table_of_judgements() -> None:
    assert read_judgements(TABLE.encode(), "t.csv") == (
        judge("Li", "A 3 B", "B 1/2 C", weight=2),
        judge("Wu", "A 2 B"),
    )


def test_a_chinese_table_of_judgements() -> None:
    table = "评判人,指标,对比指标,比值\n李,A,B,3\n".encode("gb18030")
    assert read_judgements(table, "t.csv") == (judge("李", "A 3 B"),)


@pytest.mark.parametrize(
    ("table", "code", "row"),
    [
        ("", "TABLE_EMPTY", None),
        ("judge,first,second\nLi,A,B\n", "JUDGEMENTS_COLUMNS", 1),
        ("judge,first,second,ratio,ratio\nLi,A,B,1,1\n", "JUDGEMENTS_COLUMNS", 1),
        (TABLE.replace("Li,2,B", "Li,3,B"), "JUDGEMENTS_WEIGHT", 4),
        (TABLE.replace("Wu,,", "Wu,0,"), "JUDGEMENTS_WEIGHT", 3),
    ],
)
def test_a_wrong_table_of_judgements(table: str, code: str, row: int | None) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_judgements(table.encode(), "t.csv")
    assert [(each.code, each.place.row) for each in raised.value.problems] == [(code, row)]


@pytest.mark.parametrize(
    ("name", "code"), [("", "TEXT_EMPTY"), ("J" * 301, "TEXT_TOO_LONG"), ("a\x00b", "TEXT_UNPRINTABLE")]
)
async def test_a_judge_has_a_name_that_can_be_kept(seat: Seat, name: str, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await find(seat, Wanted("SHOP", ByComparisons((judge(name, "SERVICE 3 ROOMS"),))))
    assert codes(raised) == [(code, "groups.0.judges.0.name")]
