"""Why scores differ, over GraphQL."""

from __future__ import annotations

import pytest

from graphql_api.http_server import Api

ATTRIBUTION = """
query ($scheme: String!, $first: UnitInPeriod!, $second: UnitInPeriod!, $indicator: String) {
  attribution(scheme: $scheme, first: $first, second: $second, indicator: $indicator) {
    indicator { code }
    before after difference estimated
    sentence(locale: ZH)
    units { code }
    nodes { code before after value }
    parts { kind subject value reached title(locale: EN) }
  }
}
"""
CARD = 'query {{ scorecard(scheme: "{}", unit: "{}", period: "{}") {{ root {{ score }} }} }}'
SHOP = {"scheme": "automotive.shop"}
THEN, NOW = {"unit": "DEALER-HZ", "period": "2013"}, {"unit": "DEALER-HZ", "period": "2015"}


def test_parts_are_steps_from_one_score_to_the_other(api: Api) -> None:
    found = api.ask(ATTRIBUTION, {**SHOP, "first": THEN, "second": NOW})["attribution"]
    scores = [
        api.ask(CARD.format("automotive.shop", "DEALER-HZ", year))["scorecard"]["root"]["score"]
        for year in ("2013", "2015")
    ]
    assert [found["before"], found["after"]] == pytest.approx(scores)
    assert sum(part["value"] for part in found["parts"]) == pytest.approx(scores[1] - scores[0], abs=1e-9)
    assert found["parts"][-1]["reached"] == pytest.approx(found["after"], abs=1e-9)
    assert {part["kind"] for part in found["parts"]} == {"PERFORMANCE"}
    assert [unit["code"] for unit in found["units"]] == ["DEALER-HZ"]
    assert found["estimated"] is False


def test_a_group_tells_what_all_below_it_makes(api: Api) -> None:
    found = api.ask(ATTRIBUTION, {**SHOP, "first": THEN, "second": NOW})["attribution"]
    values = {node["code"]: node["value"] for node in found["nodes"]}
    desk = [part["value"] for part in found["parts"] if part["subject"].startswith("FD.")]
    assert values["AUTO.FD"] == pytest.approx(sum(desk))


def test_the_sides_are_named_in_words(api: Api) -> None:
    variables = {**SHOP, "first": THEN, "second": NOW, "indicator": "FD.CORE"}
    found = api.ask(ATTRIBUTION, variables)["attribution"]
    assert found["indicator"]["code"] == "FD.CORE"
    assert "2015" in found["sentence"]
    assert "2013" in found["sentence"]


def test_without_a_score_nothing_is_compared(api: Api) -> None:
    nobody = {"unit": "DEALER-SH-XX", "period": "2013"}
    found = api.ask(ATTRIBUTION, {**SHOP, "first": nobody, "second": NOW})["attribution"]
    assert (found["difference"], found["parts"]) == (None, [])


def test_the_median_of_others(api: Api) -> None:
    query = """query { medianAttribution(scheme: "automotive.shop", unit: "DEALER-HZ", period: "2014") {
      before difference after units { code } parts { value } } }"""
    found = api.ask(query)["medianAttribution"]
    assert "DEALER-HZ" not in [unit["code"] for unit in found["units"]]
    assert found["difference"] == pytest.approx(found["after"] - found["before"])
    assert sum(part["value"] for part in found["parts"]) == pytest.approx(found["difference"], abs=1e-9)


def test_unknown_units_are_not_found(api: Api) -> None:
    unknown = {"unit": "NOBODY", "period": "2015"}
    assert api.codes(ATTRIBUTION, {**SHOP, "first": unknown, "second": NOW}) == ["UNIT_NOT_FOUND"]
