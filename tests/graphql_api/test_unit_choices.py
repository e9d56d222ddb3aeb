"""Units chosen by place, attributes, results and peers, the same way on every screen and in files."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from graphql_api.http_server import Api

SCREENS = """
query ($choose: UnitChoice) {
  comparison(scheme: "ecommerce.shop", periods: ["2025-12"], choose: $choose) { units { code } }
  ranking(scheme: "ecommerce.shop", period: "2025-12", choose: $choose) { nodes { unit { code } } }
  heatMap(scheme: "ecommerce.shop", period: "2025-12", choose: $choose) { rows { unit { code } } }
  overview(scheme: "ecommerce.shop", period: "2025-12", choose: $choose) { unit { code } }
}
"""
ENDS = """
query ($count: Int!, $indicator: String) {
  ranking(scheme: "ecommerce.shop", period: "2025-12", indicator: $indicator) {
    scoredCount
    nodes { unit { code } score }
    top(count: $count) { leftOut entries { unit { code } rank score } }
    bottom(count: $count) { leftOut entries { unit { code } rank score } }
  }
}
"""


def _codes(shown: Any) -> list[list[str]]:
    return [
        [unit["code"] for unit in shown["comparison"]["units"]],
        *(
            sorted(row["unit"]["code"] for row in rows)
            for rows in (shown["ranking"]["nodes"], shown["heatMap"]["rows"], shown["overview"])
        ),
    ]


@pytest.mark.parametrize(
    ("choose", "codes"),
    [
        ({"childrenOf": "EC-EAST"}, ["SHOP-E1", "SHOP-E2", "SHOP-E3"]),
        ({"codes": ["SHOP-N1", "SHOP-S1"], "below": "EC-NORTH"}, ["SHOP-N1"]),
        ({"attributes": [{"name": "size", "values": ["small"]}]}, ["SHOP-S3", "SHOP-W1", "SHOP-W2"]),
        (
            {"peersOf": {"unit": "SHOP-E1", "attributes": ["size"], "ancestorType": "region"}},
            ["SHOP-E1", "SHOP-E2"],
        ),
        ({"bands": ["fair"], "outcomes": ["SCORED"], "below": "EC-SOUTH"}, ["SHOP-S1"]),
    ],
)
def test_every_screen_means_the_same_units(api: Api, choose: dict[str, Any], codes: list[str]) -> None:
    assert _codes(api.ask(SCREENS, {"choose": choose})) == [codes] * 4


def test_the_ends_of_a_ranking(api: Api) -> None:
    shown = api.ask(ENDS, {"count": 2, "indicator": None})["ranking"]
    order = [each["unit"]["code"] for each in shown["nodes"]]
    assert [each["unit"]["code"] for each in shown["top"]["entries"]] == order[:2]
    assert [each["unit"]["code"] for each in shown["bottom"]["entries"]] == order[::-1][:2]
    assert (shown["top"]["leftOut"], shown["bottom"]["leftOut"]) == (0, 0)


@pytest.mark.parametrize(
    ("choose", "code"),
    [
        ({"codes": []}, "LIST_EMPTY"),
        ({"attributes": [{"name": "sise"}]}, "CHOICE_ATTRIBUTE_UNKNOWN"),
        ({"attributes": [{"name": "size"}] * 21}, "LIST_TOO_LONG"),
        ({"peersOf": {"unit": "SHOP-E1"}}, "CHOICE_PEERS_IN_NOTHING"),
        ({"peersOf": {"unit": "SHOP-E1", "attributes": ["size"], "factor": 0.5}}, "NUMBER_OUT_OF_RANGE"),
        ({"places": {"top": 101}}, "NUMBER_OUT_OF_RANGE"),
        ({"codes": ["NOBODY"]}, "UNIT_NOT_FOUND"),
    ],
)
def test_what_means_nothing_is_refused_on_every_screen(api: Api, choose: dict[str, Any], code: str) -> None:
    answer = api.answer(SCREENS, {"choose": choose})
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code] * 4


def test_a_comparison_names_units_or_chooses(api: Api) -> None:
    query = '{ comparison(scheme: "ecommerce.shop", periods: ["2025-12"]) { units { code } } }'
    assert len(api.ask(query)["comparison"]["units"]) == 11


@pytest.mark.parametrize("what", ["comparison", "ranking"])
def test_files_of_chosen_units(api: Api, what: str) -> None:
    asked = {"period": "2025-12", "where": ["attribute.size=large", "children-of=EC-EAST"]}
    answer = api.get(f"/schemes/ecommerce.shop/{what}.csv", params=asked)
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert sorted(row["unit"] for row in rows) == ["SHOP-E1", "SHOP-E2"]


def test_a_file_says_what_it_cannot_read(api: Api) -> None:
    asked = {"period": "2025-12", "where": "colour=red"}
    answer = api.get("/schemes/ecommerce.shop/ranking.csv", params=asked)
    assert answer.status_code == 400
    assert "CHOICE_NAME_UNKNOWN" in answer.text


def test_the_example_of_the_page_answers_as_it_says(api: Api) -> None:
    page = (Path(__file__).parents[2] / "docs/compare.md").read_text(encoding="utf-8")
    query, answer = re.findall(r"```(?:graphql|json)\n(.*?)```", page.split("<!-- choose -->")[1], re.DOTALL)[
        :2
    ]
    assert api.ask(query) == json.loads(answer)["data"]


def test_the_example_of_the_page_is_the_same_as_a_file(api: Api) -> None:
    where = ["attribute.size=large", "below=EC-EAST", "top=1"]
    answer = api.get("/schemes/ecommerce.shop/ranking.csv", params={"period": "2025-12", "where": where})
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert [row["unit"] for row in rows] == ["SHOP-E1"]
