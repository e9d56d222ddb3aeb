"""Global ids: opaque, canonical, and good for finding things again."""

from __future__ import annotations

import base64

import pytest

from graphql_api.http_server import Api
from steelyard.errors import InvalidInput
from steelyard_graphql.ids import NodeKey, global_id, read_id

EVERY_TYPE = """
{
  pack(name: "automotive") { __typename id }
  scheme(code: "automotive.front-desk") { __typename id root { __typename id } calendars { __typename id } }
  unit(code: "DEALER-SH-XX") { __typename id }
  scorecard(unit: "DEALER-SH-XX", scheme: "automotive.front-desk", period: "2014") {
    __typename id period { __typename id }
  }
}
"""
AGAIN = "query ($id: ID!) { node(id: $id) { __typename id } }"


def test_every_node_is_found_again_by_its_id(api: Api) -> None:
    found = api.ask(EVERY_TYPE)
    nodes = [found["pack"], found["scheme"], found["unit"], found["scorecard"]]
    nodes += [found["scheme"]["root"], *found["scheme"]["calendars"], found["scorecard"]["period"]]
    assert {node["__typename"] for node in nodes} == {
        "Pack",
        "Scheme",
        "Unit",
        "Scorecard",
        "Indicator",
        "Calendar",
        "Period",
    }
    for node in nodes:
        same = {"__typename": node["__typename"], "id": node["id"]}
        assert api.ask(AGAIN, {"id": node["id"]})["node"] == same


# Ids as they ought to be, of things that are not there.
GONE = [
    global_id("Unit", "NOBODY"),
    global_id("Pack", "none"),
    global_id("Scheme", "no.such"),
    global_id("Indicator", "automotive.front-desk", "NO.SUCH"),
    global_id("Calendar", "lunar"),
    global_id("Period", "year", "1"),
    global_id("Scorecard", "automotive.front-desk", "NOBODY", "2014"),
    global_id("Scorecard", "automotive.front-desk", "DEALER-SH-XX", "1999"),
]


@pytest.mark.parametrize("gone", GONE)
def test_what_is_not_there_is_null_and_no_error(api: Api, gone: str) -> None:
    assert api.ask(AGAIN, {"id": gone}) == {"node": None}


def _base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


WRONG = [
    "",
    "DEALER-SH-XX",
    "Unit:DEALER-SH-XX",
    "é",
    "a" * 10_000,
    _base64("Unit:DEALER-SH-XX"),
    _base64('["Unit"]'),
    _base64('["Unit", "DEALER-SH-XX"]'),
    _base64('["Unit","DEALER-SH-XX"]') + "=",
    _base64('["Unit",1]'),
    _base64('["Unit",["DEALER-SH-XX"]]'),
    _base64('{"Unit":"DEALER-SH-XX"}'),
    global_id("Unit", "DEALER-SH-XX", "2014"),
    global_id("Query", "x"),
    global_id("NodeScore", "x"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda text: text[:30])
def test_what_is_no_id_is_refused(api: Api, wrong: str) -> None:
    answer = api.answer(AGAIN, {"id": wrong})
    assert answer["data"] == {"node": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["ID_INVALID"]
    assert len(answer["errors"][0]["message"]) < 200


@pytest.mark.parametrize("codes", [("a",), ("中文", "b"), ("", "x y/z?&=")])
def test_ids_are_read_as_they_were_written(codes: tuple[str, ...]) -> None:
    assert read_id(global_id("Unit", *codes)) == NodeKey("Unit", codes)


def test_a_number_is_no_code() -> None:
    with pytest.raises(InvalidInput):
        read_id(_base64('["Unit",1]'))
