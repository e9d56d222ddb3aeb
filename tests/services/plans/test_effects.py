"""What became of actions, once a later period is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from services.conftest import Seat
from services.plans.planning import agreed, at
from services.shop_pack import SCHEME
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.services import effects, importing
from steelyard.services.administration import policy
from steelyard.services.evaluating import evaluate_scheme
from steelyard.services.plans import agreeing, progress, reading
from steelyard.services.plans.plan import Plan
from steelyard.store.plan_actions import ActionState

HEAD = "unit,period,SPEED\n"
OTHERS = [f"T{number}" for number in range(6)]


async def recorded(seat: Seat, rows: str) -> None:
    await importing.import_table(
        *seat, scheme=SCHEME, data=(HEAD + rows).encode(), file="t.csv", create_units=True
    )


async def finished(seat: Seat) -> Plan:
    """A plan with one action on SPEED that promised 5 points of the rate, done."""
    plan = await agreed(seat)
    for action in plan.actions:
        if action.record.node == "SPEED":
            return await progress.finish(*seat, **at(plan, action.record.number))
    raise AssertionError([action.record.node for action in plan.actions])


def on_speed(plan: Plan) -> Any:
    return next(action.record for action in plan.actions if action.record.node == "SPEED")


async def measured(seat: Seat, plan: Plan, after: str, others: str) -> Mapping[str, Any]:
    """The effect once April has been recorded: the unit's, and that of six others."""
    rows = "".join(f"{code},2025-01,60%\n{code},2025-04,{others}\n" for code in OTHERS)
    await recorded(seat, f"S2,2025-04,{after}\n{rows}")
    await evaluate_scheme(*seat, scheme=SCHEME)
    found = on_speed(await reading.plan(*seat, number=plan.record.number))
    assert found.effect is not None
    return {**found.effect, "state": found.state}


@pytest.mark.parametrize(
    ("after", "others", "state"),
    [
        ("80%", "60%", ActionState.VERIFIED),
        ("60%", "60%", ActionState.NOT_EFFECTIVE),
        ("80%", "95%", ActionState.NOT_EFFECTIVE),
        ("65%", "60%", ActionState.DONE),
    ],
)
async def test_measuring_again_settles_what_was_done(
    writing_seat: Seat, after: str, others: str, state: ActionState
) -> None:
    found = await measured(writing_seat, await finished(writing_seat), after, others)
    assert found["state"] is state
    assert (found["before"], found["after"]) == (0.6, float(after.strip("%")) / 100)
    assert found["comparison"]["n"] >= len(OTHERS)


async def test_what_is_not_done_yet_is_not_measured(writing_seat: Seat) -> None:
    plan = await agreed(writing_seat)
    await recorded(writing_seat, "S2,2025-04,80%\n")
    await evaluate_scheme(*writing_seat, scheme=SCHEME)
    found = on_speed(await reading.plan(*writing_seat, number=plan.record.number))
    assert (found.effect, found.state) == (None, ActionState.OPEN)


async def test_a_corrected_period_is_measured_again(writing_seat: Seat) -> None:
    plan = await finished(writing_seat)
    assert (await measured(writing_seat, plan, "80%", "60%"))["state"] is ActionState.VERIFIED
    assert (await measured(writing_seat, plan, "59%", "60%"))["state"] is ActionState.NOT_EFFECTIVE


async def test_who_acts_too_is_not_compared_with(writing_seat: Seat) -> None:
    plan = await finished(writing_seat)
    alone = await measured(writing_seat, plan, "80%", "60%")
    first = await agreed(writing_seat, unit=OTHERS[0])
    assert [action.record.node for action in first.actions if action.record.node == "SPEED"]
    fewer = await measured(writing_seat, plan, "81%", "60%")
    assert fewer["comparison"]["n"] == alone["comparison"]["n"] - 1


async def test_compared_is_with_those_who_stood_nearest(writing_seat: Seat) -> None:
    plan = await finished(writing_seat)
    near = "".join(f"N{number},2025-01,61%\nN{number},2025-04,61%\n" for number in range(effects.NEAREST))
    far = "".join(f"F{number},2025-01,20%\nF{number},2025-04,90%\n" for number in range(5))
    await recorded(writing_seat, near + far)
    found = await measured(writing_seat, plan, "80%", "60%")
    assert (found["comparison"]["n"], found["comparison"]["mean"]) == (effects.NEAREST, pytest.approx(0))


async def test_a_few_others_are_not_told_of(writing_seat: Seat) -> None:
    plan = await finished(writing_seat)
    found = await measured(writing_seat, plan, "80%", "60%")
    units = found["comparison"]["units"]
    tenant = writing_seat[2].tenant_id
    most = effects.told(found, Scope(tenant, frozenset(units[1:])), 5)
    assert most["comparison"] is None
    own = effects.told(found, Scope(tenant, frozenset()), 5)
    assert (own["comparison"]["n"], own["comparison"]["units"]) == (len(units), None)


async def test_a_program_that_only_evaluates_sets_it_off(writing_seat: Seat) -> None:
    plan = await finished(writing_seat)
    rights = dict.fromkeys([Permission.SCORE_EVALUATE, Permission.SCORE_READ])
    program = writing_seat[0], Actor("nightly", Text("夜间", "Nightly"), rights), writing_seat[2]
    await recorded(writing_seat, "S2,2025-04,80%\n")
    await evaluate_scheme(*program, scheme=SCHEME)
    assert on_speed(await reading.plan(*writing_seat, number=plan.record.number)).effect is not None


async def test_who_changes_a_plan_meanwhile_does_not_stop_the_evaluation(
    writing_seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await finished(writing_seat)
    load, found = policy.current, on_speed(plan)

    async def meanwhile(*seat: Any) -> Any:
        current = await reading.plan(*writing_seat, number=plan.record.number)
        await agreeing.drop(
            *writing_seat, number=plan.record.number, revision=current.record.revision, reason="moved"
        )
        return await load(*seat)

    monkeypatch.setattr(policy, "current", meanwhile)
    await recorded(writing_seat, "S2,2025-04,80%\n")
    assert await evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-04")
    left = on_speed(await reading.plan(*writing_seat, number=plan.record.number))
    assert (left.state, left.effect, found.effect) == (ActionState.DONE, None, None)


async def test_who_sees_no_unit_measures_the_plans_of_all(writing_seat: Seat) -> None:
    plan = await finished(writing_seat)
    view, actor, scope = writing_seat
    await recorded(writing_seat, "S2,2025-04,80%\n")
    assert await evaluate_scheme(view, actor, Scope(scope.tenant_id, frozenset()), scheme=SCHEME)
    assert on_speed(await reading.plan(*writing_seat, number=plan.record.number)).effect is not None


async def test_what_is_as_it_was_is_not_written_again(
    writing_seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await measured(writing_seat, await finished(writing_seat), "80%", "60%")
    monkeypatch.setattr(effects, "record_effects", None)
    assert await evaluate_scheme(*writing_seat, scheme=SCHEME)
