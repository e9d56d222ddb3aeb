"""Bands: from the best to the worst, down to 0 %."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.problems.tree import BAND_HOLE, BAND_OVERLAP, DUPLICATE_BAND

_BOUNDS = (("bands", ANY, "from"),)


def falling_bounds(scheme: Scheme) -> Iterator[Finding]:
    """Each band begins below the one before it."""
    for index, (above, below) in enumerate(pairwise(scheme.bands), start=1):
        if (below.from_.value or 0) >= (above.from_.value or 0):
            values = {"code": below.code, "found": below.from_, "above": above.code, "bound": above.from_}
            yield Finding(BAND_OVERLAP, ("bands", index, "from"), values, _BOUNDS)


def down_to_zero(scheme: Scheme) -> Iterator[Finding]:
    """The last band begins at 0 %, so that no score lies below all bands."""
    if scheme.bands and scheme.bands[-1].from_.value != 0:
        last = scheme.bands[-1]
        path = ("bands", len(scheme.bands) - 1, "from")
        yield Finding(BAND_HOLE, path, {"code": last.code, "found": last.from_}, _BOUNDS)


def unique_band_codes(scheme: Scheme) -> Iterator[Finding]:
    """Every band has a code of its own."""
    seen: dict[str, Path] = {}
    for index, band in enumerate(scheme.bands):
        path = ("bands", index, "code")
        if band.code in seen:
            yield Finding(DUPLICATE_BAND, path, {"code": band.code}, other=seen[band.code])
        seen.setdefault(band.code, path)


CHECKS = (falling_bounds, down_to_zero, unique_band_codes)
