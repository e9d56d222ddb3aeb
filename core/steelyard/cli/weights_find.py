"""`steelyard weights find`: weights of groups by a method, and how good they are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.report import report
from steelyard.cli.source import read_input, require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.cli.weights import Scheme, share
from steelyard.cli.weights_draft import Base, drafted, tell
from steelyard.errors import InvalidInput, Locale, Text
from steelyard.scheme.number import decimal_text
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import finding, sets, several
from steelyard.services.weights.finding import FoundWeights
from steelyard.services.weights.judgement_table import read_judgements
from steelyard.services.weights.obtained import step_sentence
from steelyard.services.weights.wanted import ByComparisons, ByRatio, Equal, FromPast, Wanted
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
    Method.RATIO: "ratio 3:2:1 …",
    Method.AHP: "ahp FILE …",
    Method.ENTROPY: "entropy --until PERIOD",
    Method.CRITIC: "critic --until PERIOD",
}

Groups = Annotated[
    str, typer.Argument(metavar="GROUP", help="Whose children are weighed: A, or A,B, or all. 上级指标。")
]
Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Of ahp: CSV files of judgements; of ratio: 3:2:1, one for each group. 判断表，或比例。",
    ),
]
Until = Annotated[str | None, typer.Option(help="The last period that is looked at. 所用的最后周期。")]
Periods = Annotated[int, typer.Option(min=1, help="So many with data, up to it. 所用周期数。")]


def find(
    context: typer.Context,
    scheme: Scheme,
    group: Groups,
    method: Annotated[Method, typer.Argument(help="How. 定权方法。")],
    source: Sources = None,
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
    columns judge, first, second, ratio, and may have weight, the judge's; it may compare indicators of
    several groups, each with others of its own.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)
    asked = _Asked(method, source or (), until, periods, ByComparisons((), aggregation, table))

    async def run() -> tuple[FoundWeights, WeightSetRecord | None]:
        async with local_seat(database, tenant, packs) as seat:
            found = await _found(seat, scheme, group, asked, base)
            return found, await drafted(seat, found, base, reason) if draft else None

    found, record = asyncio.run(run())
    report(found.warnings, locale)
    _show_outcome(found, record, form, locale)


async def _found(seat: Seat, scheme: str, groups: str, asked: _Asked, base: int) -> FoundWeights:
    """What is asked for; what is wrong is placed by the groups' codes."""
    wanted = asked.of(seat[0].context.entry(scheme), groups)
    try:
        return await finding.find(*seat, scheme=scheme, wanted=wanted, base=base)
    except InvalidInput as error:
        raise InvalidInput(several.placed(error.problems, wanted)) from error


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


@dataclass(frozen=True)
class _Asked:
    """How weights are to be found."""

    method: Method
    sources: Sequence[str]
    until: str | None
    periods: int
    joined: ByComparisons

    def of(self, entry: SchemeEntry, text: str) -> Sequence[Wanted]:
        """What is asked for of groups as they were written; BadParameter for what is missing or too much."""
        groups = several.groups_of(entry, text)
        match self.method, len(self.sources), self.until:
            case Method.EQUAL, 0, _:
                return [Wanted(group, Equal()) for group in groups]
            case Method.RATIO, count, _ if count == len(groups):
                return list(map(Wanted, groups, map(ByRatio, self.sources)))
            case Method.AHP, count, _ if count:
                said = [judge for file in self.sources for judge in read_judgements(*read_input(file))]
                found = several.by_comparisons(entry, groups, said, self.joined)
                return several.compared(found) if several.is_all(entry, text) else found
            case ((Method.ENTROPY | Method.CRITIC), 0, str(last)):
                past = FromPast("entropy" if self.method is Method.ENTROPY else "critic", last, self.periods)
                return [Wanted(group, past) for group in groups]
        raise typer.BadParameter(NEEDS[self.method])


def _show(found: FoundWeights, locale: Locale) -> None:
    for step in found.steps:
        said = step_sentence(step).get(locale)
        typer.echo(said if len(found.steps) == 1 else f"{step.group}: {said}")
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
