"""Hypothesis strategies: a random valid scheme with a table for it over units and periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from oracle.draft import RATE_LINES, Draft
from oracle.exact import read_number
from oracle.schemes import WEIGHTS, draw_scheme, groups
from oracle.table import Table
from oracle.tree import Laid
from oracle.yaml_text import scheme_text, table_text

T = TypeVar("T")

PERIODS = {
    "month": [f"2025-{month:02}" for month in (9, 10, 11, 12)],
    "quarter": ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3"],
    "year": ["2022", "2023", "2024", "2025"],
    "none": ["pilot", "trial", "first", "again"],
}
CALENDARS = [("month",), (), ("quarter",), ("year",), ("month", "quarter"), ("none",)]


NEW_CELLS = (True, True, False)
ROW_IS_THERE = (*[True] * 9, False)
HOLES = (0, 1, 1, 4, None)


class Pick(Protocol):
    """Something that picks one of several options."""

    def __call__(self, options: Sequence[T], /) -> T: ...


@dataclass(frozen=True)
class Case:
    """A scheme, a table for it, and the table's periods in order, one list per calendar."""

    scheme: Mapping[str, Any]
    table: Table
    periods: tuple[tuple[str, ...], ...]

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        """Show a failing case as the two files that a user would write."""
        printer.text(f"\n{scheme_text(self.scheme)}---\n{table_text(self.table)}")


@st.composite
def cases(draw: st.DrawFn, units: int | None = None) -> Case:
    """Draw a scheme and a table over up to four periods of one or two calendars.

    The table has 1 to 3 units, or `units` many whose cells come from a seeded generator.
    """
    variants = draw(st.sampled_from([(), ("IC",), ("IC", "PCB")]))
    unclipped = draw(st.sampled_from([False, False, False, True]))
    line = draw(st.sampled_from(RATE_LINES))
    draft = Draft(draw, variants, unclipped, [line])
    calendars = draw(st.sampled_from(CALENDARS))
    scheme = draw_scheme(draft, list(calendars) if len(calendars) > 1 else _declared(calendars))
    length = draw(st.integers(1, 4))
    periods = tuple(tuple(PERIODS[name][:length]) for name in calendars) or (("",),)
    columns = [name for name in draft.columns if not _left_out(draft, name)]
    attributes = {name: texts for name, texts in draft.unit_values.items() if draft.chance(30)}
    if variants and draft.chance(85):
        attributes["class"] = [*variants, "", "other"]
    head = ["unit", *(["period"] if calendars else []), *attributes, *columns]
    pick: Pick = draft.pick if units is None else Random(draw(st.integers(0, 2**32))).choice
    values = {name: draft.columns[name] for name in columns}
    names = [f"u{number}" for number in range(units or draft.pick([1, 2, 3]))]
    rows = _rows(pick, names, values, attributes, [code for codes in periods for code in codes])
    if draft.chance(30):
        rows.reverse()
    if calendars == ("none",):
        periods = (tuple(dict.fromkeys(row["period"] for row in rows)),)
    return Case(scheme, Table(tuple(head), tuple(rows)), periods)


@st.composite
def overlays(draw: st.DrawFn, case: Case) -> tuple[Laid, ...]:
    """Draw one to three overlays: weights and pass lines of some nodes of a case's scheme."""
    return tuple(Laid(draw(_weights(case)), draw(_lines(case))) for _ in range(draw(st.integers(1, 3))))


@st.composite
def exemptions(draw: st.DrawFn, case: Case) -> tuple[Laid, ...]:
    """Draw one to three sets of nodes and rules that rows are exempt from, with weights laid over some."""
    nodes = st.frozensets(st.sampled_from([case.scheme.get("root", "TOTAL"), *_codes(case)]), max_size=3)
    rules = [rule["id"] for rule in case.scheme.get("rules", [])]
    of_rules = st.frozensets(st.sampled_from(rules), max_size=2) if rules else st.just(frozenset())
    return tuple(
        Laid(draw(_weights(case)) if draw(st.booleans()) else {}, {}, draw(nodes), draw(of_rules))
        for _ in range(draw(st.integers(1, 3)))
    )


def _codes(case: Case) -> list[str]:
    return [child["code"] for _, children in groups(case.scheme) for child in children]


@st.composite
def _lines(draw: st.DrawFn, case: Case) -> dict[str, Fraction]:
    codes = st.sampled_from([case.scheme.get("root", "TOTAL"), *_codes(case)])
    return {
        code: read_number(draw(st.sampled_from(RATE_LINES)), {})
        for code in draw(st.lists(codes, max_size=3, unique=True))
    }


@st.composite
def _weights(draw: st.DrawFn, case: Case) -> dict[str, Fraction]:
    codes = _codes(case)
    chosen = draw(st.lists(st.sampled_from(codes), max_size=5, unique=True))
    return {code: Fraction(draw(st.sampled_from(WEIGHTS))) for code in chosen}


def _declared(calendars: tuple[str, ...]) -> str:
    """The calendar that a scheme names; a table may have no periods, or periods of no calendar."""
    return calendars[0] if calendars and calendars != ("none",) else "month"


def _left_out(draft: Draft, column: str) -> bool:
    """Leave out a column now and then, mostly of those that rules alone read."""
    return draft.chance(30 if column.startswith("rule") else 2)


def _rows(
    pick: Pick,
    units: Sequence[str],
    values: Mapping[str, Sequence[str]],
    attributes: Mapping[str, Sequence[str]],
    periods: Sequence[str],
) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for unit in units:
        own = {name: pick(texts) for name, texts in attributes.items()}
        cells: dict[str, str] = {}
        for period in periods:
            if not cells or pick(NEW_CELLS):
                cells = _cells(pick, values)
            if not rows or pick(ROW_IS_THERE):
                named = {"unit": unit} | ({"period": period} if period else {})
                rows.append(named | own | cells)
    return rows


def _cells(pick: Pick, values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Pick one row's cells: with nothing missing, a little, much, or all."""
    holes = pick(HOLES)
    if holes is None:
        return {}
    return {name: pick([*texts, *(["", "n/a"] * holes)]) for name, texts in values.items()}
