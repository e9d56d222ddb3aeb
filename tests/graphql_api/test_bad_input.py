"""Bad input: what is asked wrongly, the code that it gets, and the place that is blamed."""

from __future__ import annotations

from typing import Any

import pytest

from graphql_api.http_server import Api

CARD = """
query ($u: String!, $s: String!, $p: String!) { scorecard(unit: $u, scheme: $s, period: $p) { verdict } }
"""
DESK = "automotive.front-desk"
SHOP = 'scheme: "ecommerce.shop", period: "2025-12"'

# query, variables → code of the only error
QUERIES: list[tuple[str, dict[str, Any], str]] = [
    ('{ unit(code: "DEALER-SH-X") { code } }', {}, "UNIT_NOT_FOUND"),
    (CARD, {"u": "NOBODY", "s": DESK, "p": "2014"}, "UNIT_NOT_FOUND"),
    (CARD, {"u": "AUTO-EAST", "s": DESK, "p": "2014"}, "UNIT_NOT_SCORED"),
    (CARD, {"u": "DEALER-SH-XX", "s": "automotive", "p": "2014"}, "SCHEME_NOT_FOUND"),
    (CARD, {"u": "DEALER-SH-XX", "s": DESK, "p": "1999"}, "PERIOD_WITHOUT_DATA"),
    (CARD, {"u": "DEALER-SH-XX", "s": DESK, "p": "２０１４"}, "PERIOD_NOT_FOUND"),
    (CARD, {"u": "DEALER-SH-XX", "s": DESK, "p": "2014-13"}, "PERIOD_NOT_FOUND"),
    ('{ scheme(code: "ecommerce.shop") { indicator(code: "EC.XX") { code } } }', {}, "NODE_NOT_FOUND"),
    ('{ pack(name: "automotiv") { name } }', {}, "PACK_NOT_FOUND"),
    ('{ schemes(pack: "automotiv") { code } }', {}, "PACK_NOT_FOUND"),
    ('{ periods(calendar: "lunar") { code } }', {}, "CALENDAR_UNKNOWN"),
    ('{ periods(scheme: "lunar") { code } }', {}, "SCHEME_NOT_FOUND"),
    ('{ units(below: "NOBODY") { totalCount } }', {}, "UNIT_NOT_FOUND"),
    (f'{{ overview({SHOP}, below: "NOBODY") {{ score }} }}', {}, "UNIT_NOT_FOUND"),
    (f"{{ overview({SHOP}, length: 0) {{ score }} }}", {}, "NUMBER_OUT_OF_RANGE"),
    (f"{{ overview({SHOP}, length: 101) {{ score }} }}", {}, "NUMBER_OUT_OF_RANGE"),
    (f'{{ ranking({SHOP}, indicator: "EC.XX") {{ totalCount }} }}', {}, "NODE_NOT_FOUND"),
    (f'{{ ranking({SHOP}) {{ entry(unit: "DEALER-BJ") {{ rank }} }} }}', {}, "UNIT_NOT_RANKED"),
    (
        f'{{ ranking({SHOP}) {{ neighbours(unit: "SHOP-E1", reach: 51) {{ rank }} }} }}',
        {},
        "NUMBER_OUT_OF_RANGE",
    ),
    (f'{{ heatMap({SHOP}, indicators: ["EC.XX"]) {{ period {{ code }} }} }}', {}, "NODE_NOT_FOUND"),
    (f"{{ heatMap({SHOP}, indicators: []) {{ period {{ code }} }} }}", {}, "LIST_EMPTY"),
    ('{ node(id: "xyz") { id } }', {}, "ID_INVALID"),
    (f"{{ ranking({SHOP}, first: 100000) {{ totalCount }} }}", {}, "PAGE_TOO_LARGE"),
    (f'{{ ranking({SHOP}, after: "xyz") {{ totalCount }} }}', {}, "CURSOR_INVALID"),
]
COMPARE = """
query ($units: [String!]!, $periods: [String!]!) {
  comparison(scheme: "ecommerce.shop", units: $units, periods: $periods) { units { code } }
}
"""
LATE = 'query ($n: Int = 1) { overview(scheme: "s", period: "p", length: $n) { score } }'
QUERIES += [
    (COMPARE, {"units": [], "periods": ["2025-12"]}, "LIST_EMPTY"),
    (COMPARE, {"units": [f"U{n}" for n in range(21)], "periods": ["2025-12"]}, "LIST_TOO_LONG"),
    (COMPARE, {"units": ["SHOP-E1"], "periods": ["2025-12"] * 101 + ["2025-13"]}, "PERIOD_NOT_FOUND"),
    (COMPARE, {"units": ["SHOP-E1", "SHOP-EX"], "periods": ["2025-12"]}, "UNIT_NOT_FOUND"),
    # An argument that turns out wrong only while the query runs.
    (
        'query ($n: Int = 1) { overview(scheme: "s", period: "p", length: $n) { score } }',
        {"n": None},
        "BAD_USER_INPUT",
    ),
]


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: f"{case[2]}-{case[0][:60]}")
def test_code(api: Api, case: tuple[str, dict[str, Any], str]) -> None:
    query, variables, code = case
    (error,) = api.answer(query, variables)["errors"]
    assert error["extensions"]["code"] == code
    assert error["path"]
    assert error["locations"]


def test_words_come_in_both_languages_with_advice(api: Api) -> None:
    (error,) = api.answer('{ unit(code: "DEALER-SH-X") { code } }')["errors"]
    extensions = error["extensions"]
    assert error["message"] == extensions["message"]["en"]
    assert "评价对象" in extensions["message"]["zh"]
    assert extensions["advice"].keys() == {"zh", "en"}


def test_the_nearest_name_is_suggested(api: Api) -> None:
    (error,) = api.answer('{ unit(code: "DEALER-SH-X") { code } }')["errors"]
    assert "DEALER-SH-XX" in error["message"]


def test_the_latest_periods_are_named_where_one_has_no_data(api: Api) -> None:
    answer = api.answer(CARD, {"u": "DEALER-SH-XX", "s": DESK, "p": "1999"})
    assert "2014" in answer["errors"][0]["extensions"]["advice"]["en"]


def test_one_field_that_fails_leaves_the_others(api: Api) -> None:
    answer = api.answer('{ good: unit(code: "SHOP-E1") { code } bad: unit(code: "NOBODY") { code } }')
    assert answer["data"] == {"good": {"code": "SHOP-E1"}, "bad": None}
    assert [error["path"] for error in answer["errors"]] == [["bad"]]


def test_a_unit_without_data_in_a_period_is_missing_and_no_error(api: Api) -> None:
    card = api.ask(CARD, {"u": "SHOP-W2", "s": "ecommerce.shop", "p": "2025-01"})["scorecard"]
    assert card == {"verdict": None}


# A query of any shape is answered, and never with the inside of the program.
ODD = [
    "{" * 5000,
    "{ a " * 500 + "}" * 500,
    "query { ...A } fragment A on Query { ...A }",
    "{ __schema { types { name fields { name } } } }",
    '{ unit(code: "' + "A" * 20_000 + '") { code } }',
    "{ units(first: 99999999999) { totalCount } }",
    '{ units(first: "1") { totalCount } }',
    "{ unit(code: 1) { code } }",
    "query ($a: Nothing) { __typename }",
    "\ufeff{ __typename }",
    "",
    "fragment A on Query { __typename }",
    '{ unitRoots(on: "2025-02-30") { code } }',
]


@pytest.mark.parametrize("query", ODD, ids=lambda text: text[:40])
def test_odd_queries(api: Api, query: str) -> None:
    response = api.post("/graphql", json={"query": query})
    assert response.status_code == 200
    assert "Traceback" not in response.text
    assert "site-packages" not in response.text
    for error in response.json().get("errors", []):
        assert error["extensions"]["code"] in {
            "GRAPHQL_PARSE_FAILED",
            "GRAPHQL_VALIDATION_FAILED",
            "OPERATION_UNCLEAR",
            "QUERY_TOO_DEEP",
            "UNIT_NOT_FOUND",
        }


@pytest.mark.parametrize("query", ['{ unit(code: "\\u0000") { code } }', '{ unit(code: "\u0000") { code } }'])
def test_text_that_no_database_takes_is_refused_before_it_is_looked_at(api: Api, query: str) -> None:
    response = api.post("/graphql", json={"query": query})
    codes = [error["extensions"]["code"] for error in response.json()["errors"]]
    assert (response.status_code, codes) == (400, ["TEXT_UNSTORABLE"])
