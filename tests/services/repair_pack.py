"""A small pack with records for the tests of services: garages, their jobs, and what is measured of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.conftest import Seat
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Text
from steelyard.intake.adapters import for_file
from steelyard.packs import Packs, load_packs
from steelyard.services.context import context_on
from steelyard.services.records.importing import RecordImportResult, import_records
from steelyard.services.records.source import RecordSource
from steelyard.store import units
from steelyard.store.engine import Database
from steelyard.store.units import NewUnit

TABLE, SCHEME = "repair.jobs", "repair.garage"
PACK = """\
format: steelyard-pack/1
name: repair
version: 1.0.0
api_version: 1
title: {zh: 维修, en: Repair}
"""
RECORDS = """\
records:
  - table: jobs
    title: {zh: 工单, en: Jobs}
    key: [number]
    unit: garage
    day: done
    due: 5
    columns:
      - {column: number, title: {zh: 单号, en: Number}, type: text, required: true}
      - {column: garage, title: {zh: 门店, en: Garage}, type: text, required: true}
      - {column: done, title: {zh: 完工, en: Done}, type: date, required: true}
      - {column: again, title: {zh: 返修, en: Again}, type: flag}
      - {column: invoice, title: {zh: 开票, en: Invoice}, type: decimal}
    checks:
      - {check: no-invoice, title: {zh: 未开票, en: No invoice}, quality: complete, missing: invoice}
      - check: dear
        title: {zh: 金额过高, en: Dear}
        quality: accurate
        among: [{column: invoice, known: true}]
        flag: [{column: invoice, above: 1000}]
    source: the garages' own records
"""
MEASURES = """\
measures:
  - measure: again_share
    title: {zh: 返修率, en: Share done again}
    table: jobs
    share: {where: [{column: again, is: true}], among: [{column: again, known: true}]}
    source: a rule of 2024
  - measure: mean_invoice
    title: {zh: 平均开票, en: Mean invoice}
    table: jobs
    mean: {column: invoice}
    source: a rule of 2024
  - {measure: jobs, title: {zh: 工单数, en: Jobs}, table: jobs, count: {}, source: a rule of 2024}
"""
SOURCE = """\
format: steelyard/1
scheme: repair.garage
version: 1.0.0
title: {zh: 门店评价, en: Garages}
unit_type: garage
calendar: month
source: a rule of 2024
root: GARAGE
indicators:
  - code: AGAIN
    points: 50
    title: {zh: 返修, en: Again}
    measure: again_share
    rubric: {kind: rate, unit: percent}
  - code: JOBS
    points: 30
    title: {zh: 工单, en: Jobs}
    measure: jobs
    rubric: {kind: linear, worst: 0, best: 10}
  - code: INVOICE
    points: 10
    title: {zh: 开票, en: Invoice}
    measure: mean_invoice
    rubric: {kind: linear, worst: 0, best: 500}
  - {code: MANNER, points: 10, title: {zh: 态度, en: Manner}, measure: manner, rubric: {kind: points}}
"""
JOBS = """\
number,garage,done,again,invoice
1,G1,2025-01-02,true,100.10
2,G1,2025-01-03,false,200
3,G1,2025-01-31,false,
4,G1,2025-02-01,,5000
5,G2,2025-01-05,true,50
"""


def repair_packs(folder: Path, records: str = RECORDS) -> Packs:
    """The pack, written into a folder."""
    files = {"pack.yaml": PACK, "records.yaml": records, "measures.yaml": MEASURES, "schemes/g.yaml": SOURCE}
    for name, text in files.items():
        path = folder / "repair" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_packs([], folders=[folder / "repair"], strict=True)


@asynccontextmanager
async def garages_on(database: Database, folder: Path, records: str = RECORDS) -> AsyncIterator[Seat]:
    """A seat on a database with three garages, its pack and its parts in a folder."""
    async with context_on(database, repair_packs(folder, records), parts=folder / "parts") as context:
        scope = context.scope
        news = [NewUnit(code, Text(code, code), "garage") for code in ("G1", "G2", "G3")]
        async with database.write(scope) as writer:
            await units.ensure(writer, scope, news)
        yield context.view(), LOCAL_ADMINISTRATOR, scope


async def import_jobs(
    seat: Seat, folder: Path, text: str = JOBS, *, name: str = "jobs.csv", complete: bool = False
) -> RecordImportResult:
    """Import jobs from a file of this name."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    source = RecordSource(for_file(path), {"file": str(path)}, name, path)
    return await import_records(*seat, table=TABLE, source=source, complete=complete)
