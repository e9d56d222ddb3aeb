"""SQL statements: few for a screen, fewer when nothing changed, and never more for more rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import StatementCounter
from graphql_api.sample_data import load_samples
from steelyard.packs import Packs
from steelyard.services.context import Context, context_on
from steelyard.store.engine import Database
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
COLD, WARM = 12, 2
EXECUTOR = Executor(schema)


@pytest.fixture
async def loaded(database: Database, packs: Packs) -> Database:
    """A database with all samples."""
    await load_samples(database, packs)
    return database


async def _ask(context: Context, query: str, variables: Mapping[str, Any] | None = None) -> Any:
    answer = await EXECUTOR.execute(Operation(query, variables), request_context(context))
    assert "errors" not in answer.body, answer.body["errors"]
    return answer.body["data"]


# Read anew each time: accounts, grants, tokens, providers; proposals, head, acts and how many there are;
# sheets, their lines and evidence; imports and how many there are, what waits and of which imports, what
# came; what stands behind a number, and which files the records are in.
ANEW = {"administration": 4, "acts": 4, "assessment": 3, "data_inbox": 5, "drill_down": 2}


async def test_every_screen(loaded: Database, packs: Packs, count_statements: StatementCounter) -> None:
    counted = {}
    for path in sorted(SCREENS.glob("*.graphql")):
        query = path.read_text(encoding="utf-8")
        async with context_on(loaded, packs) as context:
            with count_statements(loaded) as cold:
                await _ask(context, query)
            with count_statements(loaded) as warm:
                await _ask(context, query)
        counted[path.stem] = (len(cold), len(warm) - ANEW.get(path.stem, 0))
    assert {name: seen for name, seen in counted.items() if seen[0] > COLD or seen[1] > WARM} == {}


# What is asked of many things at once, and variables for few and for many of them.
GROWING: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        """
        query ($first: Int) {
          units(type: "shop", first: $first) {
            nodes {
              parent { code } ancestors { code } attributes { name }
              scorecard(scheme: "ecommerce.shop", period: "2025-12") {
                root { score } nodes { records { exactValue } explanation { exactRate } } run { revision }
              }
            }
          }
        }
        """,
        {"first": 1},
        {"first": 11},
    ),
    (
        """
        query ($below: String) {
          overview(scheme: "ecommerce.shop", period: "2025-12", below: $below) {
            unit { code parent { code } } score sparkline change
          }
          heatMap(scheme: "ecommerce.shop", period: "2025-12", below: $below) { rows { cells { score } } }
          ranking(scheme: "ecommerce.shop", period: "2025-12", below: $below) {
            nodes { unit { parent { code } } }
          }
        }
        """,
        {"below": "SHOP-E1"},
        {"below": "EC-CO"},
    ),
    (
        """
        query ($units: [String!]!, $periods: [String!]!) {
          comparison(scheme: "ecommerce.shop", units: $units, periods: $periods) {
            units { parent { code } } indicators { periods { spread { bestUnit { code } } cells { change } } }
          }
        }
        """,
        {"units": ["SHOP-E1"], "periods": ["2025-12"]},
        {"units": ["SHOP-E1", "SHOP-E2", "SHOP-S1"], "periods": [f"2025-{n:02}" for n in range(1, 13)]},
    ),
]


@pytest.mark.parametrize("case", GROWING, ids=["cards", "regions", "comparison"])
async def test_more_rows_need_no_more_statements(
    packs: Packs,
    sqlite_samples: Database,
    count_statements: StatementCounter,
    case: tuple[str, dict[str, Any], dict[str, Any]],
) -> None:
    query, few, many = case
    async with context_on(sqlite_samples, packs) as context:
        await _ask(context, query, few)
        with count_statements(sqlite_samples) as for_few:
            await _ask(context, query, few)
        with count_statements(sqlite_samples) as for_many:
            await _ask(context, query, many)
    assert (len(for_many), len(for_few) <= WARM) == (len(for_few), True)


async def test_a_unit_that_is_not_there_fails_alone_among_those_loaded_together(
    sqlite_samples: Database, packs: Packs
) -> None:
    query = """
    {
      a: unit(code: "SHOP-E1") { scorecard(scheme: "ecommerce.shop", period: "2025-12") { root { outcome } } }
      b: unit(code: "EC-CO") { scorecard(scheme: "ecommerce.shop", period: "2025-12") { root { outcome } } }
    }
    """
    async with context_on(sqlite_samples, packs) as context:
        answer = await EXECUTOR.execute(Operation(query), request_context(context))
    assert answer.body["data"] == {
        "a": {"scorecard": {"root": {"outcome": "SCORED"}}},
        "b": {"scorecard": None},
    }
    assert [error["extensions"]["code"] for error in answer.body["errors"]] == ["UNIT_NOT_SCORED"]
