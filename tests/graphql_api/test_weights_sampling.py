"""Sampling errors of a ranking over GraphQL, and nothing of them where nothing was counted from records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.conftest import Seat
from services.repair_pack import JOBS, SCHEME, garages_on, import_jobs
from services.shop_pack import SCHEME as SHOPS
from services.shop_pack import shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.services import measurements, sampling
from steelyard.services.administration import policy
from steelyard.services.administration.perform import perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.context import context_on
from steelyard.store.engine import Database
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

EXECUTOR = Executor(schema)
QUERY = """
query ($scheme: String!) {
  robustness(input: {scheme: $scheme, period: "2025-01", draws: 200}) {
    sampledMeasures
    unsampledMeasures { measure units reason }
    entries {
      unit { code }
      rank
      interval { best worst }
      aheadOf(unit: "G1")
      sampled { scoreLow scoreHigh interval { best worst } group aheadOfNext aheadOf(unit: "G1") }
    }
  }
}
"""


async def _asked(seat: Seat, scheme: str) -> Any:
    view, actor, scope = seat
    request = RequestContext(view, actor, scope, view.context.packs)
    body = (await EXECUTOR.execute(Operation(QUERY, {"scheme": scheme}), request)).body
    assert "errors" not in body, body["errors"]
    return body["data"]["robustness"]


async def test_ranks_with_and_without_sampling_errors(database: Database, tmp_path: Path) -> None:
    async with garages_on(database, tmp_path) as seat:
        await import_jobs(seat, tmp_path, f"{JOBS}6,G3,2025-01-05,false,50\n")
        await perform(*seat, SetPolicy(policy.PEER_MINIMUM, 3), reason="few garages")
        for unit in ("G1", "G2", "G3"):
            where = {"scheme": SCHEME, "unit": unit, "period": "2025-01"}
            await measurements.record(*seat, **where, measure="manner", value="10")
        found = await _asked(seat, SCHEME)
    assert found["sampledMeasures"] == ["again_share", "mean_invoice"]
    [unsampled] = found["unsampledMeasures"]
    assert (unsampled["measure"], unsampled["units"]) == ("mean_invoice", 2)
    g2 = {each["unit"]["code"]: each for each in found["entries"]}["G2"]
    assert (g2["rank"], g2["interval"], g2["aheadOf"]) == (1, {"best": 1, "worst": 1}, 1)
    sampled = g2["sampled"]
    assert sampled["interval"] == {"best": 1, "worst": 3}
    assert 0.5 < sampled["aheadOf"] < 1
    assert sampled["aheadOfNext"] == sampled["aheadOf"]
    assert sampled["scoreLow"] < sampled["scoreHigh"]
    assert sampled["group"] == 1


async def test_tables_tell_of_no_records(database: Database) -> None:
    async with context_on(database, shop_packs()) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*seat)
        found = await _asked(seat, SHOPS)
    assert found["sampledMeasures"] == []
    assert {each["sampled"] for each in found["entries"]} == {None}
