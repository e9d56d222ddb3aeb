"""The oracle: a slow, obvious evaluator of schemes in exact arithmetic.

A scheme is the plain data of a scheme file (dicts, lists, str, int, Decimal), a table holds text cells.
Nothing here is shared with the engine that the tests hold against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from oracle import quotas, rules
from oracle.exact import Number, add, compare, multiply, read_number
from oracle.groups import Score, points, score_tree
from oracle.table import Row, Table
from oracle.tree import Laid, Node, build, parameters_of

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class NodeResult:
    """One node of one unit and period; the root's after adjustments, cut and veto caps."""

    outcome: str
    rate: Number | None
    coverage: Fraction | None
    full: Fraction | None
    points: Number | None
    obtained: Fraction
    assessed: Fraction
    band: str | None
    passed: bool | None


@dataclass(frozen=True)
class Result:
    """One unit and period: all nodes by code, and what stands on the root.

    `uncut` is the root's score after adjustments and before it is cut; `rules` the state of every
    rule by id: fired, holds, undecided or exempt; `quotas` the band that every quota expects, by id;
    `by_band` whether the verdict is the band, for want of a pass line and of a rule that fired.
    """

    nodes: dict[str, NodeResult]
    uncut: Number | None
    verdict: str | None
    rules: dict[str, str]
    quotas: dict[str, str | None]
    by_band: bool


@dataclass
class _Sheet:
    """One unit and period on its way from the tree to the streaks."""

    root: Node
    parameters: Mapping[str, Fraction]
    scores: dict[str, Score]
    without_rules: frozenset[str]
    rates: dict[str, Number | None] = field(default_factory=dict)
    bands: dict[str, str | None] = field(default_factory=dict)
    passed: dict[str, bool | None] = field(default_factory=dict)
    uncut: Number | None = None
    states: dict[str, str] = field(default_factory=dict)
    fired: list[str] = field(default_factory=list)
    caps: list[Fraction] = field(default_factory=list)


def evaluate(
    scheme: Plain,
    table: Table,
    periods: Sequence[Sequence[str]] = (("",),),
    laid: Mapping[tuple[str, str], Laid] = MappingProxyType({}),
) -> dict[tuple[str, str], Result]:
    """Evaluate every row of a table; keys are (unit, period).

    `periods` lists the periods in order, one list per calendar; a table without periods has the
    single period `""`. `laid` says what is laid over the scheme in single rows, by unit and period.
    """
    sheets = {}
    for row in table.rows:
        key = row["unit"], row.get("period", "")
        sheet = _score(scheme, row, laid.get(key, Laid()))
        _adjust(scheme, table, row, sheet)
        _draw_lines(scheme, sheet)
        _gates_and_vetoes(scheme, table, row, sheet)
        sheets[key] = sheet
    results: dict[tuple[str, str], Result] = {}
    for unit in dict.fromkeys(unit for unit, _ in sheets):
        for calendar in periods:
            keys = [(unit, period) for period in calendar if (unit, period) in sheets]
            results |= _with_streaks(scheme, {key: sheets[key] for key in keys})
    return {key: _with_quotas(scheme, key, results, sheets[key].without_rules) for key in results}


def _score(scheme: Plain, row: Row, laid: Laid) -> _Sheet:
    variant = row.get(scheme.get("variants", {}).get("by", ""), "")
    parameters = parameters_of(scheme, variant, row)
    root = build(scheme, variant, laid)
    return _Sheet(root, parameters, score_tree(scheme, root, row, parameters), laid.without_rules)


def _adjust(scheme: Plain, table: Table, row: Row, sheet: _Sheet) -> None:
    sheet.rates = {code: score.rate for code, score in sheet.scores.items()}
    change = Fraction(0)
    for rule in _holding(scheme, sheet, "adjust"):
        count = rules.rule_cell(table, row, rule["measure"])
        state, step, verdict = rules.adjust(rule, count, sheet.parameters)
        sheet.states[rule["id"]] = state
        sheet.fired += [verdict] if verdict else []
        change += step
    rate = sheet.rates[sheet.root.code]
    if rate is None:
        return
    sheet.uncut = add(multiply(rate, Fraction(100)), change)
    score = sheet.uncut
    if scheme.get("cap") != "none":
        score = _at_most(score, Fraction(100))
        score = score if compare(score, Fraction(0)) > 0 else Fraction(0)
    sheet.rates[sheet.root.code] = multiply(score, Fraction(1, 100))


def _draw_lines(scheme: Plain, sheet: _Sheet) -> None:
    for node in sheet.root.walk():
        rate = sheet.rates[node.code]
        sheet.bands[node.code] = rules.band_of(scheme, rate)
        sheet.passed[node.code] = rules.passed(node, rate)


def _gates_and_vetoes(scheme: Plain, table: Table, row: Row, sheet: _Sheet) -> None:
    for rule in _holding(scheme, sheet, "gate", "veto"):
        if rule["kind"] == "gate":
            state = rules.gate(rule, sheet.root, sheet.scores, sheet.passed)
        elif "measure" in rule["when"]:
            value = rules.rule_cell(table, row, rule["when"]["measure"])
            state = rules.veto_on_measure(rule["when"], value, sheet.parameters)
        else:
            state = rules.veto_on_nodes(rule["when"], sheet.scores, sheet.rates, sheet.parameters)
        sheet.states[rule["id"]] = state
        if state == rules.FIRED:
            sheet.fired.append(rule["verdict"])
            if "cap" in rule:
                sheet.caps.append(_cap(rule["cap"], sheet.parameters))


def _with_streaks(scheme: Plain, sheets: Mapping[tuple[str, str], _Sheet]) -> dict[tuple[str, str], Result]:
    """Finish the periods of one unit and calendar, given in order."""
    results: dict[tuple[str, str], Result] = {}
    history: list[tuple[str | None, str | None]] = []
    for key, sheet in sheets.items():
        scored = sheet.uncut is not None
        if scored:
            history.append((sheet.bands[sheet.root.code], _verdict(scheme, sheet, [])))
        then = []
        for rule in _holding(scheme, sheet, "streak"):
            fires = scored and rules.streak(rule, history)
            sheet.states[rule["id"]] = rules.FIRED if fires else rules.HOLDS
            then += [rule["then"]] if fires else []
        verdict = _verdict(scheme, sheet, then)
        by_band = scored and sheet.passed[sheet.root.code] is None and not sheet.fired and not then
        results[key] = Result(_nodes(sheet), sheet.uncut, verdict, sheet.states, {}, by_band)
    return results


def _with_quotas(
    scheme: Plain,
    key: tuple[str, str],
    results: Mapping[tuple[str, str], Result],
    without: frozenset[str],
) -> Result:
    """Finish one unit and period: what the quotas of its period's group say about it."""
    root = scheme.get("root", "TOTAL")
    mine, bands = results[key], [band["code"] for band in scheme.get("bands", [])]
    rates = {other: result.nodes[root].rate for other, result in results.items() if other[1] == key[1]}
    group = {other: rate for other, rate in rates.items() if rate is not None}
    states, expected, forced = dict(mine.rules), {}, []
    for rule in _of_kind(scheme, "quota"):
        parameters = {name: read_number(value, {}) for name, value in scheme.get("parameters", {}).items()}
        shares = {band: read_number(rule["shares"].get(band, 0), parameters) for band in bands}
        found = quotas.expected(shares, list(group.values()), rule.get("min_group", 1))
        band = dict(zip(group, found, strict=True)).get(key)
        exempt = rule["id"] in without
        differs = band is not None and band != mine.nodes[root].band and not exempt
        states[rule["id"]] = rules.FIRED if differs else rules.EXEMPT if exempt else rules.HOLDS
        expected[rule["id"]] = band
        forced += [band] if differs and not rule.get("advisory", True) else []
    verdict = mine.verdict
    if forced and (verdict == "passed" or mine.by_band):
        verdict = max(forced, key=bands.index)
    return replace(mine, verdict=verdict, rules=states, quotas=expected)


def _verdict(scheme: Plain, sheet: _Sheet, then: Sequence[str]) -> str | None:
    passed = sheet.passed[sheet.root.code]
    band = sheet.bands[sheet.root.code]
    base = band if passed is None else ("passed" if passed else "failed")
    return rules.standing(scheme, base, passed is None, [*sheet.fired, *then])


def _nodes(sheet: _Sheet) -> dict[str, NodeResult]:
    rate = sheet.rates[sheet.root.code]
    for cap in sheet.caps:
        rate = None if rate is None else _at_most(rate, cap / 100)
    rates = sheet.rates | {sheet.root.code: rate}
    return {
        code: NodeResult(
            outcome=score.outcome,
            rate=rates[code],
            coverage=score.coverage,
            full=score.full,
            points=points(rates[code], score.full),
            obtained=score.obtained,
            assessed=score.assessed,
            band=sheet.bands[code],
            passed=sheet.passed[code],
        )
        for code, score in sheet.scores.items()
    }


def _holding(scheme: Plain, sheet: _Sheet, *kinds: str) -> list[Plain]:
    """The rules of some kinds from which the row is not exempt; notes the others."""
    found = _of_kind(scheme, *kinds)
    sheet.states |= {rule["id"]: rules.EXEMPT for rule in found if rule["id"] in sheet.without_rules}
    return [rule for rule in found if rule["id"] not in sheet.without_rules]


def _of_kind(scheme: Plain, *kinds: str) -> list[Plain]:
    return [rule for rule in scheme.get("rules", []) if rule["kind"] in kinds]


def _at_most(value: Number, limit: Fraction) -> Number:
    return limit if compare(value, limit) > 0 else value


def _cap(written: object, parameters: Mapping[str, Fraction]) -> Fraction:
    """A cap is a score: `60` and `60%` are the same."""
    return read_number(str(written).removesuffix("%"), parameters)
