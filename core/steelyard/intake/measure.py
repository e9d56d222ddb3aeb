"""The measures that a scheme reads, by whom, and how their numbers are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from steelyard.intake.notation import STRICTEST_FIRST, Notation, compared_with
from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.number import Quantity
from steelyard.scheme.rubric import (
    ChoiceRubric,
    CurveRubric,
    Deduction,
    DeductRubric,
    LinearRubric,
    PointsRubric,
    RateRubric,
    ScaleRubric,
    StepsRubric,
)
from steelyard.scheme.rule import AdjustRule, VetoRule
from steelyard.scoring.rubrics import PythonRubric, measures_of


@dataclass(slots=True)
class MeasureUse:
    """One measure of a scheme.

    by_leaf, by_rule: whether a leaf (its rubric or its condition) and whether a rule reads it.
    titles: what a table may call it besides its own name.
    """

    measure: str
    notation: Notation = Notation.OPEN
    by_leaf: bool = False
    by_rule: bool = False
    titles: set[str] = field(default_factory=set)

    def narrow(self, notation: Notation) -> None:
        """Take the stricter of the present notation and `notation`."""
        self.notation = min(self.notation, notation, key=STRICTEST_FIRST.index)


def measure_uses(scheme: Scheme, rubrics: Mapping[str, PythonRubric]) -> dict[str, MeasureUse]:
    """List what `scheme` reads by name, leaves in order of the tree, then rules, then volumes of roll-ups.

    Raises InvalidInput for a python rubric that is not among `rubrics`.
    """
    uses: dict[str, MeasureUse] = {}
    for node in scheme.tree().walk():
        if node.is_leaf:
            _leaf(node, scheme.parameters, rubrics, uses)
    for measure, notation in _rules(scheme):
        use = uses.setdefault(measure, MeasureUse(measure))
        use.by_rule = True
        use.narrow(notation)
    for measure in () if scheme.rollup is None else scheme.rollup.volumes:
        uses.setdefault(measure, MeasureUse(measure, Notation.PLAIN))
    return uses


def _leaf(
    leaf: Indicator,
    parameters: dict[str, Quantity],
    rubrics: Mapping[str, PythonRubric],
    uses: dict[str, MeasureUse],
) -> None:
    notations: dict[str, Notation] = {}
    for measure, notation in _notations(leaf, parameters):
        notations[measure] = min(notation, notations.get(measure, notation), key=STRICTEST_FIRST.index)
    own = leaf.measure or leaf.code
    for measure in measures_of(leaf, rubrics):
        use = uses.setdefault(measure, MeasureUse(measure))
        use.by_leaf = True
        use.narrow(notations.get(measure, Notation.OPEN))
        case = measure.removeprefix(own)
        if leaf.title is not None and (case == "" or isinstance(leaf.rubric, ChoiceRubric)):
            use.titles |= {leaf.title.zh + case, leaf.title.en + case}
    if leaf.applies_if is not None:
        use = uses.setdefault(leaf.applies_if.measure, MeasureUse(leaf.applies_if.measure))
        use.by_leaf = True
        use.narrow(compared_with([leaf.applies_if.above], parameters))


def _notations(leaf: Indicator, parameters: dict[str, Quantity]) -> Iterator[tuple[str, Notation]]:
    own = leaf.measure or leaf.code
    match leaf.rubric:
        case PointsRubric():
            yield own, Notation.PLAIN
        case RateRubric(unit=unit):
            yield own, Notation.PERCENT if unit == "percent" else Notation.RATE
        case LinearRubric(worst=worst, best=best):
            yield own, compared_with((worst, best), parameters)
        case ScaleRubric(min=low, max=high):
            yield own, compared_with((low, high), parameters)
        case CurveRubric(through=through):
            yield own, compared_with((x for x, _ in through), parameters)
        case StepsRubric(at=at):
            yield own, compared_with((step.from_ for step in at), parameters)
        case ChoiceRubric(table=table):
            for case in table:
                yield f"{own}:{case}", Notation.COUNT
        case DeductRubric(rules=rules):
            for rule in rules:
                yield rule.measure or own, _deduction(rule, parameters)
        case _:
            return


def _deduction(rule: Deduction, parameters: dict[str, Quantity]) -> Notation:
    if rule.per_case:
        return Notation.COUNT
    lines = [line for line in (rule.below, rule.above, rule.each) if line is not None]
    return compared_with([*lines, *(step.from_ for step in rule.steps)], parameters)


def _rules(scheme: Scheme) -> Iterator[tuple[str, Notation]]:
    for rule in scheme.rules:
        if isinstance(rule, AdjustRule):
            yield rule.measure, Notation.COUNT
        elif isinstance(rule, VetoRule) and rule.when.measure is not None:
            least = rule.when.at_least
            percent = least is not None and least.is_percent(scheme.parameters)
            yield rule.when.measure, Notation.SHARE if percent else Notation.PLAIN
