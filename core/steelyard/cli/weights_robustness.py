"""`steelyard weights robustness`: how much of a ranking hangs on the weights, and on few records."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Sequence
from contextlib import aclosing
from typing import Annotated, Any

import typer

from steelyard.analysis.robustness import Robustness
from steelyard.analysis.robustness.draws import CONCENTRATION
from steelyard.analysis.robustness.simulation import DRAWS
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.progress import progress_bars
from steelyard.cli.rounding import half_up, percent
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.cli.weights import Scheme
from steelyard.cli.weights_draft import KeepProportion
from steelyard.cli.weights_try import Given, Period, Units, Which, weights_of
from steelyard.errors import Locale, Text
from steelyard.services.progress import Progress, Report
from steelyard.services.weights import robustness
from steelyard.services.weights.robustness import Asked, RobustRanking

HEADS = {
    "unit": Text("评价对象", "Unit"),
    "score": Text("得分", "Score"),
    "rank": Text("名次", "Rank"),
    "ranks": Text("名次区间", "Ranks"),
    "ahead_of_next": Text("领先下一名", "Ahead of next"),
    "group": Text("组", "Group"),
}
TOLD = Text(
    "{period}：{draws} 次抽取权重；名次区间含 5% 至 95% 的抽取，同组的对象分不出先后。",
    "{period}: weights drawn {draws} times. Ranks are those of 5% to 95% of the draws;"
    " units of one group cannot be told apart.",
)
SAMPLED = Text(
    "连同 {measures} 的抽样误差（其余度量按精确值计）：",
    "With the sampling errors of {measures}, all other measures being exact:",
)
NOT_SAMPLED = Text(
    "没有一个度量知道由多少条记录算得，不计抽样误差。",
    "Of no measure it is known how many records it is of: no sampling error is told.",
)
NO_ERROR = Text(
    "{measure} 有 {units} 个对象不计抽样误差：{reason}。",
    "No sampling error of {measure} for {units} units: {reason}.",
)
WITHHELD = Text(
    "有得分的对象不足 {minimum} 个，不作排名。",
    "Fewer than {minimum} units have a score: no ranking is told.",
)
TO = "–"

Draws = Annotated[int, typer.Option("--draws", min=1, help="So many draws. 抽取次数。")]
Concentration = Annotated[
    float, typer.Option("--concentration", help="How near draws are to the weights, 1 to 1000000. 集中度。")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws. 随机种子。")]


def assess_robustness(
    context: typer.Context,
    scheme: Scheme,
    period: Period,
    given: Given = None,
    number: Which = None,
    unit: Units = None,
    keep_proportion: KeepProportion = False,
    draws: Draws = DRAWS,
    concentration: Concentration = CONCENTRATION,
    seed: Seed = 0,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Draw weights, and measures of few records, at random: what a ranking is worth. 排名的稳健性。

    Weights are drawn around those in force, of a set, or as given. --format json has the share of draws in
    which each unit is ahead of each other, what one weight alone moves, and what carries units over their
    pass lines.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run(progress: Report) -> RobustRanking:
        async with local_seat(database, tenant, packs) as seat:
            weights = await weights_of(seat, scheme, given or (), number, period, keep_proportion)
            asked = Asked(scheme, period, weights, number, unit, draws, concentration, seed)
            return await _followed(seat, asked, progress)

    with progress_bars(locale) as progress:
        found = asyncio.run(run(progress))
    if form is ListFormat.JSON:
        show([_json(found)], {}, form, locale)
        return
    _show(found, draws, locale)


async def _followed(seat: Seat, asked: Asked, progress: Report) -> RobustRanking:
    """What a simulation comes to, telling how far it is."""
    async with aclosing(robustness.follow(*seat, asked)) as events:
        async for event in events:
            if not isinstance(event, Progress):
                return event
            progress(event)
    raise RuntimeError("a simulation that came to nothing")


def _show(found: RobustRanking, draws: int, locale: Locale) -> None:
    sampling, withheld = found.sampling, found.simulation is None
    told = WITHHELD.format({"minimum": found.minimum}) if withheld else TOLD
    typer.echo(told.format({"period": found.period.code, "draws": draws}).get(locale))
    order = found.ranking.order.tolist()
    order = sorted(order) if withheld else order
    scores = (_score(score) for score in found.ranking.key[order].tolist())
    show(_rows(found, found.simulation, order, scores), HEADS, ListFormat.TABLE, locale)
    for each in found.unsampled:
        values = {"measure": each.measure, "units": each.units, "reason": each.reason.get(locale)}
        typer.echo(NO_ERROR.format(values).get(locale))
    if sampling is None:
        typer.echo(NOT_SAMPLED.get(locale))
        return
    typer.echo(SAMPLED.format({"measures": ", ".join(sampling.measures)}).get(locale))
    ends = (sampling.error.low[order].tolist(), sampling.error.high[order].tolist())
    ranges = (_score(low) and f"{_score(low)}{TO}{_score(high)}" for low, high in zip(*ends, strict=True))
    show(_rows(found, sampling.simulation, order, ranges), HEADS, ListFormat.TABLE, locale)


def _rows(
    found: RobustRanking, drawn: Robustness | None, order: Sequence[int], scores: Iterable[str | None]
) -> Sequence[Row]:
    """The units in this order, with these scores, in a simulation."""
    rows: list[dict[str, Any]] = []
    for at, score in zip(order, scores, strict=True):
        row: dict[str, Any] = dict.fromkeys(HEADS)
        row |= {"unit": found.units[at].code, "score": score}
        if drawn is not None and drawn.worst[at]:
            row |= {
                "rank": drawn.ranking.rank[at] or None,
                "ranks": f"{drawn.low[at]}{TO}{drawn.high[at]}",
                "group": drawn.groups[at] or None,
            }
        rows.append(row)
    # Of the ranking's order; those without a score come last, and are ahead of nobody.
    for row, ahead in zip(rows, () if drawn is None else drawn.neighbours.tolist(), strict=False):
        row["ahead_of_next"] = None if math.isnan(ahead) else f"{percent(ahead)}%"
    return rows


def _score(score: float) -> str | None:
    return None if math.isnan(score) else half_up(score)


def _json(found: RobustRanking) -> dict[str, Any]:
    """All that was found."""
    sampling, variation = found.sampling, found.variation
    return {
        "period": found.period.code,
        "units": [unit.code for unit in found.units],
        "scored": found.ranking.scored,
        "minimum": found.minimum,
        "weights_drawn": _simulated(found.simulation),
        "sampled": None
        if sampling is None
        else {
            "measures": sampling.measures,
            "confidence": sampling.error.confidence,
            "score_low": sampling.error.low.tolist(),
            "score_high": sampling.error.high.tolist(),
            "and_weights_drawn": _simulated(sampling.simulation),
        },
        "without_error": [
            {"measure": each.measure, "units": each.units, "reason": each.reason.en}
            for each in found.unsampled
        ],
        "one_at_a_time": None
        if variation is None
        else {
            "nodes": variation.nodes,
            "factors": variation.factors,
            "best": variation.best.tolist(),
            "worst": variation.worst.tolist(),
            "moved": variation.moved.tolist(),
        },
        "tipping": {"nodes": found.crossings.nodes, "factors": found.crossings.factors.tolist()},
    }


def _simulated(found: Robustness | None) -> dict[str, Any] | None:
    if found is None:
        return None
    columns = ("low", "median", "high", "best", "worst", "groups")
    return {
        "draws": found.draws,
        "concentration": found.concentration,
        "seed": found.seed,
        "rank": found.ranking.rank.tolist(),
        **{name: getattr(found, name).tolist() for name in columns},
        "ahead": None if found.ahead is None else found.ahead.tolist(),
        "ahead_of_next": found.neighbours.tolist(),
    }
