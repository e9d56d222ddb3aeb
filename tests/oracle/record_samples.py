"""A small table of records, its rows at random, and parts of them on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from steelyard.records.measure import MeasureDefinition
from steelyard.records.table import RecordTable

TABLE = RecordTable.model_validate(
    {
        "table": "jobs",
        "title": "jobs",
        "key": ["number"],
        "unit": "shop",
        "day": "done",
        "columns": [
            {"column": "number", "title": "n", "type": "text", "required": True},
            {"column": "shop", "title": "s", "type": "text", "required": True},
            {"column": "done", "title": "d", "type": "date", "required": True},
            {"column": "kind", "title": "k", "type": "choice", "choices": {"a": "A", "b": "B"}},
            {"column": "items", "title": "i", "type": "integer"},
            {"column": "estimate", "title": "e", "type": "decimal"},
            {"column": "invoice", "title": "v", "type": "decimal"},
            {"column": "again", "title": "g", "type": "flag"},
            {"column": "due", "title": "u", "type": "date"},
        ],
        "derived": [{"column": "stay", "title": "y", "from": "due", "to": "done", "unit": "minutes"}],
    }
)
SCHEMA = pa.schema(
    {
        "row": pa.int64(),
        "unit_id": pa.int64(),
        "day": pa.date32(),
        "number": pa.string(),
        "shop": pa.string(),
        "done": pa.date32(),
        "kind": pa.string(),
        "items": pa.int64(),
        "estimate": pa.decimal128(18, 2),
        "invoice": pa.decimal128(18, 2),
        "again": pa.bool_(),
        "due": pa.date32(),
        "stay": pa.int64(),
    }
)
DAYS = st.sampled_from([date(2025, 1, 1), date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 28)])
_CENTS = st.integers(-300, 300).map(lambda cents: Decimal(cents).scaleb(-2))


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


ROWS = st.fixed_dictionaries(
    {
        "unit_id": st.integers(1, 2),
        "day": DAYS,
        "number": st.integers(1, 12).map(str),
        "shop": st.just("s"),
        "kind": _maybe(st.sampled_from(["a", "b"])),
        "items": _maybe(st.integers(-2, 4)),
        "estimate": _maybe(_CENTS),
        "invoice": _maybe(_CENTS),
        "again": _maybe(st.booleans()),
        "due": _maybe(DAYS),
        "stay": _maybe(st.integers(-90, 90).map(lambda halves: halves * 30)),
    }
).map(lambda row: {**row, "done": row["day"]})
PARTS = st.lists(st.lists(ROWS, max_size=9, unique_by=lambda row: row["number"]), min_size=1, max_size=3)

_NUMBER = st.sampled_from(["0", "1", "-0.5", "1.005", "2", "10%"])
_ORDER = st.sampled_from(["above", "at_least", "at_most", "below"])
_TESTS = st.one_of(
    st.builds(lambda value: {"column": "kind", "is": value}, st.sampled_from(["a", "b", "c"])),
    st.just({"column": "kind", "in": ["a", "c"]}),
    st.builds(lambda value: {"column": "again", "is": value}, st.booleans()),
    st.builds(
        lambda column, name, value: {"column": column, name: value},
        st.sampled_from(["items", "estimate", "stay"]),
        _ORDER,
        _NUMBER,
    ),
    st.builds(lambda value: {"column": "invoice", "is": value}, _NUMBER),
    st.builds(lambda name: {"column": "invoice", name: {"column": "estimate"}}, _ORDER),
    st.builds(lambda name: {"column": "done", name: {"column": "due"}}, _ORDER),
    st.builds(lambda name: {"column": "due", name: "2025-01-31"}, _ORDER),
    st.builds(lambda known: {"column": "due", "known": known}, st.booleans()),
    st.builds(
        lambda share: {"column": "invoice", "within": share, "of": "estimate"},
        st.sampled_from(["0", "10%", "33.3%"]),
    ),
)
CONDITIONS = st.recursive(
    _TESTS,
    lambda inner: st.one_of(
        st.builds(lambda all: {"all": all}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda any: {"any": any}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda one: {"not": one}, inner),
    ),
    max_leaves=4,
)
_WHERE = st.lists(CONDITIONS, max_size=2)
_NUMBERS = st.sampled_from(["items", "estimate", "stay"])
_OF = st.builds(lambda column, where: {"column": column, "where": where}, _NUMBERS, _WHERE)
_SIDE = st.one_of(
    st.builds(lambda where: {"count": {"where": where}}, _WHERE),
    st.builds(lambda of: {"sum": of}, _OF),
    st.builds(lambda of: {"distinct": of}, _OF),
)
_BODY = st.one_of(
    _SIDE,
    st.builds(lambda of: {"mean": of}, _OF),
    st.builds(lambda of, at: {"quantile": {**of, "at": at}}, _OF, st.sampled_from(["50%", "90%", "0.1"])),
    st.builds(lambda where, among: {"share": {"where": where, "among": among}}, _WHERE, _WHERE),
    st.builds(lambda of, to: {"ratio": {"of": of, "to": to, "times": "100"}}, _SIDE, _SIDE),
)


def measure(body: Mapping[str, Any], name: str = "m") -> MeasureDefinition:
    """A measure of the table."""
    return MeasureDefinition.model_validate({"measure": name, "title": name, "table": "jobs", **body})


MEASURES = st.lists(_BODY, min_size=1, max_size=6).map(
    lambda bodies: [measure(body, f"m{at}") for at, body in enumerate(bodies)]
)


OTHER = TABLE.model_copy(update={"table": "visits"})
"""A second table of the same columns, below ratios over two."""
RATIOS_OVER_TWO = st.lists(st.tuples(_SIDE, _SIDE), min_size=1, max_size=3).map(
    lambda sides: [
        measure({"ratio": {"of": of, "to": {**to, "table": "visits"}}}, f"m{at}")
        for at, (of, to) in enumerate(sides)
    ]
)


def arrow(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as validation writes them."""
    return pa.Table.from_pylist([{"row": at + 2, **row} for at, row in enumerate(rows)], schema=SCHEMA)


def write(rows: Sequence[Mapping[str, Any]], path: Path) -> Path:
    """A part with these rows."""
    pq.write_table(arrow(rows), path)
    return path
