"""Hypothesis strategies: a random valid scheme with a table for it over units and periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from oracle.draft import RATE_LINES, Draft
from oracle.schemes import draw_scheme
from oracle.table import Table
from oracle.yaml_text import scheme_text, table_text

PERIODS = {
    "month": [f"2025-{month:02}" for month in (9, 10, 11, 12)],
    "quarter": ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3"],
    "year": ["2022", "2023", "2024", "2025"],
}


@dataclass(frozen=True)
class Case:
    """A scheme, a table for it, and the table's periods in order, one list per calendar."""

    scheme: Mapping[str, Any]
    table: Table
    periods: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        """Show both files as a user would write them."""
        return f"\n{scheme_text(self.scheme)}---\n{table_text(self.table)}"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a scheme and a table of 1 to 3 units over up to four periods of one or two calendars."""
    variants = draw(st.sampled_from([(), ("IC",), ("IC", "PCB")]))
    unclipped = draw(st.sampled_from([False, False, False, True]))
    line = draw(st.sampled_from(RATE_LINES))
    draft = Draft(draw, variants, unclipped, [line])
    calendars = draw(st.sampled_from([("month",), (), ("quarter",), ("year",), ("month", "quarter")]))
    calendar = calendars[0] if len(calendars) == 1 else (list(calendars) or "month")
    scheme = draw_scheme(draft, calendar)
    length = draw(st.integers(1, 4))
    periods = tuple(tuple(PERIODS[name][:length]) for name in calendars) or (("",),)
    columns = [name for name in draft.columns if not _left_out(draft, name)]
    attributes = {name: texts for name, texts in draft.unit_values.items() if draft.chance(30)}
    if variants and draft.chance(85):
        attributes["class"] = [*variants, "", "other"]
    head = ["unit", *(["period"] if calendars else []), *attributes, *columns]
    rows = _rows(draft, columns, attributes, [code for codes in periods for code in codes])
    if draft.chance(30):
        rows.reverse()
    return Case(scheme, Table(tuple(head), tuple(rows)), periods)


def _left_out(draft: Draft, column: str) -> bool:
    """Leave out a column now and then, mostly of those that rules alone read."""
    return draft.chance(30 if column.startswith("rule") else 2)


def _rows(
    draft: Draft, columns: list[str], attributes: Mapping[str, list[str]], periods: list[str]
) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for unit in ("u1", "u2", "u3")[: draft.pick([1, 2, 3])]:
        own = {name: draft.pick(texts) for name, texts in attributes.items()}
        cells: dict[str, str] = {}
        for period in periods:
            if not cells or not draft.chance(35):
                cells = _cells(draft, columns)
            if draft.chance(90) or not rows:
                named = {"unit": unit} | ({"period": period} if period else {})
                rows.append(named | own | cells)
    return rows


def _cells(draft: Draft, columns: list[str]) -> dict[str, str]:
    """Draw one row's cells: with nothing missing, a little, much, or all."""
    holes = draft.pick([0, 1, 1, 4, None])
    if holes is None:
        return {}
    return {name: draft.pick([*draft.columns[name], *(["", "n/a"] * holes)]) for name in columns}
