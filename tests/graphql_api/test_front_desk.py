"""The assessment of the source, answered over HTTP: 164 of 330 points, 49.697 %, failed."""

from __future__ import annotations

import pytest

from graphql_api.http_server import Api
from steelyard_graphql.welcome import WELCOME_QUERY

MODULES = {
    "FD.CORE": (100, 195, 100 / 195, 136.5),
    "FD.5S": (43, 62, 43 / 62, 43.4),
    "FD.HR": (9, 28, 9 / 28, 19.6),
    "FD.DOC": (7, 11, 7 / 11, 7.7),
    "FD.KANBAN": (0, 24, 0, 16.8),
    "FD.DMS": (5, 10, 0.5, 7),
}
QUERY = """
query ($scheme: String!) {
  scorecard(unit: "DEALER-SH-XX", scheme: $scheme, period: "2014") {
    verdict
    verdictTitle(locale: ZH)
    root { outcome reason points fullMark score passed passPoints coverage }
    nodes { code depth parentCode rate points fullMark passed passPoints obtained assessed coverage outcome }
    diagnosis { needed passPoints weakPoints { indicator { code } lost gap } }
  }
}
"""


def test_the_whole(api: Api) -> None:
    card = api.ask(QUERY, {"scheme": "automotive.front-desk"})["scorecard"]
    root = card["root"]
    assert (card["verdict"], card["verdictTitle"]) == ("failed", "不达标")
    assert (root["points"], root["fullMark"], root["passPoints"], root["passed"]) == (164, 330, 231, False)
    assert root["score"] == pytest.approx(49.6969696969697, abs=1e-9)


@pytest.mark.parametrize("code", MODULES)
def test_each_module(api: Api, code: str) -> None:
    nodes = api.ask(QUERY, {"scheme": "automotive.front-desk"})["scorecard"]["nodes"]
    node = next(node for node in nodes if node["code"] == code)
    points, full, rate, pass_points = MODULES[code]
    assert (node["points"], node["fullMark"], node["passPoints"]) == (points, full, pass_points)
    assert (node["rate"], node["passed"]) == (pytest.approx(rate, abs=1e-12), False)


def test_the_points_that_are_missing(api: Api) -> None:
    found = api.ask(QUERY, {"scheme": "automotive.front-desk"})["scorecard"]["diagnosis"]
    lost = {point["indicator"]["code"]: point["lost"] for point in found["weakPoints"]}
    assert (found["needed"], found["passPoints"]) == (67, 231)
    assert lost == {"FD.CORE": 95, "FD.KANBAN": 24, "FD.5S": 19, "FD.HR": 19, "FD.DMS": 5, "FD.DOC": 4}
    assert next(iter(lost)) == "FD.CORE"


def test_the_shop_is_incomplete_because_five_departments_were_never_assessed(api: Api) -> None:
    card = api.ask(QUERY, {"scheme": "automotive.shop"})["scorecard"]
    root = card["root"]
    assert (root["outcome"], root["score"], root["points"], card["verdict"]) == (
        "INCOMPLETE",
        None,
        None,
        None,
    )
    assert root["coverage"] == pytest.approx(0.33, abs=1e-12)
    desk = next(node for node in card["nodes"] if node["code"] == "AUTO.FD")
    assert (desk["points"], desk["fullMark"], desk["parentCode"], desk["depth"]) == (164, 330, "SHOP", 1)
    assert sum(node["outcome"] == "MISSING" for node in card["nodes"] if node["depth"] == 1) == 5


def test_the_first_query_of_the_demo(api: Api) -> None:
    card = api.ask(WELCOME_QUERY)["scorecard"]
    assert (card["root"]["points"], card["root"]["fullMark"], card["verdict"]) == (164, 330, "failed")
    assert len(card["nodes"]) == 7
