"""GraphQL over HTTP: status codes and media types, one case a row."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from typing import Any

import httpx
import pytest

from graphql_api.http_server import GRAPHQL, Api

JSON = "application/json"
QUERY = '{"query": "{ __typename }"}'
TYPED = {"content-type": JSON}

SYNTAX = json.dumps({"query": "{"})
INVALID = json.dumps({"query": "{ nothing }"})
COERCION = json.dumps({"query": "query ($id: ID!) { node(id: $id) { id } }", "variables": {"id": None}})
TWO = json.dumps({"query": "query A { __typename } query B { __typename }"})
UNNAMED = json.dumps({"query": "query A { __typename }", "operationName": "C"})
SUBSCRIPTION = json.dumps({"query": "subscription { __typename }"})

# name, Accept, body, status and media type of the answer, code of its error
POSTED: list[tuple[str, str | None, str, int, str, str | None]] = [
    ("newer type", GRAPHQL, QUERY, 200, GRAPHQL, None),
    ("older type", JSON, QUERY, 200, JSON, None),
    ("any type", "*/*", QUERY, 200, JSON, None),
    ("any application", "application/*", QUERY, 200, JSON, None),
    ("no Accept", None, QUERY, 200, JSON, None),
    ("both types", f"{JSON}, {GRAPHQL}", QUERY, 200, GRAPHQL, None),
    ("older type preferred", f"{GRAPHQL};q=0.5, {JSON}", QUERY, 200, JSON, None),
    ("newer type refused", f"{GRAPHQL};q=0, */*;q=0.1", QUERY, 200, JSON, None),
    ("with parameters", f"{GRAPHQL}; charset=utf-8", QUERY, 200, GRAPHQL, None),
    ("unknown type", "text/html", QUERY, 406, JSON, "HTTP_NOT_ACCEPTABLE"),
    ("everything refused", "*/*;q=0", QUERY, 406, JSON, "HTTP_NOT_ACCEPTABLE"),
    ("syntax", GRAPHQL, SYNTAX, 400, GRAPHQL, "GRAPHQL_PARSE_FAILED"),
    ("syntax, older type", JSON, SYNTAX, 200, JSON, "GRAPHQL_PARSE_FAILED"),
    ("validation", GRAPHQL, INVALID, 400, GRAPHQL, "GRAPHQL_VALIDATION_FAILED"),
    ("validation, older type", JSON, INVALID, 200, JSON, "GRAPHQL_VALIDATION_FAILED"),
    ("coercion", GRAPHQL, COERCION, 400, GRAPHQL, "BAD_USER_INPUT"),
    ("coercion, older type", JSON, COERCION, 200, JSON, "BAD_USER_INPUT"),
    ("several operations", GRAPHQL, TWO, 400, GRAPHQL, "OPERATION_UNCLEAR"),
    ("no such operation", GRAPHQL, UNNAMED, 400, GRAPHQL, "OPERATION_UNCLEAR"),
    ("no subscriptions yet", GRAPHQL, SUBSCRIPTION, 400, GRAPHQL, "GRAPHQL_VALIDATION_FAILED"),
    ("no JSON", GRAPHQL, "{", 400, GRAPHQL, "HTTP_BODY_NOT_JSON"),
    ("no JSON, older type", JSON, "{", 400, JSON, "HTTP_BODY_NOT_JSON"),
    ("nothing", GRAPHQL, "", 400, GRAPHQL, "HTTP_BODY_NOT_JSON"),
    ("NaN", GRAPHQL, '{"query": NaN}', 400, GRAPHQL, "HTTP_BODY_NOT_JSON"),
    ("a batch", GRAPHQL, f"[{QUERY}]", 400, GRAPHQL, "HTTP_BODY_FIELD"),
    ("no query", GRAPHQL, "{}", 400, GRAPHQL, "HTTP_BODY_FIELD"),
    ("query is a number", GRAPHQL, '{"query": 1}', 400, GRAPHQL, "HTTP_BODY_FIELD"),
    ("variables are a list", GRAPHQL, '{"query": "{a}", "variables": []}', 400, GRAPHQL, "HTTP_BODY_FIELD"),
    ("extensions are a text", GRAPHQL, '{"query": "{a}", "extensions": ""}', 400, GRAPHQL, "HTTP_BODY_FIELD"),
    ("name is a number", GRAPHQL, '{"query": "{a}", "operationName": 0}', 400, GRAPHQL, "HTTP_BODY_FIELD"),
    ("nulls", GRAPHQL, '{"query": "{ __typename }", "variables": null}', 200, GRAPHQL, None),
    ("too large", GRAPHQL, json.dumps({"query": "#" * 1_000_000}), 413, GRAPHQL, "HTTP_BODY_TOO_LARGE"),
]


TYPE_QUERY = "query ($n: String!) { __type(name: $n) { name } }"


def _type(response: httpx.Response) -> str:
    name, _, parameters = response.headers["content-type"].partition("; ")
    assert parameters == "charset=utf-8"
    return name


def _codes(body: Any) -> list[str]:
    return [error["extensions"]["code"] for error in body.get("errors", [])]


@pytest.mark.parametrize("case", POSTED, ids=lambda case: case[0])
def test_posted(plain_api: Api, case: tuple[str, str | None, str, int, str, str | None]) -> None:
    _, accept, body, status, media_type, code = case
    request = plain_api.build_request("POST", "/graphql", content=body, headers=TYPED)
    request.headers.pop("accept")
    if accept is not None:
        request.headers["accept"] = accept
    response = plain_api.send(request)
    assert (response.status_code, response.headers["content-type"]) == (
        status,
        f"{media_type}; charset=utf-8",
    )
    assert _codes(response.json()) == ([code] if code else [])
    assert ("data" in response.json()) is (code is None)


# Content-Type of the body → status
TYPES = [
    ("application/json", 200),
    ("application/json; charset=utf-8", 200),
    ("APPLICATION/JSON;charset=UTF-8", 200),
    ("application/json; charset=gbk", 415),
    ("application/graphql", 415),
    ("text/plain", 415),
    ("application/x-www-form-urlencoded", 415),
    (None, 415),
]


@pytest.mark.parametrize(("content_type", "status"), TYPES)
def test_type_of_a_body(plain_api: Api, content_type: str | None, status: int) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    response = plain_api.post("/graphql", content=QUERY, headers=headers)
    assert response.status_code == status
    assert _codes(response.json()) == ([] if status == 200 else ["HTTP_MEDIA_TYPE"])


def test_body_that_does_not_say_how_large_it_is(plain_api: Api) -> None:
    def pieces() -> Any:
        for _ in range(12):
            yield b" " * 100_000

    response = plain_api.post("/graphql", content=pieces(), headers=TYPED)
    assert (response.status_code, _codes(response.json())) == (413, ["HTTP_BODY_TOO_LARGE"])


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods(plain_api: Api, method: str) -> None:
    response = plain_api.request(method, "/graphql", params={"query": "{ __typename }"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert _codes(response.json()) == ["HTTP_METHOD_REFUSED"]


# parameters, Accept → status, media type, code
GOT: list[tuple[dict[str, str], str, int, str, str | None]] = [
    ({"query": "{ __typename }"}, GRAPHQL, 200, GRAPHQL, None),
    ({"query": "{ __typename }"}, "*/*", 200, JSON, None),
    (
        {"query": "query ($n: String!) { __type(name: $n) { name } }", "variables": '{"n": "x"}'},
        JSON,
        200,
        JSON,
        None,
    ),
    ({"query": "mutation { __typename }"}, GRAPHQL, 405, GRAPHQL, "HTTP_MUTATION_BY_GET"),
    ({"query": "{ __typename }", "variables": "{"}, GRAPHQL, 400, GRAPHQL, "HTTP_BODY_NOT_JSON"),
    ({}, GRAPHQL, 400, GRAPHQL, "HTTP_BODY_FIELD"),
    ({"query": "{ __typename }"}, "image/png", 406, JSON, "HTTP_NOT_ACCEPTABLE"),
]


@pytest.mark.parametrize("case", GOT, ids=str)
def test_got_in_demo_mode(api: Api, case: tuple[dict[str, str], str, int, str, str | None]) -> None:
    parameters, accept, status, media_type, code = case
    response = api.get("/graphql", params=parameters, headers={"accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (
        status,
        f"{media_type}; charset=utf-8",
    )
    assert _codes(response.json()) == ([code] if code else [])


def test_a_field_that_fails_does_not_change_the_status(plain_api: Api) -> None:
    response = plain_api.post(
        "/graphql", json={"query": '{ unit(code: "nobody") { code } }'}, headers={"accept": GRAPHQL}
    )
    assert (response.status_code, response.json()["data"]) == (200, {"unit": None})


def test_answers_are_not_to_be_kept_or_guessed_at(plain_api: Api) -> None:
    headers = plain_api.post("/graphql", content=QUERY, headers=TYPED).headers
    kept = (headers["cache-control"], headers["x-content-type-options"], headers["vary"])
    assert kept == ("no-store", "nosniff", "accept")
    assert "server" not in headers


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.5.5.5:80", "[::1]:8000"])
def test_names_of_the_loopback(api: Api, host: str) -> None:
    assert api.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org:8000", "10.0.0.1", "", "[::2]"])
def test_other_names_are_refused_by_the_demo(api: Api, host: str) -> None:
    response = api.post("/graphql", content=QUERY, headers={**TYPED, "host": host})
    assert (response.status_code, _codes(response.json())) == (421, ["HTTP_HOST_REFUSED"])


def test_who_needs_a_token_may_use_any_name(plain_api: Api) -> None:
    response = plain_api.post("/graphql", content=QUERY, headers={**TYPED, "host": "steelyard.example.org"})
    assert response.status_code == 200


NO_HTTP = {
    "at once": b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    "after the last answer": b"Connection: close\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("name", NO_HTTP)
def test_what_is_no_http_leaves_no_fault_in_the_log(
    plain_api: Api, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """The server answers by itself, before the refusal of what came without a token is sent, or hangs up."""
    head = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    with socket.create_connection((plain_api.base_url.host, plain_api.base_url.port), 10) as opened:
        opened.sendall(head + NO_HTTP[name])
        answer = b"".join(iter(lambda: opened.recv(1000), b""))
        with suppress(OSError):
            opened.sendall(b"\x00 no HTTP\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 4")
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


def test_unknown_path(plain_api: Api) -> None:
    response = plain_api.get("/graphiql")
    assert (response.status_code, _codes(response.json())) == (404, ["HTTP_NOT_FOUND"])
