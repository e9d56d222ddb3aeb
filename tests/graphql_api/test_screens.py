"""The example queries: each answers its screen from the samples, in one request over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graphql_api.http_server import Api

SCREENS = Path(__file__).parents[2] / "docs" / "screens"


def _shown(api: Api, name: str, **variables: Any) -> Any:
    return api.ask((SCREENS / f"{name}.graphql").read_text(encoding="utf-8"), variables)


@pytest.mark.parametrize("path", sorted(SCREENS.glob("*.graphql")), ids=lambda path: path.stem)
@pytest.mark.parametrize("locale", ["ZH", "EN"])
def test_every_screen_answers_with_its_defaults(api: Api, path: Path, locale: str) -> None:
    assert _shown(api, path.stem, locale=locale)


def test_the_list_of_screens_is_complete() -> None:
    listed = (SCREENS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in SCREENS.glob("*.graphql") if f"({path.name})" not in listed] == []


def test_difference(api: Api) -> None:
    shown = _shown(api, "difference")
    for waterfall in shown.values():
        assert sum(part["value"] for part in waterfall["parts"]) == pytest.approx(waterfall["difference"])
        assert waterfall["parts"][-1]["reached"] == pytest.approx(waterfall["after"])
        assert str(waterfall["sentence"]).endswith(".")


def test_overview(api: Api) -> None:
    shown = _shown(api, "overview")
    page = shown["overviewPage"]
    rows = page["nodes"]
    assert shown["region"]["ancestors"][0]["code"] == "EC-CO"
    assert [row["unit"]["code"] for row in rows] == ["SHOP-E1", "SHOP-E2", "SHOP-E3"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, False)
    assert (page["spread"]["count"], page["spread"]["best"]) == (3, max(row["score"] for row in rows))
    for row in rows:
        assert row["score"] == pytest.approx(row["sparkline"][-1], abs=1e-9)
        assert row["change"] == pytest.approx(row["sparkline"][-1] - row["sparkline"][-2], abs=1e-9)
        assert len(row["sparkline"]) == 12
        assert row["band"]["code"] in {band["code"] for band in shown["scheme"]["bands"]}


def test_overview_of_everything_shows_gaps_as_gaps(api: Api) -> None:
    lines = {
        row["unit"]["code"]: row["sparkline"]
        for row in _shown(api, "overview", below="EC-CO")["overviewPage"]["nodes"]
    }
    assert len(lines) == 11
    assert None in lines["SHOP-W1"]
    assert None not in lines["SHOP-E1"]


def test_scorecard(api: Api) -> None:
    card = _shown(api, "scorecard", locale="ZH")["scorecard"]
    assert (card["verdict"], card["unit"]["title"]) == ("failed", "上海XX汽车销售服务有限公司")
    assert [node["code"] for node in card["nodes"] if node["depth"] == 0] == ["AUTO.FD"]
    assert sum(node["points"] for node in card["nodes"] if node["isLeaf"]) == pytest.approx(164)
    assert sum(node["globalWeight"] for node in card["nodes"] if node["isLeaf"]) == pytest.approx(1)


def test_indicator(api: Api) -> None:
    node = _shown(api, "indicator")["scorecard"]["node"]
    assert node["trend"][-1]["score"] == pytest.approx(node["score"], abs=1e-9)
    assert node["peers"]["entry"]["rank"] in range(1, 12)
    assert node["score"] == pytest.approx(
        100 * sum(term["contribution"] for term in node["explanation"]["terms"]), abs=1e-9
    )
    assert {child["code"] for child in node["children"]} == {t["code"] for t in node["explanation"]["terms"]}


def test_leaf_with_the_records_behind_it(api: Api) -> None:
    shown = _shown(
        api,
        "indicator",
        unit="DEALER-SH-XX",
        scheme="automotive.front-desk",
        period="2014",
        indicator="AUTO.FD",
    )
    core = shown["scorecard"]["node"]["children"][0]
    assert [(one["status"], one["value"]) for one in core["explanation"]["inputs"]] == [("VALUE", 100)]
    assert [(one["exactValue"], one["source"]) for one in core["records"]] == [("100", "SAMPLE")]


def test_comparison(api: Api) -> None:
    shown = _shown(api, "comparison")["comparison"]
    assert [unit["code"] for unit in shown["units"]] == ["SHOP-E1", "SHOP-E2", "SHOP-E3", "SHOP-S1"]
    for row in shown["indicators"]:
        for column in row["periods"]:
            best = max(cell["score"] for cell in column["cells"])
            assert column["spread"]["best"] == best
            assert [cell["toBest"] for cell in column["cells"]] == pytest.approx(
                [cell["score"] - best for cell in column["cells"]], abs=1e-9
            )


def test_ranking(api: Api) -> None:
    shown = _shown(api, "ranking")["ranking"]
    scores = [edge["node"]["score"] for edge in shown["edges"]]
    assert scores == sorted(scores, reverse=True)
    assert (len(scores), shown["totalCount"]) == (5, 11)
    around = [entry["unit"]["code"] for entry in shown["neighbours"]]
    assert "SHOP-W1" in around
    assert 3 <= len(around) <= 5


def test_heat_map(api: Api) -> None:
    shown = _shown(api, "heat_map")["heatMap"]
    assert [column["indicator"]["depth"] for column in shown["columns"]] == [0, 1, 1, 1, 1]
    assert len(shown["rowPage"]["nodes"]) == shown["rowPage"]["totalCount"] == 10
    assert all(len(row["cells"]) == 5 for row in shown["rowPage"]["nodes"])


def test_weights(api: Api) -> None:
    shown = _shown(api, "weights")["proposeWeights"]
    share = {one["indicator"]["code"]: one["proposedLocal"] for one in shown["weights"]}
    assert share["EC.AS"] == pytest.approx(12 * share["EC.TX"])
    page = shown["changePage"]
    assert shown["summary"]["units"] == len(page["nodes"]) == page["totalCount"] == 11
    assert shown["summary"]["scoreChanged"] > 0
    for change in page["nodes"]:
        expected = change["proposed"]["score"] - change["current"]["score"]
        assert change["scoreChange"] == pytest.approx(expected, abs=1e-9)


def test_draft_plan(api: Api) -> None:
    plan = _shown(api, "draft_plan")["scorecard"]["draftPlan"]
    gains = [action["gain"] for action in plan["actions"]]
    assert gains == sorted(gains, reverse=True)
    assert plan["diagnosis"]["needed"] == 67
    assert plan["projected"]["points"] == pytest.approx(plan["actions"][-1]["pointsAfter"])
    assert any(action["advice"] for action in plan["actions"])


def test_catalogue(api: Api) -> None:
    shown = {pack["name"]: pack for pack in _shown(api, "catalogue")["packs"]}
    assert shown.keys() >= {"automotive", "ecommerce", "education"}
    assert {pack["state"] for pack in shown.values()} == {"LOADED"}
    shop = next(scheme for scheme in shown["ecommerce"]["schemes"] if scheme["code"] == "ecommerce.shop")
    assumed = {one["about"] for one in shop["assumptions"]}
    assert {node["code"] for node in shop["indicators"] if node["assumed"]} <= assumed
    assert all(one["note"] for one in shop["assumptions"])
    counted = {one["code"]: one["counted"] for one in shown["education"]["instruments"]}
    assert len(counted) == 8
    assert [code for code, counts in counted.items() if counts is False] == ["choice-factors"]


def test_a_quota_on_a_scorecard(api: Api) -> None:
    asked = {"unit": "TC-SOUTH-2", "scheme": "education.campus", "period": "2025-Q4"}
    card = _shown(api, "scorecard", **asked)["scorecard"]
    (quota,) = card["rules"]
    assert (quota["rule"]["code"], quota["rule"]["kind"], quota["state"]) == ("2-7-1", "QUOTA", "FIRED")
    assert quota["reason"].startswith("Pass by the quota, Fail by its score; the quota shares out 10 units")
    assert (card["verdict"], card["nodes"][0]["band"]["code"]) == ("failed", "fail")
