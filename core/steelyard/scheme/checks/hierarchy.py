"""The tree: one root, every code once, no node below itself, leaves measured and groups not."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import Spot, groups, leaves, spots
from steelyard.scheme.problems.tree import (
    CYCLE,
    DUPLICATE_CODE,
    EMPTY_GROUP,
    GROUP_FIELD,
    LEAF_FIELD,
    LEAF_WITHOUT_RUBRIC,
)

_DEFAULT_ROOT = {"other_zh": "未写root时根的代码", "other_en": "the root's, where `root` is left out"}


def one_root(scheme: Scheme) -> Iterator[Finding]:
    """No indicator carries the root's code."""
    for spot in spots(scheme):
        if spot.indicator.code == scheme.root:
            path = (*spot.path, "code")
            relies_on: tuple[Path, ...] = (("root",),)
            if "root" in scheme.model_fields_set:
                values = {"code": scheme.root}
                yield Finding(DUPLICATE_CODE, path, values, relies_on, other=relies_on[0])
            else:
                values = {"code": scheme.root, **_DEFAULT_ROOT}
                yield Finding(DUPLICATE_CODE, path, values, relies_on)


def no_cycle(scheme: Scheme) -> Iterator[Finding]:
    """No code stands, by way of others or at once, below itself."""
    for names in _cycles(scheme):
        closing = next(
            spot
            for group in groups(scheme)
            for spot in group.children
            if group.code == names[-2] and spot.indicator.code == names[-1]
        )
        yield Finding(CYCLE, (*closing.path, "code"), {"path": " → ".join(names)})


def unique_codes(scheme: Scheme) -> Iterator[Finding]:
    """Every code is given once; codes in a cycle are that check's."""
    in_cycle = {name for names in _cycles(scheme) for name in names}
    seen: dict[str, Path] = {}
    for spot in sorted(spots(scheme), key=_position):
        code, path = spot.indicator.code, (*spot.path, "code")
        if code in seen and code not in in_cycle:
            yield Finding(DUPLICATE_CODE, path, {"code": code}, other=seen[code])
        if code != scheme.root:
            seen.setdefault(code, path)


def measured_leaves(scheme: Scheme) -> Iterator[Finding]:
    """A leaf has a rubric and no aggregate."""
    for path, leaf in ((spot.path, spot.indicator) for spot in leaves(scheme)):
        if leaf.rubric is None:
            measured = ((*path, "rubric"), (*path, "children"))
            yield Finding(LEAF_WITHOUT_RUBRIC, path, {"code": leaf.code}, measured)
        if leaf.aggregate is not None:
            values = {"code": leaf.code, "field": "aggregate"}
            relies_on = ((*path, "children"),)
            yield Finding(LEAF_FIELD, (*path, "aggregate"), values, relies_on, at_key=True)


def unmeasured_groups(scheme: Scheme) -> Iterator[Finding]:
    """A group has children, and nothing that measures it."""
    for group in groups(scheme):
        if not group.children:
            path = group.children_path
            yield Finding(EMPTY_GROUP, path, {"code": group.code}, relies_on=(path,))
        for field in ("rubric", "measure", "applies_if"):
            if getattr(group.indicator, field, None) is not None:
                values = {"code": group.code, "field": field}
                yield Finding(GROUP_FIELD, (*group.path, field), values, at_key=True)


def _position(spot: Spot) -> list[int]:
    """Order of the text."""
    return [part for part in spot.path if isinstance(part, int)]


def _cycles(scheme: Scheme) -> list[list[str]]:
    """Each cycle among the codes as the names along it, the first again at the end."""
    codes = [spot.indicator.code for spot in spots(scheme)]
    # What is written is a tree: only where a code is given again can its branches meet.
    if len(set(codes)) == len(codes):
        return []
    import networkx as nx

    graph = nx.DiGraph()
    for group in groups(scheme):
        for spot in group.children:
            if spot.indicator.code != scheme.root:
                graph.add_edge(group.code, spot.indicator.code)
    cycles = []
    for tangle in nx.strongly_connected_components(graph):
        if len(tangle) > 1 or any(graph.has_edge(code, code) for code in tangle):
            start = next(code for code in graph if code in tangle)
            edges = nx.find_cycle(graph.subgraph(tangle), start)
            cycles.append([edge[0] for edge in edges] + [edges[0][0]])
    return cycles


CHECKS = (one_root, no_cycle, unique_codes, measured_leaves, unmeasured_groups)
