"""Subscriptions as server-sent events, and the jobs that they tell about."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from graphql_api.http_server import Api
from graphql_api.import_files import begin_import, silent_job
from steelyard_graphql import import_jobs

PROGRESS = """
subscription ($job: String!) { importProgress(job: $job) { state stage(locale: ZH) problems { code } } }
"""
STREAM = {"accept": "text/event-stream"}


def _events(api: Api, query: str, **variables: Any) -> list[tuple[str, Any]]:
    body = {"query": query, "variables": variables}
    found = []
    with api.stream("POST", "/graphql", json=body, headers=STREAM) as response:
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        name = ""
        for line in response.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data:"):
                data = line.removeprefix("data:").strip()
                found.append((name, json.loads(data) if data else None))
    return found


def test_a_query_is_one_event(plain_api: Api) -> None:
    next_, complete = _events(plain_api, "{ __typename }")
    assert (next_[0], next_[1]["data"]) == ("next", {"__typename": "Query"})
    assert complete == ("complete", None)


def test_what_cannot_begin_is_told_in_the_stream(plain_api: Api) -> None:
    (name, body), complete = _events(plain_api, "{")
    assert (name, body["errors"][0]["extensions"]["code"]) == ("next", "GRAPHQL_PARSE_FAILED")
    assert complete == ("complete", None)


def test_a_subscription_needs_a_stream(plain_api: Api) -> None:
    assert plain_api.codes(PROGRESS, {"job": "x"}) == ["SUBSCRIPTION_NEEDS_STREAM"]


def test_an_import_is_followed_to_its_end(own_api: Api) -> None:
    *_, (_, last), complete = _events(own_api, PROGRESS, job=begin_import(own_api))
    assert last["data"]["importProgress"] == {"state": "DONE", "stage": "记录度量", "problems": []}
    assert complete == ("complete", None)


def test_an_import_that_fails_says_why(own_api: Api) -> None:
    job = begin_import(own_api, "unit,period,FD.5S\nNOBODY,2014,44\n")
    *_, (_, last), _ = _events(own_api, PROGRESS, job=job)
    found = last["data"]["importProgress"]
    assert (found["state"], bool(found["problems"])) == ("FAILED", True)


def test_an_import_whose_reader_gives_up_is_over(own_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As extension modules raise it."""

    async def broken(*given: Any, **named: Any) -> None:
        raise PanicException

    monkeypatch.setattr(import_jobs, "import_table", broken)
    *_, (_, last), _ = _events(own_api, PROGRESS, job=begin_import(own_api))
    found = last["data"]["importProgress"]
    assert (found["state"], [each["code"] for each in found["problems"]]) == ("FAILED", ["IMPORT_JOB_BROKEN"])


def test_a_job_whose_process_died_is_shown_as_failed(own_api: Api, tmp_path: Path) -> None:
    job = silent_job(tmp_path / "own.db", timedelta(minutes=3))
    (_, only), _ = _events(own_api, PROGRESS, job=job)
    found = only["data"]["importProgress"]
    assert (found["state"], found["problems"]) == ("FAILED", [{"code": "IMPORT_JOB_LOST"}])


CANCEL = """
mutation ($job: String!) {
  cancelImport(input: {job: $job}) { ... on ImportJobChanged { job { state } } ... on Problem { code } }
}
"""


def test_an_import_that_is_over_is_not_cancelled(own_api: Api) -> None:
    job = begin_import(own_api)
    _events(own_api, PROGRESS, job=job)
    assert own_api.ask(CANCEL, {"job": job})["cancelImport"] == {"job": {"state": "DONE"}}


def test_a_job_of_another_process_is_asked_to_stop(own_api: Api, tmp_path: Path) -> None:
    job = silent_job(tmp_path / "own.db")
    assert own_api.ask(CANCEL, {"job": job})["cancelImport"] == {"job": {"state": "RUNNING"}}


def test_an_unknown_job(plain_api: Api) -> None:
    assert plain_api.ask(CANCEL, {"job": "x"})["cancelImport"] == {"code": "IMPORT_JOB_NOT_FOUND"}
    assert plain_api.codes('{ importJob(job: "x") { state } }') == ["IMPORT_JOB_NOT_FOUND"]
