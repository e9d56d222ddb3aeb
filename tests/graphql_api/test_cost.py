"""Costs: what a query costs before it runs, what is refused, and what an account may spend in a minute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from graphql import FragmentDefinitionNode, GraphQLObjectType, get_operation_ast, is_list_type, parse
from graphql.execution.values import get_variable_values

from conftest import StatementCounter
from steelyard.errors import TransientError
from steelyard.packs import Packs
from steelyard.services.context import context_on
from steelyard.settings.limits import Limits
from steelyard.store.engine import Database
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Answer, Executor, Operation
from steelyard_graphql.limits.allowance import Allowances
from steelyard_graphql.limits.cost import cost
from steelyard_graphql.limits.sizes import GIVEN, MUTATIONS, SIZES, WEIGHTS
from steelyard_graphql.rankings import ENTRIES_MOST
from steelyard_graphql.schema import schema

SCHEMA = schema._schema
_FOLDER = Path(__file__).parents[2] / "docs" / "screens"
SCREENS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.graphql"))}
UNITS = "query ($first: Int) { units(first: $first) { nodes { code title } } }"


def _cost(query: str, variables: Mapping[str, Any] | None = None) -> int:
    document = parse(query)
    operation = get_operation_ast(document)
    assert operation is not None
    values = get_variable_values(SCHEMA, operation.variable_definitions or (), dict(variables or {}))
    assert not isinstance(values, list)
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    return cost(SCHEMA, operation, fragments, values)


COMPARED = """query ($units: [String!]!) {
  comparison(scheme: "s", units: $units, periods: ["1", "2"], indicators: ["i"]) {
    indicators { periods { cells { score } } }
  }
}"""
OVERVIEW = """query ($length: Int!, $choose: UnitChoice) {
  overview(scheme: "s", period: "p", length: $length, choose: $choose) { score sparkline }
}"""
# A query, its variables, its cost.
COSTS: dict[str, tuple[str, dict[str, Any], int]] = {
    "a leaf": ("{ __typename }", {}, 1),
    "an object": ('{ unit(code: "a") { code parent { code } } }', {}, 4),
    "a page by default": ("{ units { totalCount nodes { code } } }", {}, 1 + 1 + 1 + 20),
    "a page": ("{ units(first: 5) { nodes { code title } } }", {}, 2 + 5 * 2),
    "the last ones": ("{ units(last: 5) { nodes { code title } } }", {}, 2 + 5 * 2),
    "a page by a variable": (UNITS, {"first": 7}, 2 + 7 * 2),
    "a page that will be refused": (UNITS, {"first": 10**9}, 2 + 100 * 2),
    "a page of less than nothing": (UNITS, {"first": -5}, 2),
    "edges": ("{ units(first: 5) { edges { node { code } } } }", {}, 1 + 1 + 5 * 2),
    "a page in a page": (
        "{ units(first: 3) { nodes { children { code } } } }",
        {},
        1 + 1 + 3 * (1 + SIZES["Unit.children"]),
    ),
    "an unbounded list": ("{ packs { code } }", {}, 1 + SIZES["Query.packs"]),
    "lists as long as those given": (
        COMPARED,
        {"units": ["a", "b", "c"]},
        WEIGHTS["Query.comparison"] + 1 + (1 + 2 * (1 + 3)),
    ),
    "a page of a heat map": (
        '{ heatMap(scheme: "s", period: "p", indicators: ["i", "j"])'
        " { rowPage(first: 50) { nodes { cells { score } } } } }",
        {},
        WEIGHTS["Query.heatMap"] + 1 + 1 + 50 * (1 + 2),
    ),
    "all rows of a heat map": (
        '{ heatMap(scheme: "s", period: "p", indicators: ["i"]) { rows { cells { score } } } }',
        {},
        WEIGHTS["Query.heatMap"] + 1 + SIZES["HeatMap.rows"] * 2,
    ),
    "lists as long as those in an input": (
        "query ($choose: UnitChoice) {"
        ' heatMap(scheme: "s", period: "p", indicators: ["i"], choose: $choose)'
        " { rows { cells { score } } } }",
        {"choose": {"codes": ["a", "b", "c"], "places": {"top": 100}}},
        WEIGHTS["Query.heatMap"] + 1 + 3 * 2,
    ),
    "a row for every unit, however long its sparkline": (
        OVERVIEW,
        {"length": 1},
        WEIGHTS["Query.overview"] + 2 * SIZES["Query.overview"],
    ),
    "as many rows as codes": (
        OVERVIEW,
        {"length": 36, "choose": {"codes": ["a"]}},
        WEIGHTS["Query.overview"] + 2,
    ),
    "as many rows as fifty codes": (
        OVERVIEW,
        {"length": 1, "choose": {"codes": [f"u{number}" for number in range(50)]}},
        WEIGHTS["Query.overview"] + 2 * 50,
    ),
    "as many as may tie at an end": (
        '{ ranking(scheme: "s", period: "p") { top(count: 1) { entries { rank score } } } }',
        {},
        WEIGHTS["Query.ranking"] + 1 + 1 + ENTRIES_MOST * 2,
    ),
    "nobody to tell about": (
        'mutation { proposeWeights(input: {scheme: "s", period: "p", units: []}) {'
        " ... on WeightsProposed { changes { scoreChange } } } }",
        {},
        MUTATIONS["proposeWeights"] + 1,
    ),
    "a page of those who change": (
        'mutation { proposeWeights(input: {scheme: "s", period: "p"}) {'
        " ... on WeightsProposed { changePage(first: 5) { nodes { scoreChange } } } } }",
        {},
        MUTATIONS["proposeWeights"] + 1 + 1 + 5,
    ),
    "as many periods as are tried": (
        'mutation { backTestWeights(input: {scheme: "s", until: "p", periods: 3}) {'
        " ... on WeightsBackTested { periods { summary { scored } } } } }",
        {},
        MUTATIONS["backTestWeights"] + 1 + 3 * 2,
    ),
    "a page of a simulation": (
        '{ robustness(input: {scheme: "s", period: "p", draws: 200})'
        " { entryPage(first: 5) { nodes { rank } }"
        " groupPage(first: 2) { nodes { units(first: 3) { code } } } } }",
        {},
        WEIGHTS["Query.robustness"] + (1 + 1 + 5) + (1 + 1 + 2 * (1 + 3)),
    ),
    "a number that an argument asks for": (
        '{ scorecard(unit: "u", scheme: "s", period: "p") { root { trend(length: 4) { score } } } }',
        {},
        1 + 1 + WEIGHTS["NodeScore.trend"] + 4,
    ),
    "a fragment": ('{ unit(code: "a") { ...F } } fragment F on Unit { code title }', {}, 3),
    "what is there twice": ("{ a: roles { role: title } b: roles { role: title } }", {}, 22),
    "a mutation": (
        'mutation { evaluate(input: {scheme: "s"}) { __typename } }',
        {},
        MUTATIONS["evaluate"] + 1,
    ),
}


@pytest.mark.parametrize("name", COSTS)
def test_costs(name: str) -> None:
    query, variables, expected = COSTS[name]
    assert _cost(query, variables) == expected


def test_the_tables_name_fields_that_are_there() -> None:
    places = {
        f"{found.name}.{name}"
        for found in SCHEMA.type_map.values()
        if isinstance(found, GraphQLObjectType)
        for name in found.fields
    }
    named = {*SIZES, *GIVEN, *WEIGHTS, *(f"Mutation.{name}" for name in MUTATIONS)}
    assert named - places == {"Query.__schema", "Query.__type"}


def test_every_list_that_begins_a_query_has_a_size() -> None:
    assert SCHEMA.query_type is not None
    unbounded = {
        f"Query.{name}"
        for name, field in SCHEMA.query_type.fields.items()
        if is_list_type(getattr(field.type, "of_type", field.type)) or is_list_type(field.type)
        if not {"first", "last", "length"} & set(field.args)
    }
    assert unbounded - SIZES.keys() == set()


@pytest.mark.parametrize("query", SCREENS.values(), ids=SCREENS)
def test_screens_cost_a_quarter_of_the_limit_at_most(query: str) -> None:
    assert _cost(query) <= Limits().cost // 4


def test_the_costs_of_screens_of_many_units_are_those_that_are_told() -> None:
    page = (_FOLDER.parent / "limits.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)`, (.*) \| ([\d,]+) \| \d \| [\d.]+ \|$", page, re.MULTILINE)
    told = {(name, what): int(cost.replace(",", "")) for name, what, cost in rows}
    larger = {"heat_map": {"first": 100, "indicators": ["i"] * 29}}
    costs = {
        (name, what): _cost(SCREENS[name], larger[name] if what.startswith("100 rows") else {})
        for name, what in told
    }
    assert (len(told), costs) == (5, told)


@pytest.fixture
async def asked(sqlite_samples: Database, packs: Packs) -> Any:
    """Ask the samples with an executor."""

    async def ask(executor: Executor, query: str, variables: Mapping[str, Any] | None = None) -> Answer:
        async with context_on(sqlite_samples, packs) as context:
            return await executor.execute(Operation(query, variables), request_context(context))

    return ask


@pytest.mark.parametrize("query", SCREENS.values(), ids=SCREENS)
async def test_a_screen_resolves_no_more_fields_than_it_is_said_to_cost(asked: Any, query: str) -> None:
    answer = await asked(Executor(schema, Limits(resolved=_cost(query))), query)
    assert "errors" not in answer.body
    assert answer.body["extensions"]["cost"]["requested"] == _cost(query)


async def test_where_there_is_more_than_was_thought_resolving_stops(asked: Any) -> None:
    executor = Executor(schema, Limits(resolved=30))
    answer = await asked(executor, "{ units(first: 100) { nodes { code } } }")
    codes = [error["extensions"]["code"] for error in answer.body["errors"]]
    assert (answer.body["data"], codes) == (None, ["QUERY_TOO_LARGE"])


async def test_beyond_the_limit_nothing_reaches_the_database(
    asked: Any, sqlite_samples: Database, packs: Packs, count_statements: StatementCounter
) -> None:
    executor = Executor(schema, Limits(cost=100))
    with count_statements(sqlite_samples) as within:
        answer = await asked(executor, UNITS, {"first": 49})
    assert (answer.body["extensions"]["cost"], bool(within)) == ({"requested": 100, "limit": 100}, True)
    async with context_on(sqlite_samples, packs) as context:
        own = request_context(context)
        with count_statements(sqlite_samples) as beyond:
            answer = await executor.execute(Operation(UNITS, {"first": 50}), own)
    codes = [error["extensions"]["code"] for error in answer.body["errors"]]
    assert (codes, answer.began, beyond) == (["QUERY_TOO_EXPENSIVE"], False, [])


async def test_an_account_spends_its_minute(asked: Any) -> None:
    limits = Limits(cost_per_minute=250)
    executor = Executor(schema, limits, Allowances(limits.cost_per_minute, clock=lambda: 0.0))
    answers = [await asked(executor, UNITS, {"first": 49}) for _ in range(3)]
    assert [answer.body.get("extensions", {}).get("cost", {}).get("remaining") for answer in answers] == [
        150,
        50,
        None,
    ]
    codes = [error["extensions"]["code"] for error in answers[2].body["errors"]]
    assert (codes, answers[2].status, answers[2].retry_after) == (["CLIENT_BUDGET_SPENT"], 429, 12)


def test_a_bucket_fills_evenly_up_to_a_minute() -> None:
    now = [0.0]
    allowances = Allowances(60, clock=lambda: now[0])
    assert allowances.take("a", 60) == 0
    now[0] = 10.0
    assert allowances.take("a", 10) == 0
    with pytest.raises(TransientError):
        allowances.take("a", 1)
    now[0] = 1000.0
    assert allowances.take("a", 1) == 59


def test_accounts_do_not_pay_for_each_other() -> None:
    allowances = Allowances(60, clock=lambda: 0.0)
    assert [allowances.take(account, 50) for account in ("a", "b")] == [10, 10]


def test_what_is_under_way_may_leave_a_debt_of_one_minute() -> None:
    now = [0.0]
    allowances = Allowances(60, clock=lambda: now[0])
    assert [allowances.spend("a", 50) for _ in range(5)] == [10, 0, 0, 0, 0]
    now[0] = 61.0
    assert allowances.take("a", 1) == 0
