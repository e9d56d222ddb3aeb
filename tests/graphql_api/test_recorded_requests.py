"""Requests as those who run the server see them: numbers, lines of the log, metrics."""

from __future__ import annotations

import json
import logging
import re
import socket
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import httpx
import pytest
from starlette.responses import Response

from graphql_api.http_server import Api, running
from steelyard.errors import UsageError
from steelyard.packs import Packs
from steelyard_graphql.operation.exposition import exposed
from steelyard_graphql.operation.logs import JsonLines
from steelyard_graphql.operation.metrics import Metrics
from steelyard_graphql.operation.requests import RecordedRequests
from steelyard_graphql.welcome import WELCOME_QUERY

OVER_DATA = '{ unit(code: "AUTO-NET") { code } }'
QUERY = "query Packs { packs { name } }"


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the log says meanwhile, as JSON."""
    handler, logger = logging.StreamHandler(StringIO()), logging.getLogger("steelyard")
    handler.setFormatter(JsonLines())
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler.stream
    logger.setLevel(before)
    logger.removeHandler(handler)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def counted(samples: Path, packs: Packs, metrics: Metrics) -> Iterator[Api]:
    with running(f"sqlite:///{samples}", packs, metrics=metrics) as client:
        yield client


def answered(lines: StringIO, response: httpx.Response) -> dict[str, object]:
    """The line of a request, which is written when its answer is on its way already."""
    number = response.headers["x-request-id"]
    found: list[dict[str, object]] = []

    def told() -> bool:
        found[:] = [each for each in _answers(lines) if each["request"] == number]
        return bool(found)

    eventually(told)
    return found[0]


def _answers(lines: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines() if '"answered"' in line]


def eventually(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_line_tells_who_asked_what_and_how_it_ended(plain_api: Api, lines: StringIO) -> None:
    body = {"query": QUERY, "operationName": "Packs"}
    response = plain_api.post("/graphql", json=body)
    found = answered(lines, response)
    assert (found["actor"], found["operation"], found["status"], found["route"], found["request"]) == (
        "admin",
        "Packs",
        200,
        "/graphql",
        response.headers["x-request-id"],
    )


def test_no_token_no_query_and_no_variable_is_in_the_log(plain_api: Api, lines: StringIO) -> None:
    query = 'query($code: String!) { unit(code: $code) { code } scheme(code: "secret-word") { code } }'
    plain_api.post("/graphql?secret-word=1", json={"query": query, "variables": {"code": "secret-word"}})
    answered(lines, plain_api.get("/exports/secret-word?unit=secret-word"))
    token = plain_api.headers["authorization"].removeprefix("Bearer ")
    assert "secret-word" not in lines.getvalue()
    assert token not in lines.getvalue()


def test_errors_are_in_the_line_by_their_codes(plain_api: Api, lines: StringIO) -> None:
    response = plain_api.post("/graphql", json={"query": "{ nothing }"})
    assert answered(lines, response)["codes"] == "GRAPHQL_VALIDATION_FAILED"


def test_a_fault_is_found_by_the_number_of_its_request(
    plain_api: Api, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("steelyard.store.stamps.read", broken)
    sent = {"json": {"query": OVER_DATA}, "headers": {"x-request-id": "given-by-a-proxy"}}
    plain_api.post("/graphql", **sent)
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    faults = [line for line in logged if "broken on purpose" in line.get("exception", "")]
    assert {line["request"] for line in faults} == {"given-by-a-proxy"}


@pytest.mark.parametrize("told", ["short", "with space in it", "x" * 65, "näme-näme"])
def test_a_number_that_is_none_is_not_taken_over(plain_api: Api, told: str) -> None:
    response = plain_api.get("/readyz", headers={"x-request-id": told.encode()})
    assert re.fullmatch("[0-9a-f]{16}", response.headers["x-request-id"])


def test_a_refused_request_is_a_line_without_an_actor(plain_api: Api, lines: StringIO) -> None:
    response = httpx.post(plain_api.base_url.join("/graphql"), json={"query": QUERY})
    found = answered(lines, response)
    assert (response.status_code, found["status"], "actor" in found) == (401, 401, False)


@pytest.mark.parametrize(("status", "level"), [(200, "info"), (504, "warning"), (503, "error")])
async def test_what_takes_too_long_is_no_error(lines: StringIO, status: int, level: str) -> None:
    app = RecordedRequests(Response(status_code=status), Metrics())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        await client.post("/graphql")
    assert [each["level"] for each in _answers(lines)] == [level]


def test_probes_are_no_lines(plain_api: Api, lines: StringIO) -> None:
    plain_api.get("/healthz")
    plain_api.get("/readyz")
    answered(lines, plain_api.post("/graphql", json={"query": QUERY}))
    assert {"/healthz", "/readyz"}.isdisjoint(str(each["route"]) for each in _answers(lines))


def test_requests_and_operations_are_counted(counted: Api, metrics: Metrics) -> None:
    counted.ask(QUERY)
    counted.answer("{ nothing }")
    counted.get("/no/such/path")
    value = metrics.registry.get_sample_value
    route = {"method": "POST", "route": "/graphql"}
    assert value("steelyard_http_requests_total", {**route, "status": "200"}) == 1
    assert value("steelyard_http_requests_total", {**route, "status": "400"}) == 1
    elsewhere = {"method": "GET", "route": "elsewhere", "status": "404"}
    eventually(lambda: value("steelyard_http_requests_total", elsewhere) == 1)
    assert value("steelyard_http_request_seconds_count", {"route": "/graphql"}) == 2
    assert value("steelyard_graphql_operations_total", {"outcome": "ok"}) == 1
    assert value("steelyard_graphql_errors_total", {"code": "GRAPHQL_VALIDATION_FAILED"}) == 1
    assert value("steelyard_http_requests_running") == 0


def test_connections_caches_and_work_are_looked_at(counted: Api, metrics: Metrics) -> None:
    counted.ask(WELCOME_QUERY)
    value = metrics.registry.get_sample_value
    idle = value("steelyard_database_connections", {"state": "idle"})
    assert idle is not None
    assert idle >= 1
    asked, loaded = value("steelyard_cache_asked_total"), value("steelyard_cache_loaded_total")
    assert asked is not None
    assert loaded is not None
    assert asked >= loaded >= 1
    assert value("steelyard_work", {"kind": "import"}) == 0


def test_metrics_are_shown_at_an_address_of_their_own(metrics: Metrics) -> None:
    with exposed(metrics, "127.0.0.1:0") as shown:
        assert shown is not None
        assert "steelyard_http_requests_running" in httpx.get(shown).text
    with pytest.raises(httpx.ConnectError):
        httpx.get(shown)


def test_an_address_of_metrics_that_is_taken_names_its_setting(metrics: Metrics) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(UsageError, match="STEELYARD_METRICS"), exposed(metrics, address):
            raise AssertionError
