"""Random schemes: ragged trees of all leaves, weights, means and policies, with variants and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from oracle.draft import RATE_LINES, Draft, decimals, node, percent
from oracle.leaves import COUNTS, Fields, leaf

MOST_LEAVES = 14
WEIGHTS = decimals(1, 2, 3, 0, "0.5", "2.5", 10)
POINTS = decimals(10, 20, 28, 62, 5, 11, 24, "7.5", 0, 100, 33)
MEANS: list[object] = ["arithmetic", "minimum", "geometric", "harmonic"]
POWERS: list[object] = [{"power": Decimal(p)} for p in ("2", "-1", "0.5", "3", "-0.5", "1")]
VERDICTS = [
    None,
    ["passed", "failed", "suspended", "disqualified"],
    ["warned", "suspended", "out"],
    ["failed", "suspended"],
]
BAND_CODES = ("A", "B", "C", "D")
VERDICT_WORDS = ("passed", "failed", "suspended", "out")


def draw_scheme(draft: Draft, calendar: object) -> Fields:
    """Draw a valid scheme; what its table needs is left in `draft`."""
    scheme: Fields = {
        "format": "steelyard/1",
        "scheme": "random.tree",
        "version": "1.0.0",
        "unit_type": "unit",
        "calendar": calendar,
    }
    if draft.chance(70):
        scheme["pass"] = _line(draft)
    if draft.chance(60):
        scheme["missing"] = draft.pick(["exclude", "zero", "block"])
    if draft.chance(40):
        scheme["min_coverage"] = draft.pick(["50%", "30%", Decimal("0.6"), "100%", "0%"])
    if draft.chance(50):
        scheme["not_applicable"] = draft.pick(["within", "pooled"])
    bands = _bands(draft)
    if bands:
        scheme["bands"] = bands
    if draft.chance(40):
        scheme["root"] = "R"
    scheme |= _aggregate(draft) | {"indicators": _siblings(draft, "", 0)}
    rules = [_rule(draft, scheme, number) for number in range(draft.pick([1, 2, 0, 4, 3]))]
    return scheme | _extras(draft, scheme, rules)


def _extras(draft: Draft, scheme: Fields, rules: list[Fields]) -> Fields:
    extras: Fields = {}
    if draft.variants:
        weights = {name: _overrides(draft, scheme) for name in draft.variants}
        extras["variants"] = {"by": "class", "weights": weights}
        if draft.variant_parameters:
            extras["variants"]["parameters"] = draft.variant_parameters
    if draft.parameters:
        extras["parameters"] = draft.parameters
    if draft.chance(20):
        extras["cap"] = "none"
    if rules:
        extras["rules"] = rules
    return extras


def groups(scheme: Mapping[str, Any]) -> Iterator[tuple[str, list[Fields]]]:
    """Yield every group's code with its children, the root first."""
    waiting = [(scheme.get("root", "TOTAL"), scheme["indicators"])]
    while waiting:
        code, children = waiting.pop(0)
        yield code, children
        waiting += [(child["code"], child["children"]) for child in children if "children" in child]


def _line(draft: Draft) -> object:
    value = draft.pick([*draft.lines, *RATE_LINES, Decimal(0), Decimal(1)])
    return percent(value) if draft.chance(70) else value


def _bands(draft: Draft) -> list[Fields]:
    count = draft.pick([3, 2, 0, 1, 4])
    lines = sorted({draft.pick(RATE_LINES) for _ in range(count - 1)}, reverse=True)
    lines += [Decimal(0)] if count else []
    codes = draft.pick([BAND_CODES, BAND_CODES, BAND_CODES, VERDICT_WORDS])
    return [
        {"code": code, "from": percent(line) if draft.chance(70) else line}
        for code, line in zip(codes, lines, strict=False)
    ]


def _aggregate(draft: Draft) -> Fields:
    if draft.chance(50):
        return {}
    return {"aggregate": draft.pick(MEANS + POWERS)}


def _siblings(draft: Draft, prefix: str, depth: int) -> list[Fields]:
    count = draft.pick([2, 1, 3, 4])
    mode = draft.pick(["points", "weight", "none"])
    pool = POINTS if mode == "points" else WEIGHTS
    numbers = [draft.pick(pool) for _ in range(count)]
    if not any(numbers):
        numbers[0] = pool[0]
    nodes = []
    for letter, number in zip("ABCD", numbers, strict=False):
        code = f"{prefix}{letter}"
        share: Fields = {} if mode == "none" else {mode: number}
        if depth < 3 and draft.leaves < MOST_LEAVES and draft.chance(45 - 10 * depth):
            children = _siblings(draft, f"{code}.", depth + 1)
            made = node(code, **share, **_aggregate(draft), children=children)
        else:
            made = leaf(draft, code, share)
        if draft.chance(15):
            made["pass"] = _line(draft)
        nodes.append(made)
    return nodes


def _overrides(draft: Draft, scheme: Fields) -> dict[str, Decimal]:
    """Draw a variant's weights for some groups of siblings, for all of them or only a few."""
    weights: dict[str, Decimal] = {}
    for _, children in groups(scheme):
        if not draft.chance(40):
            continue
        every = draft.chance(60)
        own = {child["code"]: child.get("points", child.get("weight", 1)) for child in children}
        new = {code: draft.pick(WEIGHTS) for code in own if every or draft.chance(50)}
        if not any((own | new).values()):
            new[children[0]["code"]] = Decimal(1)
        weights |= new
    return weights


def _rule(draft: Draft, scheme: Fields, number: int) -> Fields:
    if number == 0:
        verdicts = draft.pick(VERDICTS)
        if verdicts:
            scheme["verdicts"] = verdicts
    kind = draft.pick(["adjust", "gate", "veto", "streak", *(["quota"] if scheme.get("bands") else [])])
    fields = {"adjust": _adjust, "gate": _gate, "veto": _veto, "streak": _streak, "quota": _quota}[kind]
    return {"id": f"r{number}", "kind": kind, **fields(draft, scheme)}


def _verdict(draft: Draft, scheme: Fields) -> str:
    words: list[str] = scheme.get("verdicts", ["passed", "failed"])
    return draft.pick(words[::-1])


def _count(draft: Draft, name: str) -> str:
    """Name a measure of counts for a rule: mostly one that only rules read."""
    free = [other for other in draft.kinds if other.startswith("rule")]
    column = draft.pick(free) if free and draft.chance(30) else name
    if draft.chance(20):
        column = draft.column("count", name)
    draft.kinds.setdefault(column, "count")
    draft.suggest(column, COUNTS)
    return column


def _adjust(draft: Draft, scheme: Fields) -> Fields:
    each = draft.pick(decimals(-1, 1, "-2.5", 5, -10, "0.5", 40, -60))
    rule: Fields = {
        "measure": _count(draft, f"rule{len(draft.kinds)}"),
        "each": draft.number(each, decimals(-3, 2)),
    }
    if draft.chance(40):
        rule["at_most"] = draft.number(draft.pick([1, 2]), [3, 1])
    if draft.chance(40):
        rule["veto_at"] = draft.number(draft.pick([2, 1, 5]), [3, 1])
        rule["verdict"] = _verdict(draft, scheme)
    return rule


def _gate(draft: Draft, scheme: Fields) -> Fields:
    inner = dict(groups(scheme))
    if draft.chance(50):
        require: Fields = {"children_of": draft.pick(list(inner))}
    else:
        require = {"nodes": _some_nodes(draft, inner)}
    return {"require": require | {"passed": True}, "verdict": _verdict(draft, scheme)}


def _some_nodes(draft: Draft, inner: dict[str, list[Fields]]) -> list[str]:
    codes = [*(child["code"] for children in inner.values() for child in children), *inner]
    chosen = draft.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=4, unique=True))
    return list(chosen)


def _veto(draft: Draft, scheme: Fields) -> Fields:
    if draft.chance(60):
        line: Any = draft.number(draft.pick([0, "30%", *draft.lines]), [0, "50%"])
        when: Fields = {"any_of": _some_nodes(draft, dict(groups(scheme))), "rate_at_most": line}
    else:
        when = {
            "measure": _count(draft, f"rule{len(draft.kinds)}"),
            "at_least": draft.number(draft.pick([1, 2, 5]), [3, 1]),
        }
    rule: Fields = {"when": when, "verdict": _verdict(draft, scheme)}
    if draft.chance(40):
        caps: list[object] = [60, "60%", Decimal("59.9"), 0, 100]
        rule["cap"] = draft.pick(caps) if draft.chance(80) else draft.number(50, [40, 70])
    return rule


def _streak(draft: Draft, scheme: Fields) -> Fields:
    rule: Fields = {"periods": draft.pick([2, 1, 3]), "then": _verdict(draft, scheme)}
    if scheme.get("bands") and draft.chance(60):
        rule["band"] = draft.pick([band["code"] for band in scheme["bands"]][::-1])
    else:
        rule["verdict"] = _verdict(draft, scheme)
    return rule


def _quota(draft: Draft, scheme: Fields) -> Fields:
    bands = [band["code"] for band in scheme["bands"]]
    named = draft.draw(st.lists(st.sampled_from(bands), min_size=1, unique=True))
    shares = {band: draft.pick(decimals(1, 2, 7, "0.5", 0)) for band in named}
    if not any(shares.values()):
        shares[named[0]] = Decimal(1)
    rule: Fields = {"shares": shares}
    if draft.chance(40):
        rule["min_group"] = draft.pick([1, 2, 3, 10])
    if draft.chance(60):
        rule["advisory"] = draft.pick([False, True])
    return rule
