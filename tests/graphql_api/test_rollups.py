"""Roll-ups over HTTP: a company with its regions and shops in one request."""

from __future__ import annotations

from typing import Any

import pytest

from graphql_api.http_server import Api

SHOP = 'scheme: "ecommerce.shop"'
REGION = f"""
{{
  rollUp({SHOP}, unit: "EC-EAST", period: "2025-12") {{
    own unitRule {{ rule volume }} periodRule {{ rule }} calendarCode crossingCount
    nodes {{ indicator {{ code }} score rate coverage memberCount countedCount reason }}
    members {{ part score weight unit {{ code }} period {{ code }} }}
    children {{ own unit {{ code }} childCount children {{ own }} nodes {{ score }} }}
  }}
  overview({SHOP}, period: "2025-12", below: "EC-EAST") {{ unit {{ code }} score }}
}}
"""


def test_a_region_weighs_its_shops(api: Api) -> None:
    shown = api.ask(REGION)
    found = shown["rollUp"]
    members: list[dict[str, Any]] = found["members"]
    assert found["unitRule"] == {"rule": "VOLUME", "volume": "answers"}
    assert (found["own"], found["periodRule"], found["calendarCode"]) == (False, None, "month")
    whole = sum(each["weight"] for each in members)
    expected = sum(each["weight"] * each["score"] for each in members) / whole
    assert found["nodes"][0]["score"] == pytest.approx(expected)
    assert {each["part"] for each in members} == {"COUNTED"}
    scores = {row["unit"]["code"]: row["score"] for row in shown["overview"]}
    assert {each["unit"]["code"]: each["score"] for each in members} == pytest.approx(scores)
    assert {each["unit"]["code"]: each["nodes"][0]["score"] for each in found["children"]} == scores
    assert all(each["own"] and not each["children"] for each in found["children"])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ('rollUp(scheme: "supplier.grading", unit: "SUP-CO", period: "2025-01")', "UNIT_NOT_FOUND"),
        ('rollUp(scheme: "automotive.front-desk", unit: "EC-CO", period: "2014")', "ROLL_UP_NOT_DECLARED"),
        (f'rollUp({SHOP}, unit: "EC-CO", period: "2025", calendar: "term")', "CALENDAR_NOT_NAMED"),
        (f'rollUp({SHOP}, unit: "EC-CO", period: "2025-13")', "PERIOD_NOT_FOUND"),
        (f'rollUp({SHOP}, unit: "EC-CO", period: "2025", indicators: ["NO"])', "NODE_NOT_FOUND"),
    ],
)
def test_what_is_refused(api: Api, asked: str, code: str) -> None:
    answer = api.answer(f"{{ {asked} {{ own }} }}")
    assert answer["errors"][0]["extensions"]["code"] == code


def test_numbers_have_their_bounds(api: Api) -> None:
    place = f'{SHOP}, unit: "EC-CO", period: "2025"'
    for asked in (
        f"rollUpTrend({place}, length: 25) {{ score }}",
        f"rollUp({place}) {{ children(first: 0) {{ own }} }}",
    ):
        answer = api.answer(f"{{ {asked} }}")
        assert answer["errors"][0]["extensions"]["code"] == "NUMBER_OUT_OF_RANGE"


def test_a_year_of_a_company(api: Api) -> None:
    [before, year] = api.ask(
        f'{{ rollUpTrend({SHOP}, unit: "EC-CO", period: "2025", length: 2)'
        " { period { code } outcome score change } }"
    )["rollUpTrend"]
    assert (before["period"]["code"], before["outcome"]) == ("2024", "MISSING")
    assert year["score"] is not None
    assert year["change"] is None
