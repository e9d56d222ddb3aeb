"""The board: all plans of some units with their actions, as far as a board shows them, in one statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store.plan_actions import ActionState
from steelyard.store.plans import PlanState
from steelyard.store.tables import PLAN, PLAN_ACTION
from steelyard.store.transaction import Reader


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """A plan on a board."""

    number: str
    title: str
    scheme: str
    unit_id: int
    period_id: int
    state: PlanState


@dataclass(frozen=True, slots=True)
class BoardAction:
    """An action on a board; effort and expected effect are decimal text."""

    number: int
    title: Text
    node: str | None
    kind: str
    owner: str | None
    due: date | None
    effort: str | None
    expected_effect: str | None
    state: ActionState
    revision: int


async def load(
    reader: Reader, scope: Scope, unit_ids: Collection[int] | None, *, scheme: str | None = None
) -> list[tuple[BoardPlan, BoardAction | None]]:
    """Return the plans of units in scope with each of their actions, by number; None where one has none."""
    plan, action = PLAN.c, PLAN_ACTION.c
    own = and_(action.tenant_id == scope.tenant_id, action.plan_id == plan.id)
    query = (
        select(
            *(plan[name].label(f"plan_{name}") for name in BoardPlan.__slots__),
            *(action[name] for name in BoardAction.__slots__),
        )
        .select_from(PLAN.outerjoin(PLAN_ACTION, own))
        .where(plan.tenant_id == scope.tenant_id)
        .order_by(plan.number, action.number)
    )
    if scope.unit_ids is not None:
        query = query.where(reader.within(plan.unit_id, scope.unit_ids))
    if unit_ids is not None:
        query = query.where(reader.within(plan.unit_id, unit_ids))
    if scheme is not None:
        query = query.where(plan.scheme == scheme)
    return [(_plan(row), _action(row)) for row in await reader.rows(query)]


def _plan(row: Any) -> BoardPlan:
    values = {name: getattr(row, f"plan_{name}") for name in BoardPlan.__slots__}
    return BoardPlan(**{**values, "state": PlanState(row.plan_state)})


def _action(row: Any) -> BoardAction | None:
    if row.number is None:
        return None
    values = {name: getattr(row, name) for name in BoardAction.__slots__}
    return BoardAction(**{**values, "title": Text(**row.title), "state": ActionState(row.state)})
