"""What the notes of first-party schemes let an author switch: the switched scheme gives the other figure."""

from pathlib import Path

import pytest

from steelyard.packs import CaseSource
from steelyard.packs.cases import check_cases, read_cases
from steelyard.scheme.model import Scheme
from steelyard.scheme.reading import read_scheme_text

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
GRADING = "supplier/steelyard_supplier/schemes/grading.yaml"
DEPARTMENT = "service-team/steelyard_service_team/schemes/department.yaml"
LOTS = "{measure: lot_acceptance, below: 100%, each: 1%, points: 3, count: full}"
LIMIT = "defect_limit: 1% "
FEEDBACK = "feedback_from: 1 "
ONE_LOT_IN_200 = "measures: {deliveries: 200, lot_acceptance: 99.5%, concession_lots: 0}"
DEFECTS = "attributes: {material_class: IC}, measures: {deliveries: 9, defect_rate: 1%}"
CAMPUS = "education/steelyard_education/schemes/campus.yaml"
CAMPUS_LINES = (("from: 90%", "from: 89.5%"), ("from: 70%", "from: 69.5%"), ("\npass: 70%", "\npass: 69.5%"))
CLASS_LIMIT = "variants:\n  by: material_class\n  parameters: {IC: {defect_limit: 0.5%}}\n"


@pytest.mark.parametrize(
    ("scheme", "old", "new", "case"),
    [
        (GRADING, LOTS, LOTS, f"{ONE_LOT_IN_200}, nodes: {{SUP.Q.LOTS: {{points: 60}}}}"),
        (
            GRADING,
            LOTS,
            LOTS.replace("full", "proportional"),
            f"{ONE_LOT_IN_200}, nodes: {{SUP.Q.LOTS: {{points: 58.5}}}}",
        ),
        (
            GRADING,
            LOTS,
            LOTS.replace("full", "started"),
            f"{ONE_LOT_IN_200}, nodes: {{SUP.Q.LOTS: {{points: 57}}}}",
        ),
        (GRADING, LIMIT, "defect_limit: 0.5% ", f"{DEFECTS}, nodes: {{SUP.Q.DEFECT: {{points: 15}}}}"),
        (
            GRADING,
            "variants:\n  by: material_class\n",
            CLASS_LIMIT,
            f"{DEFECTS}, nodes: {{SUP.Q.DEFECT: {{points: 15}}}}",
        ),
        (DEPARTMENT, FEEDBACK, FEEDBACK, "measures: {DEPT.FEEDBACK: 1}, nodes: {DEPT.FEEDBACK: {score: 0}}"),
        (
            DEPARTMENT,
            FEEDBACK,
            "feedback_from: 0 ",
            "measures: {DEPT.FEEDBACK: 1}, nodes: {DEPT.FEEDBACK: {score: 10}}",
        ),
        (
            DEPARTMENT,
            FEEDBACK,
            "feedback_from: 0 ",
            "measures: {DEPT.FEEDBACK: 7.5}, nodes: {DEPT.FEEDBACK: {score: 75}}",
        ),
    ],
)
def test_a_switched_scheme_gives_the_other_figure(scheme: str, old: str, new: str, case: str) -> None:
    holds(switched(scheme, (old, new)), case)


def switched(scheme: str, *changes: tuple[str, str]) -> Scheme:
    text = (PLUGINS / scheme).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return read_scheme_text(text)


def holds(scheme: Scheme, case: str) -> None:
    file, document = read_cases(
        CaseSource("case.yaml", f"scheme: {scheme.scheme}\ncases: [{{name: c, {case}}}]")
    )
    assert [problem.text() for problem in check_cases(file, document, scheme, {})] == []


def campus(effect: float, effective: float) -> str:
    """A campus with full marks but for these of TU.STD.EFFECT and TU.SVC.EFFECTIVE, 20 points each."""
    return (
        f"measures: {{TU.STD.DONE: 10, TU.STD.EFFECT: {effect}, TU.SVC.ATTITUDE: 10, complaints: {{}},"
        f" TU.SVC.EFFECTIVE: {effective}, TU.MGT.TALK: 6, TU.MGT.CLASS: 6, TU.MGT.LOSS: 6, TU.MGT.REFUND: 6,"
        " TU.MGT.RENEW: 6}"
    )


@pytest.mark.parametrize(
    ("points", "exact", "rounded"),
    [
        (
            (9.5, 20),
            "verdict: passed, nodes: {TU: {band: pass}}",
            "verdict: passed, nodes: {TU: {band: excellent}}",
        ),
        (
            (9.4, 20),
            "verdict: passed, nodes: {TU: {band: pass}}",
            "verdict: passed, nodes: {TU: {band: pass}}",
        ),
        (
            (0, 9.5),
            "verdict: failed, nodes: {TU: {band: fail}}",
            "verdict: passed, nodes: {TU: {band: pass}}",
        ),
        (
            (0, 9.4),
            "verdict: failed, nodes: {TU: {band: fail}}",
            "verdict: failed, nodes: {TU: {band: fail}}",
        ),
    ],
    ids=["89.5", "89.4", "69.5", "69.4"],
)
def test_rounding_first_moves_the_bands_and_the_pass_line(
    points: tuple[float, float], exact: str, rounded: str
) -> None:
    holds(switched(CAMPUS), f"{campus(*points)}, {exact}")
    holds(switched(CAMPUS, *CAMPUS_LINES), f"{campus(*points)}, {rounded}")


def test_the_note_says_how_to_round_first() -> None:
    note = switched(CAMPUS).note
    assert note is not None
    for text in (note.zh, note.en):
        assert [line for line in ("89.5%", "69.5%", "pass") if line not in text] == []
