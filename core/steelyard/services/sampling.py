"""Sampling: the packs' sample units and tables into a database, and everything evaluated."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.packs import SampleData
from steelyard.services import evaluating, importing
from steelyard.services.administration.creation import Creation
from steelyard.services.context import View
from steelyard.services.progress import Progress, Report, silent
from steelyard.store import attributes, parentage, units
from steelyard.store.attributes import Setting
from steelyard.store.measurements import Source
from steelyard.store.parentage import Placement
from steelyard.store.units import NewUnit

UNITS = Text("建立评价对象", "Creating units")
TABLES = Text("载入示例数据", "Loading sample data")
RUNS = Text("评价示例数据", "Evaluating sample data")


@dataclass(frozen=True, slots=True)
class SamplesLoaded:
    """How many sample units there are, how many measurements were new, and how many runs are current."""

    units: int
    recorded: int
    runs: int


async def load_samples(view: View, actor: Actor, scope: Scope, *, progress: Report = silent) -> SamplesLoaded:
    """Load the samples of all packs and evaluate their schemes; what is there already stays as it is.

    Raises Forbidden without `unit.edit`, `measurement.import` and `score.evaluate` on the whole tenant.
    """
    for permission in (Permission.UNIT_EDIT, Permission.MEASUREMENT_IMPORT, Permission.SCORE_EVALUATE):
        actor.require(permission)
    samples = view.context.packs.samples
    count = 0
    for done, (pack, sample) in enumerate(samples.items()):
        progress(Progress(UNITS, done, len(samples)))
        count += await _create_units(view, actor, scope, pack, sample)
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
    schemes = sorted({table.scheme for table in tables})
    runs = 0
    for done, scheme in enumerate(schemes):
        progress(Progress(RUNS, done, len(schemes)))
        runs += len(await evaluating.evaluate_scheme(view, actor, scope, scheme=scheme))
    progress(Progress(RUNS, len(schemes), len(schemes)))
    return SamplesLoaded(count, recorded, runs)


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
