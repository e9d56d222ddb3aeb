"""The layout of the form: its words, its columns, and what a program finds it by again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from steelyard.errors import Text
from steelyard.scheme.model import Indicator
from steelyard.scheme.rubric import PointsRubric
from steelyard.scheme.rule import AdjustRule, Rule, VetoRule
from steelyard.scoring import build_tree
from steelyard.services.scheme_entry import SchemeEntry

FORMAT = "steelyard-assessment/1"
HIDDEN = "steelyard"
"""The name of the hidden sheet that says for what the form was made."""
CODE_HEAD = "steelyard:measure"
"""The head of the hidden column with the measures."""
SCORE_HEAD = Text("得分", "Points")
COMMENT_HEAD = Text("备注", "Comment")
HEADS = (
    Text("序号", "No."),
    Text("模块/项目", "Module / item"),
    Text("项目权重", "Weight"),
    Text("满分", "Full mark"),
    SCORE_HEAD,
    Text("得分率", "Rate"),
    Text("及格分", "Pass points"),
    Text("合格值", "Pass line"),
    COMMENT_HEAD,
)
FIELDS: Mapping[str, Text] = MappingProxyType(
    {
        "unit": Text("经销商名称", "Unit"),
        "place": Text("地点", "Place"),
        "date": Text("评估日期", "Date"),
        "consultant": Text("咨询师", "Assessor"),
        "others": Text("其它参与者", "Others present"),
    }
)
TOTAL = Text("合计", "Total")
RULES = Text("规则与适用条件", "Rules and conditions")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form: a section without a measure, or one measure.

    full: the full mark of what is given in points. line: the pass line as a rate. Of an item with several
    measures the first row has its weight and line.
    """

    number: str
    title: Text
    measure: str | None = None
    weight: Fraction | None = None
    full: Fraction | None = None
    line: Fraction | None = None


def form_rows(entry: SchemeEntry) -> Iterator[FormRow]:
    """The rows of a scheme's form: groups as sections, each measure once, those that only rules read last."""
    tree = build_tree(entry.scheme, rubrics=entry.rubrics)
    shares, seen = tree.global_weights(), set[str]()
    numbers: dict[int, str] = {0: ""}
    for node in tree.nodes[1:]:
        place = tree.nodes[node.parent].children.index(node.index) + 1
        numbers[node.index] = f"{numbers[node.parent]}.{place}".lstrip(".")
        row = (numbers[node.index], node.indicator.label)
        if not node.indicator.is_leaf:
            yield FormRow(*row, weight=shares[node.index])
        for place, measure in enumerate(() if node.rubric is None else node.rubric.measures):
            if measure not in seen:
                seen.add(measure)
                full = node.full if isinstance(node.indicator.rubric, PointsRubric) else None
                whole = (shares[node.index], full, node.line) if place == 0 else (None, None, None)
                yield FormRow(numbers[node.index], _title(node.indicator, measure), measure, *whole)
    others = [measure for measure in entry.measures if measure not in seen]
    if others:
        yield FormRow("", RULES)
    for measure in others:
        yield FormRow("", _meaning(entry, measure), measure)


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


def _title(leaf: Indicator, measure: str) -> Text:
    own = leaf.measure or leaf.code
    rest = measure.removeprefix(own) if measure.startswith(own) else f" ({measure})"
    return Text(leaf.label.zh + rest, leaf.label.en + rest)
