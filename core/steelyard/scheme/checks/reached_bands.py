"""Bands that no score reaches."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.scheme.document import Path
from steelyard.scheme.extent import extents
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import decimal_text
from steelyard.scheme.problems.reach import BAND_UNREACHED
from steelyard.scheme.rule import AdjustRule

_RELIES_ON: tuple[Path, ...] = (("indicators",), ("bands", ANY, "from"), ("rules",), ("parameters",))


def reached_bands(scheme: Scheme) -> Iterator[Finding]:
    """Every band holds a score that the tree can come to; rules that adjust it may reach any."""
    found = extents(scheme)[scheme.root]
    if found is None or any(isinstance(rule, AdjustRule) for rule in scheme.rules):
        return
    above: Fraction | None = None
    for index, band in enumerate(scheme.bands):
        bound = band.from_.value or Fraction(0)
        if bound > found.high or (above is not None and found.low >= above > bound):
            values = {
                "code": band.code,
                "low": decimal_text(found.low, percent=True),
                "high": decimal_text(found.high, percent=True),
            }
            yield Finding(BAND_UNREACHED, ("bands", index, "from"), values, _RELIES_ON)
        above = bound


CHECKS = (reached_bands,)
