"""The result of `steelyard score` as JSON: units, their periods, and the tree of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from steelyard.cli.score_row import NodeScore, ScoreRows, figure
from steelyard.scoring import REASONS, Evaluation, Outcome

Json = dict[str, Any]
REASON_WORDS = {
    reason: {"code": reason.name, "zh": text.zh, "en": text.en} for reason, text in REASONS.items()
}
"""Why a node has no score."""


def json_chunks(evaluation: Evaluation) -> Iterator[bytes]:
    """Yield a JSON list in pieces, one unit each."""
    rows = ScoreRows(evaluation)
    of_unit: dict[int, list[int]] = {}
    for row, unit in enumerate(evaluation.observations.unit.tolist()):
        of_unit.setdefault(unit, []).append(row)
    between = b"[\n"
    for unit, members in of_unit.items():
        periods = [_period(rows, row) for row in members]
        entry = {"unit": evaluation.observations.units[unit], "periods": periods}
        yield between + orjson.dumps(entry)
        between = b",\n"
    yield b"\n]\n"


def _period(rows: ScoreRows, row: int) -> Json:
    return {
        "period": rows.period(row),
        "verdict": rows.verdict(row),
        "uncut": figure(float(rows.evaluation.uncut[row])),
        "rules": [
            {"rule": rule, "state": state.name, "reason": {"zh": reason.zh, "en": reason.en}}
            for rule, state, reason in rows.rules(row)
        ],
        "quotas": [
            {
                "rule": quota.rule.id,
                "band": quota.band,
                "group": quota.group,
                "advisory": quota.rule.advisory,
                "reason": {"zh": quota.reason.zh, "en": quota.reason.en},
            }
            for quota in rows.quotas(row)
        ],
        "tree": _tree(rows, row),
    }


def _tree(rows: ScoreRows, row: int) -> Json:
    """Nest the nodes, which come in preorder."""
    path: list[Json] = []
    for node in rows.nodes(row):
        entry = _node(node)
        del path[node.depth :]
        if path:
            path[-1].setdefault("children", []).append(entry)
        path.append(entry)
    return path[0]


def _node(node: NodeScore) -> Json:
    return {
        "node": node.indicator.code,
        "outcome": node.outcome.name,
        "reason": None if node.outcome is Outcome.SCORED else REASON_WORDS[node.reason],
        "score": _figure(None if node.rate is None else node.rate * 100),
        "points": _figure(node.points),
        "full": _figure(node.full),
        "coverage": _figure(node.coverage),
        "band": node.band,
        "passed": node.passed,
    }


def _figure(number: float | None) -> float | None:
    return None if number is None else figure(number)
