"""Subscribers and notices over GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from administration.people import Seat, acting, seen
from conftest import StatementCounter
from notices.conftest import Subscribe, Tell
from notices.receivers import HttpReceiver
from steelyard.access.actor import Actor
from steelyard.access.roles import Role
from steelyard.services.notices.courier import Courier
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

EXECUTOR = Executor(schema)
ADD = """
mutation ($address: String!, $wants: [WantInput!]!) {
  addSubscriber(
    input: {channel: WEBHOOK, address: $address, wants: $wants, unit: "R1", locale: EN, reason: "x"}
  ) {
    ... on SubscriberAdded {
      secret
      act { deed }
      subscriber { number address locale state wants { kind node below } unit { code } }
    }
    ... on Problem { code path others { code } }
  }
}
"""
NOTICES = """
query ($unit: String, $kinds: [NoticeKind!], $first: Int, $after: String) {
  notices(unit: $unit, kinds: $kinds, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage endCursor }
    nodes { id key kind payload title text(locale: ZH) unit { code } }
  }
}
"""
DELIVERIES = "{ notices { nodes { deliveries { subscriber state attempts httpStatus error dueAt } } } }"


async def ask(seat: Seat, query: str, actor: Actor | None = None, **variables: Any) -> Mapping[str, Any]:
    view, usual, scope = seat
    who = actor or usual
    mine = scope if actor is None else seen(actor, scope)
    request = RequestContext(view.context.view(), who, mine, view.context.packs)
    return (await EXECUTOR.execute(Operation(query, variables), request)).body


async def data(seat: Seat, query: str, actor: Actor | None = None, **variables: Any) -> Any:
    body = await ask(seat, query, actor, **variables)
    assert "errors" not in body, body
    return body["data"]


async def test_a_subscriber_from_its_beginning_to_its_end(seat: Seat) -> None:
    wants = [{"kind": "FINDING_NEW"}, {"kind": "THRESHOLD", "node": "SHOP", "below": 70}]
    made = (await data(seat, ADD, address="https://example.org/x", wants=wants))["addSubscriber"]
    assert made["secret"].startswith("whsec_")
    assert made["act"] == {"deed": "subscriber.add"}
    assert made["subscriber"] == {
        "number": 1,
        "address": "https://example.org/x",
        "locale": "EN",
        "state": "ACTIVE",
        "wants": [
            {"kind": "FINDING_NEW", "node": None, "below": None},
            {"kind": "THRESHOLD", "node": "SHOP", "below": 70},
        ],
        "unit": {"code": "R1"},
    }
    for deed, state in (("pause", "PAUSED"), ("resume", "ACTIVE")):
        query = f'mutation {{ {deed}Subscriber(input: {{subscriber: 1, reason: "x"}}) {{'
        query += " ... on SubscriberChanged { subscriber { state waiting failed } } } }"
        [found] = (await data(seat, query)).values()
        assert found == {"subscriber": {"state": state, "waiting": 0, "failed": 0}}
    assert await data(seat, "{ subscribers { number channel } }") == {
        "subscribers": [{"number": 1, "channel": "WEBHOOK"}]
    }
    query = 'mutation { removeSubscriber(input: {subscriber: 1, reason: "x"}) {'
    query += " __typename ... on Problem { code } } }"
    assert (await data(seat, query))["removeSubscriber"] == {"__typename": "SubscriberRemoved"}
    assert (await data(seat, query))["removeSubscriber"] == {
        "__typename": "Problem",
        "code": "SUBSCRIBER_NOT_FOUND",
    }
    assert await data(seat, "{ subscribers { number } }") == {"subscribers": []}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_is_wrong_is_said_at_once(seat: Seat) -> None:
    found = await data(seat, ADD, address="http://example.org", wants=[{"kind": "THRESHOLD"}])
    assert found["addSubscriber"] == {
        "code": "SUBSCRIBER_ADDRESS",
        "path": ["address"],
        "others": [{"code": "SUBSCRIBER_THRESHOLD"}],
    }


async def test_notices_page_by_page(seat: Seat, subscribe: Subscribe, tell: Tell) -> None:
    await subscribe("https://example.org/")
    await tell("S1", "a", "b", "c")
    await tell("S2", "d")
    first = (await data(seat, NOTICES, first=3))["notices"]
    assert first["totalCount"] == 4
    assert [each["key"] for each in first["nodes"]] == [
        f"finding.new/{name}" for name in ("S2/d", "S1/a", "S1/b")
    ]
    info = first["pageInfo"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)
    rest = (await data(seat, NOTICES, first=3, after=info["endCursor"]))["notices"]
    assert [each["key"] for each in rest["nodes"]] == ["finding.new/S1/c"]
    assert (rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"]) == (False, True)
    node = first["nodes"][0]
    assert (node["kind"], node["title"], node["text"]) == ("FINDING_NEW", "S2: d", "变慢了。")
    assert node["unit"] == {"code": "S2"}
    assert orjson.loads(node["payload"])["key"] == node["key"]
    again = await data(seat, "query ($id: ID!) { node(id: $id) { ... on Notice { key } } }", id=node["id"])
    assert again == {"node": {"key": node["key"]}}
    below = (await data(seat, NOTICES, unit="R1"))["notices"]
    assert below["totalCount"] == 3
    assert (await data(seat, NOTICES, kinds=["RULE_FIRED"]))["notices"]["totalCount"] == 0


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"unit": "NONE"}, "UNIT_NOT_FOUND"),
        ({"after": "x"}, "CURSOR_INVALID"),
        ({"after": "WyJub3RpY2VzIiwieCIsInkiXQ"}, "CURSOR_INVALID"),
        ({"after": "WyJub3RpY2VzIiwiMjAyNS0wMS0wMSIsInkiXQ"}, "CURSOR_INVALID"),
        ({"first": 101}, "PAGE_TOO_LARGE"),
    ],
)
async def test_what_cannot_be_answered(seat: Seat, variables: dict[str, Any], code: str) -> None:
    body = await ask(seat, NOTICES, **variables)
    assert [each["extensions"]["code"] for each in body["errors"]] == [code]


async def test_deliveries_are_told_and_made_again(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier
) -> None:
    await subscribe(receiver.url)
    await tell("S1", "slow")
    receiver.then(503)
    await courier.deliver(seat[2])
    [node] = (await data(seat, DELIVERIES))["notices"]["nodes"]
    [found] = node["deliveries"]
    assert found.pop("dueAt") is not None
    assert found == {
        "subscriber": 1,
        "state": "WAITING",
        "attempts": 1,
        "httpStatus": 503,
        "error": "REFUSED",
    }
    query = (
        'mutation { redeliverNotice(input: {key: "finding.new/S1/slow", subscriber: 1}) {'
        " ... on NoticeRedelivered { notice { deliveries { state attempts } } } ... on Problem { code } } }"
    )
    made = (await data(seat, query))["redeliverNotice"]
    assert made == {"notice": {"deliveries": [{"state": "WAITING", "attempts": 0}]}}
    await courier.deliver(seat[2])
    [node] = (await data(seat, DELIVERIES))["notices"]["nodes"]
    assert [(each["state"], each["dueAt"]) for each in node["deliveries"]] == [("DELIVERED", None)]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_who_may_not_see_subscribers_sees_notices_all_the_same(
    seat: Seat, subscribe: Subscribe, tell: Tell
) -> None:
    await subscribe("https://example.org/")
    await tell("S1", "slow")
    viewer = acting("vera", Role.VIEWER)
    assert (await data(seat, NOTICES, viewer))["notices"]["totalCount"] == 1
    for query in (DELIVERIES, "{ subscribers { number } }"):
        body = await ask(seat, query, viewer)
        assert [each["extensions"]["code"] for each in body["errors"]] == ["FORBIDDEN"]
    refused = await data(seat, ADD, viewer, address="https://example.org/x", wants=[{"kind": "RULE_FIRED"}])
    assert refused["addSubscriber"]["code"] == "FORBIDDEN"


async def test_statements_do_not_grow_with_the_notices(
    seat: Seat, subscribe: Subscribe, tell: Tell, count_statements: StatementCounter
) -> None:
    await subscribe("https://example.org/")
    query = (
        "{ notices(first: 100) { totalCount nodes { key unit { code } deliveries { subscriber state } } } }"
    )
    counts = []
    for number in (1, 30):
        await tell("S1", *(f"{number}-{name}" for name in range(number)))
        await data(seat, query)
        with count_statements(seat[0].context.database) as statements:
            await data(seat, query)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 5
