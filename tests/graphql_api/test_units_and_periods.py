"""Units in their tree, periods in their calendars."""

from __future__ import annotations

from graphql_api.http_server import Api


def test_the_tree_downwards_and_upwards(api: Api) -> None:
    found = api.ask(
        """
        {
          unitRoots { code type children { code children { code } } }
          unit(code: "DEALER-SH-XX") { parent { code } ancestors { code type } children { code } }
        }
        """
    )
    company = next(root for root in found["unitRoots"] if root["code"] == "AUTO-NET")
    east = next(region for region in company["children"] if region["code"] == "AUTO-EAST")
    assert "DEALER-SH-XX" in [dealer["code"] for dealer in east["children"]]
    assert found["unit"]["parent"] == {"code": "AUTO-EAST"}
    assert [unit["code"] for unit in found["unit"]["ancestors"]] == ["AUTO-EAST", "AUTO-NET"]
    assert found["unit"]["children"] == []


def test_units_by_type_and_below_another(api: Api) -> None:
    query = "query ($t: String, $b: String) { units(type: $t, below: $b) { totalCount nodes { code } } }"
    assert api.ask(query, {"t": "region"})["units"]["totalCount"] == 7
    assert api.ask(query, {"b": "AUTO-SOUTH"})["units"]["nodes"] == [
        {"code": "DEALER-GZ"},
        {"code": "DEALER-SZ"},
    ]
    assert api.ask(query, {"t": "dealer", "b": "EC-CO"})["units"]["totalCount"] == 0


def test_what_is_made_up_says_so(api: Api) -> None:
    query = '{ real: unit(code: "DEALER-SH-XX") { ...A } other: unit(code: "SHOP-E1") { ...A } } '
    found = api.ask(query + "fragment A on Unit { attributes { name value } }")
    invented = {"name": "invented", "value": "true"}
    assert invented not in found["real"]["attributes"]
    assert invented in found["other"]["attributes"]


def test_periods_of_a_scheme_are_those_with_data_of_it(api: Api) -> None:
    query = """
    query ($s: String, $c: String) { periods(scheme: $s, calendar: $c) { code calendarCode start end } }
    """
    years = {one["code"][:4] for one in api.ask(query, {"s": "automotive.front-desk"})["periods"]}
    assert years <= {"2013", "2014", "2015"}
    spring = api.ask(query, {"s": "education.campus", "c": "term"})["periods"]
    assert {one["calendarCode"] for one in spring} == {"term"}
    december = api.ask(query, {"c": "month"})["periods"][-1]
    assert (december["code"], december["start"], december["end"]) == ("2025-12", "2025-12-01", "2026-01-01")


def test_titles_come_in_the_language_asked_for(api: Api) -> None:
    query = '{ unit(code: "DEALER-SH-XX") { zh: title(locale: ZH) en: title(locale: EN) usual: title } }'
    unit = api.ask(query)["unit"]
    assert unit["zh"] == "上海XX汽车销售服务有限公司"
    assert unit["usual"] == unit["en"] != unit["zh"]
