"""What the suite tells of generators of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pyarrow
import pytest

from steelyard.packs import GeneratorRequest, PackFolder, PackOrigin, RecordGenerator, hookimpl, load_packs
from steelyard.packs.testing.generators import unkept
from steelyard.packs.testing.subject import Subject

SOUND = Path(__file__).parents[1] / "data/packs/parks"
COLUMNS = ("visit_no", "park", "arrived", "served", "guests", "fee", "quoted", "guided", "kind")
TICKS = count()

Rows = Callable[[GeneratorRequest], Iterator[pyarrow.RecordBatch]]


def batch(rows: int, columns: tuple[str, ...] = COLUMNS, cell: object = "1") -> pyarrow.RecordBatch:
    return pyarrow.RecordBatch.from_pydict({name: [cell] * rows for name in columns})


def visits(rows: int, **other: str | None) -> pyarrow.RecordBatch:
    """Valid visits, but for what is said of one column."""
    cells = ("", "A", "2025-01-05 10:00", None, "2", "1.50", None, "true", "child")
    found: dict[str, list[str | None]] = {
        name: [cell] * rows for name, cell in zip(COLUMNS, cells, strict=True)
    }
    found["visit_no"] = [f"V{number}" for number in range(rows)]
    found |= {name: [cell] * rows for name, cell in other.items()}
    schema = pyarrow.schema([(name, pyarrow.string()) for name in COLUMNS])
    return pyarrow.RecordBatch.from_pydict(found, schema=schema)


def raising(request: GeneratorRequest) -> Iterator[pyarrow.RecordBatch]:
    raise ValueError("no")


CASES: tuple[tuple[str, Rows, str | None], ...] = (
    ("sound", lambda request: iter([visits(request.rows)]), None),
    ("no guests", lambda request: iter([visits(request.rows, guests="0")]), "1000 rows are not valid"),
    ("one key", lambda request: iter([visits(request.rows, visit_no="V")]), "ROW_DUPLICATE"),
    ("strange unit", lambda request: iter([visits(request.rows, park="Z")]), "ROW_UNKNOWN_UNIT"),
    (
        "nothing",
        lambda request: iter([visits(request.rows, **dict.fromkeys(COLUMNS))]),
        "1000 rows are blank",
    ),
    ("fewer", lambda request: iter([batch(request.rows - 1)]), "999 rows"),
    ("columns", lambda request: iter([batch(request.rows, COLUMNS[1:])]), "columns"),
    ("numbers", lambda request: iter([batch(request.rows, cell=1)]), "not text"),
    ("other", lambda request: iter([batch(request.rows, cell=str(next(TICKS)))]), "other rows"),
    ("raising", raising, "ValueError"),
)


@pytest.mark.parametrize(("name", "generate", "reason"), CASES, ids=[case[0] for case in CASES])
def test_a_generator_keeps_its_promise(name: str, generate: Rows, reason: str | None) -> None:
    plugin = SimpleNamespace(
        steelyard_generators=hookimpl(
            specname="steelyard_generators",
        )(lambda: [RecordGenerator("visits", generate)])
    )
    packs = load_packs([PackOrigin("parks", "test", lambda: plugin, PackFolder(SOUND, "parks"))], strict=True)
    found = [str(problem.values["reason"]) for problem in unkept(Subject("parks", packs, ()))]
    assert len(found) == (reason is not None)
    assert all(str(reason) in words for words in found)
