"""Pass lines and targets over GraphQL: drafted with a weight set, shown, and in force once published."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from services.shop_pack import SCHEME, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services import sampling, structure
from steelyard.services.context import Context, context_on
from steelyard.store.engine import Database
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

EXECUTOR = Executor(schema)
STANDARD = (
    "fragment S on WeightStandard {"
    " indicator { code } passLine exactPassLine target exactTarget unit { code } attribute value }"
)
KEPT = "weightSet { revision reason weights { isSet } method { method } standards { ...S } }"
RESULT = (
    f"{{ __typename ... on WeightDraftKept {{ {KEPT} }} ... on Problem {{ code path others {{ path }} }} }}"
)
DRAFT = f"mutation ($input: DraftWeightsInput!) {{ draftWeights(input: $input) {RESULT} }} {STANDARD}"
CHANGE = (
    f"mutation ($input: ChangeWeightDraftInput!) {{ changeWeightDraft(input: $input) {RESULT} }} {STANDARD}"
)
SETS = f'{{ scheme(code: "{SCHEME}") {{ weightSets {{ standards {{ ...S }} }} }} }} {STANDARD}'
PUBLISH = "mutation ($input: PublishWeightsInput!) { publishWeights(input: $input) { __typename } }"
CARD = """
query ($unit: String!) {
  scorecard(unit: $unit, scheme: "test.shop", period: "2025-01") {
    root { passed passLine passPoints target indicator { passLine } }
  }
}
"""
FOR_ALL = {"indicator": "SHOP", "passLine": "62.5%"}
NORTH = {"indicator": "SHOP", "passLine": "0.6", "target": "80%", "unit": "NORTH"}
SOUTH = {"indicator": "ROOMS", "target": "1", "unit": "SOUTH"}
LARGE = {"indicator": "SHOP", "target": "90%", "attribute": "size", "value": "large"}


@pytest.fixture
async def shops(database: Database) -> AsyncIterator[Context]:
    async with context_on(database, shop_packs()) as context:
        await sampling.load_samples(context.view(), LOCAL_ADMINISTRATOR, context.scope)
        yield context


async def _northern(context: Context) -> Actor:
    """Somebody who drafts weights and sees the north alone."""
    whole = await structure.load(context.view(), LOCAL_ADMINISTRATOR, context.scope)
    units = frozenset(whole.unit(code).id for code in ("NORTH", "S1", "S2"))
    allowed = dict.fromkeys((Permission.SCORE_READ, Permission.WEIGHTS_PROPOSE), units)
    return Actor("north", Text("北", "North"), allowed)


async def _ask(context: Context, query: str, actor: Actor = LOCAL_ADMINISTRATOR, **given: Any) -> Any:
    request = RequestContext(context.view(), actor, actor.scope(context.scope.tenant_id), context.packs)
    body = (await EXECUTOR.execute(Operation(query, given), request)).body
    assert "errors" not in body, body["errors"]
    [found] = body["data"].values()
    return found


async def _draft(context: Context, *standards: Mapping[str, Any], **more: Any) -> Any:
    given = {"scheme": SCHEME, "reason": "review", "standards": list(standards), **more}
    return await _ask(context, DRAFT, input=given)


async def _change(context: Context, actor: Actor = LOCAL_ADMINISTRATOR, **more: Any) -> Any:
    given = {"scheme": SCHEME, "number": 1, "revision": 0, **more}
    return (await _ask(context, CHANGE, actor, input=given))["weightSet"]


def _whom(found: Any) -> list[tuple[str, str | None]]:
    """The indicators and units of standards."""
    return [(each["indicator"]["code"], each["unit"] and each["unit"]["code"]) for each in found["standards"]]


async def test_standards_are_kept_as_they_were_written(shops: Context) -> None:
    found = (await _draft(shops, NORTH, LARGE))["weightSet"]
    rates = [
        [each[name] for name in ("passLine", "exactPassLine", "target", "exactTarget")]
        for each in found["standards"]
    ]
    assert rates == [[0.6, "0.6", 0.8, "0.8"], [None, None, 0.9, "0.9"]]
    assert _whom(found) == [("SHOP", "NORTH"), ("SHOP", None)]
    assert [(each["attribute"], each["value"]) for each in found["standards"]] == [
        (None, None),
        ("size", "large"),
    ]
    assert not any(each["isSet"] for each in found["weights"])


async def test_a_change_keeps_standards_or_replaces_all_of_them(shops: Context) -> None:
    await _draft(shops, NORTH, FOR_ALL)
    kept = await _change(shops, weights=[{"indicator": "SERVICE", "weight": "1"}])
    assert _whom(kept) == [("SHOP", "NORTH"), ("SHOP", None)]
    other = await _change(shops, revision=1, standards=[SOUTH])
    assert _whom(other) == [("ROOMS", "SOUTH")]
    assert [each["method"] for each in other["method"]] == ["BY_HAND"]
    later = (await _draft(shops, FOR_ALL, base=1))["weightSet"]
    assert ([each["method"] for each in later["method"]], _whom(later)) == (["BY_HAND"], [("SHOP", None)])


async def test_scores_show_what_is_in_force(shops: Context) -> None:
    before = (await _ask(shops, CARD, unit="S2"))["root"]
    assert (before["passed"], before["passLine"], before["target"]) == (False, 70, None)
    await _draft(shops, NORTH, FOR_ALL)
    given = {"scheme": SCHEME, "number": 1, "revision": 0, "period": "2025-01", "reason": "review"}
    await _ask(shops, PUBLISH, input=given)
    found = {unit: (await _ask(shops, CARD, unit=unit))["root"] for unit in ("S2", "S3")}
    shown = {unit: (root["passed"], root["passLine"], root["target"]) for unit, root in found.items()}
    assert shown == {"S2": (True, 60, 0.8), "S3": (True, 62.5, None)}
    assert (found["S2"]["passPoints"], found["S2"]["indicator"]["passLine"]) == (60, 70)


async def test_what_is_for_units_out_of_scope_is_neither_shown_nor_dropped(shops: Context) -> None:
    await _draft(shops, NORTH, SOUTH, LARGE)
    northern = await _northern(shops)
    [shown] = (await _ask(shops, SETS, northern))["weightSets"]
    assert _whom(shown) == [("SHOP", "NORTH"), ("SHOP", None)]
    assert _whom(await _change(shops, northern, standards=[])) == []
    [left] = (await _ask(shops, SETS))["weightSets"]
    assert _whom(left) == [("ROOMS", "SOUTH")]


# standards → code and path
WRONG: dict[str, tuple[list[dict[str, str]], str, list[str]]] = {
    "no rate": ([FOR_ALL, {**NORTH, "target": "much"}], "STANDARD_NO_RATE", ["standards", "1", "target"]),
    "above 1": ([{**FOR_ALL, "passLine": "70"}], "STANDARD_NO_RATE", ["standards", "0"]),
    "no unit": ([FOR_ALL, {**NORTH, "unit": "S9"}], "STANDARD_UNKNOWN_UNIT", ["standards", "1"]),
    "no indicator": ([{**FOR_ALL, "indicator": "X"}], "WEIGHT_UNKNOWN_NODE", ["standards", "0"]),
    "no value": ([{**FOR_ALL, "attribute": "size"}], "STANDARD_FOR_WHOM", ["standards", "0"]),
    "nothing": ([{"indicator": "SHOP"}], "STANDARD_EMPTY", ["standards", "0"]),
    "too many": ([FOR_ALL] * 1001, "LIST_TOO_LONG", ["standards"]),
}


async def test_what_is_wrong_is_told_with_its_place(shops: Context) -> None:
    for name, (standards, code, path) in WRONG.items():
        found = await _draft(shops, *standards)
        assert (found["code"], found["path"]) == (code, path), name
    both = await _draft(shops, {**FOR_ALL, "passLine": "x"}, {**NORTH, "target": "y"})
    assert [both["path"], *(each["path"] for each in both["others"])] == [
        ["standards", "0", "passLine"],
        ["standards", "1", "target"],
    ]
