"""From a number to what stands behind it, from a finding to its records, and the feeds that are late."""

from __future__ import annotations

from typing import Any

import pytest

from graphql_api.http_server import Api
from graphql_api.record_files import GOOD, LATE, TABLE, imported
from steelyard_graphql.connections import write_cursor

BEHIND = """
query ($first: Int, $after: String, $last: Int, $before: String, $measure: String!, $scheme: String!) {
  scorecard(unit: "DEALER-SH-XX", scheme: $scheme, period: "2025-01") {
    recordFindings {
      table check quality examined flagged sentence(locale: ZH)
      records(first: 1) { totalCount nodes { file row cells { column value } } }
    }
    root {
      behind(measure: $measure) {
        __typename
        measurement { value source }
        ... on BehindRecords {
          table
          records(first: $first, after: $after, last: $last, before: $before) {
            totalCount
            pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
            edges { cursor }
            nodes { inNumerator inDenominator file row cells { column title(locale: ZH) value } }
          }
        }
        ... on BehindTable { file row column }
        ... on BehindSheets { sheets { rater line { exactValue comment } evidence { fileName } } }
      }
    }
  }
}
"""


@pytest.fixture
def process(own_api: Api) -> str:
    """The scheme that reads the measures of two orders that were imported."""
    assert imported(own_api, GOOD, LATE)["state"] == "DONE"
    entries = [own_api.context.entry(code) for code in own_api.context.packs.schemes]
    return next(each.code for each in entries if "on_time_delivery" in each.measures)


def _behind(api: Api, scheme: str, measure: str = "on_time_delivery", **page: Any) -> Any:
    found = api.ask(BEHIND, {"scheme": scheme, "measure": measure, **page})
    return found["scorecard"]["root"]["behind"]


def test_the_records_behind_a_number(own_api: Api, process: str) -> None:
    found = _behind(own_api, process, first=1)
    assert (found["__typename"], found["table"]) == ("BehindRecords", TABLE)
    assert found["measurement"] == {"value": 0.5, "source": "RECORDS"}
    first = found["records"]
    (one,) = first["nodes"]
    assert (one["inNumerator"], one["inDenominator"], one["file"], one["row"]) == (
        True,
        True,
        "orders.csv",
        2,
    )
    assert {"column": "order_no", "title": "工单号", "value": "R1"} in one["cells"]
    where = first["pageInfo"]
    assert (first["totalCount"], where["hasNextPage"], where["hasPreviousPage"]) == (2, True, False)
    second = _behind(own_api, process, first=1, after=where["endCursor"])["records"]
    (other,) = second["nodes"]
    assert (other["inNumerator"], other["inDenominator"]) == (False, True)
    assert (second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert _behind(own_api, process, last=1)["records"]["nodes"] == [other]
    back = _behind(own_api, process, last=5, before=second["pageInfo"]["startCursor"])["records"]
    assert back["nodes"] == [one]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ({"first": 1, "last": 1}, "PAGE_TWO_WAYS"),
        ({"first": 101}, "PAGE_TOO_LARGE"),
        ({"after": write_cursor("behind", 3, 2)}, "CURSOR_INVALID"),
        ({"after": write_cursor("behind", "2025-01-06")}, "CURSOR_INVALID"),
        ({"before": write_cursor("behind", "soon", "DEALER-SH-XX", "R1")}, "CURSOR_INVALID"),
        ({"after": write_cursor("flagged", "2025-01-06", "DEALER-SH-XX", "R1")}, "CURSOR_INVALID"),
    ],
)
def test_pages_of_records_are_refused_as_all_others(
    own_api: Api, process: str, page: dict[str, Any], code: str
) -> None:
    asked = {"query": BEHIND, "variables": {"scheme": process, "measure": "on_time_delivery", **page}}
    errors = own_api.post("/graphql", json=asked).json()["errors"]
    assert [each["extensions"]["code"] for each in errors] == [code]


def test_an_entry_by_hand_is_what_stands(own_api: Api, process: str) -> None:
    record = """mutation ($scheme: String!) { recordMeasurement(input: {scheme: $scheme, unit: "DEALER-SH-XX",
      period: "2025-01", measure: "on_time_delivery", value: "98%"}) { __typename } }"""
    own_api.ask(record, {"scheme": process})
    found = _behind(own_api, process)
    assert found == {"__typename": "BehindEntry", "measurement": {"value": 0.98, "source": "GRAPHQL"}}


def test_the_records_that_a_check_flags(own_api: Api, process: str) -> None:
    asked = {"scheme": process, "measure": "on_time_delivery"}
    findings = own_api.ask(BEHIND, asked)["scorecard"]["recordFindings"]
    [found] = [each for each in findings if each["check"] == "no-estimate"]
    assert found["sentence"] == "不完整：未填预估费用（检查 2 条，其中 2 条）。"
    assert (found["table"], found["flagged"], found["records"]["totalCount"]) == (TABLE, 2, 2)
    [record] = found["records"]["nodes"]
    assert (record["file"], record["row"]) == ("orders.csv", 2)
    assert {"column": "estimate", "value": None} in record["cells"]


LATE_FEEDS = """
query ($unit: String, $table: String, $first: Int, $after: String) {
  lateFeeds(unit: $unit, table: $table, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { table tableTitle(locale: ZH) unit { code } period { code state } due }
  }
}
"""


def test_late_feeds_page_by_page(own_api: Api, process: str) -> None:
    """From the month of the orders on."""
    asked: dict[str, Any] = {"unit": "DEALER-SH-XX", "table": TABLE, "first": 1}
    page = own_api.ask(LATE_FEEDS, asked)["lateFeeds"]
    assert page["nodes"] == [
        {
            "table": TABLE,
            "tableTitle": "维修工单",
            "unit": {"code": "DEALER-SH-XX"},
            "period": {"code": "2025-02", "state": "OPEN"},
            "due": "2025-03-06",
        }
    ]
    assert (page["totalCount"] > 1, page["pageInfo"]["hasNextPage"]) == (True, True)
    following = own_api.ask(LATE_FEEDS, {**asked, "after": page["pageInfo"]["endCursor"]})["lateFeeds"]
    assert following["nodes"][0]["period"]["code"] == "2025-03"
