"""Gates that never fire, or always do, because of the rates that their nodes can have."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.extent import extents
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.problems.reach import ALWAYS_FIRES, NEVER_FIRES
from steelyard.scheme.rule import AdjustRule, GateRule

_RELIES_ON: tuple[Path, ...] = (("indicators",), ("rules",), ("parameters",), ("pass",), ("missing",))


def gates_can_fire(scheme: Scheme) -> Iterator[Finding]:
    """Some required node can miss its pass line, and each can reach it."""
    nodes = {node.code: node for node in scheme.tree().walk()}
    known = extents(scheme)
    if any(isinstance(rule, AdjustRule) for rule in scheme.rules):
        known[scheme.root] = None
    for index, rule in enumerate(scheme.rules):
        if not isinstance(rule, GateRule):
            continue
        codes = [*rule.require.nodes]
        if rule.require.children_of in nodes:
            codes += [child.code for child in nodes[rule.require.children_of].children or ()]
        required = [nodes[code] for code in codes if code in nodes]
        path = ("rules", index, "require")
        lines = [(node.pass_ or scheme.pass_, known[node.code]) for node in required]
        sure = [(line.value or 0, found) for line, found in lines if line is not None and found is not None]
        if lines and len(sure) == len(lines) and all(found.low >= line for line, found in sure):
            yield Finding(NEVER_FIRES, path, {"id": rule.id}, _RELIES_ON)
        elif any(found.high < line for line, found in sure):
            yield Finding(ALWAYS_FIRES, path, {"id": rule.id}, _RELIES_ON)


CHECKS = (gates_can_fire,)
