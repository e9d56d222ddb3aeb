"""`steelyard revisions`: the final evaluations of a period, and the later verdicts that count it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import orjson
import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, Term, code_of, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.rounding import half_up
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import LOCALES, Locale, Text
from steelyard.services.dependents import DependentVerdict, list_dependents
from steelyard.services.revisions import Revision, revisions
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import verdict_title
from steelyard.store.runs import RunRoot

HEADS = {
    "revision": Text("版次", "Revision"),
    "at": Text("时间（UTC）", "At (UTC)"),
    "by": Text("评价人", "By"),
    "units": Text("结果变动的对象", "Units changed"),
    "inputs": Text("变动的度量", "Measures changed"),
    "also": Text("另有", "Also"),
}
UNIT_HEADS = {
    "revision": Text("版次", "Revision"),
    "unit": Text("评价对象", "Unit"),
    "before": Text("原结果", "Before"),
    "after": Text("现结果", "After"),
}
INPUT_HEADS = {
    "revision": Text("版次", "Revision"),
    "unit": Text("评价对象", "Unit"),
    "measure": Text("度量", "Measure"),
    "before": Text("原值", "Before"),
    "after": Text("现值", "After"),
}
DEPENDENT_HEADS = {
    "unit": Text("评价对象", "Unit"),
    "period": Text("周期", "Period"),
    "rules": Text("规则", "Rule"),
    "stored": Text("已存结论", "Stored verdict"),
    "now": Text("现应为", "Would be now"),
}
DEPENDENT = Text(
    "以下后续周期的结论因更正而应有不同，但保持原样，直至各自重新评价：",
    "Verdicts of later periods that would be others now; they stay until their periods are evaluated anew:",
)
NONE = Text("{period} 尚无最终评价。", "There is no final evaluation of {period} yet.")
VERSION = Text("方案版本", "scheme version")
WEIGHTS = Text("权重", "weights")
EXEMPTION = Text("豁免 {number}", "exemption {number}")


def list_revisions(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    period: Annotated[str, typer.Argument(help="A period. 周期。")],
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List the final evaluations of a period and how they differ. 列出各版最终评价及其差异。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> tuple[Sequence[Revision], Sequence[DependentVerdict], SchemeEntry]:
        async with local_seat(database, tenant, packs) as seat:
            found = await revisions(*seat, scheme=scheme, period=period)
            dependent = await list_dependents(*seat, scheme=scheme, period=period)
            return found, dependent, seat[0].context.entry(scheme)

    found, dependent, entry = asyncio.run(run())
    if form is ListFormat.JSON:
        typer.echo(_json(found, dependent, entry, locale))
        return
    if not found:
        typer.echo(NONE.format({"period": period}).get(locale))
        return
    show([_row(each, locale) for each in found], HEADS, form, locale)
    for rows, heads in (
        ([row for each in found for row in _units(each, entry)], UNIT_HEADS),
        ([row for each in found for row in _inputs(each)], INPUT_HEADS),
    ):
        if rows:
            show(rows, heads, form, locale)
    tell_dependents(dependent, entry, locale)


def _json(
    found: Sequence[Revision], dependent: Sequence[DependentVerdict], entry: SchemeEntry, locale: Locale
) -> bytes:
    written = {
        "revisions": [
            {**_row(each, locale), "changed": _units(each, entry), "measured": _inputs(each)}
            for each in found
        ],
        "dependent": dependent_rows(dependent, entry),
    }
    return orjson.dumps(written, default=code_of, option=orjson.OPT_INDENT_2)


def tell_dependents(dependent: Sequence[DependentVerdict], entry: SchemeEntry, locale: Locale) -> None:
    """Write dependent verdicts to standard output, if there are any."""
    if dependent:
        typer.echo(DEPENDENT.get(locale))
        show(dependent_rows(dependent, entry), DEPENDENT_HEADS, ListFormat.TABLE, locale)


def dependent_rows(dependent: Sequence[DependentVerdict], entry: SchemeEntry) -> list[Row]:
    """Dependent verdicts as lists show them."""
    return [
        {
            "unit": each.unit.code,
            "period": each.period.code,
            "revision": each.revision,
            "rules": list(each.rules),
            "stored": _verdict(each.stored, entry),
            "now": _verdict(each.now, entry),
        }
        for each in dependent
    ]


def _row(each: Revision, locale: Locale) -> Row:
    also = [
        *([VERSION] if each.other_version else []),
        *([WEIGHTS] if each.other_weights else []),
        *(EXEMPTION.format({"number": exempt.number}) for exempt in each.exemptions),
    ]
    return {
        "revision": each.record.revision,
        "at": each.record.evaluated_at,
        "by": each.record.evaluated_by,
        "units": len(each.units),
        "inputs": len(each.inputs),
        "also": [text.get(locale) for text in also],
    }


def _units(each: Revision, entry: SchemeEntry) -> list[Row]:
    return [
        {
            "revision": each.record.revision,
            "unit": change.unit.code,
            "before": _result(change.before, entry),
            "after": _result(change.after, entry),
        }
        for change in each.units
    ]


def _result(root: RunRoot | None, entry: SchemeEntry) -> Term:
    """Score, band and verdict; a band that the scheme has no longer by its code."""
    if root is None:
        return Term("–", Text("–", "–"))
    score = "–" if root.score is None else half_up(root.score)
    band = None if root.band is None else Term(root.band, _band(root.band, entry))
    verdict = None if root.verdict == root.band else _verdict(root.verdict, entry)
    titles = [each.words for each in (band, verdict) if each is not None]
    texts = (" ".join((score, *(title.get(locale) for title in titles))) for locale in LOCALES)
    return Term(" ".join(filter(None, (score, root.band, root.verdict))), Text(*texts))


def _band(code: str, entry: SchemeEntry) -> Text:
    titles = {band.code: band.title for band in entry.bands}
    return titles.get(code) or Text(code, code)


def _verdict(verdict: str | None, entry: SchemeEntry) -> Term | None:
    return None if verdict is None else Term(verdict, verdict_title(entry, verdict))


def _inputs(each: Revision) -> list[Row]:
    return [
        {
            "revision": each.record.revision,
            "unit": change.unit.code,
            "measure": change.measure,
            "before": change.before,
            "after": change.after,
        }
        for change in each.inputs
    ]
