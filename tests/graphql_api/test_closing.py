"""Exemptions, objections, revisions and dependent verdicts over GraphQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from administration.people import acting
from services.shop_pack import SCHEME, SOURCE, TABLE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.roles import Role
from steelyard.services import sampling
from steelyard.services.context import Context, context_on
from steelyard.services.evaluating import evaluate_scheme
from steelyard.store.engine import Database
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

EXECUTOR = Executor(schema)
MONTHS = ("2025-01", "2025-02", "2025-03")
MORE = "S2,2025-03,50%,60%,1,0\n"
PROBLEM = "... on Problem { code path }"
EXEMPTION = "... on ExemptionChanged { exemption { number unit { code } node until } act { deed } }"
OBJECTION = (
    "... on ObjectionChanged { objection { number state revision node overdue answered decidedBy }"
    " act { deed } }"
)
WHY = "counted twice"


@pytest.fixture
async def shops(database: Database) -> AsyncIterator[Context]:
    packs = shop_packs(SOURCE, TABLE + MORE)
    async with context_on(database, packs) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*seat)
        yield context


async def ask(context: Context, query: str, actor: Actor = LOCAL_ADMINISTRATOR, **variables: Any) -> Any:
    request = RequestContext(context.view(), actor, context.scope, context.packs)
    body = (await EXECUTOR.execute(Operation(query, variables), request)).body
    assert "errors" not in body, body
    return body["data"]


async def do(context: Context, name: str, shown: str, **fields: Any) -> Any:
    kind = f"{name[0].upper()}{name[1:]}Input"
    query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename {shown} {PROBLEM} }} }}"
    return (await ask(context, query, input={"reason": WHY, **fields}))[name]


async def close(context: Context, *months: str) -> None:
    for month in months:
        await do(context, "closePeriod", "", calendar="month", period=month)


async def evaluate(context: Context, month: str) -> None:
    await evaluate_scheme(context.view(), LOCAL_ADMINISTRATOR, context.scope, scheme=SCHEME, period=month)


async def test_an_exemption_is_granted_shown_and_ended(shops: Context) -> None:
    made = await do(
        shops,
        "grantExemption",
        EXEMPTION,
        scheme=SCHEME,
        unit="NORTH",
        node="SERVICE",
        starts="2025-01-01",
        expires="2025-03-01",
    )
    assert made["act"] == {"deed": "exemption.grant"}
    number = made["exemption"]["number"]
    card = await ask(
        shops,
        '{ scorecard(unit: "S1", scheme: "test.shop", period: "2025-01") {'
        ' node(code: "SPEED") { outcome reason exemption { number unit { code } until } }'
        ' other: node(code: "ROOMS") { exemption { number } } exemptions { node rule } }'
        ' exemptions(unit: "S1") { number } none: exemptions(unit: "S3") { number } }',
    )
    assert card["scorecard"] == {
        "node": {
            "outcome": "NOT_APPLICABLE",
            "reason": "EXEMPT",
            "exemption": {"number": number, "unit": {"code": "NORTH"}, "until": "2025-03-01"},
        },
        "other": {"exemption": None},
        "exemptions": [{"node": "SERVICE", "rule": None}],
    }
    assert (card["exemptions"], card["none"]) == ([{"number": number}], [])
    ended = await do(shops, "endExemption", EXEMPTION, number=number, ended="2025-02-01")
    assert ended["exemption"]["until"] == "2025-02-01"


async def test_a_closed_period_takes_no_exemption(shops: Context) -> None:
    await close(shops, "2025-01")
    what = {"scheme": SCHEME, "unit": "S1", "rule": "bonus", "starts": "2025-01-01", "expires": "2025-03-01"}
    refused = await do(shops, "grantExemption", EXEMPTION, **what)
    assert refused == {"__typename": "Problem", "code": "EXEMPTION_OF_CLOSED_PERIOD", "path": ["starts"]}


async def test_an_objection_is_filed_and_decided(shops: Context) -> None:
    await close(shops, "2025-01")
    await evaluate(shops, "2025-01")
    what = {"scheme": SCHEME, "unit": "S2", "period": "2025-01"}
    filed = (await do(shops, "fileObjection", OBJECTION, **what, node="SPEED"))["objection"]
    assert (filed["state"], filed["revision"], filed["overdue"]) == ("OPEN", 0, False)
    stale = await do(shops, "decideObjection", OBJECTION, number=filed["number"], revision=9, accepted=True)
    assert (stale["code"], stale["path"]) == ("OBJECTION_CHANGED", ["revision"])
    decided = await do(
        shops, "decideObjection", OBJECTION, number=filed["number"], revision=0, accepted=False
    )
    assert (decided["objection"]["state"], decided["act"]) == ("REJECTED", {"deed": "objection.decide"})
    again = (await do(shops, "fileObjection", OBJECTION, **what))["objection"]
    taken = await do(shops, "withdrawObjection", OBJECTION, number=again["number"], revision=0)
    assert taken["objection"]["state"] == "WITHDRAWN"
    listed = await ask(shops, '{ objections(unit: "S2", state: WITHDRAWN) { number unit { code } } }')
    assert listed["objections"] == [{"number": again["number"], "unit": {"code": "S2"}}]
    one = await ask(shops, f'{{ objection(number: "{filed["number"]}") {{ state decisionReason }} }}')
    assert one["objection"] == {"state": "REJECTED", "decisionReason": WHY}


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    "query",
    [
        "{ objections { number } }",
        '{ objections(unit: "S1") { number } }',
        '{ objection(number: "1") { number } }',
    ],
)
async def test_who_sees_no_objections_is_not_told_that_there_are_none(shops: Context, query: str) -> None:
    request = RequestContext(shops.view(), acting("ann", Role.ANALYST), shops.scope, shops.packs)
    body = (await EXECUTOR.execute(Operation(query), request)).body
    assert list(body["data"].values()) == [None]
    assert [each["extensions"]["code"] for each in body["errors"]] == ["FORBIDDEN"]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_an_evaluation_too_many_is_an_error_that_passes(shops: Context) -> None:
    query = f'mutation {{ evaluate(input: {{scheme: "{SCHEME}", period: "2025-01"}}) {{ __typename }} }}'

    async def asked() -> Any:
        request = RequestContext(shops.view(), LOCAL_ADMINISTRATOR, shops.scope, shops.packs)
        return (await EXECUTOR.execute(Operation(query), request)).body

    found = await asyncio.gather(*(asked() for _ in range(5)))
    codes = [each["extensions"]["code"] for body in found for each in body.get("errors", ())]
    assert codes == ["EVALUATIONS_TOO_MANY"]


async def test_a_correction_is_told_with_what_depends_on_it(shops: Context) -> None:
    await close(shops, *MONTHS)
    for month in MONTHS:
        await evaluate(shops, month)
    where = {"calendar": "month", "period": "2025-01"}
    assert (await do(shops, "reopenPeriod", "", **where))["code"] == "PERIOD_IS_FINAL"
    await do(shops, "reopenPeriod", "", **where, correct=True)
    for measure in ("SPEED", "KINDNESS"):
        record = 'mutation { recordMeasurement(input: {scheme: "test.shop", unit: "S2", period: "2025-01",'
        await ask(shops, f'{record} measure: "{measure}", value: "95%"}}) {{ __typename }} }}')
    await close(shops, "2025-01")
    await evaluate(shops, "2025-01")
    found = await ask(
        shops,
        '{ revisions(scheme: "test.shop", period: "2025-01") { run { revision } unitsChanged measuresChanged'
        " versionChanged units { unit { code } before { band } after { band } } measures { measure after } }"
        ' dependentVerdicts(scheme: "test.shop") { unit { code } period { code } rules stored now } }',
    )
    assert [each["unitsChanged"] for each in found["revisions"]] == [0, 1]
    assert found["revisions"][1]["units"] == [
        {"unit": {"code": "S2"}, "before": {"band": "C"}, "after": {"band": "A"}}
    ]
    assert {each["measure"] for each in found["revisions"][1]["measures"]} == {"SPEED", "KINDNESS"}
    assert found["dependentVerdicts"] == [
        {
            "unit": {"code": "S2"},
            "period": {"code": "2025-03"},
            "rules": ["three-times-c"],
            "stored": "suspended",
            "now": "failed",
        }
    ]


async def test_the_days_to_object_are_a_policy(shops: Context) -> None:
    shown = "... on PoliciesChanged { policies { daysToObject daysToDecide } }"
    before = await ask(shops, "{ policies { daysToObject daysToDecide } }")
    assert before["policies"] == {"daysToObject": 15, "daysToDecide": 10}
    after = await do(shops, "setObjectionDays", shown, file=30, decide=20)
    assert after["policies"] == {"daysToObject": 30, "daysToDecide": 20}


async def test_the_days_of_notices_are_a_policy(shops: Context) -> None:
    shown = "... on PoliciesChanged { policies { daysToKeepNotices daysToTryNotices } }"
    before = await ask(shops, "{ policies { daysToKeepNotices daysToTryNotices } }")
    assert before["policies"] == {"daysToKeepNotices": 400, "daysToTryNotices": 100}
    after = await do(shops, "setNoticeDays", shown, told=200, waiting=30)
    assert after["policies"] == {"daysToKeepNotices": 200, "daysToTryNotices": 30}
    wrong = await do(shops, "setNoticeDays", shown, told=1, waiting=30)
    assert wrong["code"] == "POLICY_VALUE"
