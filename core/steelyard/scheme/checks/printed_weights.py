"""Weights as the source prints them, against the points that the same source gives."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.number import decimal_text
from steelyard.scheme.outline import Group, groups
from steelyard.scheme.problems.reach import PRINTED_WEIGHT

TOLERANCE = Fraction(5, 1000)
"""Half a percentage point: what printing whole percents may round away."""


def printed_weights_agree(scheme: Scheme) -> Iterator[Finding]:
    """A printed weight is the node's share of its parent, or of the whole, to half a percentage point."""
    overall = {scheme.root: Fraction(1)}
    for group in groups(scheme):
        for spot, share in zip(group.children, _shares(group), strict=True):
            whole = share * overall[group.code]
            overall[spot.indicator.code] = whole
            printed = spot.indicator.printed_weight
            if printed is None or printed.value is None:
                continue
            if min(abs(printed.value - share), abs(printed.value - whole)) > TOLERANCE:
                values = {"code": spot.indicator.code, "printed": printed, "share": _percent(share)}
                relies_on = tuple((*group.children_path, ANY, field) for field in ("points", "weight"))
                yield Finding(PRINTED_WEIGHT, (*spot.path, "printed_weight"), values, relies_on)


def _shares(group: Group) -> list[Fraction]:
    """Each child's share of the group, by points or weights."""
    weights = [_weight(spot.indicator) for spot in group.children]
    total = sum(weights, Fraction(0))
    return [weight / total if total else Fraction(0) for weight in weights]


def _weight(indicator: Indicator) -> Fraction:
    carried = indicator.points or indicator.weight
    return Fraction(1) if carried is None or carried.value is None else carried.value


def _percent(share: Fraction) -> str:
    return decimal_text(Fraction(round(share * 10_000), 10_000), percent=True)


CHECKS = (printed_weights_agree,)
