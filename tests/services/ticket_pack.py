"""A small pack for the tests of imports of records: tickets of shops, scored by month and quarter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from services.conftest import Seat
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Text
from steelyard.intake.adapters import BUILT_IN
from steelyard.packs import Packs, load_packs
from steelyard.packs.origin import folder_pack
from steelyard.services.context import Context
from steelyard.services.records.source import RecordSource
from steelyard.store import measurements, periods, units
from steelyard.store.measurements import MeasurementRecord, Status
from steelyard.store.units import NewUnit

TABLE = "tickets.tickets"
SCHEME = "tickets.shop"
SHOPS = ("S1", "S2", "S3")
_FILES = {
    "pack.yaml": """\
format: steelyard-pack/1
name: tickets
version: 0.1.0
api_version: 1
title: {zh: 工单, en: Tickets}
""",
    "schemes/shop.yaml": """\
format: steelyard/1
scheme: tickets.shop
version: 1.0.0
title: {zh: 门店, en: Shop}
unit_type: shop
calendar: [month, quarter]
root: SHOP
indicators:
  - {code: SOLVED, weight: 1, title: {zh: 解决率, en: Solved}, rubric: {kind: rate}}
  - code: CALM
    weight: 1
    title: {zh: 投诉, en: Complaints}
    rubric: {kind: deduct, rules: [{measure: complaints, per_case: true, points: 5}]}
""",
    "records.yaml": """\
records:
  - table: tickets
    title: {zh: 工单, en: Tickets}
    key: [shop, ticket]
    unit: shop
    day: opened
    columns:
      - {column: ticket, title: {zh: 工单号, en: Ticket}, type: text, required: true}
      - {column: shop, title: {zh: 门店, en: Shop}, type: text, required: true}
      - {column: opened, title: {zh: 开单日期, en: Opened}, type: date, required: true}
      - {column: solved, title: {zh: 是否解决, en: Solved}, type: flag}
      - {column: complaint, title: {zh: 是否投诉, en: Complaint}, type: flag}
""",
    "measures.yaml": """\
measures:
  - measure: SOLVED
    title: {zh: 解决率, en: Solved}
    table: tickets
    share: {where: [{column: solved, is: true}], among: [{column: solved, known: true}]}
  - measure: complaints
    title: {zh: 投诉数, en: Complaints}
    table: tickets
    count: {where: [{column: complaint, is: true}]}
""",
}
HEAD = "ticket,shop,opened,solved,complaint"


def ticket_packs(folder: Path) -> Packs:
    """The pack, from files that are written into a folder."""
    write_pack(folder)
    return load_packs([folder_pack(folder)], strict=True)


def write_pack(folder: Path) -> None:
    """Write the files of the pack into a folder."""
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def tickets(path: Path, rows: Sequence[str], head: str = HEAD) -> Path:
    """A file of tickets; a row is `ticket,shop,opened,solved,complaint`."""
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


async def open_shops(context: Context) -> Seat:
    """Put the shops on record; return what every service takes first."""
    scope = context.scope
    async with context.database.write(scope) as writer:
        await units.ensure(writer, scope, [NewUnit(code, Text(code, code), "shop") for code in SHOPS])
    return context.view(), LOCAL_ADMINISTRATOR, scope


def source(path: Path) -> RecordSource:
    """A CSV file as a source of rows."""
    return RecordSource(BUILT_IN["csv"], {"file": str(path)}, path.name, path)


async def standing(seat: Seat) -> dict[str, str]:
    """What stands: `unit period measure` → `numerator/denominator of n`, `value of n`, `not_applicable`."""
    context, scope = seat[0].context, seat[2]
    async with context.database.read(scope) as reader:
        shops = {each.id: each.code for each in await units.load(reader, scope)}
        months = {each.id: each.code for each in await periods.load(reader, scope)}
        found = await measurements.records(reader, scope, "tickets", unit_ids=shops, period_ids=months)
    return {f"{shops[each.unit_id]} {months[each.period_id]} {each.measure}": _told(each) for each in found}


def _told(record: MeasurementRecord) -> str:
    if record.status is not Status.VALUE:
        return record.status.value
    said = record.value if record.numerator is None else f"{record.numerator}/{record.denominator}"
    return f"{said} of {record.n}"
