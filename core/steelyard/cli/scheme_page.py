"""A scheme on a page: the tree with weights, its rubrics and rules as sentences, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from steelyard.cli.page import Block, Grid, Heading, Lines
from steelyard.errors import Locale, Text
from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.number import decimal_text
from steelyard.scheme.rule import RuleBase
from steelyard.scoring import PythonRubric, Tree, build_tree, rule_sentence
from steelyard.scoring.explanation import sentence

VERSION = Text("{code}，版本 {version}", "{code}, version {version}")
UNIT = Text("评价对象：{unit}；周期：{calendar}。", "It scores: {unit}; periods: {calendar}.")
ANY = Text("按数据的写法", "as the data write them")
PASS = Text("合格线：{line}（指标另有规定的除外）。", "Pass line: {line}, unless a node has its own.")
NO_PASS = Text("没有总的合格线。", "There is no general pass line.")
MISSING = {
    "exclude": Text("缺数据的指标不参与计算。", "What was not measured is left out of the mean."),
    "zero": Text("缺数据的指标按0分计。", "What was not measured counts as 0."),
    "block": Text("有缺数据的指标时不计分。", "Where something was not measured there is no score."),
}
COVERAGE = Text("覆盖率低于 {rate} 时不计分。", "Below a coverage of {rate} there is no score.")
POOLED = Text(
    "不适用的指标从总的应得分中扣除。", "The weight of what does not apply is taken off the whole sheet."
)
SOURCE = Text("来源：{source}", "Source: {source}")
BANDS, TREE, RULES = Text("等级", "Bands"), Text("指标", "Indicators"), Text("规则", "Rules")
VARIANTS, PARAMETERS = Text("变体", "Variants"), Text("参数", "Parameters")
NOTES = Text("说明与假定", "Notes and assumptions")
ASSUMED, NOT_ASSUMED = Text("（假定）", " (assumed)"), Text("", "")
BAND_HEADS = (Text("等级", "Band"), Text("代码", "Code"), Text("下限", "From"))
TREE_HEADS = (
    *(Text("指标", "Indicator"), Text("代码", "Code"), Text("满分", "Full mark")),
    *(Text("本级权重", "Of its group"), Text("总权重", "Of the whole"), Text("合格线", "Pass line")),
    Text("评分标准", "How it is scored"),
)
IF = Text("（仅当 {measure} > {above}）", " (only if {measure} > {above})")
FOLLOWS = Text("；后果：{what}", "; what follows: {what}")
WITHIN = Text("（{days}天内）", " (within {days} days)")
FOR = Text("{by} 为 {value}：{changes}", "{by} {value}: {changes}")
WHOLE = Text("整个评价体系", "The whole scheme")


def scheme_page(scheme: Scheme, rubrics: Mapping[str, PythonRubric], locale: Locale) -> list[Block]:
    """Say all that a scheme says. Raises InvalidInput for a python rubric that no pack registered."""
    blocks: list[Block] = [Heading(1, scheme.label.get(locale)), Lines([*_head(scheme, locale)])]
    if scheme.bands:
        rows = [
            [(band.title or Text(band.code, band.code)).get(locale), band.code, str(band.from_)]
            for band in scheme.bands
        ]
        blocks += [Heading(2, BANDS.get(locale)), Grid(_heads(BAND_HEADS, locale), rows)]
    blocks += [Heading(2, TREE.get(locale)), _tree(build_tree(scheme, rubrics=rubrics), locale)]
    for title, lines in (
        (RULES, [*_rules(scheme, locale)]),
        (VARIANTS, [*_variants(scheme, locale)]),
        (PARAMETERS, [f"{name} = {value}" for name, value in scheme.parameters.items()]),
        (NOTES, [*_notes(scheme, locale)]),
    ):
        if lines:
            blocks += [Heading(2, title.get(locale)), Lines(lines)]
    return blocks


def _heads(heads: tuple[Text, ...], locale: Locale) -> list[str]:
    return [head.get(locale) for head in heads]


def _head(scheme: Scheme, locale: Locale) -> Iterator[str]:
    yield VERSION.format({"code": scheme.scheme, "version": scheme.version}).get(locale)
    calendar = ", ".join(scheme.calendar) or ANY.get(locale)
    yield UNIT.format({"unit": scheme.unit_type, "calendar": calendar}).get(locale)
    yield (NO_PASS if scheme.pass_ is None else PASS.format({"line": scheme.pass_})).get(locale)
    yield MISSING[scheme.missing].get(locale)
    if scheme.min_coverage.value:
        yield COVERAGE.format({"rate": scheme.min_coverage}).get(locale)
    if scheme.not_applicable == "pooled":
        yield POOLED.get(locale)
    if scheme.source is not None:
        yield SOURCE.format({"source": scheme.source}).get(locale)


def _tree(tree: Tree, locale: Locale) -> Grid:
    rows = []
    shares = tree.global_weights()
    for node in tree.nodes:
        siblings = tree.nodes[node.parent].children if node.parent >= 0 else (node.index,)
        total = sum((tree.nodes[i].weight for i in siblings), Fraction(0))
        scored = sentence(tree, node).get(locale)
        condition = node.indicator.applies_if
        if condition is not None:
            scored += IF.format({"measure": condition.measure, "above": condition.above}).get(locale)
        rows.append(
            [
                node.indicator.label.get(locale),
                node.code,
                _number(node.full),
                _percent(node.weight / total if total else Fraction(0)),
                _percent(shares[node.index]),
                "" if node.line is None else _percent(node.line),
                scored,
            ]
        )
    return Grid(_heads(TREE_HEADS, locale), rows, [node.depth for node in tree.nodes])


def _rules(scheme: Scheme, locale: Locale) -> Iterator[str]:
    for rule in scheme.rules:
        said = rule_sentence(rule).get(locale)
        if rule.consequence is not None:
            follows = rule.consequence.title.get(locale)
            if rule.consequence.deadline_days is not None:
                follows += WITHIN.format({"days": rule.consequence.deadline_days}).get(locale)
            said += FOLLOWS.format({"what": follows}).get(locale)
        yield f"{rule.id}: {said}"


def _variants(scheme: Scheme, locale: Locale) -> Iterator[str]:
    variants = scheme.variants
    if variants is None:
        return
    for value in dict.fromkeys([*variants.weights, *variants.parameters]):
        changed = {**variants.weights.get(value, {}), **variants.parameters.get(value, {})}
        changes = ", ".join(f"{name} {number}" for name, number in changed.items())
        yield FOR.format({"by": variants.by, "value": value, "changes": changes}).get(locale)


def _notes(scheme: Scheme, locale: Locale) -> Iterator[str]:
    parts: list[tuple[str, Scheme | Indicator | RuleBase]] = [(WHOLE.get(locale), scheme)]
    parts += [(node.code, node) for top in scheme.indicators for node in top.walk()]
    parts += [(rule.id, rule) for rule in scheme.rules]
    for name, part in parts:
        if part.assumed or part.note is not None:
            mark = (ASSUMED if part.assumed else NOT_ASSUMED).get(locale)
            said = part.note.get(locale) if part.note is not None else "–"
            yield f"{name}{mark}: {said}"


def _number(number: Fraction) -> str:
    return decimal_text(Fraction(round(number * 100), 100))


def _percent(share: Fraction) -> str:
    return decimal_text(Fraction(round(share * 10_000), 10_000), percent=True)
