"""Weights over GraphQL: found, tried, tested on the past, drafted, published; how robust a ranking is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

import pytest

from services.conftest import load_shops
from services.shop_pack import SCHEME, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services import sampling
from steelyard.services.context import Context, context_on, open_context
from steelyard.store.engine import Database
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

EXECUTOR = Executor(schema)
VIEWER = Actor("viewer", Text("看", "Viewer"), {Permission.SCORE_READ: None})
PROBLEM = "... on Problem { code path message others { code path } }"
FIND = (
    """
mutation ($input: FindWeightsInput!) {
  findWeights(input: $input) {
    __typename
    ... on WeightsFound {
      weights { indicator exactWeight localWeight globalWeight }
      method { group method sentence details }
      warnings { code path level }
    }
"""
    + PROBLEM
    + "}}"
)
KEPT = (
    "... on WeightDraftKept { weightSet { number revision state reason weights { ...W } method { method } } }"
)
WEIGHT = "fragment W on SetWeight { indicator { code } exactWeight weight isSet localWeight globalWeight }"
DRAFT = (
    "mutation ($input: DraftWeightsInput!) { draftWeights(input: $input) { __typename "
    f"{KEPT} {PROBLEM} }} }} {WEIGHT}"
)
CHANGE = (
    "mutation ($input: ChangeWeightDraftInput!) { changeWeightDraft(input: $input) { __typename "
    f"{KEPT} {PROBLEM} }} }} {WEIGHT}"
)
DISCARD = (
    "mutation ($input: DiscardWeightDraftInput!) { discardWeightDraft(input: $input) { __typename "
    f"... on WeightDraftDiscarded {{ number }} {PROBLEM} }} }}"
)
PUBLISH = """
mutation ($input: PublishWeightsInput!) {
  publishWeights(input: $input) {
    __typename
    ... on WeightsPublished {
      act { number }
      weightSet { number state publication publishedBy publishedAt startsFrom { code calendarCode } }
    }
    ... on ProposalMade { proposal { number deed subject } }
    ... on Problem { code path }
  }
}
"""
CARD = """
query ($period: String!) {
  scorecard(unit: "S2", scheme: "test.shop", period: $period) {
    root { score } weightSet { number state }
  }
}
"""
SETS = '{ scheme(code: "test.shop") { weightSets { number state } } }'
BACK_TEST = (
    """
mutation ($input: BackTestWeightsInput!) {
  backTestWeights(input: $input) {
    __typename
    ... on WeightsBackTested {
      periods {
        period { code }
        summary { units scored bandChanged scoresBefore scoresAfter }
        regraded { unit { code } current { band { code } } proposed { band { code } } }
        changes { unit { code } }
      }
    }
"""
    + PROBLEM
    + "}}"
)
ROBUST = """
query ($input: RobustnessInput!) {
  robustness(input: $input) {
    period { code } draws scored withheld
    influences { indicator { code } moved }
    groups { number units { code } }
    entries {
      unit { code } rank interval { low median high best worst } group aheadOfNext aheadOf(unit: "S2")
      tipping { indicator { code } factor } underWeights { indicator { code } best worst }
    }
  }
}
"""
FOLLOW = """
subscription ($input: RobustnessInput!) {
  robustnessProgress(input: $input) { stage(locale: ZH) done total result { scored entries { rank } } }
}
"""
BASE: Mapping[str, Any] = {"scheme": SCHEME, "reason": "review"}


@pytest.fixture
async def shops(database: Database) -> AsyncIterator[Context]:
    async with context_on(database, shop_packs()) as context:
        await sampling.load_samples(context.view(), LOCAL_ADMINISTRATOR, context.scope)
        yield context


@pytest.fixture(scope="session")
def shops_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file with the shops, for tests that change nothing."""
    url = f"sqlite:///{tmp_path_factory.mktemp('shops') / 'shops.db'}"
    load_shops(url, shop_packs())
    return url


@pytest.fixture
async def read(shops_file: str) -> AsyncIterator[Context]:
    async with open_context(shops_file, shop_packs()) as context:
        yield context


def _request(context: Context, actor: Actor) -> RequestContext:
    return RequestContext(context.view(), actor, actor.scope(context.scope.tenant_id), context.packs)


async def _answer(context: Context, query: str, actor: Actor = LOCAL_ADMINISTRATOR, **variables: Any) -> Any:
    return (await EXECUTOR.execute(Operation(query, variables), _request(context, actor))).body


async def _ask(context: Context, query: str, actor: Actor = LOCAL_ADMINISTRATOR, **variables: Any) -> Any:
    body = await _answer(context, query, actor, **variables)
    assert "errors" not in body, body["errors"]
    return body["data"]


async def _do(context: Context, mutation: str, **given: Any) -> Any:
    [found] = (await _ask(context, mutation, input=given)).values()
    return found


def _weight(indicator: str, weight: str) -> dict[str, str]:
    return {"indicator": indicator, "weight": weight}


async def _drafted(context: Context, weight: str = "0") -> Any:
    found = await _do(context, DRAFT, **BASE, weights=[_weight("SERVICE", weight)])
    return found["weightSet"]


async def _published(context: Context, period: str, **more: Any) -> Any:
    draft = await _drafted(context)
    wanted = {**BASE, "number": draft["number"], "revision": 0, "period": period, **more}
    return await _do(context, PUBLISH, **wanted)


async def _score(context: Context, period: str) -> tuple[float, Any]:
    card = (await _ask(context, CARD, period=period))["scorecard"]
    return card["root"]["score"], card["weightSet"]


async def test_from_a_draft_to_scores_from_a_period_on(shops: Context) -> None:
    draft = await _drafted(shops, "2")
    assert (draft["number"], draft["state"], draft["revision"]) == (1, "DRAFT", 0)
    changed = await _do(shops, CHANGE, scheme=SCHEME, number=1, revision=0, weights=[_weight("SERVICE", "0")])
    assert changed["weightSet"]["revision"] == 1
    stale = await _do(shops, CHANGE, scheme=SCHEME, number=1, revision=0, weights=[_weight("ROOMS", "5")])
    assert (stale["code"], stale["path"]) == ("WEIGHT_SET_CHANGED", ["revision"])
    assert await _score(shops, "2025-02") == (61.25, None)
    made = await _do(shops, PUBLISH, **BASE, number=1, revision=1, period="2025-02")
    assert made["weightSet"]["startsFrom"] == {"code": "2025-02", "calendarCode": "month"}
    assert (made["weightSet"]["publication"], made["act"]["number"] > 0) == (1, True)
    assert await _score(shops, "2025-01") == (65, None)
    assert await _score(shops, "2025-02") == (80, {"number": 1, "state": "PUBLISHED"})


async def test_what_a_set_weighs_and_how_that_was_found(shops: Context) -> None:
    draft = await _drafted(shops, "9")
    weights = {each["indicator"]["code"]: each for each in draft["weights"]}
    assert list(weights) == ["SERVICE", "SPEED", "KINDNESS", "ROOMS"]
    assert (weights["SERVICE"]["exactWeight"], weights["SERVICE"]["weight"]) == ("9", 9)
    assert [weights[code]["isSet"] for code in ("SERVICE", "ROOMS")] == [True, False]
    assert (weights["SERVICE"]["localWeight"], weights["SPEED"]["globalWeight"]) == (0.9, 0.45)
    assert [step["method"] for step in draft["method"]] == ["BY_HAND"]


async def test_a_closed_period_keeps_its_weights(shops: Context) -> None:
    close = 'mutation { closePeriod(input: {calendar: "month", period: "2025-01", reason: "done"})'
    await _ask(shops, close + " { __typename } }")
    found = await _published(shops, "2025-01")
    assert (found["__typename"], found["code"]) == ("Problem", "WEIGHTS_OF_CLOSED_PERIOD")
    assert await _score(shops, "2025-01") == (65, None)


async def test_who_did_not_see_what_is_in_force_is_told(shops: Context) -> None:
    await _published(shops, "2025-01")
    assert (await _published(shops, "2025-02"))["code"] == "WEIGHTS_SUPERSEDED"
    assert (await _published(shops, "2025-02", seen=1))["__typename"] == "WeightsPublished"


async def test_publishing_may_wait_for_somebody_else(shops: Context) -> None:
    rule = 'mutation { setSecondPerson(input: {deeds: ["weights.publish"], reason: "four eyes"})'
    await _ask(shops, rule + " { __typename } }")
    found = await _published(shops, "2025-01")
    assert (found["proposal"]["deed"], found["proposal"]["subject"]) == (
        "weights.publish",
        "weights:test.shop/1",
    )


async def test_a_viewer_sees_what_was_published_but_no_draft(shops: Context) -> None:
    await _published(shops, "2025-02")
    await _drafted(shops)
    everything = (await _ask(shops, SETS))["scheme"]["weightSets"]
    assert [each["state"] for each in everything] == ["PUBLISHED", "DRAFT"]
    assert (await _ask(shops, SETS, VIEWER))["scheme"]["weightSets"] == everything[:1]
    one = '{ scheme(code: "test.shop") { weightSet(number: 2) { number } } }'
    body = await _answer(shops, one, VIEWER)
    assert [each["extensions"]["code"] for each in body["errors"]] == ["WEIGHT_SET_NOT_FOUND"]


async def test_the_set_in_force_and_what_it_differs_in(shops: Context) -> None:
    await _published(shops, "2025-02")
    query = """
    {
      scheme(code: "test.shop") {
        before: weightsInForce(period: "2025-01") { number }
        after: weightsInForce(period: "2027-11") { number startsFrom { code } }
        weightSetDifference(first: 0, second: 1) { indicator { code } currentLocal proposedLocal }
      }
    }
    """
    found = (await _ask(shops, query))["scheme"]
    assert (found["before"], found["after"]) == (None, {"number": 1, "startsFrom": {"code": "2025-02"}})
    shares = {each["indicator"]["code"]: each for each in found["weightSetDifference"]}
    assert (shares["ROOMS"]["currentLocal"], shares["ROOMS"]["proposedLocal"]) == (0.25, 1)


async def test_a_discarded_draft_is_gone(shops: Context) -> None:
    await _drafted(shops)
    assert await _do(shops, DISCARD, scheme=SCHEME, number=1, revision=0) == {
        "__typename": "WeightDraftDiscarded",
        "number": 1,
    }
    assert (await _ask(shops, SETS))["scheme"]["weightSets"] == []


def _shop(method: str, **more: Any) -> dict[str, Any]:
    return {"group": "SHOP", "method": method, **more}


PAIR = {"first": "SERVICE", "second": "ROOMS", "ratio": "3"}
# what is asked → weights of SERVICE and ROOMS
FOUND: dict[str, tuple[dict[str, Any], list[str]]] = {
    "by hand": ({"weights": [_weight("SERVICE", "2"), _weight("ROOMS", "0.5")]}, ["2", "0.5"]),
    "the rest in proportion": ({"weights": [_weight("SERVICE", "60%")]}, ["60", "40"]),
    "equal": ({"groups": [_shop("EQUAL")]}, ["1", "1"]),
    "points": ({"groups": [_shop("POINTS", weights=[_weight("SERVICE", "7")])]}, ["7"]),
    "ratio": ({"groups": [_shop("RATIO", ratio="3:2")]}, ["3", "2"]),
    "AHP": ({"groups": [_shop("AHP", judges=[{"name": "A", "comparisons": [PAIR]}])]}, ["0.75", "0.25"]),
}


@pytest.mark.parametrize("name", FOUND)
async def test_found(read: Context, name: str) -> None:
    asked, expected = FOUND[name]
    found = await _do(read, FIND, scheme=SCHEME, **asked)
    assert [each["exactWeight"] for each in found["weights"]] == expected
    assert [step["group"] for step in found["method"]] == ["SHOP"]
    assert all(step["sentence"] and step["details"].startswith("{") for step in found["method"])
    assert (await _ask(read, SETS))["scheme"]["weightSets"] == []


async def test_found_from_the_past(shops: Context) -> None:
    asked = _shop("ENTROPY", until="2025-02", periods=2)
    found = await _do(shops, FIND, scheme=SCHEME, groups=[asked])
    assert sum(float(each["exactWeight"]) for each in found["weights"]) == pytest.approx(1)
    assert sum(each["localWeight"] for each in found["weights"]) == pytest.approx(1)
    kept = await _do(shops, DRAFT, **BASE, groups=[asked])
    assert [step["method"] for step in kept["weightSet"]["method"]] == ["ENTROPY"]


# what is asked → code and path
WRONG: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "nothing": ({}, "WEIGHT_NONE", ["groups"]),
    "no such indicator": ({"weights": [_weight("X", "1")]}, "WEIGHT_UNKNOWN_NODE", ["weights", "0"]),
    "no number": (
        {"groups": [_shop("EQUAL")], "weights": [_weight("SPEED", "much")]},
        "WEIGHTING_NOT_A_WEIGHT",
        ["weights", "0"],
    ),
    "a group twice": (
        {"groups": [_shop("EQUAL")], "weights": [_weight("ROOMS", "1")]},
        "WEIGHT_GROUP_TWICE",
        ["weights"],
    ),
    "no ratio": ({"groups": [_shop("RATIO")]}, "WEIGHT_METHOD_INPUT", ["groups", "0", "ratio"]),
    "no period": ({"groups": [_shop("CRITIC", periods=2)]}, "WEIGHT_METHOD_INPUT", ["groups", "0", "until"]),
    "periods": (
        {"groups": [_shop("CRITIC", until="2025-02", periods=0)]},
        "NUMBER_OUT_OF_RANGE",
        ["groups", "0", "periods"],
    ),
    "a judge": (
        {"groups": [_shop("AHP", judges=[{"name": "A", "comparisons": [PAIR], "weight": "x"}])]},
        "WEIGHT_OF_JUDGE",
        ["groups", "0", "judges", "0", "weight"],
    ),
    "a weight twice": (
        {"groups": [_shop("POINTS", weights=[_weight("ROOMS", "1"), _weight("ROOMS", "2")])]},
        "WEIGHT_TWICE",
        ["groups", "0", "weights", "1"],
    ),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_cannot_be_found(read: Context, name: str) -> None:
    asked, code, path = WRONG[name]
    found = await _do(read, FIND, scheme=SCHEME, **asked)
    assert (found["__typename"], found["code"], found["path"]) == ("Problem", code, path)


async def test_a_draft_is_tried_whole_and_for_no_unit(shops: Context) -> None:
    await _drafted(shops)
    query = """
    mutation ($input: ProposeWeightsInput!) {
      proposeWeights(input: $input) {
        ... on WeightsProposed {
          summary { units bandChanged } changes { unit { code } } regraded { unit { code } }
        }
      }
    }
    """
    asked: dict[str, Any] = {"scheme": SCHEME, "period": "2025-01", "weightSet": 1}
    found = await _do(shops, query, **asked, units=[])
    assert (found["summary"]["units"], found["changes"], found["regraded"]) == (5, [], [])
    every = await _do(shops, query, **asked)
    assert len(every["changes"]) == 5
    assert len(every["regraded"]) >= every["summary"]["bandChanged"] > 0


CHANGE_PAGE = """
mutation ($input: ProposeWeightsInput!, $regraded: Boolean!, $after: String) {
  proposeWeights(input: $input) {
    ... on WeightsProposed {
      changes { unit { code } scoreChange current { band { code } } }
      regraded { unit { code } scoreChange current { band { code } } }
      changePage(regraded: $regraded, first: 2, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { unit { code } scoreChange current { band { code } } }
      }
    }
  }
}
"""


@pytest.mark.parametrize(("regraded", "whole"), [(False, "changes"), (True, "regraded")])
async def test_who_changes_page_by_page(read: Context, regraded: bool, whole: str) -> None:
    weights = [{"indicator": "SERVICE", "weight": 0}]
    asked = {"scheme": SCHEME, "period": "2025-01", "weights": weights}
    found, after, going = [], None, True
    while going:
        shown = await _ask(read, CHANGE_PAGE, input=asked, regraded=regraded, after=after)
        page = shown["proposeWeights"]["changePage"]
        found += page["nodes"]
        after, going = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert found == shown["proposeWeights"][whole] != []
    assert page["totalCount"] == len(found)


async def test_back_test(read: Context) -> None:
    asked: dict[str, Any] = {"scheme": SCHEME, "until": "2025-02", "periods": 2}
    weights = [{"indicator": "SERVICE", "weight": 0}]
    found = await _do(read, BACK_TEST, **asked, weights=weights, units=["S1", "S2"])
    assert [each["period"]["code"] for each in found["periods"]] == ["2025-01", "2025-02"]
    for period in found["periods"]:
        summary = period["summary"]
        assert (len(summary["scoresBefore"]), sum(summary["scoresAfter"])) == (20, summary["scored"])
        assert [each["unit"]["code"] for each in period["changes"]] == ["S1", "S2"]
        assert "S2" in [each["unit"]["code"] for each in period["regraded"]]
    wrong = await _do(read, BACK_TEST, **{**asked, "periods": 0}, weights=weights)
    assert (wrong["code"], wrong["path"]) == ("NUMBER_OUT_OF_RANGE", ["periods"])


async def _minimum(context: Context, minimum: int) -> None:
    rule = f'mutation {{ setPeerMinimum(input: {{units: {minimum}, reason: "few"}}) {{ __typename }} }}'
    await _ask(context, rule)


async def test_no_ranking_below_the_minimum(read: Context) -> None:
    asked = {"scheme": SCHEME, "period": "2025-01", "draws": 20}
    found = (await _ask(read, ROBUST, input=asked))["robustness"]
    assert (found["withheld"], found["scored"]) == ("Fewer than 5 units have a score: no ranking is told.", 4)
    assert (found["influences"], found["groups"]) == (None, None)
    assert {each["rank"] for each in found["entries"]} == {None}
    [s2] = [each for each in found["entries"] if each["unit"]["code"] == "S2"]
    assert {"indicator": {"code": "ROOMS"}, "factor": pytest.approx(3)} in s2["tipping"]


async def test_how_robust_a_ranking_is(shops: Context) -> None:
    await _minimum(shops, 4)
    asked = {"scheme": SCHEME, "period": "2025-01", "draws": 20}
    found = (await _ask(shops, ROBUST, input=asked))["robustness"]
    entries = {each["unit"]["code"]: each for each in found["entries"]}
    assert (found["withheld"], found["draws"]) == (None, 20)
    assert (entries["S5"]["rank"], entries["S5"]["interval"], entries["S5"]["underWeights"]) == (
        None,
        None,
        [],
    )
    assert entries["S1"]["aheadOf"] == 1 - 0
    assert entries["S2"]["rank"] == entries["S3"]["rank"]
    in_groups = [unit["code"] for group in found["groups"] for unit in group["units"]]
    assert sorted(in_groups) == ["S1", "S2", "S3", "S4"]
    assert {each["indicator"]["code"] for each in found["influences"]} >= {"SERVICE", "ROOMS"}


ROBUST_PAGES = """
query ($input: RobustnessInput!, $first: Int!, $after: String, $groupAfter: String) {
  robustness(input: $input) {
    entryPage(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { unit { code } rank group }
    }
    groupPage(first: 1, after: $groupAfter) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { number size units { code } best: units(first: 1) { code } }
    }
    groups { number size units { code } }
  }
}
"""


async def _robust_pages(context: Context) -> tuple[Any, list[Any], list[Any]]:
    """The last answer, and all entries and groups page by page."""
    asked = {"scheme": SCHEME, "period": "2025-01", "draws": 20}
    entries, groups, after, group_after = [], [], None, None
    for _ in range(5):
        given = {"input": asked, "first": 1, "after": after, "groupAfter": group_after}
        shown = (await _ask(context, ROBUST_PAGES, **given))["robustness"]
        entries += shown["entryPage"]["nodes"]
        after = shown["entryPage"]["pageInfo"]["endCursor"]
        if shown["groupPage"] is not None and shown["groupPage"]["nodes"]:
            groups += shown["groupPage"]["nodes"]
            group_after = shown["groupPage"]["pageInfo"]["endCursor"]
    return shown, entries, groups


async def test_a_robust_ranking_page_by_page(shops: Context) -> None:
    await _minimum(shops, 4)
    shown, entries, groups = await _robust_pages(shops)
    assert [each["unit"]["code"] for each in entries][-1] == "S5"
    ranks = [each["rank"] for each in entries]
    assert (ranks, ranks[-1]) == ([*sorted(ranks[:4]), None], None)
    assert (shown["entryPage"]["totalCount"], shown["entryPage"]["pageInfo"]["hasNextPage"]) == (5, False)
    assert [{**each, "best": None} for each in groups] == [{**each, "best": None} for each in shown["groups"]]
    assert [each["best"] for each in groups] == [each["units"][:1] for each in groups]
    assert [each["size"] for each in groups] == [len(each["units"]) for each in groups]


async def test_no_order_is_told_where_no_ranking_is(read: Context) -> None:
    shown, entries, groups = await _robust_pages(read)
    assert [each["unit"]["code"] for each in entries] == ["S1", "S2", "S3", "S4", "S5"]
    assert (shown["groups"], shown["groupPage"], groups) == (None, None, [])


async def test_robustness_is_followed_to_its_end(shops: Context) -> None:
    await _minimum(shops, 4)
    asked = {"scheme": SCHEME, "period": "2025-01", "draws": 5000}

    async def renew() -> RequestContext:
        return _request(shops, LOCAL_ADMINISTRATOR)

    async with aclosing(EXECUTOR.stream(Operation(FOLLOW, {"input": asked}), renew)) as answers:
        events = [each.body["data"]["robustnessProgress"] async for each in answers]
    *before, last = events
    assert [each["result"] for each in before] == [None] * len(before)
    assert (last["stage"], last["done"], last["result"]["scored"]) == ("完成", 5000, 4)


async def test_too_much_to_simulate_is_told(read: Context) -> None:
    asked = {"scheme": SCHEME, "period": "2025-01", "draws": 1_000_000}
    body = await _answer(read, ROBUST, input=asked)
    assert [each["extensions"]["code"] for each in body["errors"]] == ["WEIGHTS_TOO_MUCH_TO_SIMULATE"]
