"""Records over the API: sent as a file, imported by a job, listed, corrected, withdrawn, complete."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from graphql_api.http_server import Api
from graphql_api.record_files import BAD, GOOD, HEADER, JOB, LATE, TABLE, imported, over, sent
from steelyard.intake.validation.result import Validated
from steelyard.intake.validation.validate import validate
from steelyard.services.records import importing

CANCEL = """
mutation ($job: String!) {
  cancelImport(input: {job: $job}) { ... on ImportJobChanged { job { state } } ... on Problem { code } }
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


def test_records_come_in_and_what_was_rejected_goes_out(own_api: Api) -> None:
    done = imported(own_api, GOOD, LATE, BAD)
    made = done["recordImport"]
    assert (done["state"], made["stored"], made["rejected"]) == ("DONE", 2, 1)
    rejects = own_api.get(made["rejectsPath"])
    assert (rejects.status_code, rejects.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert "NOBODY" in rejects.text
    assert own_api.get(made["rejectsPath"], headers={"authorization": "Bearer no"}).status_code == 401
    corrected = over(own_api, sent(own_api, rejects.text.replace("NOBODY", "DEALER-SH-XX"))["job"]["job"])
    assert (corrected["recordImport"]["stored"], corrected["recordImport"]["rejectsPath"]) == (1, None)


@pytest.mark.parametrize("number", ["0", "7", "9" * 30])
def test_there_are_no_rejects_of_imports_that_are_not_there(plain_api: Api, number: str) -> None:
    assert plain_api.get(f"/imports/{number}/rejects").status_code == 404


def test_a_dry_run_keeps_nothing(own_api: Api) -> None:
    done = imported(own_api, GOOD, BAD, dry=True)
    assert (done["state"], done["recordImport"]) == ("DONE", None)
    assert done["stage"].startswith("Checked: rows to be stored 1, rejected 1, blank 0")
    assert own_api.ask(INBOX)["recordImports"]["totalCount"] == 0


def test_the_inbox_page_by_page(own_api: Api) -> None:
    first, second = (imported(own_api, each)["recordImport"]["number"] for each in (GOOD, LATE))
    page = own_api.ask(INBOX, {"table": TABLE, "first": 1})["recordImports"]
    assert [each["number"] for each in page["nodes"]] == [second]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (2, True)
    rest = own_api.ask(INBOX, {"first": 5, "after": page["pageInfo"]["endCursor"]})["recordImports"]
    assert [each["number"] for each in rest["nodes"]] == [first]
    assert own_api.ask(INBOX, {"table": "ecommerce.orders"})["recordImports"]["nodes"] == []


def test_an_import_that_runs_is_cancelled(own_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    running = Event()

    def waiting(*given: Any, cancelled: Callable[[], bool], **more: Any) -> Validated:
        running.set()
        while not cancelled():
            time.sleep(0.01)
        return validate(*given, cancelled=cancelled, **more)

    monkeypatch.setattr(importing, "validate", waiting)
    job = sent(own_api, HEADER + GOOD)["job"]["job"]
    assert running.wait(30)
    assert own_api.ask(JOB, {"job": job})["importJob"]["state"] == "RUNNING"
    cancelled = own_api.ask(CANCEL, {"job": job})["cancelImport"]
    assert cancelled == {"job": {"state": "CANCELLED"}}
    assert own_api.ask(INBOX)["recordImports"]["totalCount"] == 0
    monkeypatch.undo()
    assert imported(own_api, GOOD)["recordImport"]["stored"] == 1


def test_an_import_is_withdrawn_once(own_api: Api) -> None:
    number = imported(own_api, GOOD)["recordImport"]["number"]
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


def test_what_cannot_beimported(own_api: Api) -> None:
    assert sent(own_api, "", table="automotive.nothing") == {"code": "RECORD_TABLE_NOT_FOUND"}
    done = over(own_api, sent(own_api, "hello", name="orders.doc")["job"]["job"])
    assert (done["state"], done["recordImport"]) == ("FAILED", None)
