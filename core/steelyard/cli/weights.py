"""`steelyard weights`: weight sets as they are, and how two differ."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deferred import defer
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.rounding import percent
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.scheme.number import decimal_text
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import sets
from steelyard.services.weights.fitting import gone
from steelyard.services.weights.obtained import read_steps, step_sentence
from steelyard.services.weights.proposal import WeightChange
from steelyard.store.weight_sets import Standard, WeightSetRecord

HEADS = {
    "number": Text("编号", "Number"),
    "state": Text("状态", "State"),
    "from": Text("自周期", "From"),
    "reason": Text("理由", "Reason"),
    "author": Text("起草", "Author"),
    "created_at": Text("时间（UTC）", "At (UTC)"),
    "methods": Text("定权方法", "Found by"),
}
SHARE_HEADS = {
    "node": Text("指标", "Indicator"),
    "title": Text("名称", "Title"),
    "weight": Text("权重", "Weight"),
    "local": Text("本级占比", "Of its group"),
    "global": Text("总占比", "Of the whole"),
}
CHANGE_HEADS = {
    "node": Text("指标", "Indicator"),
    "title": Text("名称", "Title"),
    "current_local": Text("本级占比 {first}", "Of its group {first}"),
    "proposed_local": Text("本级占比 {second}", "Of its group {second}"),
    "current_global": Text("总占比 {first}", "Of the whole {first}"),
    "proposed_global": Text("总占比 {second}", "Of the whole {second}"),
}
STANDARD_HEADS = {
    "node": Text("指标", "Indicator"),
    "pass_line": Text("合格线", "Pass line"),
    "target": Text("目标", "Target"),
    "for": Text("适用于", "For"),
}
TITLE = Text(
    "{scheme} 权重方案 {number}（{state}）：{reason}", "{scheme}, weight set {number} ({state}): {reason}"
)
STATES = {"draft": Text("草案", "draft"), "published": Text("自 {from} 起", "from {from} on")}
SAME = Text("两者的权重相同。", "Their weights are the same.")
GONE = Text(
    "现行版本 {version} 没有指标 {nodes}，方案对其所述不起作用。",
    "Version {version} has no {nodes}: what the set says of it has no effect.",
)
ALL = Text("全部", "all")

Scheme = Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")]
Number = Annotated[int, typer.Argument(help="The weight set's number. 权重方案编号。")]
EitherNumber = Annotated[int, typer.Argument(help="A weight set; 0 for the scheme's own weights. 权重方案。")]

weights_app = typer.Typer(no_args_is_help=True, help="Weight sets: tried, drafted, published. 权重方案。")


@weights_app.callback()
def weights() -> None:
    """Weight sets: tried, drafted, published. 权重方案。"""


defer(
    weights_app,
    "steelyard.cli",
    (
        "draft",
        "weights_draft:draft",
        "Draft a weight set; it decides nothing until it is published. 起草权重方案。",
    ),
    ("discard", "weights_draft:discard", "Drop a draft. 作废草案。"),
    ("change", "weights_draft:change", "Change weights of a draft; those not named stay. 更改草案。"),
    (
        "standards",
        "weights_standards:standards",
        "Set pass lines and targets of a draft, as rates; what is not named stays. 设定草案的合格线与目标。",
    ),
    (
        "publish",
        "weights_publish:publish",
        "Let a draft decide from a period on; it does not change any more. 发布权重方案，不再更改。",
    ),
    ("find", "weights_find:find", "Find the weights of a group's indicators. 为一组指标定权。"),
    (
        "try",
        "weights_try:try_weights",
        "Try other weights on a period; nothing is stored. 试用权重，不保存。",
    ),
    (
        "back-test",
        "weights_try:back_test_weights",
        "Try other weights on the last periods, side by side; nothing is stored. 回测，不保存。",
    ),
    (
        "robustness",
        "weights_robustness:assess_robustness",
        "Draw weights, and measures of few records, at random: what a ranking is worth. 排名的稳健性。",
    ),
)


@weights_app.command("list")
def list_sets(
    context: typer.Context,
    scheme: Scheme,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List the weight sets of a scheme. 列出权重方案。"""
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> list[Row]:
        async with local_seat(database, tenant, packs) as seat:
            return list(map(set_row, await sets.load(*seat, scheme)))

    show(asyncio.run(run()), HEADS, form, context.obj)


@weights_app.command("show")
def show_set(
    context: typer.Context,
    scheme: Scheme,
    number: Number,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Show the weights of a set, what they come to, and how they were obtained. 显示权重方案。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> tuple[WeightSetRecord, tuple[WeightChange, ...], SchemeEntry]:
        async with local_seat(database, tenant, packs) as seat:
            record = await sets.find(*seat, scheme, number)
            shares = await sets.differences(*seat, scheme, sets.SCHEMES_OWN, number)
            return record, shares, seat[0].context.entry(scheme)

    record, shares, entry = asyncio.run(run())
    left = gone(entry, record.content)
    rows = _share_rows(record, shares, entry, locale, form)
    standards = [_standard_row(each, locale) for each in record.content.standards]
    if form is ListFormat.JSON:
        more = {"weights": rows, "standards": standards, "without_effect": left}
        show([{**set_row(record), **more}], HEADS, form, locale)
        return
    typer.echo(_title(record, locale))
    for step in read_steps(record.method):
        typer.echo(f"{step.group}: {step_sentence(step).get(locale)}")
    if left:
        typer.echo(GONE.format({"nodes": ", ".join(left), "version": entry.scheme.version}).get(locale))
    show(rows, SHARE_HEADS, form, locale)
    if standards:
        show(standards, STANDARD_HEADS, form, locale)


@weights_app.command("diff")
def diff(
    context: typer.Context,
    scheme: Scheme,
    first: EitherNumber,
    second: EitherNumber,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Show in which shares two weight sets differ. 比较两个权重方案。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> tuple[tuple[WeightChange, ...], SchemeEntry]:
        async with local_seat(database, tenant, packs) as seat:
            found = await sets.differences(*seat, scheme, first, second)
            return found, seat[0].context.entry(scheme)

    found, entry = asyncio.run(run())
    rows = [share_change_row(each, entry, locale, form) for each in found if _differs(each)]
    if not rows and form is ListFormat.TABLE:
        typer.echo(SAME.get(locale))
        return
    values = {"first": first, "second": second}
    show(rows, {name: head.format(values) for name, head in CHANGE_HEADS.items()}, form, locale)


def set_row(record: WeightSetRecord) -> Row:
    """A weight set as lists show it."""
    starts = record.starts
    return {
        "number": record.number,
        "state": term(record.state.value, states.WEIGHT_SET),
        "from": None if starts is None else f"{starts.calendar}/{starts.period}",
        "reason": record.reason,
        "author": record.author,
        "created_at": record.created_at,
        "methods": list(dict.fromkeys(step.weighting.method for step in read_steps(record.method))),
        "revision": record.revision,
        "publication": record.publication,
        "published_at": record.published_at,
        "published_by": record.published_by,
        "method": record.method,
    }


def share_change_row(each: WeightChange, entry: SchemeEntry, locale: Locale, form: ListFormat) -> Row:
    """The shares of an indicator under two sets of weights."""
    names = ("current_local", "proposed_local", "current_global", "proposed_global")
    shares = {name: share(getattr(each, name), form) for name in names}
    return {"node": each.node, "title": entry.by_code[each.node].indicator.label.get(locale), **shares}


def share(number: float, form: ListFormat) -> float | str:
    """A share 0…1: as it is, or in percent for people."""
    return number if form is ListFormat.JSON else f"{percent(number)}%"


def _title(record: WeightSetRecord, locale: Locale) -> str:
    state = STATES[record.state.value].format({"from": set_row(record)["from"]})
    values = {"scheme": record.scheme, "number": record.number, "reason": record.reason}
    return TITLE.format({**values, "state": state.get(locale)}).get(locale)


def _share_rows(
    record: WeightSetRecord,
    shares: tuple[WeightChange, ...],
    entry: SchemeEntry,
    locale: Locale,
    form: ListFormat,
) -> list[Row]:
    return [
        {
            "node": each.node,
            "title": entry.by_code[each.node].indicator.label.get(locale),
            "weight": None if each.node not in record.weights else decimal_text(record.weights[each.node]),
            "local": share(each.proposed_local, form),
            "global": share(each.proposed_global, form),
        }
        for each in shares
    ]


def _standard_row(each: Standard, locale: Locale) -> Row:
    whom = f"{each.attribute}={each.value}" if each.attribute is not None else each.unit
    rates = {"pass_line": each.pass_line, "target": each.target}
    shown = {name: None if rate is None else decimal_text(rate, percent=True) for name, rate in rates.items()}
    return {"node": each.node, **shown, "for": whom or ALL.get(locale)}


def _differs(each: WeightChange) -> bool:
    return (each.current_local, each.current_global) != (each.proposed_local, each.proposed_global)
