"""The plan board of a unit and all below it: counts, and the actions that are late, nobody's, or next."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services.plans import board
from steelyard.services.plans.board import Board, Card, Counts
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import After, Before, Connection, Edge, First, Last, PageArguments, page
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.planning.states import PlanActionState, PlanState
from steelyard_graphql.units import Unit, find_unit


@plain
@strawberry.type(description="How many plans are in a state.")
class PlanCount:
    """A count."""

    state: PlanState = strawberry.field(description="The state.")
    count: int = strawberry.field(description="How many.")


@plain
@strawberry.type(description="How many actions are in a state.")
class PlanActionCount:
    """A count."""

    state: PlanActionState = strawberry.field(description="The state.")
    count: int = strawberry.field(description="How many.")


@plain
@strawberry.type(description="How many plans and actions there are, and how many actions want attention.")
class PlanCounts:
    """The counts of a board or of one unit on it."""

    plans: list[PlanCount] = strawberry.field(description="Plans by state, all states.")
    actions: list[PlanActionCount] = strawberry.field(description="Actions by state, all states.")
    overdue: int = strawberry.field(description="Actions that should have been done by the board's day.")
    unclaimed: int = strawberry.field(description="Actions still to be done that are nobody's.")

    @classmethod
    def of(cls, found: Counts) -> Self:
        """Show counts."""
        return cls(
            plans=[PlanCount(state=PlanState(s.value), count=n) for s, n in found.plans_by_state],
            actions=[
                PlanActionCount(state=PlanActionState(s.value), count=n) for s, n in found.actions_by_state
            ],
            overdue=found.overdue,
            unclaimed=found.unclaimed,
        )


@plain
@strawberry.type(description="A unit on the board, with its own counts.")
class PlanBoardUnit:
    """A unit."""

    code: str = strawberry.field(description="The code of the unit.")
    counts: PlanCounts = strawberry.field(description="Its counts.")

    @computed("The unit.")
    async def unit(self, info: Info) -> Unit | None:
        """Return the unit."""
        return await find_unit(info.context, self.code)


@plain
@strawberry.type(description="An action on the board.")
class PlanBoardAction:
    """An action."""

    plan: str = strawberry.field(description="The number of its plan.")
    plan_title: str = strawberry.field(description="What the plan is called.")
    plan_state: PlanState = strawberry.field(description="How far the plan is.")
    scheme_code: str = strawberry.field(description="The code of the plan's scheme.")
    unit_code: str = strawberry.field(description="The code of the unit.")
    period_code: str = strawberry.field(description="The code of the period whose evaluation it answers.")
    number: int = strawberry.field(description="The number of the action within the plan.")
    revision: int = strawberry.field(description="How often the action has changed.")
    state: PlanActionState = strawberry.field(description="How far it is.")
    node: str | None = strawberry.field(description="The code of the indicator it is about.")
    owner: str | None = strawberry.field(description="Whose it is; null for nobody's.")
    due: datetime.date | None = strawberry.field(description="The day by which it is to be done.")
    effort_days: float | None = strawberry.field(description="The effort in person-days.")
    expected_effect: float | None = strawberry.field(
        description="What it is expected to add to the indicator's rate."
    )
    is_overdue: bool = strawberry.field(description="Whether it should have been done by the board's day.")
    is_unclaimed: bool = strawberry.field(description="Whether it is still to be done, and nobody's.")
    words: strawberry.Private[Text]
    unit_words: strawberry.Private[Text]

    @computed("What to do.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @computed("What the unit is called.", plain=True)
    def unit_title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.unit_words, locale)

    @classmethod
    def of(cls, card: Card) -> Self:
        """Show an action."""
        plan, action = card.plan, card.action
        return cls(
            plan=plan.number,
            plan_title=plan.title,
            plan_state=PlanState(plan.state.value),
            scheme_code=plan.scheme,
            unit_code=card.unit.code,
            period_code=card.period,
            number=action.number,
            revision=action.revision,
            state=PlanActionState(action.state.value),
            node=action.node,
            owner=action.owner,
            due=action.due,
            effort_days=None if action.effort is None else float(action.effort),
            expected_effect=None if action.expected_effect is None else float(action.expected_effect),
            is_overdue=card.is_overdue,
            is_unclaimed=card.is_unclaimed,
            words=action.title,
            unit_words=card.unit.title,
        )


@plain
@strawberry.type(name="PlanBoardActionConnection", description="One page of the actions of a board.")
class PlanBoardActionConnection(Connection[PlanBoardAction]):
    """A page of actions."""


@plain
@strawberry.type(name="PlanBoardUnitConnection", description="One page of the units of a board.")
class PlanBoardUnitConnection(Connection[PlanBoardUnit]):
    """A page of units."""


@plain
@strawberry.type(description="The plan board of a unit and all below it.")
class PlanBoard:
    """A board."""

    day: datetime.date = strawberry.field(description="The day that says what is late.")
    counts: PlanCounts = strawberry.field(description="Of all units together.")
    found: strawberry.Private[Board]

    @computed("The units that have plans, by code, each with its own counts.")
    def units(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> PlanBoardUnitConnection:
        """Return a page of units."""
        rows = self.found.units
        asked = PageArguments(first, after, last, before)
        chosen, cursors = page(rows, lambda row: row[0].code, "boardUnits", asked)
        nodes = [
            PlanBoardUnit(code=unit.code, counts=PlanCounts.of(counts))
            for unit, counts in rows[chosen.start : chosen.end]
        ]
        return PlanBoardUnitConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )

    @computed("Its actions, the first due first, those without a day last.")
    def actions(
        self,
        states: Annotated[
            list[PlanActionState] | None, strawberry.argument(description="Only actions in these states.")
        ] = None,
        overdue: Annotated[
            bool, strawberry.argument(description="Only those that should have been done.")
        ] = False,
        unclaimed: Annotated[
            bool, strawberry.argument(description="Only those still to be done that are nobody's.")
        ] = False,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> PlanBoardActionConnection:
        """Return a page of actions."""
        wanted = None if states is None else {str(each.value) for each in states}
        rows = [
            card
            for card in self.found.cards
            if (wanted is None or card.action.state.value in wanted)
            and (card.is_overdue or not overdue)
            and (card.is_unclaimed or not unclaimed)
        ]
        asked = PageArguments(first, after, last, before)
        chosen, cursors = page(rows, lambda card: card.key, "boardActions", asked)
        nodes = [PlanBoardAction.of(card) for card in rows[chosen.start : chosen.end]]
        return PlanBoardActionConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )


@strawberry.type
class PlanBoardQueries:
    """The query about boards."""

    @computed(
        "What is open, late or nobody's in the plans of a unit and all below it.", needs=Permission.PLAN_READ
    )
    async def plan_board(
        self,
        info: Info,
        unit: Annotated[
            str | None,
            strawberry.argument(description="The code of the unit; all units that one sees if left out."),
        ] = None,
        scheme: Annotated[
            str | None, strawberry.argument(description="The code of a scheme: only its plans.")
        ] = None,
        on: Annotated[
            datetime.date | None,
            strawberry.argument(description="The day that says what is late; today (UTC) if left out."),
        ] = None,
    ) -> PlanBoard | None:
        """Return the board."""
        found = await board.board(*info.context.seat, below=unit, scheme=scheme, on=on)
        return PlanBoard(day=found.on, counts=PlanCounts.of(found.counts), found=found)
