"""Standards (合格线、目标): pass lines and targets that a weight set brings, and for which units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Self

import strawberry

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scheme.number import decimal_text
from steelyard.scoring.variants import unit_parameter
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.services.weights.problems import STANDARD_NO_RATE
from steelyard.store.weight_sets import Standard
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.problems import LIST_TOO_LONG
from steelyard_graphql.units import Unit

STANDARDS_MOST = 1000
_SHOWN = 40


@strawberry.type(
    description="A pass line, a target or both of an indicator: for a unit and all below it, for units with"
    " an attribute, or for all. What is nearest to a unit holds: its own, those above it, an attribute, all."
)
class WeightStandard:
    """A standard."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    pass_line: float | None = strawberry.field(
        description="The rate 0…1 from which it passes; null leaves what holds otherwise (合格线)."
    )
    exact_pass_line: str | None = strawberry.field(description="The same as an exact decimal.")
    target: float | None = strawberry.field(
        description="The rate 0…1 that is aimed at; null leaves what holds otherwise (目标)."
    )
    exact_target: str | None = strawberry.field(description="The same as an exact decimal.")
    unit: Unit | None = strawberry.field(description="The unit that it is for, with all below it.")
    attribute: str | None = strawberry.field(
        description="Else the name of the attribute that its units have."
    )
    value: str | None = strawberry.field(description="The value of that attribute.")

    @classmethod
    def of(cls, found: Standard, entry: SchemeEntry, structure: Structure) -> Self:
        """Show a standard for a unit that is seen, or for others."""
        return cls(
            indicator=Indicator.of(entry, entry.node(found.node)),
            pass_line=None if found.pass_line is None else float(found.pass_line),
            exact_pass_line=None if found.pass_line is None else decimal_text(found.pass_line),
            target=None if found.target is None else float(found.target),
            exact_target=None if found.target is None else decimal_text(found.target),
            unit=None if found.unit is None else Unit.of(structure.unit(found.unit)),
            attribute=found.attribute,
            value=found.value,
        )


@strawberry.input(
    description="A pass line, a target or both of an indicator: for a unit, for an attribute, or for all."
)
class WeightStandardInput:
    """A standard."""

    indicator: str = strawberry.field(description="The code of the indicator.")
    pass_line: str | None = strawberry.field(
        default=None, description="The rate from which it passes, e.g. `70%` or `0.7` (合格线)."
    )
    target: str | None = strawberry.field(
        default=None, description="The rate that is aimed at, written alike (目标)."
    )
    unit: str | None = strawberry.field(
        default=None, description="The code of the unit that it is for, with all below it."
    )
    attribute: str | None = strawberry.field(
        default=None, description="Else the name of the attribute that its units have."
    )
    value: str | None = strawberry.field(default=None, description="The value of that attribute.")


def standards(given: Sequence[WeightStandardInput] | None) -> list[Standard] | None:
    """The standards as they were written; InvalidInput with all rates that cannot be read."""
    if given is None:
        return None
    if len(given) > STANDARDS_MOST:
        values = {"argument": "standards", "found": len(given), "most": STANDARDS_MOST}
        raise InvalidInput(Problem(LIST_TOO_LONG, Place(field="standards"), values))
    if problems := [problem for at, each in enumerate(given) for problem in _problems(at, each)]:
        raise InvalidInput(problems)
    return [
        Standard(
            each.indicator, _rate(each.pass_line), _rate(each.target), each.unit, each.attribute, each.value
        )
        for each in given
    ]


def _problems(at: int, given: WeightStandardInput) -> Iterator[Problem]:
    for name, text in (("pass_line", given.pass_line), ("target", given.target)):
        if text is not None and _rate(text) is None:
            values = {"node": given.indicator, "rate": text[:_SHOWN]}
            yield Problem(STANDARD_NO_RATE, Place(field=f"standards.{at}.{name}"), values)


def _rate(text: str | None) -> Fraction | None:
    """A rate; None where there is none, or it is none."""
    found = None if text is None else unit_parameter(text)
    return None if found is None else found.resolved({})
