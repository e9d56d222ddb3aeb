"""The automotive example whole, over HTTP: weak items, six directions, and what they should bring."""

from __future__ import annotations

from graphql_api.http_server import Api

QUERY = """{
  plans(scheme: "automotive.front-desk-audit", unit: "DEALER-SH-XX", first: 5) {
    nodes {
      title state effortDays
      unit { code } period { code }
      findings { key kind }
      actions { title(locale: ZH) description role(locale: EN) effortDays answers owner due state }
    }
  }
}"""
DIRECTIONS = ["流程", "培训", "客户档案", "预约率", "准确率", "业务能力"]
EFFECTS = ["培训体系", "客户分类管理体系", "预约管理体系", "服务培训体系"]


def test_the_dealer_has_its_plan(api: Api) -> None:
    [plan] = api.ask(QUERY)["plans"]["nodes"]
    assert (plan["unit"]["code"], plan["period"]["code"], plan["state"]) == ("DEALER-SH-XX", "2014", "DRAFT")
    assert len(plan["findings"]) == 15
    assert {key for each in plan["actions"] for key in each["answers"]} == {
        each["key"] for each in plan["findings"]
    }


def test_six_directions_bring_four_effects(api: Api) -> None:
    [plan] = api.ask(QUERY)["plans"]["nodes"]
    assert len(plan["actions"]) == len(DIRECTIONS)
    for action, words in zip(plan["actions"], DIRECTIONS, strict=True):
        assert words in action["title"]
        assert (action["owner"], action["due"], action["state"]) == (None, None, "OPEN")
    lines = [line for each in plan["actions"] for line in (each["description"] or "").splitlines()]
    for effect in EFFECTS:
        assert any(line.startswith(f"预期效果：{effect}") for line in lines)
