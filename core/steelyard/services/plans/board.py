"""The plan board: what is open, late or nobody's, of a unit and all below it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.plans.plan import PENDING
from steelyard.services.plans.reading import readable, units_asked
from steelyard.services.structure import Structure
from steelyard.store import plan_board
from steelyard.store.plan_actions import ActionState
from steelyard.store.plan_board import BoardAction, BoardPlan
from steelyard.store.plans import PlanState
from steelyard.store.units import UnitRecord

SETTLED = (PlanState.VERIFIED, PlanState.NOT_EFFECTIVE, PlanState.DROPPED)
"""Plans of which nothing is late or nobody's any more."""


@dataclass(frozen=True, slots=True)
class Card:
    """An action on the board with its plan and unit.

    is_overdue: it is still to be done, and should have been by the board's day. is_unclaimed: it is still to
    be done, and nobody's.
    """

    plan: BoardPlan
    action: BoardAction
    unit: UnitRecord
    period: str
    is_overdue: bool
    is_unclaimed: bool

    @property
    def key(self) -> str:
        """What cards are sorted by: the day they are due, those without one last, then unit and plan."""
        due = self.action.due
        day = "9999-99-99" if due is None else due.isoformat()
        return f"{day} {self.unit.code} {self.plan.number} {self.action.number:09d}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many plans and actions there are by state, and how many actions are late or nobody's."""

    plans: Mapping[PlanState, int]
    actions: Mapping[ActionState, int]
    overdue: int
    unclaimed: int

    @property
    def plans_by_state(self) -> list[tuple[PlanState, int]]:
        """All states of plans in their order, also those in which there is none."""
        return [(state, self.plans.get(state, 0)) for state in PlanState]

    @property
    def actions_by_state(self) -> list[tuple[ActionState, int]]:
        """All states of actions in their order, also those in which there is none."""
        return [(state, self.actions.get(state, 0)) for state in ActionState]


class Board:
    """All plans of some units, as of a day."""

    def __init__(
        self,
        on: date,
        known: Structure,
        rows: Iterable[tuple[BoardPlan, BoardAction | None]],
    ) -> None:
        self.on = on
        self._known = known
        found = [(plan, action, known.unit_by_id(plan.unit_id)) for plan, action in rows]
        placed = [(plan, action, unit) for plan, action, unit in found if unit is not None]
        self._plans = {plan.number: (plan, unit) for plan, _, unit in placed}
        cards = (self._card(plan, action, unit) for plan, action, unit in placed if action is not None)
        self.cards = tuple(sorted(cards, key=lambda card: card.key))

    @cached_property
    def counts(self) -> Counts:
        """Of all units together."""
        return _counts((plan for plan, _ in self._plans.values()), self.cards)

    @cached_property
    def units(self) -> tuple[tuple[UnitRecord, Counts], ...]:
        """The units that have plans, by code, with their own counts."""
        plans, cards = defaultdict[str, list[BoardPlan]](list), defaultdict[str, list[Card]](list)
        owning = {unit.code: unit for _, unit in self._plans.values()}
        for plan, unit in self._plans.values():
            plans[unit.code].append(plan)
        for card in self.cards:
            cards[card.unit.code].append(card)
        return tuple((owning[code], _counts(plans[code], cards[code])) for code in sorted(owning))

    def _card(self, plan: BoardPlan, action: BoardAction, unit: UnitRecord) -> Card:
        pending = action.state in PENDING and plan.state not in SETTLED
        late = pending and action.due is not None and action.due < self.on
        period = self._known.period_by_id(plan.period_id)
        code = "" if period is None else period.code
        return Card(plan, action, unit, code, late, pending and action.owner is None)


async def board(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    below: str | None = None,
    scheme: str | None = None,
    on: date | None = None,
) -> Board:
    """The board of a unit and all below it, of all units with `plan.read` if left out; one statement.

    on: the day that says what is late, today (UTC) if left out. Raises NotFound, and Forbidden without
    `plan.read` on the unit named.
    """
    known = await structure.load(view, actor, scope)
    whole = await structure.load_whole(view, scope)
    ids = units_asked(actor, known, None, below)
    async with view.context.database.read(scope) as reader:
        rows = await plan_board.load(reader, readable(actor, scope), ids, scheme=scheme)
    return Board(on or datetime.now(UTC).date(), whole, rows)


def _counts(plans: Iterable[BoardPlan], cards: Iterable[Card]) -> Counts:
    listed = list(cards)
    return Counts(
        plans=Counter(plan.state for plan in plans),
        actions=Counter(card.action.state for card in listed),
        overdue=sum(card.is_overdue for card in listed),
        unclaimed=sum(card.is_unclaimed for card in listed),
    )
