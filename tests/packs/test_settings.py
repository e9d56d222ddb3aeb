"""What the notes of first-party schemes let an author switch: the switched scheme gives the other figure."""

from pathlib import Path

import pytest

from steelyard.packs import CaseSource
from steelyard.packs.cases import check_cases, read_cases
from steelyard.scheme.reading import read_scheme_text

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
GRADING = "supplier/steelyard_supplier/schemes/grading.yaml"
DEPARTMENT = "service-team/steelyard_service_team/schemes/department.yaml"
LOTS = "{measure: lot_acceptance, below: 100%, each: 1%, points: 3, count: full}"
LIMIT = "defect_limit: 1% "
FEEDBACK = "feedback_from: 1 "
ONE_LOT_IN_200 = "measures: {deliveries: 200, lot_acceptance: 99.5%, concession_lots: 0}"
DEFECTS = "attributes: {material_class: IC}, measures: {deliveries: 9, defect_rate: 1%}"
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
    text = (PLUGINS / scheme).read_text(encoding="utf-8")
    assert text.count(old) == 1
    read = read_scheme_text(text.replace(old, new))
    file, document = read_cases(
        CaseSource("case.yaml", f"scheme: {read.scheme}\ncases: [{{name: c, {case}}}]")
    )
    assert [problem.text() for problem in check_cases(file, document, read, {})] == []
