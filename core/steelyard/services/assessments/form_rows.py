"""The rows of the form: those of the layout, one for each measure, and those that only rules read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import Text
from steelyard.scheme.model import Indicator
from steelyard.scheme.rubric import PointsRubric
from steelyard.scheme.rule import AdjustRule, Rule, VetoRule
from steelyard.scoring import build_tree
from steelyard.scoring.tree import Node, Tree
from steelyard.services.assessments.form_layout import RULES
from steelyard.services.layout_grid import GridRow, LayoutGrid
from steelyard.services.scheme_entry import SchemeEntry


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form: a group or subtotal without a measure, or one measure.

    share: the weight as a share of the whole. full: the full mark of what is given in points, or of all that
    a subtotal sums. line: the pass line as a rate. of_item: whether it is of an indicator of the scheme. Of
    an item with several measures the first row has its weight and line.
    """

    place: GridRow
    measure: str | None = None
    share: Fraction | None = None
    full: Fraction | None = None
    line: Fraction | None = None
    of_item: bool = True

    @property
    def is_total(self) -> bool:
        """Whether it sums other rows up."""
        return self.of_item and self.place.label is not None


def form_rows(entry: SchemeEntry, grid: LayoutGrid, titles: Mapping[str, Text]) -> Iterator[FormRow]:
    """The rows of the layout with each measure once; those that only rules read stand last.

    titles: what the pack calls measures; the cases of a choice are told by them.
    """
    tree = build_tree(entry.scheme, rubrics=entry.rubrics)
    nodes, shares = {node.code: node for node in tree.nodes}, tree.global_weights()
    seen = set[str]()
    for place in grid.rows():
        node = nodes[place.path[-1]]
        share = shares[node.index]
        if place.label is not None:
            yield FormRow(place, None, share, _full(tree, node), node.line)
        elif not node.indicator.is_leaf:
            yield FormRow(place, share=share)
        else:
            yield from _of_leaf(place, node, share, seen, titles)
    yield from _of_rules(entry, [measure for measure in entry.measures if measure not in seen])


def total_row(entry: SchemeEntry, grid: LayoutGrid) -> FormRow:
    """The row of the whole; its full mark is None where not everything is given in points."""
    tree = build_tree(entry.scheme, rubrics=entry.rubrics)
    root = tree.nodes[0]
    return FormRow(grid.total(), None, Fraction(1), _full(tree, root), root.line)


def _of_leaf(
    place: GridRow, node: Node, share: Fraction, seen: set[str], titles: Mapping[str, Text]
) -> Iterator[FormRow]:
    for number, measure in enumerate(() if node.rubric is None else node.rubric.measures):
        if measure in seen:
            continue
        seen.add(measure)
        titled = GridRow(place.path, suffix=_suffix(node.indicator, measure, titles))
        full = node.full if isinstance(node.indicator.rubric, PointsRubric) else None
        whole = (share, full, node.line) if number == 0 else (None, None, None)
        yield FormRow(titled, measure, *whole)


def _of_rules(entry: SchemeEntry, measures: list[str]) -> Iterator[FormRow]:
    if measures:
        yield FormRow(GridRow((), RULES), of_item=False)
    for measure in measures:
        yield FormRow(GridRow((), _meaning(entry, measure)), measure, of_item=False)


def _full(tree: Tree, node: Node) -> Fraction | None:
    """The sum of the full marks below, if all is given in points."""
    if not node.children:
        return node.full if isinstance(node.indicator.rubric, PointsRubric) else None
    found = [_full(tree, tree.nodes[child]) for child in node.children]
    return None if None in found else sum((each for each in found if each is not None), Fraction(0))


def _meaning(entry: SchemeEntry, measure: str) -> Text:
    """What a measure that no rubric reads is for: the sentences of its rules, else its name."""
    said = [each.sentence for each in entry.rules if _read_by(each.rule) == measure]
    if not said:
        return Text(measure, measure)
    return Text("；".join(each.zh for each in said), "; ".join(each.en for each in said))


def _read_by(rule: Rule) -> str | None:
    match rule:
        case AdjustRule(measure=measure):
            return measure
        case VetoRule(when=when):
            return when.measure
    return None


def _suffix(leaf: Indicator, measure: str, titles: Mapping[str, Text]) -> Text:
    """What tells several measures of an item apart: of a case its title, where it has one, and its code."""
    own = leaf.measure or leaf.code
    case, title = measure.removeprefix(f"{own}:"), titles.get(measure)
    if title is not None and case != measure:
        return Text(f"：{title.zh}（{case}）", f": {title.en} ({case})")
    code = measure.removeprefix(own) if measure.startswith(own) else f" ({measure})"
    return Text(code, code)
