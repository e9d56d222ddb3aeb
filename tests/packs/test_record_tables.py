"""Tables, measures and generators of packs, as everyone else sees them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pyarrow
import pytest

from cli.cli_runs import run
from steelyard.packs import (
    GeneratorRequest,
    InstalledTable,
    PackFolder,
    PackOrigin,
    Packs,
    PackState,
    RecordGenerator,
    hookimpl,
    load_packs,
)

SOUND = Path(__file__).parents[1] / "data/packs/parks"


def visits(request: GeneratorRequest) -> Iterator[pyarrow.RecordBatch]:
    yield pyarrow.RecordBatch.from_pydict({"visit_no": [str(n) for n in range(request.rows)]})


def with_generators(*tables: str) -> Packs:
    @hookimpl
    def steelyard_generators() -> list[RecordGenerator]:
        return [RecordGenerator(table, visits) for table in tables]

    plugin = SimpleNamespace(steelyard_generators=steelyard_generators)
    origin = PackOrigin("parks", "test", lambda: plugin, PackFolder(SOUND, "parks"))
    return load_packs([origin])


def hash_with(tmp_path: Path, old: str, new: str) -> str:
    shutil.copytree(SOUND, tmp_path / "parks", dirs_exist_ok=True)
    text = (SOUND / "records.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "parks/records.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    packs = load_packs([], folders=[tmp_path / "parks"], strict=True)
    return packs.record_tables["parks.visits"].hash


def test_a_table_is_known_by_its_full_name() -> None:
    (found,) = load_packs([], folders=[SOUND]).record_tables.values()
    assert isinstance(found, InstalledTable)
    assert (found.name, found.pack, found.table.unit) == ("parks.visits", "parks", "park")


def test_measures_are_found_by_table() -> None:
    packs = load_packs([], folders=[SOUND])
    assert packs.measures_of_table("parks.visits") == packs.measures("parks")
    assert [one.measure for one in packs.measures("parks")][:2] == ["guided_share", "tours"]


def test_a_generator_is_found_by_table() -> None:
    found = with_generators("visits").generator("parks.visits")
    assert found is not None
    (batch,) = found.generate(GeneratorRequest(3, 1, ("A",), date(2025, 1, 1), date(2025, 2, 1)))
    assert batch.num_rows == 3


def test_a_table_may_have_no_generator() -> None:
    assert load_packs([], folders=[SOUND]).generator("parks.visits") is None


@pytest.mark.parametrize(
    ("tables", "code"),
    [(("visit",), "PACK_GENERATOR_TABLE"), (("visits", "visits"), "PACK_GENERATOR_TWICE")],
)
def test_generators_are_for_tables_that_there_are(tables: tuple[str, ...], code: str) -> None:
    (listing,) = with_generators(*tables).listing
    assert (listing.state, [problem.code for problem in listing.reason]) == (PackState.INVALID, [code])


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("    source: the gate's export\n", "", True),
        ("times: 1.5", "times: 3", True),
        ("headers: [票号]", "headers: [票号, Ticket]", False),
        ("at_most: 500", "at_most: 400", False),
        ('offset: "+08:00"', 'offset: "+07:00"', False),
    ],
)
def test_the_hash_follows_how_rows_are_read(tmp_path: Path, old: str, new: str, same: bool) -> None:
    as_it_stands = load_packs([], folders=[SOUND]).record_tables["parks.visits"].hash
    assert (hash_with(tmp_path, old, new) == as_it_stands) is same


@pytest.mark.parametrize(
    ("locale", "words"),
    [("zh", "等候时长的 50% 分位数"), ("en", "the 50% quantile of Waited")],
)
def test_tables_and_measures_are_explained(locale: str, words: str) -> None:
    page = run("--lang", locale, "pack", "explain", str(SOUND)).stdout
    assert words in page
    assert "parks.visits" in page
