"""What comes after the tree: adjustments, bands, pass lines, gates, vetoes, streaks, the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from oracle.exact import Number, compare, read_number
from oracle.groups import Score
from oracle.table import MISSING, NOT_APPLICABLE, Cell, Row, Table, read_cell
from oracle.tree import Node

Plain = Mapping[str, Any]
FIRED, HOLDS, UNDECIDED, EXEMPT = "fired", "holds", "undecided", "exempt"


def band_of(scheme: Plain, rate: Number | None) -> str | None:
    """The band that a rate lies in; the last one below all bounds."""
    bands = scheme.get("bands", [])
    if rate is None or not bands:
        return None
    for band in bands:
        if compare(rate, read_number(band["from"], {})) >= 0:
            return str(band["code"])
    return str(bands[-1]["code"])


def passed(node: Node, rate: Number | None) -> bool | None:
    """Whether a rate reaches the node's pass line; None without a rate or a line."""
    if rate is None or node.line is None:
        return None
    return compare(rate, node.line) >= 0


def rule_cell(table: Table, row: Row, measure: str) -> Cell:
    """Read a rule's measure: an absent column is a complete feed of 0, an empty cell is missing."""
    return read_cell(row, measure) if measure in table.columns else Fraction(0)


def adjust(rule: Plain, count: Cell, parameters: Mapping[str, Fraction]) -> tuple[str, Fraction, str | None]:
    """Return state, change of the root's score and verdict of an `adjust` rule."""
    if isinstance(count, str):
        return (UNDECIDED if count == MISSING else HOLDS), Fraction(0), None
    limit = read_number(rule["at_most"], parameters) if "at_most" in rule else count
    change = read_number(rule["each"], parameters) * min(count, limit)
    vetoed = "veto_at" in rule and count >= read_number(rule["veto_at"], parameters)
    verdict = rule["verdict"] if vetoed else None
    return (FIRED if vetoed or count > 0 else HOLDS), change, verdict


def gate(rule: Plain, root: Node, scores: Mapping[str, Score], marks: Mapping[str, Any]) -> str:
    """State of a `gate`; `marks` holds `passed` of every node."""
    require = rule["require"]
    if "nodes" in require:
        codes = list(require["nodes"])
    else:
        parent = next(node for node in root.walk() if node.code == require["children_of"])
        codes = [child.code for child in parent.children]
    concerned = [code for code in codes if scores[code].outcome != NOT_APPLICABLE]
    if any(marks[code] is False for code in concerned):
        return FIRED
    return UNDECIDED if any(marks[code] is None for code in concerned) else HOLDS


def veto_on_nodes(
    when: Plain,
    scores: Mapping[str, Score],
    rates: Mapping[str, Number | None],
    parameters: Mapping[str, Fraction],
) -> str:
    """State of a `veto` over nodes; `rates` holds the root's adjusted, cut rate."""
    line = read_number(when["rate_at_most"], parameters)
    concerned = [code for code in when["any_of"] if scores[code].outcome != NOT_APPLICABLE]
    known = [rates[code] for code in concerned]
    if any(rate is not None and compare(rate, line) <= 0 for rate in known):
        return FIRED
    return UNDECIDED if None in known else HOLDS


def veto_on_measure(when: Plain, value: Cell, parameters: Mapping[str, Fraction]) -> str:
    """State of a `veto` on a measure."""
    if isinstance(value, str):
        return UNDECIDED if value == MISSING else HOLDS
    return FIRED if value >= read_number(when["at_least"], parameters) else HOLDS


def standing(scheme: Plain, base: str | None, base_is_band: bool, fired: Sequence[str]) -> str | None:
    """The verdict that stands: the most severe of the fired ones and the base."""
    order = list(scheme.get("verdicts", ["passed", "failed"]))
    ranked = [(order.index(verdict), verdict) for verdict in fired]
    if base is not None:
        mild = base_is_band or base not in order
        ranked.append((-1 if mild else order.index(base), base))
    return max(ranked)[1] if ranked else None


def streak(rule: Plain, history: Sequence[tuple[str | None, str | None]]) -> bool:
    """Whether a streak holds at the end of `history`: (band, verdict) of the scored periods."""
    length = int(rule["periods"])
    last = history[-length:]
    if len(last) < length:
        return False
    if "band" in rule:
        return all(band == rule["band"] for band, _ in last)
    return all(verdict == rule["verdict"] for _, verdict in last)
