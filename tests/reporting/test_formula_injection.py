"""No export has a cell that a spreadsheet would run, whatever people wrote wherever they may write."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.cli_runs import SCHEME as SHOP_SCHEME
from cli.cli_runs import run, written
from intake.validation.tickets import COLUMNS, as_rows, stored
from intake.validation.tickets import run as validated
from reporting.formulas import DDE, HOSTILE, formulas_of, in_csv, in_workbook
from services.conftest import Seat
from services.desk_pack import DESKS, MONTHS, SCHEME, Place, seated, write_pack
from steelyard.cli.rollup import csv_cell
from steelyard.errors import Text
from steelyard.intake.adapters import for_file
from steelyard.reporting.files import FORMATS
from steelyard.reporting.table import Column, Kind, Table
from steelyard.services import exports, measurements
from steelyard.services.administration import policy
from steelyard.services.assessments.form import blank_form
from steelyard.services.weights import sheet
from steelyard.services.weights.back_test import back_test
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.store import migrate, units
from steelyard.store.units import NewUnit
from steelyard.store.weight_sets import Content, WeightSetRecord, WeightSetState

ROOM = Path(__file__).parents[2]
UNITS = [NewUnit(text, Text(text, f"{text}!"), "desk") for text in HOSTILE]
PERIOD = MONTHS[0]
FEW = HOSTILE[::6]
"""For files that have one such text at a time."""
DAY = datetime(2025, 3, 1)
DRAFT = WeightSetRecord(1, SCHEME, 1, WeightSetState.DRAFT, Content({}), None, "", "", DAY, 1, None)

WRITERS = {
    "core/steelyard/reporting/files.py": "test_tables",
    "core/steelyard/services/weights/sheet.py": "test_back_tests",
    "core/steelyard/services/assessments/form.py": "test_blank_forms",
    "core/steelyard/intake/validation/rejects.py": "test_rejects",
    "core/steelyard/cli/score_csv.py": "test_scores",
    "core/steelyard/cli/rollup.py": "test_roll_ups",
    "core/steelyard/services/records/generating.py": "nobody's words: made-up records under a pack's titles",
    "core/steelyard/cli/record_rows.py": "no file: the place at which a list goes on, as text",
}
"""Every module that writes CSV or workbooks: the test here that shows it harmless, or why it needs none."""
WRITING = re.compile(
    r"csv\.writer\(|CSVWriter\(|DictWriter\(|Workbook\(|write_csv\(|to_csv\(|(?i:format csv)"
)
"""How a module writes cells."""


def test_every_module_that_writes_cells_is_shown_harmless_here() -> None:
    sources = [path for room in ("core", "graphql", "plugins") for path in (ROOM / room).rglob("*.py")]
    found = {str(path.relative_to(ROOM)) for path in sources if WRITING.search(path.read_text("utf-8"))}
    assert found == set(WRITERS)
    assert {test for test in WRITERS.values() if test.startswith("test_")} <= globals().keys()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place in which codes and titles of all units are hostile."""
    folder = tmp_path_factory.mktemp("formulas")
    made = Place(f"sqlite:///{folder / 'desk.db'}", folder)
    write_pack(made)
    with (made.pack / "schemes/desk.yaml").open("a", encoding="utf-8") as file:
        file.write("rollup: {periods: mean}\n")
    asyncio.run(_prepare(made))
    return made


async def _prepare(place: Place) -> None:
    await migrate.upgrade(place.url)
    async with seated(place) as (view, actor, scope):
        async with view.context.database.write(scope) as writer:
            await units.ensure(writer, scope, UNITS)
        await _record(view, actor, scope)


async def _record(view: Any, actor: Any, scope: Any) -> None:
    for at, unit in enumerate(UNITS):
        await measurements.record(
            view,
            actor,
            scope,
            scheme=SCHEME,
            unit=unit.code,
            period=PERIOD,
            measure="SOLVED",
            value=str(at / 100),
        )


@pytest.fixture
async def seat(place: Place) -> Any:
    async with seated(place) as found:
        yield found


def dangers(name: str, data: bytes) -> list[str]:
    return list(in_csv(data) if name.endswith("csv") else in_workbook(data))


async def tables(seat: Seat) -> dict[str, Table]:
    """A table of each kind, of units and words that are all hostile."""
    view = seat[0]
    view.renew()
    return {
        "scorecard": await exports.scorecard(*seat, scheme=SCHEME, unit=HOSTILE[0], period=PERIOD),
        "ranking": await exports.ranking(*seat, scheme=SCHEME, period=PERIOD),
        "comparison": await exports.comparison(*seat, scheme=SCHEME, periods=[PERIOD]),
    }


@pytest.mark.parametrize("ending", [each for each in FORMATS if each != "parquet"])
async def test_tables(seat: Seat, ending: str) -> None:
    made = await tables(seat)
    for name, table in made.items():
        facts = [(Text(text, text), text) for text in HOSTILE]
        titled = replace(table, title=Text(DDE, DDE), facts=facts)
        data = FORMATS[ending][1](titled)
        assert dangers(ending, data) == [], name


def test_units_that_differ_are_told_apart_in_roll_ups() -> None:
    texts = {*HOSTILE, *(f"'{text}" for text in HOSTILE)}
    assert len({csv_cell(text) for text in texts}) == len(texts)


def test_numbers_stay_numbers() -> None:
    columns = (Column("change", Text("变化", "Change"), Kind.FIGURE),)
    table = Table(Text("表", "Table"), [], columns, [[-1.5]])
    assert FORMATS["csv"][1](table).endswith(b"-1.5\r\n")
    book = load_workbook(io.BytesIO(FORMATS["xlsx"][1](table))).worksheets[0]
    assert [cell.value for row in book.iter_rows(min_row=4) for cell in row] == [-1.5]


async def test_back_tests(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "USUAL_PEER_MINIMUM", 2)
    seat[0].renew()
    weights = (ProposedWeight("SOLVED", Fraction(5)),)
    found = await back_test(*seat, scheme=SCHEME, until=PERIOD, periods=1, weights=weights)
    for text in FEW:
        tried = sheet.Tried(weights, replace(DRAFT, author=text, reason=text), text, DAY)
        assert list(in_workbook(sheet.workbook(found, tried))) == []
    assert list(in_csv(sheet.csv_table(found))) == []


async def test_blank_forms(seat: Seat) -> None:
    seat[0].renew()
    own = formulas_of(await blank_form(*seat, scheme=SCHEME, unit=DESKS[0], period=PERIOD))
    for text in FEW:
        data = await blank_form(*seat, scheme=SCHEME, unit=text, period=PERIOD)
        assert list(in_workbook(data, own)) == []


def test_rejects(tmp_path: Path) -> None:
    """No cell runs; and once what was wrong is corrected, every text is what it had been at once."""
    headers = [*COLUMNS, *HOSTILE]
    ticket = {"branch": "B1", "opened": "2025-01-31", "score": "11"}
    sent = [{"id": f"{at}", **ticket, "remark": text} for at, text in enumerate(HOSTILE)]
    result = validated(as_rows(headers, [[*map(row.get, COLUMNS), *HOSTILE] for row in sent]), tmp_path)
    assert result.rejects is not None
    data = result.rejects.read_bytes()
    assert list(in_csv(data)) == []
    corrected = tmp_path / "corrected.csv"
    corrected.write_bytes(re.sub(rb"(?<=,)11(?=,)", b"9", data))
    again = validated(for_file(corrected).read({"file": str(corrected)}), tmp_path)
    assert (again.stored, again.rejected) == (len(HOSTILE), 0)
    right = [[*map({**row, "score": "9"}.get, COLUMNS), *HOSTILE] for row in sent]
    at_once = validated(as_rows(headers, right), tmp_path)
    assert [row["remark"] for row in stored(again)] == [row["remark"] for row in stored(at_once)]


def test_scores(tmp_path: Path) -> None:
    scheme = written(tmp_path, "scheme.yaml", SHOP_SCHEME)
    path = tmp_path / "table.csv"
    codes = dict.fromkeys(text.strip() for text in HOSTILE)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["unit", "period", "A", "B"], *([text, "2025-01", "1", "1"] for text in codes)]
        )
    result = run("score", scheme, str(path), "--format", "csv")
    assert result.exit_code == 0, result.output
    assert list(in_csv(result.stdout_bytes)) == []


def test_roll_ups(place: Place) -> None:
    options = (
        "--database",
        place.url,
        "--packs-dir",
        str(place.pack),
        "--allow-pack",
        "desk",
        "--format",
        "csv",
    )
    for text in FEW:
        result = run("rollup", *options, "--calendar", "month", "--", SCHEME, text, "2025-Q1")
        assert result.exit_code == 0, result.output
        assert list(in_csv(result.stdout_bytes)) == []
