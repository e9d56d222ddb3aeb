"""Roll-ups: some axis is rolled up, and what members are weighted by is a quantity."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import Spot, leaves
from steelyard.scheme.problems.rollup import ROLLUP_EMPTY, ROLLUP_VOLUME
from steelyard.scheme.rollup import ByVolume, RollUp
from steelyard.scheme.rubric import PointsRubric, RateRubric, ScaleRubric


def something_is_rolled_up(scheme: Scheme) -> Iterator[Finding]:
    """A roll-up has a rule for units or one for periods."""
    rules = scheme.rollup
    if rules is not None and rules.units is None and rules.periods is None:
        relies_on = (("rollup", "units"), ("rollup", "periods"))
        yield Finding(ROLLUP_EMPTY, ("rollup",), {}, relies_on, at_key=True)


def volumes_are_quantities(scheme: Scheme) -> Iterator[Finding]:
    """Nobody weighs by what an indicator of the scheme reads as a rate, as points or on a scale."""
    rules = scheme.rollup or RollUp()
    for axis, rule in (("units", rules.units), ("periods", rules.periods)):
        found = _reader(scheme, rule.volume) if isinstance(rule, ByVolume) else None
        if found is not None and isinstance(rule, ByVolume):
            indicator, rubric = found.indicator.code, str(getattr(found.indicator.rubric, "kind", ""))
            values = {"measure": rule.volume, "indicator": indicator, "rubric": rubric}
            relies_on = ((*found.path, "measure"), (*found.path, "rubric"))
            yield Finding(ROLLUP_VOLUME, ("rollup", axis, "volume"), values, relies_on)


def _reader(scheme: Scheme, measure: str) -> Spot | None:
    """The first leaf that reads a measure as anything but a quantity."""
    for spot in leaves(scheme):
        leaf = spot.indicator
        reads = (leaf.measure or leaf.code) == measure
        if reads and isinstance(leaf.rubric, RateRubric | PointsRubric | ScaleRubric):
            return spot
    return None


CHECKS = (something_is_rolled_up, volumes_are_quantities)
