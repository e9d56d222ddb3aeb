"""The result of `steelyard score` for people: one table a unit and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from steelyard.cli.rounding import Side, half_up, line_percent, percent, side
from steelyard.cli.score_row import NodeScore, ScoreRows, figure
from steelyard.errors import Locale, Text
from steelyard.scheme.model import Scheme
from steelyard.scoring import REASONS, Evaluation, RuleState

INDENT = 2
NODE, SCORE, POINTS = Text("指标", "Indicator"), Text("得分", "Score"), Text("分数", "Points")
COVERAGE, BAND, PASSED = Text("覆盖率", "Coverage"), Text("等级", "Band"), Text("达标", "Passed")
REMARK = Text("说明", "Remark")
SIDES = {
    Side.BELOW: Text("低于 {line}%", "below {line}%"),
    Side.REACHED: Text("达到 {line}%", "reaches {line}%"),
}
YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}
RULES = {RuleState.FIRED: Text("触发", "fired"), RuleState.UNDECIDED: Text("无法判定", "undecided")}
AGREES = Text("与分布一致", "as expected")
WORDS = {"passed": Text("达标", "passed"), "failed": Text("不达标", "failed")}
PARTLY = Text("仅部分已测量", "partly measured")
VERDICT, NONE = Text("结论", "Verdict"), Text("无", "none")


def score_tables(evaluation: Evaluation, locale: Locale) -> Iterator[Table]:
    """Yield a table for each row; titles and words in `locale`, figures rounded half-up."""
    rows = ScoreRows(evaluation)
    for row in range(evaluation.rows):
        yield _table(rows, row, evaluation.scheme, locale)


def remarks(node: NodeScore, scheme: Scheme, locale: Locale) -> list[str]:
    """What a reader must be told beside a node's figures: why there is none, and the side of a line."""
    if node.rate is None:
        return [REASONS[node.reason].get(locale)]
    own = node.indicator.pass_ if node.indicator.pass_ is not None else scheme.pass_
    lines = [] if own is None else [(own.resolved({}), bool(node.passed))]
    reached = False
    for band in scheme.bands:
        reached = reached or band.code == node.band
        lines.append((band.from_.resolved({}), reached))
    partly = node.coverage is not None and node.coverage < 1
    found = {PARTLY.get(locale): None} if partly else {}
    for line, on_or_above in lines:
        where = side(node.rate, line, on_or_above, node.full or None)
        if where is not None and line > 0:
            found[SIDES[where].format({"line": line_percent(line)}).get(locale)] = None
    return list(found)


def _table(rows: ScoreRows, row: int, scheme: Scheme, locale: Locale) -> Table:
    """Columns without a single entry are left out."""
    about = " · ".join(filter(None, (rows.unit(row), rows.period(row))))
    table = Table(title=Styled(f"{scheme.label.get(locale)} — {about}"), title_justify="left")
    nodes = list(rows.nodes(row))
    columns = [column for column in _columns(nodes, scheme, locale) if any(column.cells)]
    table.add_column(NODE.get(locale), overflow="fold")
    for column in columns:
        table.add_column(column.head.get(locale), justify=column.justify, overflow="fold")
    for node, cells in zip(nodes, zip(*(column.cells for column in columns), strict=True), strict=True):
        title = Padding(Styled(node.indicator.label.get(locale)), (0, 0, 0, INDENT * node.depth))
        table.add_row(title, *map(Styled, cells))
    table.caption, table.caption_justify = Styled("\n".join(_below(rows, row, scheme, locale))), "left"
    return table


@dataclass(frozen=True, slots=True)
class _Column:
    head: Text
    justify: Literal["left", "right"]
    cells: list[str]


def _columns(nodes: Sequence[NodeScore], scheme: Scheme, locale: Locale) -> list[_Column]:
    bands = {band.code: band.title or Text(band.code, band.code) for band in scheme.bands}
    return [
        _Column(SCORE, "right", [_percent(node.rate) for node in nodes]),
        _Column(POINTS, "right", [_points(node) for node in nodes]),
        _Column(COVERAGE, "right", [_percent(node.coverage) for node in nodes]),
        _Column(BAND, "left", ["" if node.band is None else bands[node.band].get(locale) for node in nodes]),
        _Column(
            PASSED, "left", ["" if node.passed is None else YES_NO[node.passed].get(locale) for node in nodes]
        ),
        _Column(REMARK, "left", ["; ".join(remarks(node, scheme, locale)) for node in nodes]),
    ]


def _below(rows: ScoreRows, row: int, scheme: Scheme, locale: Locale) -> Iterator[str]:
    """The lines below a table: the verdict, the rules that fired or are undecided, and quotas."""
    verdict = rows.verdict(row)
    words = WORDS | {band.code: band.title for band in scheme.bands if band.title is not None}
    shown = NONE if verdict is None else words.get(verdict, Text(verdict, verdict))
    yield f"{VERDICT.get(locale)}: {shown.get(locale)}"
    told = set()
    for rule, state, reason in rows.rules(row):
        told.add(rule)
        yield f"{rule}: {RULES[state].get(locale)} ({reason.get(locale)})"
    for quota in rows.quotas(row):
        if quota.rule.id not in told:
            yield f"{quota.rule.id}: {AGREES.get(locale)} ({quota.reason.get(locale)})"


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{percent(rate)}%"


def _points(node: NodeScore) -> str:
    if node.full is None:
        return "–"
    points = "–" if node.points is None else _shortest(node.points)
    return f"{points} / {_shortest(node.full)}"


def _shortest(points: float) -> str:
    """Whole points without a decimal; a rounded figure keeps it, so that it does not look exact."""
    text = half_up(points)
    return text.removesuffix(".0") if figure(points).is_integer() else text
