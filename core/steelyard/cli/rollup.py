"""`steelyard rollup`: what a region or a longer period has, by the rule that the scheme declares."""

from __future__ import annotations

import asyncio
import csv
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from steelyard.analysis.rollup import Cause, Part
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.score_csv import number_text
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.intake.formula import guarded
from steelyard.scheme.rollup import ByVolume, Join
from steelyard.services.rollups import asking
from steelyard.services.rollups.answer import RolledUnit
from steelyard.services.rollups.members import RolledMember


class RollUpFormat(StrEnum):
    """How a roll-up is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


HEADS = {
    "unit": Text("评价对象", "Unit"),
    "title": Text("指标", "Indicator"),
    "shown": Text("得分", "Score"),
    "covered": Text("覆盖率", "Coverage"),
    "of": Text("计入", "Counted"),
    "why": Text("依据", "Because"),
}
COLUMNS = (
    "unit",
    "period",
    "indicator",
    "outcome",
    "reason",
    "score",
    "points",
    "coverage",
    "counted",
    "members",
    "feeds",
    "declared",
    "unit_rule",
    "unit_volume",
    "period_rule",
    "period_volume",
    "left_out",
)
CAUSES = {
    Cause.OWN: Text("自身得分", "its own score"),
    Cause.JOINED: Text("由成员得分汇总", "joined from members"),
    Cause.POOLED: Text("合并数据后计分", "scored on the data together"),
    Cause.NOTHING_APPLIES: Text("均不适用", "it concerns no member"),
    Cause.NOTHING_SCORED: Text("成员均无得分", "no member has a score"),
    Cause.NO_MEMBERS: Text("没有成员", "no members"),
    Cause.NO_VOLUME: Text("成员的权重均未知或为0", "no member's volume is known and above 0"),
    Cause.NOT_POOLABLE: Text("人工数据无法合并", "figures by hand cannot be pooled"),
    Cause.OTHER_VERSIONS: Text("成员使用的版本不同", "members have different versions"),
    Cause.OTHER_WEIGHTS: Text("成员使用的权重不同", "members have different weights"),
    Cause.OVERLAPPING: Text("周期互相重叠", "the periods overlap"),
    Cause.FEEDS_INCOMPLETE: Text(
        "{feeds} 份数据中仅 {declared} 份声明完整", "of {feeds} feeds {declared} are declared complete"
    ),
    Cause.RECORDS_CHANGED: Text("业务记录已与所示不符", "records are not what was shown any more"),
}
PARTS = {
    Part.NO_SCORE: Text("没有得分", "no score"),
    Part.NOT_APPLICABLE: Text("不适用", "not applicable"),
    Part.VOLUME_MISSING: Text("权重未知", "volume not known"),
    Part.VOLUME_ZERO: Text("权重为0", "volume 0"),
}
RULES = {"mean": Text("平均", "mean"), "pooled": Text("合并数据", "pooled data")}
BY = Text("按{zh}加权", "weighted by {en}")
UNITS, PERIODS = Text("评价对象：{rule}。", "Units: {rule}."), Text("周期：{rule}。", "Periods: {rule}.")
LEFT_OUT = Text("未计入：{names}", "Left out: {names}")
NAMED = 10


SchemeName = Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")]
UnitCode = Annotated[str, typer.Argument(help="The code of a unit. 评价对象代码。")]
PeriodCode = Annotated[
    str, typer.Argument(help="The code of a period, also of a longer one: 2025. 周期代码，可为更长的周期。")
]
CalendarCode = Annotated[
    str | None,
    typer.Option("--calendar", help="Of which calendar's periods it is made. 由哪个日历的周期汇总。"),
]
Indicators = Annotated[
    list[str] | None,
    typer.Option("--at", help="An indicator; the whole and the first level if left out. 指标。"),
]
RollUpForm = Annotated[RollUpFormat, typer.Option("--format", help="How it is written. 输出格式。")]


def roll_up(
    context: typer.Context,
    scheme: SchemeName,
    unit: UnitCode,
    period: PeriodCode,
    calendar: CalendarCode = None,
    at: Indicators = None,
    form: RollUpForm = RollUpFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Roll scores up to a region or a longer period, by the rule of the scheme. 按声明的规则汇总得分。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> RolledUnit:
        async with local_seat(database, tenant, packs) as seat:
            return await asking.roll_up(
                *seat, scheme=scheme, unit=unit, period=period, calendar=calendar, indicators=at
            )

    found = asyncio.run(run())
    rows = [row for each in (found, *found.children) for row in _rows(each, locale)]
    if form is RollUpFormat.CSV:
        _write_csv([{**row, "left_out": _joined(row["left_out"])} for row in rows])
    elif form is RollUpFormat.JSON:
        show(rows, HEADS, ListFormat.JSON, locale)
    else:
        show([_in_words(row, locale) for row in rows], HEADS, ListFormat.TABLE, locale)
        _tell(found, locale)


def _rows(found: RolledUnit, locale: Locale) -> list[Row]:
    return [
        {
            "unit": found.unit.code,
            "period": found.span.target.code,
            "indicator": each.node.code,
            "title": each.node.indicator.label.get(locale),
            "outcome": each.outcome.name,
            "reason": each.cause.name,
            "score": each.score,
            "points": each.points,
            "coverage": each.coverage,
            "counted": each.counted,
            "members": each.members,
            "feeds": each.feeds,
            "declared": each.declared,
            **_axis("unit", found, found.of_units, locale),
            **_axis("period", found, found.of_periods, locale),
            "left_out": [] if found.is_own else _left_out(found, at),
        }
        for at, each in enumerate(found.nodes)
    ]


def _axis(name: str, found: RolledUnit, rule: Join | None, locale: Locale) -> Row:
    """By which rule an axis is rolled up, with the measure by which it weighs."""
    weighs = rule if isinstance(rule, ByVolume) else None
    return {
        f"{name}_rule": rule if weighs is None else "volume",
        f"{name}_volume": None if weighs is None else weighs.volume,
        f"{name}_volume_title": None if weighs is None else found.title_of(weighs).get(locale),
    }


def _left_out(found: RolledUnit, at: int) -> list[dict[str, str]]:
    """Who does not count at one of the indicators, and why."""
    left = (each for each in found.members_at(at) if each.part is not Part.COUNTED)
    return [{"member": _name(each), "why": each.part.name} for each in left]


def _joined(left: Sequence[Mapping[str, str]]) -> str:
    return "; ".join(f"{each['member']}={each['why']}" for each in left)


def _in_words(row: Row, locale: Locale) -> Row:
    """A row as people read it."""
    score, coverage = row["score"], row["coverage"]
    return {
        **row,
        "shown": "" if score is None else f"{score:.2f}",
        "covered": "" if coverage is None else f"{coverage:.0%}",
        "of": f"{row['counted']}/{row['members']}",
        "why": CAUSES[Cause[row["reason"]]].format(row).get(locale),
    }


def _tell(found: RolledUnit, locale: Locale) -> None:
    """Say by which rules, and who was left out of the first indicator."""
    for words, rule in ((UNITS, found.of_units), (PERIODS, found.of_periods)):
        if rule is not None:
            typer.echo(words.format({"rule": _rule(found, rule).get(locale)}).get(locale))
    left = [each for each in found.members if each.part is not Part.COUNTED]
    names = [f"{_name(each)} ({PARTS[each.part].get(locale)})" for each in left[:NAMED]]
    if names:
        told = ", ".join(names) + " …" * (len(left) > NAMED)
        typer.echo(LEFT_OUT.format({"names": told}).get(locale))


def _name(member: RolledMember) -> str:
    """The code of a unit, of a period, or of both."""
    return " ".join(each.code for each in (member.unit, member.period) if each is not None)


def _rule(found: RolledUnit, rule: Join) -> Text:
    if isinstance(rule, ByVolume):
        title = found.title_of(rule)
        return BY.format({"zh": title.zh, "en": title.en})
    return RULES[rule]


def _write_csv(rows: Sequence[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([csv_cell(row[name]) for name in COLUMNS] for row in rows)


def csv_cell(value: object) -> str:
    """A cell as CSV has it: nothing for what is not there, no formula, and texts that differ told apart."""
    if value is None:
        return ""
    return number_text(value) if isinstance(value, float) else guarded(str(value))
