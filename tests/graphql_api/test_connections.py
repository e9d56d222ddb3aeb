"""Pages: forward, backward, with cursors that stand for rows and not for numbers of rows."""

from __future__ import annotations

from typing import Any

import pytest

from graphql_api.http_server import Api
from steelyard_graphql.connections import PageArguments, Window, page, window, write_cursor

RANKING = """
query ($first: Int, $after: String, $last: Int, $before: String) {
  ranking(
    scheme: "ecommerce.shop", period: "2025-12", first: $first, after: $after, last: $last, before: $before
  ) {
    totalCount
    edges { cursor node { unit { code } } }
    nodes { unit { code } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""
UNITS = """
query ($first: Int, $after: String, $last: Int, $before: String) {
  units(type: "shop", first: $first, after: $after, last: $last, before: $before) {
    totalCount
    edges { cursor node { code } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""


def _page(api: Api, query: str, **arguments: Any) -> tuple[list[str], dict[str, Any]]:
    (found,) = api.ask(query, arguments).values()
    nodes = [edge["node"] for edge in found["edges"]]
    return [node["code"] if "code" in node else node["unit"]["code"] for node in nodes], found["pageInfo"]


@pytest.mark.parametrize("query", [RANKING, UNITS], ids=["ranking", "units"])
@pytest.mark.parametrize("size", [2, 4, 11])
def test_pages_forward_make_the_whole_list(api: Api, query: str, size: int) -> None:
    whole, _ = _page(api, query)
    found: list[str] = []
    after, going = None, True
    while going:
        codes, info = _page(api, query, first=size, after=after)
        found, after, going = [*found, *codes], info["endCursor"], info["hasNextPage"]
        assert info["hasPreviousPage"] == (len(found) > len(codes))
    assert (len(whole), found) == (11, whole)


@pytest.mark.parametrize("query", [RANKING, UNITS], ids=["ranking", "units"])
@pytest.mark.parametrize("size", [2, 4, 11])
def test_pages_backward_make_the_whole_list(api: Api, query: str, size: int) -> None:
    whole, _ = _page(api, query)
    found: list[str] = []
    before, going = None, True
    while going:
        codes, info = _page(api, query, last=size, before=before)
        found, before, going = [*codes, *found], info["startCursor"], info["hasPreviousPage"]
    assert found == whole


def test_no_rows_at_all(api: Api) -> None:
    codes, info = _page(api, RANKING, first=0)
    assert codes == []
    assert info == {"hasNextPage": True, "hasPreviousPage": False, "startCursor": None, "endCursor": None}


def test_after_and_before_together(api: Api) -> None:
    (found,) = api.ask(UNITS, {}).values()
    cursors = [edge["cursor"] for edge in found["edges"]]
    codes, _ = _page(api, UNITS, after=cursors[2], before=cursors[6])
    assert codes == [edge["node"]["code"] for edge in found["edges"][3:6]]


def test_a_cursor_outlives_its_row() -> None:
    rows = ["a", "c", "e"]
    found, cursors = page(rows, str, "letters", PageArguments(first=1, after=write_cursor("letters", "b")))
    assert (rows[found.start : found.end], cursors) == (["c"], [write_cursor("letters", "c")])


def test_a_window_stays_within_its_list() -> None:
    assert window(3, PageArguments(first=100), after=5, before=None) == Window(5, 5, 3)
    assert window(3, PageArguments(last=2), after=None, before=1) == Window(0, 1, 3)


# arguments of a page → code, and the argument that it blames
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"first": 100_000}, "PAGE_TOO_LARGE", "first"),
    ({"last": 101}, "PAGE_TOO_LARGE", "last"),
    ({"first": -1}, "PAGE_SIZE_INVALID", "first"),
    ({"first": 1, "last": 1}, "PAGE_TWO_WAYS", "first"),
    ({"first": 1, "before": write_cursor("units", "x")}, "PAGE_TWO_WAYS", "first"),
    ({"last": 1, "after": write_cursor("units", "x")}, "PAGE_TWO_WAYS", "after"),
    ({"after": "Incorrect padding"}, "CURSOR_INVALID", "after"),
    ({"after": ""}, "CURSOR_INVALID", "after"),
    ({"before": "b2Zmc2V0OjE="}, "CURSOR_INVALID", "before"),
    ({"after": write_cursor("letters", "x")}, "CURSOR_INVALID", "after"),
    ({"after": write_cursor("units")}, "CURSOR_INVALID", "after"),
    ({"after": write_cursor("units", 1.5)}, "CURSOR_INVALID", "after"),
    ({"after": write_cursor("ranking", "high", "x")}, "CURSOR_INVALID", "after"),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
@pytest.mark.parametrize("query", [RANKING, UNITS], ids=["ranking", "units"])
def test_refused(api: Api, query: str, case: tuple[dict[str, Any], str, str]) -> None:
    arguments, code, argument = case
    if "units" in str(arguments) and query is RANKING:
        arguments = {name: "units" if isinstance(value, str) else value for name, value in arguments.items()}
    (error,) = api.answer(query, arguments)["errors"]
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == (code, argument)


def test_all_that_is_wrong_with_a_page_is_said_at_once(api: Api) -> None:
    assert api.codes(UNITS, {"first": 101, "last": -1}) == [
        "PAGE_TOO_LARGE",
        "PAGE_SIZE_INVALID",
        "PAGE_TWO_WAYS",
    ]
