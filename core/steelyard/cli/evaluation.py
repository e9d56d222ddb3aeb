"""`steelyard evaluate`: the scores of a scheme as stored runs, and a table of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.progress import progress_bars
from steelyard.cli.revisions import tell_dependents
from steelyard.cli.rounding import half_up, percent
from steelyard.cli.score_row import NodeScore
from steelyard.cli.score_table import remarks
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.scoring import Outcome, Reason
from steelyard.services import structure
from steelyard.services.evaluating import EvaluatedRun, evaluate_scheme
from steelyard.services.progress import Report
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import verdict_title
from steelyard.services.structure import Structure
from steelyard.store.runs import RunRoot

HEADS = (
    Text("评价对象", "Unit"),
    Text("得分", "Score"),
    Text("覆盖率", "Coverage"),
    Text("等级", "Band"),
    Text("结论", "Verdict"),
    Text("说明", "Remark"),
)
OUTCOMES = {
    Outcome.NOT_APPLICABLE.name: Text("不适用", "not applicable"),
    Outcome.MISSING.name: Text("无数据", "nothing measured"),
    Outcome.INCOMPLETE.name: Text("不完整", "incomplete"),
}
TITLE = Text(
    "{scheme}{version} — {period}，第 {revision} 版{state}",
    "{scheme}{version} — {period}, revision {revision}{state}",
)
UNCHANGED = Text("（未变）", " (unchanged)")
NEW = Text("", "")
NOTHING = Text(
    "{scheme} 尚无任何度量，没有可评价的周期。", "Nothing was measured for {scheme}: no period to evaluate."
)


def evaluate(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    period: Annotated[
        str | None, typer.Option(help="One period; all with data if left out. 周期，省略则为全部。")
    ] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Evaluate a scheme and store the result. 评价并保存结果。

    Where nothing has changed since the last evaluation, that one stands; else it is the next revision. A
    closed period that was evaluated is evaluated again only where it is named.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run(progress: Report) -> tuple[Sequence[EvaluatedRun], SchemeEntry, Structure]:
        async with local_seat(database, tenant, packs) as seat:
            runs = await evaluate_scheme(*seat, scheme=scheme, period=period, progress=progress)
            return runs, seat[0].context.entry(scheme), await structure.load(*seat)

    with progress_bars(locale) as progress:
        runs, entry, known = asyncio.run(run(progress))
    console = Console(highlight=False)
    for each in runs:
        console.print(_table(each, entry.hash, known, locale))
        tell_dependents(each.dependent, each.entry, locale)
    if not runs:
        typer.echo(NOTHING.format({"scheme": entry.code}).get(locale))


def _table(run: EvaluatedRun, installed: str, known: Structure, locale: Locale) -> Table:
    entry = run.entry
    values = {
        "scheme": entry.scheme.label.get(locale),
        "period": run.period.code,
        "revision": run.record.revision,
        # A closed period keeps the version that it was evaluated with.
        "version": "" if entry.hash == installed else f" {entry.scheme.version}",
        "state": (NEW if run.new else UNCHANGED).get(locale),
    }
    table = Table(title=Styled(TITLE.format(values).get(locale)), title_justify="left")
    for number, head in enumerate(HEADS):
        table.add_column(head.get(locale), justify="right" if number in (1, 2) else "left", overflow="fold")
    for root in run.roots:
        unit = known.unit_by_id(root.unit_id)
        code = str(root.unit_id) if unit is None else unit.code
        table.add_row(*(Styled(cell) for cell in (code, *_cells(root, entry, locale))))
    return table


def _cells(root: RunRoot, entry: SchemeEntry, locale: Locale) -> tuple[str, ...]:
    bands = {band.code: band.title for band in entry.bands}
    title = bands.get(root.band or "")
    verdict = None if root.verdict is None else verdict_title(entry, root.verdict)
    return (
        "–" if root.score is None else half_up(root.score),
        "–" if root.coverage is None else f"{percent(root.coverage)}%",
        (root.band or "") if title is None else title.get(locale),
        "" if verdict is None else verdict.get(locale),
        OUTCOMES[root.outcome].get(locale) if root.score is None else _side(root, root.score, entry, locale),
    )


def _side(root: RunRoot, score: float, entry: SchemeEntry, locale: Locale) -> str:
    """Say on which side of a line a score is that looks as if it were on it."""
    node = NodeScore(
        indicator=entry.root.indicator,
        depth=0,
        outcome=Outcome.SCORED,
        reason=Reason.AGGREGATED,
        rate=score / 100,
        full=None,
        coverage=root.coverage,
        band=root.band,
        passed=root.passed,
    )
    return "; ".join(remarks(node, entry.scheme, locale))
