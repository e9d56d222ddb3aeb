"""`steelyard weights find`: weights of a group by a method, and how good they are."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.report import report
from steelyard.cli.source import read_input, require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.cli.weights import Scheme, share
from steelyard.cli.weights_draft import Base, drafted, tell
from steelyard.errors import Locale, Text
from steelyard.scheme.number import decimal_text
from steelyard.services.weights import finding, sets
from steelyard.services.weights.finding import FoundWeights
from steelyard.services.weights.judgement_table import read_judgements
from steelyard.services.weights.obtained import step_sentence
from steelyard.services.weights.wanted import ByComparisons, ByRatio, Equal, FromPast, How, Wanted
from steelyard.store.weight_sets import WeightSetRecord
from steelyard.weighting.ahp import Aggregation
from steelyard.weighting.random_index import TableName

HEADS = {
    "node": Text("指标", "Indicator"),
    "title": Text("名称", "Title"),
    "share": Text("占比", "Share"),
    "weight": Text("权重", "Weight"),
}


class Method(StrEnum):
    """The ways to find the weights of a group."""

    EQUAL = "equal"
    RATIO = "ratio"
    AHP = "ahp"
    ENTROPY = "entropy"
    CRITIC = "critic"


NEEDS = {
    Method.EQUAL: "equal",
    Method.RATIO: "ratio 3:2:1",
    Method.AHP: "ahp FILE",
    Method.ENTROPY: "entropy --until PERIOD",
    Method.CRITIC: "critic --until PERIOD",
}

Source = Annotated[
    str | None, typer.Argument(help="Of ahp: a CSV file of judgements; of ratio: 3:2:1. 判断表，或比例。")
]
Until = Annotated[str | None, typer.Option(help="The last period that is looked at. 所用的最后周期。")]
Periods = Annotated[int, typer.Option(min=1, help="So many with data, up to it. 所用周期数。")]


def find(
    context: typer.Context,
    scheme: Scheme,
    group: Annotated[str, typer.Argument(help="Whose children are weighed. 上级指标。")],
    method: Annotated[Method, typer.Argument(help="How. 定权方法。")],
    source: Source = None,
    until: Until = None,
    periods: Periods = 12,
    aggregation: Annotated[
        Aggregation, typer.Option(help="How judges are joined: judgements or priorities. 合成方式。")
    ] = "AIJ",
    table: Annotated[TableName, typer.Option(help="Saaty's random indices. 随机指标表。")] = "saaty-2005",
    draft: Annotated[bool, typer.Option("--draft", help="Draft a weight set of it. 存为草案。")] = False,
    reason: Annotated[str, typer.Option("--reason", help="What the draft is for. 理由。")] = "",
    base: Base = sets.SCHEMES_OWN,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Find the weights of a group's indicators. 为一组指标定权。

    Entropy and CRITIC look at the rates of all units in the last periods. A file of judgements has the
    columns judge, first, second, ratio, and may have weight, the judge's.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)
    how = _how(method, source, until, periods, aggregation, table)

    async def run() -> tuple[FoundWeights, WeightSetRecord | None]:
        async with local_seat(database, tenant, packs) as seat:
            found = await finding.find(*seat, scheme=scheme, wanted=[Wanted(group, how)], base=base)
            return found, await drafted(seat, found, base, reason) if draft else None

    found, record = asyncio.run(run())
    report(found.warnings, locale)
    _show_outcome(found, record, form, locale)


def _show_outcome(
    found: FoundWeights, record: WeightSetRecord | None, form: ListFormat, locale: Locale
) -> None:
    """Write what was found, and which draft it is now."""
    if form is ListFormat.JSON:
        number = None if record is None else record.number
        rows = [{**step.model_dump(mode="json"), "draft": number} for step in found.steps]
        show(rows, HEADS, form, locale)
        return
    _show(found, locale)
    if record is not None:
        tell(record, locale)


def _how(
    method: Method,
    source: str | None,
    until: str | None,
    periods: int,
    aggregation: Aggregation,
    table: TableName,
) -> How:
    """What is asked for; BadParameter where something is missing or too much."""
    match method, source, until:
        case Method.EQUAL, None, _:
            return Equal()
        case Method.RATIO, str(ratio), _:
            return ByRatio(ratio)
        case Method.AHP, str(file), _:
            return ByComparisons(read_judgements(*read_input(file)), aggregation, table)
        case Method.ENTROPY, None, str(last):
            return FromPast("entropy", last, periods)
        case Method.CRITIC, None, str(last):
            return FromPast("critic", last, periods)
    raise typer.BadParameter(NEEDS[method])


def _show(found: FoundWeights, locale: Locale) -> None:
    for step in found.steps:
        typer.echo(step_sentence(step).get(locale))
        whole = float(sum(step.weighting.weights.values()))
        of_group: list[Row] = [
            {
                "node": node,
                "title": found.entry.by_code[node].indicator.label.get(locale),
                "share": share(float(weight) / whole, ListFormat.TABLE),
                "weight": decimal_text(weight),
            }
            for node, weight in step.weighting.weights.items()
        ]
        show(of_group, HEADS, ListFormat.TABLE, locale)
