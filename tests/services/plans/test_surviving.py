"""Plans survive: other versions of the scheme, other weights, corrected periods."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from services.conftest import Seat
from services.plans.planning import at, drafted
from services.shop_pack import SCHEME, SOURCE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import NotFound
from steelyard.improvement.path import Target
from steelyard.packs import load_packs
from steelyard.services import measurements, scorecards, structure
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.perform import perform
from steelyard.services.context import Context, context_on
from steelyard.services.evaluating import evaluate_scheme
from steelyard.services.plans import agreeing, creating, editing, progress, reading
from steelyard.services.plans.board import board
from steelyard.services.plans.plan import Plan
from steelyard.services.weights import drafting
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.publishing import publication
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

WHY = "checked"
UPGRADED = (
    SOURCE.replace("version: 1.0.0", "version: 2.0.0")
    .replace("KINDNESS", "WARMTH")
    .replace("en: Speed}", "en: Pace}")
)
"""One indicator has gone, another is called otherwise."""
SHOWN = """query ($number: String!) {
  plan(number: $number) {
    baseline { figures { points } schemeVersion rates { code title rate } }
    actions { node nodeGone nodeTitleThen indicator { title } }
    findings { key node nodeGone indicator { title } sentence }
  }
}"""


async def written(seat: Seat, number: str) -> dict[str, Any]:
    """What a plan says of then."""
    plan = await reading.plan(*seat, number=number)
    return {
        "baseline": plan.record.baseline,
        "target": plan.record.target,
        "findings": plan.findings,
        "actions": plan.actions,
    }


async def shown(seat: Seat, number: str) -> Any:
    view, actor, scope = seat
    context = RequestContext(view.context.view(), actor, scope, view.context.packs)
    answer = await Executor(schema).execute(Operation(SHOWN, {"number": number}), context)
    assert "errors" not in answer.body, answer.body
    return answer.body["data"]["plan"]


async def test_a_pack_upgrade(writing: Context) -> None:
    seat = writing.view(), LOCAL_ADMINISTRATOR, writing.scope
    plan = await drafted(seat, findings=["below_line:SPEED", "below_line:KINDNESS"])
    number = plan.record.number
    plan = await editing.add_action(*seat, number=number, fields={"title": "Smile", "node": "KINDNESS"})
    await agreeing.agree(*seat, number=number, revision=0)
    before = await written(seat, number)
    async with context_on(writing.database, shop_packs(UPGRADED)) as newer:
        now = newer.view(), LOCAL_ADMINISTRATOR, newer.scope
        assert await written(now, number) == before
        found = await shown(now, number)
        assert found["actions"] == [
            {"node": "SPEED", "nodeGone": False, "nodeTitleThen": "Speed", "indicator": {"title": "Pace"}},
            {"node": "KINDNESS", "nodeGone": True, "nodeTitleThen": "KINDNESS", "indicator": None},
        ]
        gone = {each["node"]: each["nodeGone"] for each in found["findings"]}
        assert gone == {"SPEED": False, "KINDNESS": True}
        assert found["baseline"]["schemeVersion"] == "1.0.0"
        assert {"code": "KINDNESS", "title": "KINDNESS", "rate": 0.6} in found["baseline"]["rates"]
        moved = await progress.finish(*now, **at(plan, 2))
        assert moved.actions[1].record.state.value == "done"


async def test_a_pack_that_is_gone(writing: Context) -> None:
    seat = writing.view(), LOCAL_ADMINISTRATOR, writing.scope
    plan = await drafted(seat)
    async with context_on(writing.database, load_packs([])) as bare:
        now = bare.view(), LOCAL_ADMINISTRATOR, bare.scope
        found = await shown(now, plan.record.number)
        assert {each["nodeGone"] for each in found["actions"]} == {True}
        plan = await editing.change_action(*now, **at(plan), fields={"effort": Fraction(9)})
        plan = await agreeing.agree(*now, number=plan.record.number, revision=0)
        assert (plan.actions[0].record.effort, plan.record.state.value) == (9, "agreed")


async def test_a_weight_change(writing_seat: Seat) -> None:
    number = (await drafted(writing_seat)).record.number
    before = await written(writing_seat, number)
    draft = await drafting.draft(
        *writing_seat, scheme=SCHEME, weights=[ProposedWeight("SERVICE", Fraction(0))], reason=WHY
    )
    wanted = {"scheme": SCHEME, "number": draft.number, "revision": draft.revision}
    await perform(*writing_seat, await publication(*writing_seat, **wanted, period="2025-01"), reason=WHY)
    card = await scorecards.card(*writing_seat, scheme=SCHEME, unit="S2", period="2025-01")
    assert card.root.points != 65
    assert await written(writing_seat, number) == before
    later = await drafted(writing_seat)
    assert (later.record.baseline["weight_set"], before["baseline"]["weight_set"]) == (1, None)


async def test_a_corrected_period(writing_seat: Seat) -> None:
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-01")
    number = (await drafted(writing_seat)).record.number
    before = await written(writing_seat, number)
    assert before["baseline"]["run"]["state"] == "final"
    await perform(*writing_seat, ReopenPeriod("month", "2025-01", correct=True), reason=WHY)
    where: dict[str, Any] = {"scheme": SCHEME, "unit": "S2", "period": "2025-01"}
    await measurements.record(*writing_seat, **where, measure="SPEED", value="95%")
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-01")
    assert await written(writing_seat, number) == before
    assert (await scorecards.card(*writing_seat, **where)).root.points != 65


async def test_who_does_not_see_a_unit_knows_nothing_of_its_plans(writing_seat: Seat) -> None:
    view, actor, scope = writing_seat
    number = (await drafted(writing_seat)).record.number
    other = frozenset({(await structure.load(*writing_seat)).unit("S3").id})
    narrow = Scope(scope.tenant_id, other)
    with pytest.raises(NotFound) as caught:
        await reading.plan(view, actor, narrow, number=number)
    assert caught.value.code == "PLAN_NOT_FOUND"
    assert await reading.numbers(view, actor, narrow) == []
    assert (await board(view, actor, narrow)).cards == ()
    with pytest.raises(NotFound):
        await editing.rename(view, actor, narrow, number=number, revision=0, title="mine")


async def test_a_plan_tells_nothing_of_peers_that_its_readers_may_not_be_told(writing_seat: Seat) -> None:
    made = await creating.create(*writing_seat, scheme=SCHEME, unit="S2", period="2025-01", target=Target())
    plan: Plan = made.plan
    assert not [found for found in plan.findings if found.kind == "behind_peers"]
