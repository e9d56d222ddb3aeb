"""Text that no database takes is refused with the request that it is in."""

from __future__ import annotations

import pytest

from graphql_api.http_server import GRAPHQL, Api

# what is asked, and where in it U+0000 or half of a surrogate pair stands
ODD = {
    "in a query": ('{"query": "{ unit(code: \\"a\\\\u0000\\") { code } }"}', "TEXT_UNSTORABLE"),
    "in a query, short": ('{"query": "{ unit(code: \\"a\\\\u{0}\\") { code } }"}', "TEXT_UNSTORABLE"),
    "in a query, half": ('{"query": "{ unit(code: \\"\\\\ud800\\") { code } }"}', "GRAPHQL_PARSE_FAILED"),
    "in a variable": ('{"query": "{ x }", "variables": {"a": [{"b": "\\u0000"}]}}', "TEXT_UNSTORABLE"),
    "in a name": ('{"query": "{ x }", "variables": {"\\u0000": 1}}', "TEXT_UNSTORABLE"),
    "in a variable, half": ('{"query": "{ x }", "variables": {"a": "\\ud800"}}', "HTTP_BODY_NOT_JSON"),
}


@pytest.mark.parametrize(("body", "code"), ODD.values(), ids=ODD)
def test_text_that_no_database_takes_is_refused_with_the_request(api: Api, body: str, code: str) -> None:
    headers = {"content-type": "application/json", "accept": GRAPHQL}
    response = api.post("/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == code


def test_a_backslash_before_such_letters_is_no_character(api: Api) -> None:
    asked = {"query": r'{ unit(code: "\\u0000") { code } }', "variables": {"x": r"\u0000"}}
    response = api.post("/graphql", json=asked)
    assert response.json()["errors"][0]["extensions"]["code"] == "UNIT_NOT_FOUND"
