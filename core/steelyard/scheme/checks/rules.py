"""Rules: an id each, and nodes and bands that exist."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import code_paths, groups, spots
from steelyard.scheme.problems.rule import (
    DUPLICATE_RULE,
    GATE_WITHOUT_PASS_LINE,
    NO_CHILDREN,
    UNKNOWN_BAND,
)
from steelyard.scheme.problems.tree import UNKNOWN_NODE
from steelyard.scheme.rule import GateRule, QuotaRule, StreakRule, VetoRule
from steelyard.scheme.suggestion import suggested

_BANDS: tuple[Path, ...] = (("bands", ANY, "code"),)


def unique_ids(scheme: Scheme) -> Iterator[Finding]:
    """Every rule has an id of its own."""
    seen: dict[str, Path] = {}
    for index, rule in enumerate(scheme.rules):
        path = ("rules", index, "id")
        if rule.id in seen:
            yield Finding(DUPLICATE_RULE, path, {"id": rule.id}, other=seen[rule.id])
        seen.setdefault(rule.id, path)


def known_nodes(scheme: Scheme) -> Iterator[Finding]:
    """A rule names nodes of the tree."""
    codes = dict.fromkeys([scheme.root, *(spot.indicator.code for spot in spots(scheme))])
    relies_on = code_paths(scheme)
    for path, code in _nodes(scheme):
        if code not in codes:
            yield Finding(UNKNOWN_NODE, path, suggested(code, codes), relies_on)


def parents_have_children(scheme: Scheme) -> Iterator[Finding]:
    """`children_of` names a group."""
    parents = {group.code: group.children_path for group in groups(scheme)}
    leaves = {spot.indicator.code: spot.path for spot in spots(scheme) if spot.indicator.is_leaf}
    for index, rule in enumerate(scheme.rules):
        code = rule.require.children_of if isinstance(rule, GateRule) else None
        if code in leaves and code not in parents:
            path = ("rules", index, "require", "children_of")
            yield Finding(NO_CHILDREN, path, {"code": code}, ((*leaves[code], "children"),))


def gates_have_pass_lines(scheme: Scheme) -> Iterator[Finding]:
    """The nodes of a gate have a pass line, else it can never be decided."""
    with_line = {spot.indicator.code for spot in spots(scheme) if spot.indicator.pass_ is not None}
    children = {group.code: [spot.indicator.code for spot in group.children] for group in groups(scheme)}
    known = {code for codes in children.values() for code in codes} | {scheme.root}
    for index, rule in enumerate(scheme.rules if scheme.pass_ is None else ()):
        if not isinstance(rule, GateRule):
            continue
        required = (*rule.require.nodes, *children.get(rule.require.children_of or "", ()))
        without = [code for code in required if code in known and code not in with_line]
        if without:
            values = {"id": rule.id, "nodes": ", ".join(without)}
            relies_on: tuple[Path, ...] = (("pass",), ("indicators",))
            yield Finding(GATE_WITHOUT_PASS_LINE, ("rules", index, "require"), values, relies_on)


def known_bands(scheme: Scheme) -> Iterator[Finding]:
    """Streaks and quotas name bands of the scheme."""
    codes = dict.fromkeys(band.code for band in scheme.bands)
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, StreakRule) and rule.band is not None and rule.band not in codes:
            path: Path = ("rules", index, "band")
            yield Finding(UNKNOWN_BAND, path, suggested(rule.band, codes), _BANDS)
        for band in rule.shares if isinstance(rule, QuotaRule) else ():
            if band not in codes:
                path = ("rules", index, "shares", band)
                yield Finding(UNKNOWN_BAND, path, suggested(band, codes), _BANDS, at_key=True)


def _nodes(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    """Where rules name nodes."""
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, GateRule):
            path: Path = ("rules", index, "require")
            if rule.require.children_of is not None:
                yield (*path, "children_of"), rule.require.children_of
            for number, code in enumerate(rule.require.nodes):
                yield (*path, "nodes", number), code
        elif isinstance(rule, VetoRule):
            for number, code in enumerate(rule.when.any_of):
                yield ("rules", index, "when", "any_of", number), code


CHECKS = (
    unique_ids,
    known_nodes,
    parents_have_children,
    gates_have_pass_lines,
    known_bands,
)
