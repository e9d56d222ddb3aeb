"""Screens of many units page by page: the pages together are the whole, in its order."""

from __future__ import annotations

from typing import Any

import pytest

from graphql_api.http_server import Api
from steelyard_graphql.connections import write_cursor

SHOPS = 'scheme: "ecommerce.shop", period: "2025-12"'
PAGE = "$choose: UnitChoice, $first: Int, $after: String, $last: Int, $before: String"
ASKED = "first: $first, after: $after, last: $last, before: $before"
INFO = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor }"
ROW = "unit { code } cells { score toMedian band { code } outcome passed }"
LINE = "unit { code } score band { code } change sparkline coverage verdict"
HEAT_MAP = f"""
query ({PAGE}) {{
  heatMap({SHOPS}, choose: $choose) {{
    columns {{ spread {{ count median }} }}
    rows {{ {ROW} }}
    page: rowPage({ASKED}) {{ {INFO} nodes {{ {ROW} }} }}
  }}
}}
"""
OVERVIEW = f"""
query ({PAGE}) {{
  rows: overview({SHOPS}, choose: $choose, length: 3) {{ {LINE} }}
  page: overviewPage({SHOPS}, choose: $choose, length: 3, {ASKED}) {{
    {INFO} spread {{ count best bestUnit {{ code }} }} nodes {{ {LINE} }}
  }}
}}
"""
QUERIES = {"heat map": HEAT_MAP, "overview": OVERVIEW}
CHOICES: dict[str, dict[str, Any] | None] = {
    "all": None,
    "by code": {"codes": ["SHOP-S3", "SHOP-E1", "SHOP-N1", "SHOP-E2"]},
    "by place": {"places": {"top": 3, "bottom": 2}},
    "a region": {"below": "EC-EAST"},
    "nobody": {"below": "EC-EAST", "codes": ["SHOP-S1"]},
}


def _shown(api: Api, name: str, **variables: Any) -> Any:
    shown = api.ask(QUERIES[name], variables)
    return shown.get("heatMap", shown)


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("name", QUERIES)
def test_pages_going_forward(api: Api, name: str, choice: str) -> None:
    found, after, going = [], None, True
    while going:
        shown = _shown(api, name, choose=CHOICES[choice], first=2, after=after)
        found += shown["page"]["nodes"]
        after, going = shown["page"]["pageInfo"]["endCursor"], shown["page"]["pageInfo"]["hasNextPage"]
    assert found == shown["rows"]
    assert shown["page"]["totalCount"] == len(found)


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("name", QUERIES)
def test_pages_going_backward(api: Api, name: str, choice: str) -> None:
    found: list[Any] = []
    before, going = None, True
    while going:
        shown = _shown(api, name, choose=CHOICES[choice], last=2, before=before)
        found[:0] = shown["page"]["nodes"]
        before, going = shown["page"]["pageInfo"]["startCursor"], shown["page"]["pageInfo"]["hasPreviousPage"]
    assert found == shown["rows"]


def test_what_is_said_of_all_does_not_hang_on_the_page(api: Api) -> None:
    few, every = [_shown(api, "heat map", first=first) for first in (1, 100)]
    assert few["columns"] == every["columns"]
    few, every = [_shown(api, "overview", first=first)["page"] for first in (1, 100)]
    assert few["spread"] == every["spread"]
    best = max(every["nodes"], key=lambda row: row["score"])
    assert few["spread"] == {"count": 11, "best": best["score"], "bestUnit": best["unit"]}


@pytest.mark.parametrize("cursor", ["x", write_cursor("units", "SHOP-E1"), write_cursor("heatMap", 1.5)])
def test_a_foreign_cursor_takes_nothing_but_its_page(api: Api, cursor: str) -> None:
    answer = api.answer(HEAT_MAP, {"after": cursor})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["CURSOR_INVALID"]
    assert (answer["data"]["heatMap"]["page"], len(answer["data"]["heatMap"]["rows"])) == (None, 11)
