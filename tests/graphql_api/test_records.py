"""Records over the API: sent as a file, imported by a job, listed, corrected, withdrawn, complete."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from graphql_api.http_server import Api

TABLE = "automotive.work_orders"
HEADER = "委托书号,经销商代码,到店时间,预交车时间,交车时间\n"
GOOD = "R1,DEALER-SH-XX,2025-01-06 09:00,2025-01-06 12:00,2025-01-06 11:00\n"
LATE = "R2,DEALER-SH-XX,2025-01-07 09:00,2025-01-07 12:00,2025-01-07 15:00\n"
BAD = "R3,NOBODY,2025-01-07 09:00,,\n"
IMPORT = """
mutation ($file: Upload!, $dry: Boolean!, $table: String!) {
  importRecords(input: {table: $table, file: $file, dryRun: $dry}) {
    ... on ImportJobChanged { job { job target } }
    ... on Problem { code }
  }
}
"""
JOB = """
query ($job: String!) {
  importJob(job: $job) {
    state stage problems { code } recordImport { number stored rejected rejectsPath }
  }
}
"""
INBOX = """
query ($table: String, $first: Int, $after: String) {
  recordImports(table: $table, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes {
      number table fileName by at stored rejected blank superseded ignoredColumns rejectsPath
      withdrawn { at by reason }
    }
  }
  waitingCorrections(table: $table) { rows unit { code } period { code } }
}
"""


def _sent(api: Api, text: str, *, dry: bool = False, table: str = TABLE, name: str = "orders.csv") -> Any:
    variables = {"file": None, "dry": dry, "table": table}
    fields = {
        "operations": (None, json.dumps({"query": IMPORT, "variables": variables})),
        "map": (None, '{"0": ["variables.file"]}'),
        "0": (name, text),
    }
    return api.post("/graphql", files=fields).json()["data"]["importRecords"]


def _over(api: Api, job: str) -> Any:
    for _ in range(400):
        found = api.ask(JOB, {"job": job})["importJob"]
        if found["state"] not in ("QUEUED", "RUNNING"):
            return found
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def _imported(api: Api, *rows: str, **how: Any) -> Any:
    return _over(api, _sent(api, HEADER + "".join(rows), **how)["job"]["job"])


def test_records_come_in_and_what_was_rejected_goes_out(own_api: Api) -> None:
    done = _imported(own_api, GOOD, LATE, BAD)
    made = done["recordImport"]
    assert (done["state"], made["stored"], made["rejected"]) == ("DONE", 2, 1)
    rejects = own_api.get(made["rejectsPath"])
    assert (rejects.status_code, rejects.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert "NOBODY" in rejects.text
    assert own_api.get(made["rejectsPath"], headers={"authorization": "Bearer no"}).status_code == 401
    corrected = _over(own_api, _sent(own_api, rejects.text.replace("NOBODY", "DEALER-SH-XX"))["job"]["job"])
    assert (corrected["recordImport"]["stored"], corrected["recordImport"]["rejectsPath"]) == (1, None)


@pytest.mark.parametrize("number", ["0", "7", "9" * 30])
def test_there_are_no_rejects_of_imports_that_are_not_there(plain_api: Api, number: str) -> None:
    assert plain_api.get(f"/imports/{number}/rejects").status_code == 404


def test_a_dry_run_keeps_nothing(own_api: Api) -> None:
    done = _imported(own_api, GOOD, BAD, dry=True)
    assert (done["state"], done["recordImport"]) == ("DONE", None)
    assert done["stage"].startswith("Checked: rows to be stored 1, rejected 1, blank 0")
    assert own_api.ask(INBOX)["recordImports"]["totalCount"] == 0


def test_the_inbox_page_by_page(own_api: Api) -> None:
    first, second = (_imported(own_api, each)["recordImport"]["number"] for each in (GOOD, LATE))
    page = own_api.ask(INBOX, {"table": TABLE, "first": 1})["recordImports"]
    assert [each["number"] for each in page["nodes"]] == [second]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (2, True)
    rest = own_api.ask(INBOX, {"first": 5, "after": page["pageInfo"]["endCursor"]})["recordImports"]
    assert [each["number"] for each in rest["nodes"]] == [first]
    assert own_api.ask(INBOX, {"table": "ecommerce.orders"})["recordImports"]["nodes"] == []


def test_an_import_is_withdrawn_once(own_api: Api) -> None:
    number = _imported(own_api, GOOD)["recordImport"]["number"]
    withdraw = f"""mutation {{ withdrawImport(input: {{number: {number}, reason: "wrong month"}}) {{
      ... on RecordsMeasured {{ table recorded recordImport {{ withdrawn {{ reason }} }} }}
      ... on Problem {{ code }} }} }}"""
    done = own_api.ask(withdraw)["withdrawImport"]
    assert done["recordImport"]["withdrawn"] == {"reason": "wrong month"}
    assert own_api.ask(withdraw)["withdrawImport"] == {"code": "RECORD_IMPORT_WITHDRAWN"}


def test_a_feed_is_declared_complete(own_api: Api) -> None:
    declare = """mutation ($units: [String!]!) {
      declareFeed(input: {table: "automotive.work_orders", units: $units, periods: ["2025-01"]}) {
        ... on RecordsMeasured { table recorded } ... on Problem { code } } }"""
    done = own_api.ask(declare, {"units": ["DEALER-SH-XX"]})["declareFeed"]
    assert done["table"] == TABLE
    assert done["recorded"] > 0
    assert own_api.ask(declare, {"units": ["NOBODY"]})["declareFeed"] == {"code": "UNIT_NOT_FOUND"}


def test_what_cannot_be_imported(own_api: Api) -> None:
    assert _sent(own_api, "", table="automotive.nothing") == {"code": "RECORD_TABLE_NOT_FOUND"}
    done = _over(own_api, _sent(own_api, "hello", name="orders.doc")["job"]["job"])
    assert (done["state"], done["recordImport"]) == ("FAILED", None)


BEHIND = """
query ($after: String, $measure: String!, $scheme: String!) {
  scorecard(unit: "DEALER-SH-XX", scheme: $scheme, period: "2025-01") {
    recordFindings { table check quality examined flagged sentence(locale: ZH) }
    root {
      recordsBehind(measure: $measure, first: 1, after: $after) {
        table hasNextPage endCursor
        nodes { inNumerator inDenominator file row cells { column title(locale: ZH) value } }
      }
    }
  }
}
"""


def test_the_records_behind_a_number(own_api: Api) -> None:
    entries = [own_api.context.entry(code) for code in own_api.context.packs.schemes]
    scheme = next(each.code for each in entries if "on_time_delivery" in each.measures)
    assert _imported(own_api, GOOD, LATE)["state"] == "DONE"
    asked: dict[str, Any] = {"scheme": scheme, "measure": "on_time_delivery"}
    first = own_api.ask(BEHIND, asked)["scorecard"]["root"]["recordsBehind"]
    (one,) = first["nodes"]
    assert (one["inNumerator"], one["inDenominator"], one["file"], one["row"]) == (
        True,
        True,
        "orders.csv",
        2,
    )
    assert {"column": "order_no", "title": "工单号", "value": "R1"} in one["cells"]
    asked["after"] = first["endCursor"]
    (other,) = own_api.ask(BEHIND, asked)["scorecard"]["root"]["recordsBehind"]["nodes"]
    assert (other["inNumerator"], other["inDenominator"]) == (False, True)
