"""A pack for tests with several processes: what service desks do, in tables measured together and alone.

Rows are made alike for all desks, so that whoever sees all of an import or nothing sees equal desks.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.conftest import Seat
from services.ticket_pack import source
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Text
from steelyard.packs import Packs, load_packs
from steelyard.packs.origin import folder_pack
from steelyard.services import scorecards
from steelyard.services.context import context_on
from steelyard.services.progress import Report, silent
from steelyard.services.records.importing import RecordImportResult, import_records
from steelyard.services.records.listing import list_imports
from steelyard.store import measurements, periods, runs, units
from steelyard.store.engine import open_database
from steelyard.store.record_imports import RecordImportRecord
from steelyard.store.units import NewUnit

SCHEME = "desk.desk"
DESKS = ("D1", "D2", "D3")
MONTHS = ("2025-01", "2025-02", "2025-03")
VISITS, CALLS, LETTERS = TABLES = ("desk.visits", "desk.calls", "desk.letters")
"""The first two are measured together, as a ratio reads both."""
_TABLE = """\
  - table: {name}
    title: {{zh: 表, en: {name}}}
    key: [desk, number]
    unit: desk
    day: met
    columns:
      - {{column: number, title: {{zh: 编号, en: Number}}, type: text, required: true}}
      - {{column: desk, title: {{zh: 服务台, en: Desk}}, type: text, required: true}}
      - {{column: met, title: {{zh: 日期, en: Day}}, type: date, required: true}}
      - {{column: solved, title: {{zh: 是否解决, en: Solved}}, type: flag}}
    checks:
      - {{check: unknown, title: {{zh: 未知, en: Unknown}}, quality: complete, missing: solved}}
"""
_FILES = {
    "pack.yaml": """\
format: steelyard-pack/1
name: desk
version: 0.1.0
api_version: 1
title: {zh: 服务台, en: Desk}
""",
    "schemes/desk.yaml": """\
format: steelyard/1
scheme: desk.desk
version: 1.0.0
title: {zh: 服务台, en: Desk}
unit_type: desk
calendar: [month, quarter]
root: DESK
indicators:
  - {code: SOLVED, weight: 3, title: {zh: 解决率, en: Solved}, rubric: {kind: rate}}
  - {code: ANSWERED, weight: 2, title: {zh: 回信率, en: Answered}, rubric: {kind: rate}}
  - code: CALLED
    weight: 1
    title: {zh: 来电比, en: Calls for each visit}
    measure: calls_for_each
    rubric: {kind: linear, worst: 4, best: 0}
""",
    "records.yaml": "records:\n" + "".join(_TABLE.format(name=each.partition(".")[2]) for each in TABLES),
    "measures.yaml": """\
measures:
  - measure: SOLVED
    title: {zh: 解决率, en: Solved}
    table: visits
    share: {where: [{column: solved, is: true}], among: [{column: solved, known: true}]}
  - {measure: visits, title: {zh: 来访数, en: Visits}, table: visits, count: {}}
  - measure: calls_for_each
    title: {zh: 来电比, en: Calls for each visit}
    table: calls
    ratio: {of: {count: {}}, to: {table: visits, count: {}}}
  - measure: ANSWERED
    title: {zh: 回信率, en: Answered}
    table: letters
    share: {where: [{column: solved, is: true}], among: [{column: solved, known: true}]}
""",
}
HEAD = "number,desk,met,solved"


@dataclass(frozen=True, slots=True)
class Place:
    """A database, and the folder in which its pack, its parts and the files for it are."""

    url: str
    folder: Path

    @property
    def pack(self) -> Path:
        return self.folder / "desk"

    @property
    def parts(self) -> Path:
        return self.folder / "parts"


@dataclass(frozen=True, slots=True)
class Found:
    """What is there, all of it without the numbers that a database gives.

    imports: file, rows stored, rejected, superseded. measures: `unit period measure` → value and n. scores:
    as they are now. runs: those that were stored.
    """

    imports: tuple[tuple[str, int, int, int], ...]
    measures: dict[str, str]
    scores: dict[str, float | None]
    runs: dict[str, float | None]


def write_pack(place: Place) -> None:
    """Write the pack where its processes find it."""
    for name, text in _FILES.items():
        path = place.pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def desk_packs(place: Place) -> Packs:
    """The pack, as it was written."""
    return load_packs([folder_pack(place.pack)], strict=True)


def rows(each: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """The rows of (number, day, solved) for every desk."""
    for number, day, solved in each:
        for desk in DESKS:
            yield f"{number},{desk},{day},{solved}"


def write(path: Path, lines: Iterable[str]) -> Path:
    """A file of rows."""
    path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return path


@asynccontextmanager
async def seated(place: Place) -> AsyncIterator[Seat]:
    """A seat on a migrated database, with the desks on record."""
    async with (
        open_database(place.url) as database,
        context_on(database, desk_packs(place), parts=place.parts) as context,
    ):
        async with database.write(context.scope) as writer:
            news = [NewUnit(code, Text(code, code), "desk") for code in DESKS]
            await units.ensure(writer, context.scope, news)
        yield context.view(), LOCAL_ADMINISTRATOR, context.scope


async def import_file(seat: Seat, table: str, file: Path, progress: Report = silent) -> RecordImportResult:
    """Import a CSV file."""
    return await import_records(*seat, table=table, source=source(file), progress=progress)


async def look(seat: Seat) -> Found:
    """Look at what is there."""
    view, actor, scope = seat
    view.renew()
    async with view.context.database.read(scope) as reader:
        desks = {each.id: each.code for each in await units.load(reader, scope)}
        times = {each.id: each.code for each in await periods.load(reader, scope)}
        found = await measurements.records(reader, scope, "desk", unit_ids=desks, period_ids=times)
        heads = {each.id: times[each.period_id] for each in await runs.heads(reader, scope)}
        roots = await runs.roots(reader, scope, list(heads))
    measures = {
        f"{desks[each.unit_id]} {times[each.period_id]} {each.measure}": f"{each.value} of {each.n}"
        for each in found
    }
    scores = {}
    for period in sorted({key.split()[1] for key in measures}):
        for card in await scorecards.cards(view, actor, scope, scheme=SCHEME, period=period, units=DESKS):
            scores[f"{card.unit.code} {period}"] = card.root.score
    return Found(
        tuple((each.file_name, each.stored, each.rejected, each.superseded) for each in await _imports(seat)),
        measures,
        scores,
        {f"{desks[root.unit_id]} {heads[id]}": root.score for id, each in roots.items() for root in each},
    )


async def _imports(seat: Seat) -> list[RecordImportRecord]:
    return list(reversed(await list_imports(*seat)))
