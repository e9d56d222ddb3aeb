"""The board: what is open, late or nobody's."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import StatementCounter
from services.conftest import Seat
from services.plans.planning import agreed, at, drafted
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Forbidden, Text
from steelyard.services import structure
from steelyard.services.context import context_on
from steelyard.services.plans import editing, progress
from steelyard.services.plans.board import Board, board
from steelyard.store.plan_actions import ActionState
from steelyard.store.plans import PlanState

TODAY = date(2025, 6, 1)


@pytest.fixture
async def planned(writing_seat: Seat) -> Seat:
    """Three shops with plans: one late, one nobody's, one done."""
    for unit, due in (("S2", date(2025, 5, 1)), ("S3", date(2025, 7, 1))):
        plan = await agreed(writing_seat, unit=unit)
        plan = await editing.change_action(*writing_seat, **at(plan), fields={"due": due}, reason="planned")
    await progress.finish(*writing_seat, **at(plan))
    await drafted(writing_seat, unit="S4")
    return writing_seat


async def shown(seat: Seat, below: str | None = None) -> Board:
    return await board(*seat, below=below, on=TODAY)


async def test_counts(planned: Seat) -> None:
    counts = (await shown(planned)).counts
    assert counts.plans == {PlanState.AGREED: 1, PlanState.DONE: 1, PlanState.DRAFT: 1}
    assert counts.actions[ActionState.DONE] == 1
    assert counts.overdue == 1
    assert counts.unclaimed == counts.actions[ActionState.OPEN] > 0


async def test_counts_by_unit(planned: Seat) -> None:
    found = {unit.code: counts for unit, counts in (await shown(planned)).units}
    assert {code: counts.overdue for code, counts in found.items()} == {"S2": 1, "S3": 0, "S4": 0}


async def test_the_first_is_the_first_due(planned: Seat) -> None:
    cards = (await shown(planned, "CO")).cards
    assert [(card.unit.code, card.is_overdue) for card in cards][:2] == [("S2", True), ("S3", False)]


async def test_a_region_has_its_own_board(planned: Seat) -> None:
    assert [unit.code for unit, _ in (await shown(planned, "NORTH")).units] == ["S2"]


async def test_a_board_shows_what_one_may_read(planned: Seat) -> None:
    view, _, scope = planned
    known = await structure.load(*planned)
    own = frozenset({known.unit("S3").id})
    reader = Actor("r", Text("r", "r"), {Permission.SCORE_READ: None, Permission.PLAN_READ: own})
    found = await board(view, reader, scope, on=TODAY)
    assert [unit.code for unit, _ in found.units] == ["S3"]
    narrow = await board(view, LOCAL_ADMINISTRATOR, Scope(scope.tenant_id, own), on=TODAY)
    assert [unit.code for unit, _ in narrow.units] == ["S3"]
    with pytest.raises(Forbidden):
        await board(view, reader, scope, below="S2", on=TODAY)


async def test_statements_of_a_board(planned: Seat, count_statements: StatementCounter) -> None:
    context = planned[0].context
    async with context_on(context.database, context.packs) as fresh:
        for most in (12, 2):
            with count_statements(fresh.database) as seen:
                await shown((fresh.view(), LOCAL_ADMINISTRATOR, fresh.scope))
            assert len(seen) <= most, seen
