"""By hand: points, ratios and percentages as people write them; some set, the rest in proportion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scheme.number import decimal_text, parse_decimal
from steelyard.weighting import problems as p
from steelyard.weighting.decimals import settle
from steelyard.weighting.details import ByHand, Equal
from steelyard.weighting.result import Weighting

WHOLE = Fraction(100)


def equal(codes: Sequence[str]) -> Weighting:
    """Let each of a group's indicators weigh 1. Raises InvalidInput where there is none."""
    if not codes:
        raise InvalidInput(Problem(p.NO_INDICATORS))
    return Weighting(weights=dict.fromkeys(codes, Fraction(1)), details=Equal())


def by_points(points: Mapping[str, str]) -> Weighting:
    """Take points or relative weights as they are written, e.g. `30` and `12.5`. Raises InvalidInput."""
    weights = _read(points)
    return Weighting(weights=weights, details=ByHand(form="points", given=dict(points)))


def by_ratio(codes: Sequence[str], ratio: str) -> Weighting:
    """Take a ratio such as `3:2:1`, one part for each indicator in their order. Raises InvalidInput."""
    parts = ratio.replace("：", ":").split(":")
    if len(parts) != len(codes):
        values = {"found": ratio, "parts": len(parts), "nodes": len(codes)}
        raise InvalidInput(Problem(p.RATIO_COUNT, values=values))
    given = {code: part.strip() for code, part in zip(codes, parts, strict=True)}
    return Weighting(weights=_read(given), details=ByHand(form="ratio", given=given))


def by_percent(percents: Mapping[str, str]) -> Weighting:
    """Take percentages, with or without `%`, which must add up to 100 exactly. Raises InvalidInput."""
    bare = {code: text.strip().removesuffix("%") for code, text in percents.items()}
    weights = {code: weight / 100 for code, weight in _read(bare).items()}
    total = sum(weights.values(), Fraction(0))
    if total != 1:
        raise InvalidInput(Problem(p.PERCENT_SUM, values={"found": decimal_text(total, percent=True)}))
    return Weighting(weights=weights, details=ByHand(form="percent", given=dict(percents)))


def keep_in_proportion(before: Mapping[str, Fraction], chosen: Mapping[str, str]) -> Weighting:
    """Set some weights of a group; the others keep their proportion, and the group its total.

    before: the group's weights, decimals. chosen: the new weights of one or more of them, in the same
    terms. The rest become decimals as in `decimals`: each is off by less than a unit of the last place,
    their sum by nothing. Raises InvalidInput: codes not of the group, more than the total set, or nothing
    to take the rest.
    """
    total = sum(before.values(), Fraction(0))
    wrong = [
        Problem(p.NOT_OF_THE_GROUP, Place(field=code), {"node": code, "known": ", ".join(before)})
        for code in chosen
        if code not in before
    ]
    wrong += _wrong_numbers(chosen)
    if total <= 0:
        wrong.append(Problem(p.ALL_ZERO))
    if wrong:
        raise InvalidInput(wrong)
    fixed = {code: _number(text) for code, text in chosen.items()}
    rest = {code: weight for code, weight in before.items() if code not in fixed}
    left = total - sum(fixed.values(), Fraction(0))
    if left < 0 or (left and not any(rest.values())):
        kind = p.MORE_THAN_THE_WHOLE if left < 0 else p.NOTHING_TAKES_THE_REST
        values = {"found": decimal_text(total - left), "whole": decimal_text(total)}
        raise InvalidInput(Problem(kind, values=values))
    shared = settle(rest, left) if left else dict.fromkeys(rest, Fraction(0))
    weights = {code: fixed[code] if code in fixed else shared[code] for code in before}
    details = ByHand(form="in_proportion", given=dict(chosen), before=dict(before))
    return Weighting(weights=weights, details=details)


def _read(given: Mapping[str, str]) -> dict[str, Fraction]:
    if not given:
        raise InvalidInput(Problem(p.NO_INDICATORS))
    if wrong := list(_wrong_numbers(given)):
        raise InvalidInput(wrong)
    weights = {code: _number(text) for code, text in given.items()}
    if not any(weights.values()):
        raise InvalidInput(Problem(p.ALL_ZERO))
    return weights


def _wrong_numbers(given: Mapping[str, str]) -> Iterator[Problem]:
    for code, text in given.items():
        number = parse_decimal(text)
        if number is None or number < 0:
            yield Problem(p.NOT_A_WEIGHT, Place(field=code), {"node": code, "found": text})


def _number(text: str) -> Fraction:
    return parse_decimal(text) or Fraction(0)
