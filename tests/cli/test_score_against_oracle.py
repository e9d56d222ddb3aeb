"""What `steelyard score` prints for random schemes and tables, against the exact oracle."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from cli.cli_runs import rows, run, written
from oracle.evaluator import NodeResult, Result, evaluate
from oracle.strategies import Case, cases
from oracle.yaml_text import scheme_text, table_text

PASSED = {None: "", True: "true", False: "false"}
NEAR = 1e-9


def figures(node: NodeResult) -> dict[str, Fraction | Decimal | None]:
    score = None if node.rate is None else node.rate * 100
    return {"score": score, "points": node.points, "full": node.full, "coverage": node.coverage}


def words(result: Result, code: str, root: str) -> dict[str, str]:
    node = result.nodes[code]
    verdict = result.verdict or "" if code == root else ""
    decided = {"outcome": node.outcome, "band": node.band or "", "passed": PASSED[node.passed]}
    return {**decided, "verdict": verdict}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_every_line_agrees_with_the_oracle(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        scheme = written(Path(folder), "s.yaml", scheme_text(case.scheme))
        result = run("score", scheme, written(Path(folder), "t.csv", table_text(case.table)))
    assert result.exit_code == 0, result.stderr
    expected = evaluate(case.scheme, case.table, case.periods)
    lines = rows(result.stdout)
    assert len(lines) == sum(len(found.nodes) for found in expected.values())
    for line in lines:
        found = expected[line["unit"], line["period"]]
        decided = words(found, line["node"], case.scheme.get("root", "TOTAL"))
        assert {name: line[name] for name in decided} == decided
        for name, figure in figures(found.nodes[line["node"]]).items():
            got = float(line[name]) if line[name] else None
            assert got == (None if figure is None else pytest.approx(float(figure), rel=NEAR, abs=NEAR))
