"""Scheme entries: an installed scheme as services and the API show it, its nodes with weights and rubrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.errors import NotFound, Problem, Text
from steelyard.improvement.playbook import Advice
from steelyard.intake.measure import MeasureUse, measure_uses
from steelyard.packs import Calendar, InstalledScheme, Packs
from steelyard.scheme.calendar import Period, find_period
from steelyard.scheme.model import Band, Indicator, Scheme
from steelyard.scheme.rule import Rule
from steelyard.scoring import PythonRubric, Tree, build_tree, rule_sentence
from steelyard.scoring.explanation import sentence
from steelyard.scoring.tree import Node
from steelyard.services.problems import NODE_NOT_FOUND, UNIT_NOT_SCORED, not_found


@dataclass(frozen=True, slots=True)
class SchemeNode:
    """One indicator of a scheme as it states it, without a unit.

    local_weight, global_weight: its shares 0…1 among its siblings and of the root when everything applies.
    full: its nominal full mark. line: its pass line as a rate. rubric: a leaf's rubric, or how a group joins
    its children, in words.
    """

    code: str
    indicator: Indicator
    parent: str | None
    children: tuple[str, ...]
    depth: int
    local_weight: float
    global_weight: float
    full: float
    line: float | None
    rubric: Text
    rubric_kind: str | None
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeRule:
    """A rule of a scheme, and what it says in words."""

    rule: Rule
    sentence: Text


@dataclass(frozen=True)
class SchemeEntry:
    """A scheme: its pack, its content's hash, its nodes in preorder, and what is advised on it.

    is_installed: whether this version is, and not another that something was evaluated with. measures: what
    it reads, by name. calendars: those it names, or all there are where it names none.
    """

    code: str
    pack: str
    hash: str
    scheme: Scheme
    text: str
    nodes: tuple[SchemeNode, ...]
    rules: tuple[SchemeRule, ...]
    measures: Mapping[str, MeasureUse]
    calendars: tuple[Calendar, ...]
    advice: tuple[Advice, ...]
    rubrics: Mapping[str, PythonRubric]
    by_code: Mapping[str, SchemeNode] = field(repr=False)
    is_installed: bool

    @property
    def root(self) -> SchemeNode:
        """The root of the tree."""
        return self.nodes[0]

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands, the best first."""
        return self.scheme.bands

    def node(self, code: str | None) -> SchemeNode:
        """The node with this code, the root for None; NotFound (NODE_NOT_FOUND)."""
        if code is None:
            return self.root
        if code not in self.by_code:
            raise not_found(NODE_NOT_FOUND, "node", code, self.by_code, scheme=self.code)
        return self.by_code[code]

    def period(self, code: str) -> Period | None:
        """The period of the scheme's calendars with this code, on record or not; None where there is none."""
        return find_period(code, self.calendars)

    def require_type(self, unit: str, unit_type: str) -> None:
        """Raise NotFound (UNIT_NOT_SCORED) for a unit of another type than the scheme scores."""
        expected = self.scheme.unit_type
        if unit_type != expected:
            values = {"unit": unit, "found": unit_type, "scheme": self.code, "expected": expected}
            raise NotFound(Problem(UNIT_NOT_SCORED, values=values))


def scheme_entry(given: InstalledScheme, packs: Packs, *, is_installed: bool) -> SchemeEntry:
    """Prepare a scheme, that of a version that is not installed any more included."""
    scheme = given.scheme
    tree = build_tree(scheme, rubrics=packs.rubrics)
    nodes = _nodes(tree)
    return SchemeEntry(
        code=scheme.scheme,
        pack=given.pack,
        hash=scheme.hash(),
        scheme=scheme,
        text=given.text,
        nodes=nodes,
        rules=tuple(SchemeRule(rule, rule_sentence(rule)) for rule in scheme.rules),
        measures=measure_uses(scheme, packs.rubrics),
        calendars=packs.calendars_of(scheme) if scheme.calendar else tuple(packs.calendars.values()),
        advice=packs.playbook(scheme.scheme) if scheme.scheme in packs.schemes else (),
        rubrics=packs.rubrics,
        by_code={node.code: node for node in nodes},
        is_installed=is_installed,
    )


def _nodes(tree: Tree) -> tuple[SchemeNode, ...]:
    whole = tree.global_weights()
    return tuple(
        SchemeNode(
            code=node.code,
            indicator=node.indicator,
            parent=tree.nodes[node.parent].code if node.parent >= 0 else None,
            children=tuple(tree.nodes[i].code for i in node.children),
            depth=node.depth,
            local_weight=float(_local(tree, node)),
            global_weight=float(whole[node.index]),
            full=float(node.full),
            line=None if node.line is None else float(node.line),
            rubric=sentence(tree, node),
            rubric_kind=None if node.indicator.rubric is None else node.indicator.rubric.kind,
            measures=() if node.rubric is None else node.rubric.measures,
        )
        for node in tree.nodes
    )


def _local(tree: Tree, node: Node) -> Fraction:
    """A node's share among its siblings."""
    if node.parent < 0:
        return Fraction(1)
    siblings = sum(tree.nodes[i].weight for i in tree.nodes[node.parent].children)
    return node.weight / siblings if siblings else Fraction(0)
