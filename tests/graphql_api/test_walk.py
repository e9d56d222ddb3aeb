"""From every leaf of the samples to its arithmetic, its measures, and the file and row they stood in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from steelyard.packs import Packs, load_packs
from steelyard.scoring import Status
from steelyard.services import editions
from steelyard.services.context import Context, open_context
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

EXECUTOR = Executor(schema)
SCHEMES = sorted({table.scheme for sample in load_packs().samples.values() for table in sample.tables})
TREE = """
query ($unit: String!, $scheme: String!, $period: String!) {
  scorecard(unit: $unit, scheme: $scheme, period: $period) {
    nodes {
      code isLeaf
      explanation {
        zh: sentence(locale: ZH) en: sentence(locale: EN)
        becauseZh: reason(locale: ZH) becauseEn: reason(locale: EN)
        inputs { measure status }
        terms { code }
      }
    }
  }
}
"""
BEHIND = """
query ($unit: String!, $scheme: String!, $period: String!) {
  scorecard(unit: $unit, scheme: $scheme, period: $period) { %s }
}
"""
SOURCE = "{ behind(measure: %s) { measurement { exactValue } ... on BehindTable { file row column } } }"


async def _ask(context: Context, query: str, variables: dict[str, str]) -> Any:
    answer = await EXECUTOR.execute(Operation(query, variables), request_context(context))
    assert "errors" not in answer.body, answer.body["errors"]
    return answer.body["data"]["scorecard"]


async def _best_known(context: Context, scheme: str) -> dict[str, str]:
    """The unit of which most is measured in the last period."""
    cube = await editions.load(context.view(), context.scope, context.entry(scheme))
    period = cube.measured[-1]
    missing = cube.evaluation.observations.status == Status.MISSING
    unit = min(cube.units, key=lambda each: missing[:, cube.row(each, period)].sum())
    return {"unit": unit.code, "scheme": scheme, "period": period.code}


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_every_number_leads_to_its_row(samples: Path, packs: Packs, scheme: str) -> None:
    async with open_context(f"sqlite:///{samples}", packs) as context:
        asked = await _best_known(context, scheme)
        nodes = (await _ask(context, TREE, asked))["nodes"]
        for node in nodes:
            told = node["explanation"]
            assert all(told[name] for name in ("zh", "en", "becauseZh", "becauseEn"))
            assert told["inputs"] if node["isLeaf"] else told["terms"]
        read = [
            (node["code"], one["measure"])
            for node in nodes
            for one in node["explanation"]["inputs"]
            if one["status"] == "VALUE"
        ]
        fields = [
            f"n{at}: node(code: {json.dumps(code)}) {SOURCE % json.dumps(measure)}"
            for at, (code, measure) in enumerate(read)
        ]
        behind = await _ask(context, BEHIND % " ".join(fields), asked)
    names = {table.file for sample in packs.samples.values() for table in sample.tables}
    for at, (_, measure) in enumerate(read):
        source = behind[f"n{at}"]["behind"]
        assert source["column"] == measure
        assert source["file"] in names
        assert source["row"] >= 2
        assert source["measurement"]["exactValue"]
