"""Obtained: how the weights of a set were found, group by group, as the set keeps it in `method`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from steelyard.errors import Text
from steelyard.weighting import Weighting, sentence
from steelyard.weighting.details import ByHand, Part

_PAST = Text(
    "{units} 个评价对象，周期 {periods}{part}。",
    " From {units} unit(s) in {periods}{part}.",
)
_PART = Text("（仅限可见的评价对象）", ", only those that the author sees")


class PastUse(Part):
    """What past rates were taken: periods of a calendar, and of how many units.

    all_units: whether these were all that the scheme scores, or only those that the author sees.
    """

    calendar: str
    periods: tuple[str, ...]
    units: int
    all_units: bool


class Obtained(Part):
    """The weights of a group's children and where they come from; `past` for entropy and CRITIC."""

    group: str
    weighting: Weighting
    past: PastUse | None = None

    def determines(self, children: Sequence[str]) -> bool:
        """Whether it says what every child weighs, whatever they weighed before."""
        details = self.weighting.details
        if isinstance(details, ByHand) and details.form == "in_proportion":
            return False
        return self.weighting.weights.keys() >= set(children)


class _Method(Part):
    steps: tuple[Obtained, ...]


def read_steps(method: Mapping[str, Any] | None) -> tuple[Obtained, ...]:
    """The steps that a set keeps, in their order."""
    return () if method is None else _Method.model_validate(method).steps


def method_of(steps: Sequence[Obtained]) -> Mapping[str, Any]:
    """What a set keeps of steps, as JSON."""
    return _Method(steps=tuple(steps)).model_dump(mode="json")


def step_sentence(step: Obtained) -> Text:
    """How the weights of a group were obtained, with the figures that tell how good they are."""
    said = sentence(step.weighting)
    if step.past is None:
        return said
    part = Text("", "") if step.past.all_units else _PART
    values = {"units": step.past.units, "periods": ", ".join(step.past.periods)}
    zh, en = (getattr(_PAST, locale).format(**values, part=part.get(locale)) for locale in ("zh", "en"))
    return Text(f"{said.zh}{zh}", f"{said.en}{en}")
