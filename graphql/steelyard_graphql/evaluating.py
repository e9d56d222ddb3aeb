"""Evaluating: scores become runs, and what became of the actions of plans is measured by the way."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.evaluating import EvaluatedRun as Found
from steelyard.services.evaluating import evaluate_scheme
from steelyard_graphql.context import Info
from steelyard_graphql.faults import Problem
from steelyard_graphql.mutations import mutation
from steelyard_graphql.periods import Period
from steelyard_graphql.runs import Run


@strawberry.input(description="What is to be evaluated.")
class EvaluateInput:
    """A scheme, and a period of it."""

    scheme: str = strawberry.field(description="The code of a scheme.")
    period: str | None = strawberry.field(
        default=None,
        description="The code of a period; all in which anything was measured if left out. A closed period is"
        " evaluated again only where it is named.",
    )


@strawberry.type(description="The run of a period that is current now.")
class EvaluatedPeriod:
    """A period and its run."""

    period: Period = strawberry.field(description="The period.")
    run: Run = strawberry.field(description="Its current run.")
    is_new: bool = strawberry.field(
        description="Whether it was made now; not where nothing had changed since the one before."
    )

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a period with its run."""
        return cls(period=Period.of(found.period), run=Run.of(found.record), is_new=found.new)


@strawberry.type(description="What was evaluated.")
class Evaluated:
    """The periods that were evaluated."""

    periods: list[EvaluatedPeriod] = strawberry.field(description="The periods, the earliest first.")


EvaluateResult = Annotated[
    Evaluated | Problem,
    strawberry.union("EvaluateResult", description="What was evaluated, or what kept it from being."),
]


@strawberry.type
class EvaluationMutations:
    """The mutation that evaluates."""

    @mutation(
        "Evaluate a scheme and store the results as runs, with the proof of what they were computed from."
        " What became of the actions of plans is measured with it. Evaluations take turns; where too many"
        " wait, the error is `EVALUATIONS_TOO_MANY`, and one tries again later.",
        needs=Permission.SCORE_EVALUATE,
    )
    async def evaluate(
        self,
        info: Info,
        input: Annotated[EvaluateInput, strawberry.argument(description="What is to be evaluated.")],
    ) -> EvaluateResult:
        """Evaluate."""
        found = await evaluate_scheme(*info.context.seat, scheme=input.scheme, period=input.period)
        info.context.renew()
        return Evaluated(periods=[EvaluatedPeriod.of(each) for each in found])
