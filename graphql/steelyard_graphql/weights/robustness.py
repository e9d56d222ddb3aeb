"""How robust a ranking is: asked for at once, or followed as it is worked out."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.analysis.robustness.draws import CONCENTRATION
from steelyard.analysis.robustness.simulation import DRAWS
from steelyard.errors import Text
from steelyard.services.progress import Progress
from steelyard.services.weights.robustness import AT_ONCE_MOST, FOLLOWED_MOST, Asked, assess, follow
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.subscriptions import subscription
from steelyard_graphql.weights.inputs import ProposedWeightInput, proposed, told_about
from steelyard_graphql.weights.robust_rankings import Robustness
from steelyard_graphql.weights.trying import WEIGHT_SET, WEIGHTS


@strawberry.input(description="What is to be simulated: a period's ranking, under weights drawn at random.")
class RobustnessInput:
    """What is to be simulated."""

    scheme: str = strawberry.field(description="The code of the scheme.")
    period: str = strawberry.field(description="The code of the period.")
    weights: list[ProposedWeightInput] = strawberry.field(default_factory=list, description=WEIGHTS)
    weight_set: int | None = strawberry.field(default=None, description=WEIGHT_SET)
    units: list[str] | None = strawberry.field(
        default=None,
        description="The codes of the units that are ranked among each other; all one sees if left out.",
    )
    draws: int = strawberry.field(
        default=DRAWS,
        description=f"How many draws; draws × units are {AT_ONCE_MOST} at most, where it is followed"
        f" {FOLLOWED_MOST}.",
    )
    concentration: float = strawberry.field(
        default=CONCENTRATION,
        description="How near the draws are to the weights, 1 to 1000000: a share s has the variance"
        " s (1 − s) ÷ (concentration + 1).",
    )
    seed: int = strawberry.field(default=0, description="The same seed gives the same draws.")


@strawberry.type(description="How far a simulation is, and at its end what it came to.")
class RobustnessProgress:
    """An event."""

    done: int = strawberry.field(description="How much of its present stage is done.")
    total: int = strawberry.field(description="How much the stage is in all; 0 before it begins.")
    result: Robustness | None = strawberry.field(description="What it came to: in the last event alone.")
    words: strawberry.Private[Text]

    @computed("What it does at present, in words.")
    def stage(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the stage in the language asked for."""
        return said(self.words, locale)


RobustnessArgument = Annotated[RobustnessInput, strawberry.argument(description="What is to be simulated.")]
DONE = Text("完成", "Done")


@strawberry.type
class RobustnessQueries:
    """The query about robustness."""

    @computed(
        "How much of a period's ranking, and of passing, hangs on the weights. Larger simulations are"
        " followed: `robustnessProgress`.",
        needs=Permission.WEIGHTS_PROPOSE,
    )
    async def robustness(self, info: Info, input: RobustnessArgument) -> Robustness | None:
        """Simulate."""
        return Robustness.of(await assess(*info.context.seat, _asked(input)), input.draws)


@strawberry.type
class RobustnessSubscriptions:
    """The subscription about robustness."""

    @subscription(
        "The same as `robustness`, telling how far it is. Ending the subscription stops the simulation.",
        needs=Permission.WEIGHTS_PROPOSE,
    )
    async def robustness_progress(
        self, info: Info, input: RobustnessArgument
    ) -> AsyncGenerator[RobustnessProgress, None]:
        """Follow a simulation."""
        async for event in follow(*info.context.seat, _asked(input)):
            if isinstance(event, Progress):
                yield RobustnessProgress(done=event.done, total=event.total, result=None, words=event.stage)
            else:
                result = Robustness.of(event, input.draws)
                yield RobustnessProgress(done=input.draws, total=input.draws, result=result, words=DONE)


def _asked(input: RobustnessInput) -> Asked:
    return Asked(
        scheme=input.scheme,
        period=input.period,
        weights=proposed(input.weights),
        weight_set=input.weight_set,
        units=told_about(input.units),
        draws=input.draws,
        concentration=input.concentration,
        seed=input.seed,
    )
