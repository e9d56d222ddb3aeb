"""Baselines: how things stood when a plan was made, as it was written down then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import strawberry

from steelyard.errors import Text
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said


@strawberry.type(description="What the plan's node was, or was going to come out as, when it was made.")
class PlanFigures:
    """Some figures."""

    score: float | None = strawberry.field(description="The score (0…100).")
    points: float | None = strawberry.field(description="The points.")
    passed: bool | None = strawberry.field(description="Whether that reaches the pass line.")
    band_code: str | None = strawberry.field(description="The code of the band, as the scheme had it then.")
    verdict: str | None = strawberry.field(description="What the rules said.")

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Show figures that were written down."""
        return cls(
            score=figure(told["score"]),
            points=figure(told["points"]),
            passed=told["passed"],
            band_code=told["band"],
            verdict=told["verdict"],
        )


@strawberry.type(description="The rate of an indicator when the plan was made.")
class BaselineRate:
    """A rate."""

    code: str = strawberry.field(description="The code of the indicator.")
    rate: float = strawberry.field(description="Its rate 0…1 then.")
    words: strawberry.Private[Text]

    @computed("What the indicator was called then.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)


@strawberry.type(
    description="How things stood when a plan was made. It stays as it was written: other versions of the"
    " scheme, other weights and corrected periods do not change it."
)
class PlanBaseline:
    """A baseline."""

    figures: PlanFigures = strawberry.field(description="What the plan's node was.")
    full_mark: float | None = strawberry.field(description="The full mark of the node.")
    coverage: float | None = strawberry.field(description="The share 0…1 of it that was scored.")
    projected: PlanFigures = strawberry.field(
        description="What the actions of the draft were expected to make of it together."
    )
    scheme_version: str = strawberry.field(description="The version of the scheme.")
    weight_set: int | None = strawberry.field(
        description="The number of the weight set in force; null for the scheme's own weights."
    )
    run_revision: int | None = strawberry.field(
        description="The revision of the stored evaluation, for those who see all units; null before the"
        " first."
    )
    rates: list[BaselineRate] = strawberry.field(
        description="The rates of all indicators that had one, in the order of the tree."
    )

    @classmethod
    def of(cls, told: Mapping[str, Any], *, sees_runs: bool) -> Self:
        """Show a baseline."""
        run = told["run"] if sees_runs else None
        return cls(
            figures=PlanFigures.of(told),
            full_mark=figure(told["full"]),
            coverage=figure(told["coverage"]),
            projected=PlanFigures.of(told["projected"]),
            scheme_version=told["scheme_version"],
            weight_set=told["weight_set"],
            run_revision=None if run is None else run["revision"],
            rates=[
                BaselineRate(code=code, rate=float(rate), words=title_then(told, code))
                for code, rate in told["rates"].items()
            ],
        )


def title_then(told: Mapping[str, Any], code: str) -> Text:
    """What an indicator was called when the plan was made; its code where it was none of the scheme."""
    found = told["titles"].get(code)
    return Text(code, code) if found is None else Text(**found)


def figure(text: str | None) -> float | None:
    """A figure that was written as text."""
    return None if text is None else float(text)
