"""docs/packs/rubrics.md: every kind has an example, and every row of it is what the engine says."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from textwrap import indent
from typing import get_args

import numpy as np
import pytest

from steelyard.intake.table import read_table_text
from steelyard.packs import PythonRubric
from steelyard.scheme.reading import read_scheme_text
from steelyard.scheme.rubric import Rubric
from steelyard.scoring import evaluate

PAGE = (Path(__file__).resolve().parents[2] / "docs/packs/rubrics.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
KINDS = [get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(get_args(Rubric)[0])]


def rubrics(section: str) -> dict[str, PythonRubric]:
    """The rubrics that the section's Python defines."""
    defined: dict[str, object] = {}
    for code in re.findall(r"^<!-- file: guests.py -->\n```python\n(.*?)^```$", section, re.M | re.DOTALL):
        exec(code, defined)
    return {value.name: value for value in defined.values() if isinstance(value, PythonRubric)}


def table(section: str) -> list[list[str]]:
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [rows[0], *rows[2:]]


def shown(number: float, like: str) -> str:
    """The number with as many decimals as stand on the page; `–` where there is none."""
    if np.isnan(number):
        return "–"
    digits = like.rstrip("%").partition(".")[2]
    rounded = Decimal(repr(round(float(number) + 0.0, 9))).quantize(
        Decimal(1).scaleb(-len(digits)), ROUND_HALF_UP
    )
    return f"{rounded}{'%' if like.endswith('%') else ''}"


def test_every_kind_has_an_example() -> None:
    assert sorted(SECTIONS) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_what_the_engine_says(kind: str) -> None:
    section = SECTIONS[kind]
    (indicator,) = re.findall(r"^```yaml\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    scheme = read_scheme_text(
        f"format: steelyard/1\nscheme: docs.rubric\nindicators:\n{indent(indicator, '  ')}"
    )
    leaf = scheme.indicators[0]
    assert leaf.rubric is not None
    assert leaf.rubric.kind == kind
    titles, *rows = table(section)
    measures = [cell.strip("`") for cell in titles[:-2]]
    cells = [",".join(["unit", *measures]), *(",".join([f"u{n}", *row[:-2]]) for n, row in enumerate(rows))]
    registered = rubrics(section)
    seen = read_table_text("\n".join(cells) + "\n", "example.csv", scheme, rubrics=registered).observations
    result = evaluate(scheme, seen, rubrics=registered)
    scores, points = result.score(leaf.code), result.points(leaf.code)
    found = [
        [shown(score, row[-2]), shown(point, row[-1])]
        for score, point, row in zip(scores, points, rows, strict=True)
    ]
    assert found == [row[-2:] for row in rows]
