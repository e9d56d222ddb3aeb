"""Random leaves: a rubric of any kind but `python`, with cells that hit its lines."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from oracle.draft import TENTHS, Draft, decimals, node, percent

Fields = dict[str, Any]
COUNTS = decimals(0, 0, 1, 2, 3, 5, "0.5")
BEYOND = decimals("-0.1", "1.1")
NEAR = decimals("0.1", "1e-17", "-1e-17")


def leaf(draft: Draft, code: str, share: Fields) -> Fields:
    """Draw a leaf; `share` holds its points or weight, if any."""
    draft.leaves += 1
    kind = draft.pick(list(KINDS))
    points = share.get("points")
    measure, rubric = KINDS[kind](draft, code, points)
    if draft.unclipped and kind in ("points", "linear", "scale", "deduct", "choice"):
        rubric["clip"] = False
    fields: Fields = {"rubric": {"kind": kind, **rubric}}
    if measure != code:
        fields["measure"] = measure
    if draft.chance(15):
        column = draft.column("count", f"{code}.if")
        above = draft.pick(decimals(0, 1, 2))
        draft.suggest(column, COUNTS)
        fields["applies_if"] = {
            "measure": column,
            "above": draft.number(above, decimals(0, "1.5", 3)),
        }
    return node(code, **share, **fields)


def _own(draft: Draft, kind: str, code: str) -> str:
    return draft.column(kind, code if draft.chance(70) else f"m{len(draft.kinds)}")


def _points(draft: Draft, code: str, points: Decimal | None) -> tuple[str, Fields]:
    column = _own(draft, "points", code)
    if points is None:
        draft.suggest(column, decimals(0, 1, "2.5", 5, 10, 20, 25, "33.3", 50, 100))
    else:
        draft.suggest(column, [points * rate for rate in (*TENTHS, *draft.lines, *BEYOND)])
        draft.suggest(column, [points * rate - off for rate in draft.lines for off in NEAR])
    return column, {}


def _rate(draft: Draft, code: str, points: Decimal | None) -> tuple[str, Fields]:
    if draft.chance(50):
        column = _own(draft, "percent", code)
        draft.suggest(column, [100 * rate for rate in (*TENTHS, *draft.lines)])
        draft.suggest(column, [100 * rate - off for rate in draft.lines for off in NEAR])
        return column, {"unit": "percent"}
    column = _own(draft, "rate", code)
    draft.suggest(column, (*TENTHS, *draft.lines, Decimal("0.333")))
    return column, {"unit": "fraction"} if draft.chance(20) else {}


def _linear(draft: Draft, code: str, points: Decimal | None) -> tuple[str, Fields]:
    share = draft.chance(40)
    column = _own(draft, "share" if share else "number", code)
    worst = draft.pick(decimals(0, 1, 3, -2, "0.4"))
    step = draft.pick(decimals(1, -1, 10, "0.3", "-0.7", 28))
    worst, step = (worst / 100, step / 100) if share else (worst, step)
    best = worst + step
    draft.suggest(column, [worst + step * rate for rate in (*TENTHS, *draft.lines, *BEYOND)])
    write: Callable[[Decimal], object] = percent if share else Decimal
    others = [write(worst - step), write(worst - 3 * step)]
    return column, {"worst": draft.number(write(worst), others), "best": write(best)}


def _scale(draft: Draft, code: str, points: Decimal | None) -> tuple[str, Fields]:
    column = _own(draft, "number", code)
    low, high = draft.pick([(1, 5), (1, 10), (0, 4), (-2, 3)])
    draft.suggest(column, map(Decimal, range(low, high + 1)))
    draft.suggest(column, [low + (high - low) * rate for rate in (*draft.lines, *BEYOND)])
    return column, {
        "min": low,
        "max": draft.number(high, decimals(high + 1, high + Decimal("2.5"))),
    }


def _curve(draft: Draft, code: str, points: Decimal | None) -> tuple[str, Fields]:
    share = draft.chance(40)
    column = _own(draft, "share" if share else "number", code)
    scale = Decimal(100) if share else Decimal(1)
    xs = [draft.pick(decimals(0, 1, -3, "0.5")) / scale]
    for _ in range(draft.pick([1, 2, 3])):
        xs.append(xs[-1] + draft.pick(decimals(1, 2, 5, "0.4")) / scale)
    middles = [(a + b) / 2 for a, b in pairwise(xs)]
    draft.suggest(column, [*xs, *middles, xs[0] - 1 / scale, xs[-1] + 1 / scale])
    write: Callable[[Decimal], object] = percent if share else Decimal
    return column, {"through": [[write(x), _rate_or_name(draft)] for x in xs]}


def _steps(draft: Draft, code: str, points: Decimal | None) -> tuple[str, Fields]:
    share = draft.chance(40)
    column = _own(draft, "share" if share else "number", code)
    at = [
        {"from": line, "rate": _rate_or_name(draft)} for line in _lines(draft, column, draft.pick([1, 2, 3]))
    ]
    return column, {"at": at} | ({"otherwise": _rate_or_name(draft)} if draft.chance(50) else {})


def _rate_or_name(draft: Draft) -> object:
    return draft.number(draft.rate(), ["5%", Decimal("0.7"), Decimal(1)])


def _lines(draft: Draft, column: str, count: int) -> list[object]:
    """Write ascending thresholds of a column and suggest cells on and beside them."""
    share = draft.kinds[column] == "share"
    unit = Decimal("0.01") if share else Decimal(1)
    values = [draft.pick(decimals(0, 1, 2, "0.5")) * unit]
    for _ in range(count - 1):
        values.append(values[-1] + draft.pick(decimals(1, 2, 3)) * unit)
    for value in values:
        draft.suggest(column, [value, value - unit / 10, value + unit / 10])
    return [percent(value) if share else value for value in values]


def _deduct(draft: Draft, code: str, points: Decimal | None) -> tuple[str, Fields]:
    kind = draft.pick(["number", "share", "count"])
    own = _own(draft, kind, code)
    rules = []
    for number in range(draft.pick([1, 2, 3])):
        if number == 0 or draft.chance(30):
            rules.append(_deduction(draft, kind, own))
        else:
            other = draft.pick(["number", "share", "count"])
            column = draft.column(other, f"{code}.d{number}")
            rules.append({"measure": column} | _deduction(draft, other, column))
    rubric: Fields = {"rules": rules}
    if draft.chance(30):
        rubric["floor"] = draft.pick(decimals(0, -5, "0.5"))
    return own, rubric


def _deduction(draft: Draft, kind: str, column: str) -> Fields:
    def lost() -> object:
        value = draft.pick(decimals(1, 3, 5, "2.5", 25))
        return draft.number(value, decimals(2, "0.5", 10))

    if kind == "count" and draft.chance(60):
        draft.suggest(column, COUNTS)
        return {"per_case": True, "points": lost()}
    if draft.chance(30):
        lines = _lines(draft, column, draft.pick([1, 2, 3]))
        return {"steps": [{"from": line, "points": lost()} for line in lines]}
    unit = Decimal("0.01") if kind == "share" else Decimal(1)
    write: Callable[[Decimal], object] = percent if kind == "share" else Decimal
    line = draft.pick(decimals(5, 1, 100, "2.5")) * unit
    side = draft.pick(["below", "above"])
    each = draft.pick(decimals(1, "0.5", "0.3", 2)) * unit
    away = -each if side == "below" else each
    steps = decimals(-1, 0, "0.5", 1, "1.5", 2, 3)
    draft.suggest(column, [line + away * count for count in steps])
    rule = {side: draft.number(write(line), [write(line + unit), write(line * 2)])}
    if draft.chance(80):
        rule["each"] = draft.number(write(each), [write(each * 2), write(each / 2)])
        if draft.chance(70):
            rule["count"] = draft.pick(["full", "started", "proportional"])
    return rule | {"points": lost()}


def _choice(draft: Draft, code: str, points: Decimal | None) -> tuple[str, Fields]:
    own = code if draft.chance(70) else f"m{len(draft.kinds)}"
    cases = draft.pick([("a", "b"), ("a",), ("a", "b", "c"), ("a", "b", "c", "d")])
    table = {}
    for case in cases:
        each = draft.pick(decimals(-5, -3, -1, 0, 1, 2, "0.5"))
        table[case] = draft.number(each, decimals(-4, 3))
        draft.kinds[f"{own}:{case}"] = "count"
        draft.suggest(f"{own}:{case}", decimals(0, 0, 0, 1, 2, "0.5"))
    rubric: Fields = {"table": table}
    if draft.chance(70):
        rubric["base"] = draft.number(draft.pick(decimals(10, 5, 0, "2.5")), decimals(1, 8))
    if draft.chance(40):
        rubric["none"] = draft.pick(decimals(10, 0, 4, 30))
    if draft.chance(30):
        rubric["clamp"] = draft.pick([decimals(0, 10), decimals(2, 8), decimals(-5, 50)])
    return own, rubric


KINDS: dict[str, Callable[[Draft, str, Decimal | None], tuple[str, Fields]]] = {
    "rate": _rate,
    "points": _points,
    "linear": _linear,
    "scale": _scale,
    "curve": _curve,
    "steps": _steps,
    "deduct": _deduct,
    "choice": _choice,
}
