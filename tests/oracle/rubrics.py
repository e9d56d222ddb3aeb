"""Leaves: what a leaf's measures say about its outcome, and how its rubric turns them into a rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

from oracle.exact import read_number
from oracle.table import MISSING, NOT_APPLICABLE, Cell, Row, read_cell

Plain = Mapping[str, Any]
Rate = Cell
Read = Callable[[object], Fraction]

DIVIDES_BY_FULL_MARK = {"points", "deduct", "choice"}


def columns_read(leaf: Plain) -> list[str]:
    """Name the measure columns that a leaf's rubric reads, each once."""
    own = leaf.get("measure", leaf["code"])
    rubric = leaf["rubric"]
    if rubric["kind"] == "choice":
        return [f"{own}:{case}" for case in rubric["table"]]
    if rubric["kind"] == "deduct":
        return list(dict.fromkeys(rule.get("measure", own) for rule in rubric["rules"]))
    return [own]


def leaf_rate(leaf: Plain, full: Fraction, row: Row, parameters: Mapping[str, Fraction]) -> Rate:
    """Return a leaf's rate, or why it has none."""

    def read(written: object) -> Fraction:
        return read_number(written, parameters)

    rubric = leaf["rubric"]
    if full == 0 and rubric["kind"] in DIVIDES_BY_FULL_MARK:
        return NOT_APPLICABLE
    if "applies_if" in leaf:
        activity = read_cell(row, leaf["applies_if"]["measure"])
        if isinstance(activity, str):
            return activity
        if not activity > read(leaf["applies_if"]["above"]):
            return NOT_APPLICABLE
    percent = rubric["kind"] == "rate" and rubric.get("unit") == "percent"
    cells = {name: read_cell(row, name, percent=percent) for name in columns_read(leaf)}
    if MISSING in cells.values():
        return MISSING
    if all(cell == NOT_APPLICABLE for cell in cells.values()):
        return NOT_APPLICABLE
    values = {name: cell for name, cell in cells.items() if isinstance(cell, Fraction)}
    rate = _rate(leaf, full, values, read)
    return rate if rubric.get("clip") is False else min(max(rate, Fraction(0)), Fraction(1))


def _rate(leaf: Plain, full: Fraction, values: Mapping[str, Fraction], read: Read) -> Fraction:
    rubric = leaf["rubric"]
    own = leaf.get("measure", leaf["code"])
    match rubric["kind"]:
        case "points":
            return values[own] / full
        case "rate":
            return values[own] / (100 if rubric.get("unit") == "percent" else 1)
        case "linear":
            worst, best = read(rubric["worst"]), read(rubric["best"])
            return (values[own] - worst) / (best - worst)
        case "scale":
            low, high = read(rubric["min"]), read(rubric["max"])
            return (values[own] - low) / (high - low)
        case "curve":
            return _curve([(read(x), read(y)) for x, y in rubric["through"]], values[own])
        case "steps":
            steps = [(read(step["from"]), read(step["rate"])) for step in rubric["at"]]
            return last_reached(steps, values[own], read(rubric.get("otherwise", 0)))
        case "deduct":
            lost = [_deduction(rule, own, values, read) for rule in rubric["rules"]]
            return max(full - sum(lost), read(rubric.get("floor", 0))) / full
        case "choice":
            return _choice(rubric, own, full, values, read) / full
        case other:
            raise ValueError(other)


def last_reached(
    steps: Sequence[tuple[Fraction, Fraction]], value: Fraction, otherwise: Fraction
) -> Fraction:
    """Return what belongs to the last step that starts at or below `value`."""
    reached = [result for start, result in steps if start <= value]
    return reached[-1] if reached else otherwise


def _curve(through: Sequence[tuple[Fraction, Fraction]], value: Fraction) -> Fraction:
    if value <= through[0][0]:
        return through[0][1]
    for (x0, y0), (x1, y1) in pairwise(through):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return through[-1][1]


def _deduction(rule: Plain, own: str, values: Mapping[str, Fraction], read: Read) -> Fraction:
    name = rule.get("measure", own)
    if name not in values:
        return Fraction(0)
    value = values[name]
    if "steps" in rule:
        steps = [(read(step["from"]), read(step["points"])) for step in rule["steps"]]
        return last_reached(steps, value, Fraction(0))
    if "per_case" in rule:
        return value * read(rule["points"])
    beyond = read(rule["below"]) - value if "below" in rule else value - read(rule["above"])
    if beyond <= 0:
        return Fraction(0)
    if "each" not in rule:
        return read(rule["points"])
    begun = beyond / read(rule["each"])
    match rule.get("count", "full"):
        case "full":
            return floor(begun) * read(rule["points"])
        case "started":
            return ceil(begun) * read(rule["points"])
        case _:
            return begun * read(rule["points"])


def _choice(rubric: Plain, own: str, full: Fraction, counts: Mapping[str, Fraction], read: Read) -> Fraction:
    base = read(rubric.get("base", 0))
    low, high = rubric.get("clamp", (0, None))
    top = full if high is None else read(high)
    if any(counts.values()):
        points = base + sum(
            counts.get(f"{own}:{case}", Fraction(0)) * read(each) for case, each in rubric["table"].items()
        )
    else:
        points = read(rubric["none"]) if "none" in rubric else base
    return min(max(points, read(low)), top)
