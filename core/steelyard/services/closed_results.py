"""Closed results: what closed periods are shown from, which is what was stored when they were evaluated.

Neither another version of the scheme nor another engine changes what they show.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from steelyard.access.scope import Scope
from steelyard.errors import ConfigError, InvalidInput, Problem
from steelyard.services.context import View
from steelyard.services.problems import CLOSED_RESULTS_DAMAGED, CLOSED_VERSION_UNREADABLE
from steelyard.services.run_results import fits
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import closed_runs, schemes
from steelyard.store.closed_runs import ClosedRun
from steelyard.store.periods import PeriodRecord
from steelyard.store.run_table import DAMAGED, RunTable
from steelyard.store.runs import RunRecord


@dataclass(frozen=True)
class ClosedResult:
    """The current run of a closed period: with which version of the scheme, and what came out."""

    run: RunRecord
    entry: SchemeEntry
    table: RunTable


@dataclass(frozen=True)
class ClosedResults:
    """By period id what closed periods are shown from, or why it cannot be read."""

    results: Mapping[int, ClosedResult]
    unreadable: Mapping[int, Problem]

    def require(self, period: PeriodRecord) -> None:
        """Raise ConfigError (CLOSED_VERSION_UNREADABLE, CLOSED_RESULTS_DAMAGED) for what cannot be read."""
        if period.id in self.unreadable:
            raise ConfigError(self.unreadable[period.id])


async def load(view: View, tenant: Scope, entry: SchemeEntry) -> ClosedResults:
    """Read the current runs of all closed periods of a scheme: one statement, with other versions two."""
    async with view.context.database.read(tenant) as reader:
        found = await closed_runs.load(reader, tenant, entry.code)
        others = {each.record.scheme_id for each in found if each.hash != entry.hash}
        texts = await schemes.sources(reader, tenant, others) if others else {}
    return await asyncio.to_thread(read, view, entry, found, texts)


def read(
    view: View, entry: SchemeEntry, found: Sequence[ClosedRun], texts: Mapping[int, str]
) -> ClosedResults:
    """Read runs, each of another period; texts: the sources of other versions than `entry`, by scheme id."""
    results: dict[int, ClosedResult] = {}
    unreadable: dict[int, Problem] = {}
    for run in found:
        result = _read_one(view, entry, run, texts)
        if isinstance(result, Problem):
            unreadable[run.record.period_id] = result
        else:
            results[run.record.period_id] = result
    return ClosedResults(results, unreadable)


def _read_one(
    view: View, entry: SchemeEntry, run: ClosedRun, texts: Mapping[int, str]
) -> ClosedResult | Problem:
    values: dict[str, object] = {"scheme": entry.code, "period": run.period, "version": run.version}
    try:
        text = texts.get(run.record.scheme_id, "")
        version = (
            entry if run.hash == entry.hash else view.context.version(entry.code, run.pack, run.hash, text)
        )
    except InvalidInput as invalid:
        reasons = {
            f"reason_{language}": "; ".join(each.text(language) for each in invalid.problems)
            for language in ("zh", "en")
        }
        return Problem(CLOSED_VERSION_UNREADABLE, values={**values, **reasons})
    try:
        table = run.table()
        if version.hash == run.hash and fits(table, version):
            return ClosedResult(run.record, version, table)
    except DAMAGED:
        pass
    return Problem(CLOSED_RESULTS_DAMAGED, values={**values, "revision": run.record.revision})
