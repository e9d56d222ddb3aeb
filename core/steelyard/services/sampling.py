"""Sampling: the packs' sample units, tables, records and plans into a database, and everything evaluated."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.intake.adapters import for_file
from steelyard.packs import SampleData, SampleRecords
from steelyard.services import evaluating, importing
from steelyard.services.administration.creation import Creation
from steelyard.services.context import Context, View
from steelyard.services.plans import sampling as plan_sampling
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.records.importing import import_records
from steelyard.services.records.source import RecordSource
from steelyard.store import attributes, parentage, units
from steelyard.store.attributes import Setting
from steelyard.store.measurements import Source
from steelyard.store.parentage import Placement
from steelyard.store.units import NewUnit

UNITS = Text("建立评价对象", "Creating units")
TABLES = Text("载入示例数据", "Loading sample data")
RECORDS = Text("导入示例业务记录", "Importing sample records")
RUNS = Text("评价示例数据", "Evaluating sample data")
NEEDED = (
    Permission.UNIT_EDIT,
    Permission.MEASUREMENT_IMPORT,
    Permission.SCORE_EVALUATE,
    Permission.PLAN_EDIT,
    Permission.PLAN_READ,
)


@dataclass(frozen=True, slots=True)
class SamplesLoaded:
    """How many sample units there are, how many measurements were new, and how many runs are current.

    records, plans: how many of them were new.
    """

    units: int
    recorded: int
    runs: int
    records: int
    plans: int


async def load_samples(
    view: View, actor: Actor, scope: Scope, *, records: bool = True, progress: Report = silent
) -> SamplesLoaded:
    """Load the samples of all packs and evaluate their schemes; what is there already stays as it is.

    records: with the files of records, which need a place for their parts (ConfigError, CONTENT_UNPLACED).
    Raises Forbidden without `unit.edit`, `measurement.import`, `score.evaluate`, `plan.edit` and `plan.read`
    on the whole tenant.
    """
    for permission in NEEDED:
        actor.require(permission)
    samples = {
        pack: sample if records else replace(sample, records=())
        for pack, sample in view.context.packs.samples.items()
    }
    if any(sample.records for sample in samples.values()):
        # Nothing is loaded by half where there is no place for files.
        await view.context.content.of(scope)
    count = 0
    for done, (pack, sample) in enumerate(samples.items()):
        progress(Progress(UNITS, done, len(samples)))
        count += await _create_units(view, actor, scope, pack, sample)
    recorded = await _import_tables(view, actor, scope, samples, progress)
    stored, measured = await _import_records(view, actor, scope, samples, progress)
    schemes = sorted(_sampled_schemes(view.context, samples))
    runs = 0
    for done, scheme in enumerate(schemes):
        progress(Progress(RUNS, done, len(schemes)))
        runs += len(await evaluating.evaluate_scheme(view, actor, scope, scheme=scheme))
    kept = [
        await plan_sampling.load(view, actor, scope, plan)
        for sample in samples.values()
        for plan in sample.plans
    ]
    progress(Progress(RUNS, len(schemes), len(schemes)))
    return SamplesLoaded(count, recorded + measured, runs, stored, sum(kept))


def _sampled_schemes(context: Context, samples: Mapping[str, SampleData]) -> Iterator[str]:
    """The schemes that have a table of their own, or units and measures of a table with records."""
    packs = context.packs
    for pack, sample in samples.items():
        filled = {table.scheme for table in sample.tables}
        tables = {each.table for each in sample.records}
        measures = {one.measure for one in packs.measures(pack) if tables.intersection(one.tables)}
        types = {unit.type for unit in sample.units}
        for name, found in packs.schemes.items():
            if (
                found.pack == pack
                and found.scheme.unit_type in types
                and not measures.isdisjoint(context.entry(name).measures)
            ):
                filled.add(name)
        yield from filled


async def _import_tables(
    view: View, actor: Actor, scope: Scope, samples: Mapping[str, SampleData], progress: Report
) -> int:
    tables = [table for sample in samples.values() for table in sample.tables]
    recorded = 0
    for done, table in enumerate(tables):
        progress(Progress(TABLES, done, len(tables)))
        result = await importing.import_table(
            view,
            actor,
            scope,
            scheme=table.scheme,
            data=table.text.encode(),
            file=table.file,
            source=Source.SAMPLE,
        )
        recorded += result.recorded
    return recorded


async def _import_records(
    view: View, actor: Actor, scope: Scope, samples: Mapping[str, SampleData], progress: Report
) -> tuple[int, int]:
    """Import the files; how many records and how many measurements are new."""
    found = [(pack, each) for pack, sample in samples.items() for each in sample.records]
    stored = measured = 0
    for done, (pack, each) in enumerate(found):
        progress(Progress(RECORDS, done, len(found)))
        with TemporaryDirectory(prefix="steelyard-sample-") as folder:
            source = await asyncio.to_thread(_written, Path(folder), each)
            name = f"{pack}.{each.table}"
            result = await import_records(view, actor, scope, table=name, source=source, complete=True)
        stored += result.stored if result.new else 0
        measured += result.recorded
    return stored, measured


def _written(folder: Path, sample: SampleRecords) -> RecordSource:
    """The file where an adapter can read it: a pack may lie in an archive."""
    file = folder / PurePosixPath(sample.file).name
    file.write_bytes(sample.data)
    adapter = for_file(file)
    return RecordSource(adapter, {"file": str(file)}, file.name, file)


async def _create_units(view: View, actor: Actor, scope: Scope, pack: str, sample: SampleData) -> int:
    async with view.context.database.write(scope) as writer:
        creation = await Creation.begin(writer, scope)
        await creation.watch(writer, [unit.code for unit in sample.units])
        news = [NewUnit(unit.code, unit.title, unit.type) for unit in sample.units]
        found = await units.ensure(writer, scope, news)
        await parentage.place(
            writer,
            scope,
            [
                Placement(found[unit.code].id, found[unit.parent].id)
                for unit in sample.units
                if unit.parent is not None
            ],
        )
        await attributes.assign(
            writer,
            scope,
            [
                Setting(found[unit.code].id, name, value)
                for unit in sample.units
                for name, value in unit.attributes.items()
            ],
        )
        await creation.record(writer, actor, "sample.load", pack, pack)
    view.renew()
    return len(found)
