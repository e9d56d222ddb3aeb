"""Exports: scorecards, rankings and comparisons as tables to be taken elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Problem, Text
from steelyard.reporting.files import MOST_ROWS
from steelyard.reporting.table import Cell, Column, Kind, Table, both
from steelyard.services import comparisons, rankings, scorecards
from steelyard.services.comparisons import ComparisonTable
from steelyard.services.context import View
from steelyard.services.printed_cards import band_title, notes_on, printed
from steelyard.services.problems import EXPORT_TOO_LONG
from steelyard.services.rankings import RankEntry
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import NodeScore, Scorecard
from steelyard.services.unit_choice import UnitChoice
from steelyard.store.periods import PeriodRecord

UNIT = Column("unit", Text("评价对象", "Unit"), width=18)
UNIT_TITLE = Column("unit_title", Text("名称", "Title"), width=26)
INDICATOR = Column("indicator", Text("指标代码", "Code"), width=20)
INDICATOR_TITLE = Column("indicator_title", Text("指标名称", "Indicator"), width=32)
PERIOD = Column("period", Text("考核周期", "Period"))
SCORE = Column("score", Text("得分（百分制）", "Score of 100"), Kind.FIGURE)
POINTS = Column("points", Text("得分", "Points"), Kind.FIGURE)
FULL = Column("full", Text("满分", "Full mark"), Kind.FIGURE)
BAND = Column("band", Text("等级", "Band"))
PASSED = Column("passed", Text("达标", "Passed"), Kind.FLAG)
COVERAGE = Column("coverage", Text("覆盖率", "Coverage"), Kind.SHARE)
OUTCOME = Column("outcome", Text("结果状态", "Outcome"), width=18)
CARD = (
    Column("item", Text("项目", "Item"), width=36),
    FULL,
    POINTS,
    Column("line", Text("合格值", "Pass mark"), Kind.FIGURE),
    PASSED,
    Column("rate", Text("得分率", "Rate"), Kind.SHARE),
    Column("weight", Text("权重", "Weight"), Kind.SHARE),
    BAND,
    COVERAGE,
    OUTCOME,
    Column("code", Text("代码", "Code"), width=20),
)
RANKS = (
    Column("rank", Text("名次", "Rank"), Kind.COUNT),
    UNIT,
    UNIT_TITLE,
    SCORE,
    POINTS,
    FULL,
    BAND,
    PASSED,
    Column("percentile", Text("百分位", "Percentile"), Kind.SHARE),
    Column("quartile", Text("四分位", "Quartile"), Kind.COUNT),
    OUTCOME,
)
CELLS = (
    UNIT,
    UNIT_TITLE,
    INDICATOR,
    INDICATOR_TITLE,
    PERIOD,
    SCORE,
    POINTS,
    BAND,
    PASSED,
    COVERAGE,
    Column("change", Text("较上期", "Change"), Kind.FIGURE),
    Column("to_best", Text("与最优之差", "To the best"), Kind.FIGURE),
    Column("to_median", Text("与中位数之差", "To the median"), Kind.FIGURE),
    Column("to_mean", Text("与平均之差", "To the mean"), Kind.FIGURE),
    Column("to_target", Text("与目标之差", "To the target"), Kind.FIGURE),
    OUTCOME,
)


async def scorecard(view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str) -> Table:
    """A scorecard, the root first; printed in the layout of the scheme's source, where it declares one.

    Raises NotFound.
    """
    card = await scorecards.card(view, actor, scope, scheme=scheme, unit=unit, period=period)
    verdict = card.verdict_title
    facts = [
        (UNIT.title, _named(both(card.unit.title), card.unit.code)),
        (PERIOD.title, card.period.code),
        (Text("结论", "Verdict"), "–" if verdict is None else both(verdict)),
        *_facts(card.entry, None),
    ]
    return Table(
        card.entry.scheme.label,
        facts,
        CARD,
        [_node(node) for node in card.nodes],
        [node.depth for node in card.nodes],
        notes=notes_on(card),
        printed=_printed(card, facts),
    )


async def ranking(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    node: str | None = None,
    below: str | None = None,
    choice: UnitChoice | None = None,
) -> Table:
    """The ranking of the units at or below one, all that are seen if left out, on an indicator; NotFound."""
    found = await rankings.rank_units(
        view, actor, scope, scheme=scheme, period=period, node=node, below=below, choice=choice
    )
    require_room(found.total)
    facts = [*_facts(found.entry, found.period), (INDICATOR_TITLE.title, both(found.node.indicator.label))]
    places = found.entries(0, found.total)
    rows = await asyncio.to_thread(lambda: [_place(each, found.node.full) for each in places])
    return Table(Text("排名", "Ranking"), facts, RANKS, rows)


async def comparison(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    periods: Sequence[str],
    units: Sequence[str] | None = None,
    below: str | None = None,
    choice: UnitChoice | None = None,
    indicators: Sequence[str] | None = None,
) -> Table:
    """A row for each unit, indicator and period, as `comparisons.compare` has them; NotFound."""
    found = await comparisons.compare(
        view,
        actor,
        scope,
        scheme=scheme,
        periods=periods,
        units=units,
        below=below,
        choice=choice,
        indicators=indicators,
        admit=require_room,
    )
    rows = await asyncio.to_thread(_compared, found)
    return Table(Text("对比", "Comparison"), _facts(found.entry, None), CELLS, rows)


def require_room(rows: int) -> None:
    """Raise InvalidInput (EXPORT_TOO_LONG) for more rows than a file is made of."""
    if rows > MOST_ROWS:
        raise InvalidInput(Problem(EXPORT_TOO_LONG, values={"rows": rows, "most": MOST_ROWS}))


def _facts(entry: SchemeEntry, period: PeriodRecord | None) -> list[tuple[Text, str]]:
    facts = [(Text("评价体系", "Scheme"), _named(both(entry.scheme.label), entry.code))]
    facts.append((Text("版本", "Version"), entry.scheme.version))
    if period is not None:
        facts.append((PERIOD.title, period.code))
    return facts


def _named(title: str, code: str) -> str:
    """A title with the code behind it that stands for it in files."""
    return f"{title} ({code})"


def _printed(card: Scorecard, facts: Sequence[tuple[Text, str]]) -> Table | None:
    layout = card.entry.scheme.layout
    if layout is None:
        return None
    found = printed(card, layout)
    totals = dict.fromkeys(found.totals, found.total_columns)
    title = card.entry.scheme.label
    return Table(title, facts, found.columns, found.rows, found.indents, totals, found.blocks, found.notes)


def _node(node: NodeScore) -> list[Cell]:
    return [
        both(node.indicator.label),
        node.full,
        node.points,
        node.line_points,
        node.passed,
        node.rate,
        node.global_weight,
        band_title(node.band),
        node.coverage,
        node.outcome.name,
        node.code,
    ]


def _place(entry: RankEntry, full: float) -> list[Cell]:
    return [
        entry.rank,
        entry.unit.code,
        both(entry.unit.title),
        entry.score,
        entry.points,
        full,
        band_title(entry.band),
        entry.passed,
        entry.percentile,
        entry.quartile,
        entry.outcome.name,
    ]


def _compared(found: ComparisonTable) -> list[list[Cell]]:
    rows = []
    for place, unit in enumerate(found.units):
        for column, node in enumerate(found.indicators):
            for at, period in enumerate(found.periods):
                cell = found.cell(place, column, at)
                named = [unit.code, both(unit.title), node.code, both(node.indicator.label), period.code]
                rows.append(
                    [
                        *named,
                        cell.score,
                        cell.points,
                        band_title(cell.band),
                        cell.passed,
                        cell.coverage,
                        cell.change,
                        cell.to_best,
                        cell.to_median,
                        cell.to_mean,
                        cell.to_target,
                        cell.outcome.name,
                    ]
                )
    return rows
