"""What actions brought, and the state of the plan that follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.conftest import Seat
from services.plans.planning import agreed, at, person, sat
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Conflict, Forbidden
from steelyard.services import structure
from steelyard.services.context import Context, context_on
from steelyard.services.plans import evidence, progress, reading, verifying
from steelyard.services.plans.following import followed
from steelyard.services.plans.plan import Plan
from steelyard.store.plan_actions import ActionState
from steelyard.store.plans import PlanState

SENTENCE = {"zh": "提高", "en": "It rose."}


def effect(suggestion: str) -> dict[str, Any]:
    return {"suggestion": suggestion, "before": 0.6, "after": 0.7, "sentence": SENTENCE}


async def done(seat: Seat) -> Plan:
    return await progress.finish(*seat, **at(await agreed(seat)))


@pytest.mark.parametrize("word", ["verified", "not_effective"])
async def test_measuring_again_settles_an_action(writing_seat: Seat, word: str) -> None:
    number = (await done(writing_seat)).record.number
    await verifying.record_effects(*writing_seat, number, {1: effect(word)}, "2025-02")
    plan = await reading.plan(*writing_seat, number=number)
    action = plan.actions[0]
    assert (plan.record.state.value, action.record.state.value) == (word, word)
    assert (action.verified_period, action.record.effect) == ("2025-02", effect(word))
    history = (await reading.histories(*writing_seat, [plan]))[plan.record.id]
    assert [field.after for field in history[-2].fields if field.field == "measured"] == [SENTENCE]


async def test_what_figures_leave_open_a_person_settles(writing_seat: Seat) -> None:
    number = (await done(writing_seat)).record.number
    await verifying.record_effects(*writing_seat, number, {1: effect("open")}, "2025-02")
    plan = await reading.plan(*writing_seat, number=number)
    assert plan.record.state is PlanState.DONE
    judged = await verifying.judge(*writing_seat, **at(plan), verdict="verified", reason="customers say so")
    assert judged.record.state is PlanState.VERIFIED


async def test_nobody_settles_what_was_not_measured(writing_seat: Seat) -> None:
    plan = await done(writing_seat)
    with pytest.raises(Conflict) as caught:
        await verifying.judge(*writing_seat, **at(plan), verdict="verified", reason="trust me")
    assert caught.value.code == "PLAN_NOT_MEASURED_AGAIN"


async def test_who_is_rated_with_the_unit_does_not_judge(writing_seat: Seat) -> None:
    plan = await done(writing_seat)
    unit = (await structure.load(*writing_seat)).unit("S2")
    manager = sat(writing_seat, person("manager", frozenset({unit.id})))
    with pytest.raises(Forbidden) as caught:
        await verifying.judge(*manager, **at(plan), verdict="verified", reason="we did well")
    assert caught.value.code == "PLAN_SELF_AGREEMENT"


async def test_a_later_effect_takes_the_place_of_an_earlier_one(writing_seat: Seat) -> None:
    number = (await done(writing_seat)).record.number
    await verifying.record_effects(*writing_seat, number, {1: effect("not_effective")}, "2025-02")
    await verifying.record_effects(*writing_seat, number, {1: effect("verified")}, "2025-02")
    plan = await reading.plan(*writing_seat, number=number)
    assert plan.record.state is PlanState.VERIFIED
    await verifying.record_effects(*writing_seat, number, {1: effect("verified")}, "2025-02")
    again = await reading.plan(*writing_seat, number=number)
    assert again.actions[0].record.revision == plan.actions[0].record.revision


async def test_files_show_what_was_done(writing: Context, tmp_path: Path) -> None:
    async with context_on(writing.database, writing.packs, parts=tmp_path / "parts") as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        number = (await agreed(seat)).record.number
        where: dict[str, Any] = {"number": number, "action": 1}
        plan = await evidence.attach(*seat, **where, data=b"names and signatures", file="c:\\tmp\\list.txt")
        (file,) = plan.actions[0].evidence
        assert (file.file_name, file.media_type, file.size) == ("list.txt", "text/plain", 20)
        _, path = await evidence.opened(*seat, **where, evidence=file.id)
        assert path.read_bytes() == b"names and signatures"
        plan = await evidence.remove(*seat, **where, evidence=file.id)
        assert plan.actions[0].evidence == ()


DRAFT, AGREED, DROPPED = PlanState.DRAFT, PlanState.AGREED, PlanState.DROPPED
OPEN, BEGUN, DONE = ActionState.OPEN, ActionState.IN_PROGRESS, ActionState.DONE
GOOD, NOT, OUT = ActionState.VERIFIED, ActionState.NOT_EFFECTIVE, ActionState.DROPPED


@pytest.mark.parametrize(
    ("state", "actions", "expected"),
    [
        (DRAFT, [OPEN, OPEN], DRAFT),
        (DRAFT, [DONE], DRAFT),
        (DROPPED, [GOOD], DROPPED),
        (AGREED, [], AGREED),
        (AGREED, [OUT], AGREED),
        (AGREED, [OPEN, OPEN], AGREED),
        (AGREED, [OPEN, BEGUN], PlanState.IN_PROGRESS),
        (AGREED, [OPEN, DONE], PlanState.IN_PROGRESS),
        (PlanState.DONE, [DONE, OPEN], PlanState.IN_PROGRESS),
        (AGREED, [DONE, OUT], PlanState.DONE),
        (AGREED, [DONE, GOOD], PlanState.DONE),
        (AGREED, [GOOD, GOOD, OUT], PlanState.VERIFIED),
        (AGREED, [GOOD, NOT], PlanState.NOT_EFFECTIVE),
    ],
)
def test_a_plan_follows_its_actions(
    state: PlanState, actions: list[ActionState], expected: PlanState
) -> None:
    assert followed(state, actions) is expected
