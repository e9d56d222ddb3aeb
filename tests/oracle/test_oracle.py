"""The oracle against the worked numbers of the source systems and of GB/T 27922."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from oracle.evaluator import Result, evaluate
from oracle.table import Table

BANDS_ABC = [
    {"code": "A", "from": "90%"},
    {"code": "B", "from": "75%"},
    {"code": "C", "from": "0%"},
]


def run(scheme: Mapping[str, Any], cells: Mapping[str, str]) -> Result:
    return evaluate(scheme, Table(("unit", *cells), ({"unit": "u", **cells},)))["u", ""]


def points_leaf(code: str, points: object) -> dict[str, Any]:
    return {"code": code, "points": points, "rubric": {"kind": "points"}}


MARKS = {"CORE": 195, "5S": 62, "HR": 28, "DOC": 11, "KANBAN": 24, "DMS": 10}
GOT = {"CORE": "100", "5S": "43", "HR": "9", "DOC": "7", "KANBAN": "0", "DMS": "5"}
LINES = {
    "CORE": "136.5",
    "5S": "43.4",
    "HR": "19.6",
    "DOC": "7.7",
    "KANBAN": "16.8",
    "DMS": "7.0",
}
FRONT_DESK = {
    "pass": "70%",
    "root": "FD",
    "indicators": [points_leaf(code, mark) for code, mark in MARKS.items()],
}


@pytest.mark.parametrize(
    ("changes", "points", "full", "verdict"),
    [
        pytest.param({}, 164, 330, "failed", id="as assessed"),
        pytest.param({"KANBAN": "n/a"}, 164, 306, "failed", id="boards not applicable"),
        pytest.param({"CORE": "167"}, 231, 330, "passed", id="core process alone lifts it"),
        pytest.param({"CORE": "166.9"}, Fraction("230.9"), 330, "failed", id="a tenth below"),
        pytest.param(LINES, 231, 330, "passed", id="every module on its line"),
    ],
)
def test_front_desk(changes: dict[str, str], points: Fraction, full: int, verdict: str) -> None:
    result = run(FRONT_DESK, GOT | changes)
    root = result.nodes["FD"]
    assert [root.points, root.full, root.rate] == [points, full, Fraction(points) / full]
    assert result.verdict == verdict


@pytest.mark.parametrize(
    ("cells", "code", "passed"),
    [(GOT, code, False) for code in MARKS] + [(LINES, code, True) for code in MARKS],
)
def test_modules_of_the_front_desk(cells: dict[str, str], code: str, passed: bool) -> None:
    node = run(FRONT_DESK, cells).nodes[code]
    assert (node.outcome, node.passed) == ("SCORED", passed)
    assert node.rate == Fraction(cells[code]) / MARKS[code]


@pytest.mark.parametrize(
    ("weights", "percent"),
    [([20, 6, 3, 1, 2, 1], "50.056"), ([1] * 6, "44.403")],
    ids=["printed weights", "plain mean"],
)
def test_front_desk_by_other_weights(weights: list[int], percent: str) -> None:
    leaves = [
        {"code": code, "weight": weight, "rubric": {"kind": "linear", "worst": 0, "best": mark}}
        for (code, mark), weight in zip(MARKS.items(), weights, strict=True)
    ]
    rate = run({"indicators": leaves}, GOT).nodes["TOTAL"].rate
    assert rate is not None
    assert round(float(rate * 100), 3) == float(percent)


def test_points_lost_and_gap_to_the_line() -> None:
    nodes = run(FRONT_DESK, GOT).nodes
    lost = {code: nodes[code].assessed - nodes[code].obtained for code in MARKS}
    assert lost == {"CORE": 95, "5S": 19, "HR": 19, "DOC": 4, "KANBAN": 24, "DMS": 5}


def lots(count: str) -> dict[str, Any]:
    rules = [
        {"measure": "lots", "below": "100%", "each": "1%", "points": 3, "count": count},
        {"measure": "concessions", "per_case": True, "points": 5},
    ]
    leaf = {"code": "LOTS", "points": 60, "rubric": {"kind": "deduct", "rules": rules}}
    return {"indicators": [leaf]}


@pytest.mark.parametrize(
    ("share", "concessions", "count", "points"),
    [
        ("97%", "1", "full", "46"),
        ("0.97", "1", "full", "46"),
        ("80%", "0", "full", "0"),
        ("50%", "3", "full", "0"),
        ("99.5%", "0", "full", "60"),
        ("99.5%", "0", "proportional", "58.5"),
        ("99.5%", "0", "started", "57"),
        ("100%", "n/a", "started", "60"),
    ],
)
def test_lot_acceptance(share: str, concessions: str, count: str, points: str) -> None:
    result = run(lots(count), {"lots": share, "concessions": concessions})
    assert result.nodes["LOTS"].points == Fraction(points)


@pytest.mark.parametrize(
    ("higher_by", "points"),
    [("0.9%", 100), ("1%", 85), ("2.5%", 85), ("3%", 70), ("5.5%", 70), ("6%", 50), ("12%", 50)],
)
def test_price_comparison_counts_only_the_last_step(higher_by: str, points: int) -> None:
    steps = [{"from": f"{x}%", "points": p} for x, p in ((1, 15), (3, 30), (6, 50))]
    leaf = {"code": "P", "points": 100, "rubric": {"kind": "deduct", "rules": [{"steps": steps}]}}
    assert run({"indicators": [leaf]}, {"P": higher_by}).nodes["P"].points == points


SUPPLIER = {
    "bands": BANDS_ABC,
    "indicators": [{"code": code, "rubric": {"kind": "rate", "unit": "percent"}} for code in "DSQP"],
    "variants": {
        "by": "class",
        "weights": {
            "IC": dict(zip("DSQP", (2, 1, 2, 5), strict=True)),
            "PCB": dict(zip("DSQP", (4, 1, 4, 1), strict=True)),
            "AUX": dict(zip("DSQP", (1, 2, 2, 5), strict=True)),
        },
    },
    "verdicts": ["passed", "failed", "suspended", "disqualified"],
    "rules": [
        {
            "id": "zero",
            "kind": "veto",
            "when": {"any_of": list("DSQP"), "rate_at_most": 0},
            "verdict": "suspended",
        },
        {"id": "3C", "kind": "streak", "band": "C", "periods": 3, "then": "disqualified"},
    ],
}


@pytest.mark.parametrize(
    ("marks", "material", "score", "band", "verdict"),
    [
        ((75, 80, 86, 70), "IC", "75.2", "B", "B"),
        ((75, 80, 86, 70), "PCB", "79.4", "B", "B"),
        ((75, 80, 86, 70), "AUX", "75.7", "B", "B"),
        ((75, 80, 86, 70), "", "77.75", "B", "B"),
        ((100, 100, 100, 80), "IC", "90", "A", "A"),
        ((100, 100, 100, 80), "PCB", "98", "A", "A"),
        ((100, 100, 100, 80), "AUX", "90", "A", "A"),
        ((100, 0, 100, 100), "IC", "90", "A", "suspended"),
        ((100, 0, 100, 100), "PCB", "90", "A", "suspended"),
        ((100, 0, 100, 100), "AUX", "80", "B", "suspended"),
        ((100, 100, 75, 75), "IC", "82.5", "B", "B"),
        ((100, 100, 75, 75), "PCB", "87.5", "B", "B"),
        ((100, 100, 75, 75), "AUX", "82.5", "B", "B"),
    ],
)
def test_supplier_composite(
    marks: tuple[int, ...], material: str, score: str, band: str, verdict: str
) -> None:
    cells = dict(zip("DSQP", map(str, marks), strict=True))
    result = run(SUPPLIER, cells | {"class": material})
    root = result.nodes["TOTAL"]
    assert (root.points, root.band, result.verdict) == (Fraction(score), band, verdict)


@pytest.mark.parametrize(
    ("scores", "verdicts"),
    [
        ("70 70 70 70", "C C disqualified disqualified"),
        ("70 70 75 70", "C C B C"),
        ("70 - 70 70", "C None C disqualified"),
        ("70 0 70 75", "C suspended disqualified B"),
    ],
)
def test_streak(scores: str, verdicts: str) -> None:
    months = [f"2025-0{n}" for n in range(1, 5)]
    rows = tuple(
        {"unit": "u", "period": month} | ({} if score == "-" else dict.fromkeys("DSQP", score))
        for month, score in zip(months, scores.split(), strict=True)
    )
    results = evaluate(SUPPLIER, Table(("unit", "period", *"DSQP"), rows), [months])
    assert [str(results["u", month].verdict) for month in months] == verdicts.split()


COMPLAINTS = {
    "indicators": [
        {
            "code": "C",
            "points": 10,
            "rubric": {
                "kind": "choice",
                "base": 10,
                "table": {"open": -5, "bad": -5, "poor": -3, "fair": -1, "good": 0, "best": 2},
            },
        }
    ]
}


@pytest.mark.parametrize(
    ("counts", "points"),
    [
        ({}, 10),
        ({"poor": "1"}, 7),
        ({"good": "1"}, 10),
        ({"best": "1"}, 10),
        ({"open": "1", "bad": "2"}, 0),
        ({"poor": "1", "best": "1"}, 9),
        ({"poor": "n/a"}, 10),
    ],
)
def test_complaint_table(counts: dict[str, str], points: int) -> None:
    zeros = dict.fromkeys(("open", "bad", "poor", "fair", "good", "best"), "0")
    cells = {f"C:{case}": count for case, count in (zeros | counts).items()}
    assert run(COMPLAINTS, cells).nodes["C"].points == points


@pytest.mark.parametrize(("count", "outcome"), [("", "MISSING"), ("0", "SCORED"), ("n/a", "SCORED")])
def test_one_complaint_count_left_out(count: str, outcome: str) -> None:
    cells = {f"C:{case}": "1" for case in ("open", "bad", "poor", "fair", "good")}
    assert run(COMPLAINTS, cells | {"C:best": count}).nodes["C"].outcome == outcome


def gbt(not_applicable: str) -> dict[str, Any]:
    goods = [points_leaf("GOODS.REST", 33), points_leaf("GOODS.RECYCLE", 2)]
    return {
        "not_applicable": not_applicable,
        "pass": "70%",
        "bands": [
            {"code": code, "from": f"{line}%"}
            for code, line in (("five", 95), ("four", 90), ("three", 80), ("met", 70), ("not", 0))
        ],
        "indicators": [
            points_leaf("SYSTEM", 40),
            {"code": "GOODS", "points": 35, "children": goods},
            points_leaf("CUSTOMER", 25),
        ],
        "rules": [
            {
                "id": "special",
                "kind": "adjust",
                "measure": "special",
                "each": -1,
                "veto_at": 5,
                "verdict": "failed",
            },
            {"id": "bonus", "kind": "adjust", "measure": "bonus", "each": 1, "at_most": 1},
        ],
    }


GBT_CELLS = {"SYSTEM": "30", "GOODS.REST": "24.5", "GOODS.RECYCLE": "n/a", "CUSTOMER": "18"}


@pytest.mark.parametrize(
    ("counts", "change", "verdict"),
    [
        ({}, 0, "passed"),
        ({"special": "2"}, -2, "passed"),
        ({"special": "2", "bonus": "1"}, -1, "passed"),
        ({"special": "2", "bonus": "3"}, -1, "passed"),
        ({"special": "5"}, -5, "failed"),
        ({"special": "5", "bonus": "1"}, -4, "failed"),
        ({"special": "", "bonus": "n/a"}, 0, "passed"),
    ],
)
def test_gbt_27922(counts: dict[str, str], change: int, verdict: str) -> None:
    result = run(gbt("pooled"), GBT_CELLS | counts)
    assert result.uncut == Fraction("72.5") / 98 * 100 + change
    assert result.verdict == verdict
    assert result.nodes["TOTAL"].full == 98


def test_gbt_27922_worked_example_is_met() -> None:
    root = run(gbt("pooled"), GBT_CELLS | {"special": "2", "bonus": "1"}).nodes["TOTAL"]
    assert root.rate is not None
    assert (round(float(root.rate), 4), root.band) == (0.7298, "met")


def test_five_special_deductions_fail_any_score() -> None:
    full = {"SYSTEM": "40", "GOODS.REST": "33", "GOODS.RECYCLE": "2", "CUSTOMER": "25"}
    result = run(gbt("pooled"), full | {"special": "5"})
    assert (result.verdict, result.nodes["TOTAL"].band) == ("failed", "five")


def test_within_spreads_the_weight_among_the_siblings_only() -> None:
    root = run(gbt("within"), GBT_CELLS).nodes["TOTAL"]
    assert root.rate == (30 + 35 * Fraction("24.5") / 33 + 18) / 100


@pytest.mark.parametrize(
    ("got", "band"),
    [("69.5", "fail"), ("70", "pass"), ("89.99", "pass"), ("90", "excellent"), ("0", "fail")],
)
def test_bands_are_half_open(got: str, band: str) -> None:
    bands = [
        {"code": code, "from": f"{line}%"} for code, line in (("excellent", 90), ("pass", 70), ("fail", 0))
    ]
    scheme = {"bands": bands, "indicators": [points_leaf("X", 100)]}
    assert run(scheme, {"X": got}).nodes["TOTAL"].band == band


@pytest.mark.parametrize(
    ("aggregate", "cells", "rate"),
    [
        ("geometric", ("0.49", "1"), "0.7"),
        ("geometric", ("0", "1"), "0"),
        ("harmonic", ("0.5", "1"), "0.6666666667"),
        ("minimum", ("0.5", "1"), "0.5"),
        ({"power": 2}, ("0.2", "1.0"), "0.7211102551"),
        ({"power": 2}, ("0", "0"), "0"),
        ({"power": -1}, ("0", "1"), "0"),
        ({"power": -1}, ("0.5", "1"), "0.6666666667"),
    ],
)
def test_aggregates(aggregate: object, cells: tuple[str, str], rate: str) -> None:
    leaves = [{"code": code, "rubric": {"kind": "rate"}} for code in "ab"]
    scheme = {"aggregate": aggregate, "pass": "70%", "indicators": leaves}
    node = run(scheme, dict(zip("ab", cells, strict=True))).nodes["TOTAL"]
    assert node.rate is not None
    assert float(node.rate) == pytest.approx(float(rate), abs=1e-10)
    assert node.passed is (Fraction(rate) >= Fraction("0.7"))


@pytest.mark.parametrize(
    ("policy", "least", "cells", "outcome", "coverage"),
    [
        ("exclude", "0%", ("1", ""), "SCORED", "0.5"),
        ("exclude", "50%", ("1", ""), "SCORED", "0.5"),
        ("exclude", "51%", ("1", ""), "INCOMPLETE", "0.5"),
        ("exclude", "51%", ("1", "n/a"), "SCORED", "1"),
        ("exclude", "51%", ("", ""), "MISSING", "0"),
        ("exclude", "0%", ("n/a", "n/a"), "NOT_APPLICABLE", None),
        ("zero", "0%", ("", ""), "SCORED", "0"),
        ("zero", "51%", ("1", ""), "INCOMPLETE", "0.5"),
        ("block", "0%", ("1", ""), "INCOMPLETE", "0.5"),
        ("block", "0%", ("1", "n/a"), "SCORED", "1"),
        ("block", "0%", ("", ""), "INCOMPLETE", "0"),
    ],
)
def test_outcomes(
    policy: str, least: str, cells: tuple[str, str], outcome: str, coverage: str | None
) -> None:
    leaves = [{"code": code, "rubric": {"kind": "rate"}} for code in "ab"]
    scheme = {"missing": policy, "min_coverage": least, "indicators": leaves}
    node = run(scheme, dict(zip("ab", cells, strict=True))).nodes["TOTAL"]
    assert node.outcome == outcome
    assert node.coverage == (None if coverage is None else Fraction(coverage))
