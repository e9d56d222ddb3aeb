"""Mutations: what was recorded is read at once; what is wrong is a typed problem and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from graphql_api.http_server import Api

RECORD = """
mutation ($input: RecordMeasurementInput!) {
  recordMeasurement(input: $input) {
    __typename
    ... on MeasurementRecorded {
      changed
      record { measure value exactValue applicable source recordedBy }
      nodes { code points outcome }
      scorecard { verdict root { points passed } }
    }
    ... on Problem { code path message(locale: EN) suggestion(locale: ZH) others { code } }
  }
}
"""
CARD = """
{
  scorecard(unit: "DEALER-SH-XX", scheme: "automotive.front-desk", period: "2014") {
    root { points }
    node(code: "FD.KANBAN") { records { exactValue source } }
  }
}
"""
KANBAN = {
    "scheme": "automotive.front-desk",
    "unit": "DEALER-SH-XX",
    "period": "2014",
    "measure": "FD.KANBAN",
    "value": "24",
}


def _record(api: Api, **changes: str) -> Any:
    return api.ask(RECORD, {"input": {**KANBAN, **changes}})["recordMeasurement"]


def test_recorded_and_read_at_once(own_api: Api) -> None:
    found = _record(own_api)
    assert found["record"] == {
        "measure": "FD.KANBAN",
        "value": 24,
        "exactValue": "24",
        "applicable": True,
        "source": "GRAPHQL",
        "recordedBy": "admin",
    }
    assert (found["changed"], found["nodes"]) == (
        True,
        [{"code": "FD.KANBAN", "points": 24, "outcome": "SCORED"}],
    )
    assert found["scorecard"] == {"verdict": "failed", "root": {"points": 188, "passed": False}}
    card = own_api.ask(CARD)["scorecard"]
    assert (card["root"]["points"], card["node"]["records"]) == (
        188,
        [{"exactValue": "24", "source": "GRAPHQL"}],
    )


def test_the_same_again_changes_nothing(own_api: Api) -> None:
    assert [_record(own_api)["changed"], _record(own_api)["changed"]] == [True, False]


def test_not_applicable(own_api: Api) -> None:
    found = _record(own_api, value="n/a")
    assert (found["record"]["value"], found["record"]["applicable"]) == (None, False)
    assert found["nodes"][0]["outcome"] == "NOT_APPLICABLE"


def test_two_in_one_request_are_recorded_one_after_the_other(own_api: Api) -> None:
    answer = own_api.ask(
        """
        mutation ($a: RecordMeasurementInput!, $b: RecordMeasurementInput!) {
          a: recordMeasurement(input: $a) { ... on MeasurementRecorded { scorecard { root { points } } } }
          b: recordMeasurement(input: $b) { ... on MeasurementRecorded { scorecard { root { points } } } }
        }
        """,
        {"a": {**KANBAN, "value": "1"}, "b": {**KANBAN, "value": "2"}},
    )
    assert [answer[name]["scorecard"]["root"]["points"] for name in "ab"] == [165, 166]


# what is changed in the input → code and path of the problem
REFUSED: list[tuple[dict[str, str], str, list[str]]] = [
    ({"unit": "NOBODY"}, "UNIT_NOT_FOUND", ["unit"]),
    ({"scheme": "none"}, "SCHEME_NOT_FOUND", ["scheme"]),
    ({"period": "2014-13"}, "PERIOD_NOT_FOUND", ["period"]),
    ({"measure": "FD.NONE"}, "MEASURE_NOT_READ", ["measure"]),
    ({"value": ""}, "MEASUREMENT_EMPTY", ["value"]),
    ({"value": "１２"}, "TABLE_FULL_WIDTH", ["value"]),
    ({"value": "many"}, "TABLE_NOT_A_NUMBER", ["value"]),
    ({"value": "50%"}, "TABLE_PERCENT_REFUSED", ["value"]),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_refused(api: Api, case: tuple[dict[str, str], str, list[str]]) -> None:
    changes, code, path = case
    found = _record(api, **changes)
    assert (found["__typename"], found["code"], found["path"]) == ("Problem", code, path)
    assert found["message"]
    assert found["suggestion"]


PROPOSE = """
mutation ($input: ProposeWeightsInput!) {
  proposeWeights(input: $input) {
    __typename
    ... on WeightsProposed { summary { units scoreChanged } changes { unit { code } scoreChange } }
    ... on Problem { code path others { code path } }
  }
}
"""


def _propose(api: Api, weights: list[tuple[str, float]], **more: Any) -> Any:
    chosen = [{"indicator": code, "weight": weight} for code, weight in weights]
    given = {"scheme": "ecommerce.shop", "period": "2025-12", "weights": chosen, **more}
    return api.ask(PROPOSE, {"input": given})["proposeWeights"]


def test_proposed_for_chosen_units_and_nothing_stored(api: Api) -> None:
    query = '{ scorecard(unit: "SHOP-E1", scheme: "ecommerce.shop", period: "2025-12") { root { score } } }'
    before = api.ask(query)
    found = _propose(api, [("EC.AS", 50)], units=["SHOP-E1", "SHOP-S1"])
    assert [change["unit"]["code"] for change in found["changes"]] == ["SHOP-E1", "SHOP-S1"]
    assert found["changes"][0]["scoreChange"] != 0
    assert api.ask(query) == before


# weights → code and path of the first problem
WRONG_WEIGHTS: list[tuple[list[tuple[str, float]], str, list[str]]] = [
    ([], "WEIGHT_NONE", ["weights"]),
    ([("EC.XX", 1)], "WEIGHT_UNKNOWN_NODE", ["weights", "0"]),
    ([("EC.AS", 1), ("EC.AS", 2)], "WEIGHT_TWICE", ["weights", "1"]),
    ([("EC.AS", -0.1)], "WEIGHT_NEGATIVE", ["weights", "0"]),
    ([("EC", 1)], "WEIGHT_OF_ROOT", ["weights", "0"]),
]


@pytest.mark.parametrize("case", WRONG_WEIGHTS, ids=str)
def test_wrong_weights(api: Api, case: tuple[list[tuple[str, float]], str, list[str]]) -> None:
    weights, code, path = case
    found = _propose(api, weights)
    assert (found["__typename"], found["code"], found["path"]) == ("Problem", code, path)


@pytest.mark.parametrize(("unit", "code"), [("x", "UNIT_NOT_FOUND"), ("EC-CO", "UNIT_NOT_SCORED")])
def test_wrong_units_are_told_where_they_were_given(api: Api, unit: str, code: str) -> None:
    found = _propose(api, [("EC.AS", 50)], units=[unit])
    assert (found["__typename"], found["code"], found["path"]) == ("Problem", code, ["units"])


def test_all_problems_are_told_together(api: Api) -> None:
    found = _propose(api, [("EC.XX", 1), ("EC.AS", -1)])
    assert [found["code"], *(other["code"] for other in found["others"])] == [
        "WEIGHT_UNKNOWN_NODE",
        "WEIGHT_NEGATIVE",
    ]
