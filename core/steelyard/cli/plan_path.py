"""`steelyard plan path`: which advice brings a unit to a target with the least effort. Nothing is stored."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import orjson
import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.solver_words import solver_words_to_stderr
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.improvement.path import Path, PathAnswer, Target, TargetKind
from steelyard.improvement.wording import figure
from steelyard.scheme.number import decimal_text
from steelyard.services import paths

HEADS = {
    "advice": Text("建议", "Advice"),
    "title": Text("做什么", "What to do"),
    "indicator": Text("指标", "Indicator"),
    "effort_days": Text("人日", "Days"),
    "gain": Text("增分", "Gain"),
    "points_after": Text("之后得分", "Points after"),
}
ALTERNATIVE = Text("备选（{days} 人日）：{codes}", "Alternative ({days} person-days): {codes}")


def path(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    unit: Annotated[str, typer.Argument(help="The code of a unit. 评价对象代码。")],
    period: Annotated[str, typer.Argument(help="The code of a period. 周期代码。")],
    at: Annotated[
        str | None, typer.Option("--at", help="An indicator; the whole if left out. 指标。")
    ] = None,
    target: Annotated[
        TargetKind, typer.Option("--to", help="What is to be reached. 目标。")
    ] = TargetKind.LINE,
    band: Annotated[
        str | None, typer.Option("--band", help="With `--to band`: which; the next if left out. 等级。")
    ] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Find the advice that reaches a target with the least effort. 求达标的最省力路径。

    The target is the pass line, a band, or the verdict `passed`. Where there is no path it says why, and
    where the points are to be had.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> PathAnswer:
        async with local_seat(database, tenant, packs) as seat:
            return await paths.find(
                *seat, scheme=scheme, unit=unit, period=period, node=at, target=Target(target, band)
            )

    with solver_words_to_stderr():
        answer = asyncio.run(run())
    _show(answer, form, locale)


def _show(answer: PathAnswer, form: ListFormat, locale: Locale) -> None:
    if form is ListFormat.JSON:
        typer.echo(orjson.dumps(_written(answer, locale), option=orjson.OPT_INDENT_2))
        return
    if answer.best is not None:
        show(_steps(answer.best, locale), HEADS, form, locale)
    typer.echo(answer.summary.get(locale))
    for other in answer.alternatives:
        codes = ", ".join(step.advice.code for step in other.steps)
        typer.echo(ALTERNATIVE.format({"days": decimal_text(other.effort), "codes": codes}).get(locale))


def _steps(found: Path, locale: Locale) -> list[Row]:
    return [
        {
            "advice": step.advice.code,
            "title": step.advice.title.get(locale),
            "indicator": step.indicator.code,
            "effort_days": decimal_text(step.advice.effort),
            "gain": figure(step.gain),
            "points_after": figure(step.points_after),
        }
        for step in found.steps
    ]


def _written(answer: PathAnswer, locale: Locale) -> dict[str, Any]:
    """The answer for programs; numbers as the engine has them."""
    return {
        "status": answer.status.value,
        "indicator": answer.code,
        "points": answer.points,
        "target_points": answer.target_points,
        "needed": answer.needed,
        "lacking": answer.lacking,
        "level": answer.level,
        "best": None if answer.best is None else _path(answer.best),
        "alternatives": [_path(each) for each in answer.alternatives],
        "sources": [
            {
                "indicator": source.code,
                "points": source.points,
                "full": source.full,
                "bound": source.bound,
                "gain": source.gain,
                "needed_rate": source.needed_rate,
                "needed_points": source.needed_points,
                "advised": source.advised,
            }
            for source in answer.sources
        ],
        "to_measure": list(answer.to_measure),
        "summary": answer.summary.get(locale),
    }


def _path(found: Path) -> dict[str, Any]:
    return {
        "effort_days": float(found.effort),
        "points": found.projected.points,
        "verdict": found.projected.verdict,
        "steps": [
            {
                "advice": step.advice.code,
                "indicator": step.indicator.code,
                "leaves": list(step.leaves),
                "effort_days": float(step.advice.effort),
                "gain": step.gain,
                "points_after": step.points_after,
            }
            for step in found.steps
        ],
    }
