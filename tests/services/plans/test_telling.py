"""What a plan tells of peers: nothing to whom it would tell of a few units that they do not see."""

from __future__ import annotations

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.services import measurements, structure
from steelyard.services.evaluating import evaluate_scheme
from steelyard.services.plans import creating, editing, reading
from steelyard.services.plans.history import shown
from steelyard.store import units
from steelyard.store.units import NewUnit

MORE = tuple(f"X{number}" for number in range(6))
BEHIND = "behind_peers:SPEED"


@pytest.fixture
async def number(writing_seat: Seat) -> str:
    """The number of a plan for S2, which is far behind nine others; its action answers that."""
    view, _, scope = writing_seat
    async with view.context.database.write(scope) as writer:
        await units.ensure(writer, scope, [NewUnit(code, Text(code, code), "shop") for code in MORE])
    for unit, value in (("S2", "20%"), *((code, "90%") for code in MORE)):
        known = {"scheme": SCHEME, "unit": unit, "period": "2025-01"}
        await measurements.record(*writing_seat, **known, measure="SPEED", value=value)
    await evaluate_scheme(*writing_seat, scheme=SCHEME)
    made = await creating.create(*writing_seat, scheme=SCHEME, unit="S2", period="2025-01")
    await editing.add_action(
        *writing_seat,
        number=made.plan.record.number,
        fields={"title": "Speed up", "node": "SPEED", "answers": [BEHIND]},
    )
    return made.plan.record.number


async def reader(seat: Seat, hidden: set[str]) -> Seat:
    """Somebody who reads plans and scores of all shops but some."""
    view, _, scope = seat
    whole = await structure.load_whole(view, scope)
    ids = frozenset(unit.id for unit in whole.units if unit.code not in hidden)
    rights = dict.fromkeys((Permission.SCORE_READ, Permission.PLAN_READ, Permission.MEASUREMENT_READ), ids)
    return view, Actor("eve", Text("某人", "Eve"), rights), Scope(scope.tenant_id, ids)


READERS = [
    (set[str](), True),
    ({"X0"}, False),
    ({"X0", "X1", "X2", "X3"}, False),
    ({"X0", "X1", "X2", "X3", "X4"}, True),
    ({*MORE, "S1", "S3", "S4"}, True),
]


@pytest.mark.parametrize(("hidden", "is_told"), READERS)
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_peers_are_told_of_as_everywhere(
    writing_seat: Seat, number: str, hidden: set[str], is_told: bool
) -> None:
    seat = await reader(writing_seat, hidden)
    one = await reading.plan(*seat, number=number)
    [listed] = await reading.whole(*seat, [number])
    for plan in (one, listed):
        keys = {each.key for each in plan.findings}
        assert (BEHIND in keys) == is_told
        assert "below_line:SPEED" in keys
        assert any(BEHIND in action.answers for action in plan.actions) == is_told
        history = (await reading.histories(*seat, [plan]))[plan.record.id]
        said = " ".join(shown(field.after) for change in history for field in change.fields)
        assert ("behind_peers" in said) == is_told


async def test_who_sees_all_is_told(writing_seat: Seat, number: str) -> None:
    plan = await reading.plan(*writing_seat, number=number)
    assert BEHIND in {each.key for each in plan.findings}
