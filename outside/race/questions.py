"""The two questions, as each of the two is asked them, and what makes their answers comparable."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from outside.race.wide_pack import LEAF_CODES, PERIOD, SCHEME

FLAT = """
query Flat($scheme: String!, $period: String!) {
  overview(scheme: $scheme, period: $period, length: 2) {
    outcome reason score points fullMark verdict passed coverage change sparkline
  }
}
"""
DEEP = """
query Deep($scheme: String!, $period: String!, $indicators: [String!]) {
  heatMap(scheme: $scheme, period: $period, indicators: $indicators) {
    rows { cells { outcome score passed toMedian band { code } } }
  }
}
"""
THEIR_FLAT = """
query Flat {
  allUnitScores(orderBy: PRIMARY_KEY_ASC) {
    nodes { outcome reason score points fullMark verdict passed coverage change sparkline }
  }
}
"""
THEIR_DEEP = """
query Deep {
  allUnitScores(orderBy: PRIMARY_KEY_ASC) {
    nodes { cellsByUnit(orderBy: PRIMARY_KEY_ASC) { nodes { outcome score passed toMedian band } } }
  }
}
"""
VARIABLES = {"scheme": SCHEME, "period": PERIOD}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, how often over each connection in a lap, and how the rows of both answers are found."""

    name: str
    requests: int
    ours: bytes
    theirs: bytes
    our_rows: Callable[[Any], Any]
    their_rows: Callable[[Any], Any]


def _body(query: str, variables: dict[str, Any] | None = None) -> bytes:
    return json.dumps({"query": query, "variables": variables or {}}).encode()


def _our_cells(data: Any) -> Any:
    return [
        [{**cell, "band": cell["band"] and cell["band"]["code"]} for cell in row["cells"]]
        for row in data["heatMap"]["rows"]
    ]


QUESTIONS = (
    Question(
        "flat: 1,000 units × 10 fields",
        8,
        _body(FLAT, VARIABLES),
        _body(THEIR_FLAT),
        lambda data: data["overview"],
        lambda data: data["allUnitScores"]["nodes"],
    ),
    Question(
        "deep: 1,000 units × 30 indicators × 5 fields",
        2,
        _body(DEEP, {**VARIABLES, "indicators": LEAF_CODES}),
        _body(THEIR_DEEP),
        _our_cells,
        lambda data: [row["cellsByUnit"]["nodes"] for row in data["allUnitScores"]["nodes"]],
    ),
)
