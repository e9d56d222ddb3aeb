"""Tables of judgements: one row a comparison, by one judge or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from steelyard.errors import InvalidInput, Place
from steelyard.intake.encoding import decode
from steelyard.intake.faults import Faults
from steelyard.intake.grid import Grid, read_grid
from steelyard.scheme.number import parse_decimal
from steelyard.services.administration.texts import shown
from steelyard.services.weights import judgement_problems as j
from steelyard.services.weights.wanted import Compared, ComparedBy

COLUMNS: Mapping[str, Sequence[str]] = {
    "judge": ("judge", "评判人"),
    "first": ("first", "指标"),
    "second": ("second", "对比指标"),
    "ratio": ("ratio", "比值"),
    "weight": ("weight", "权重"),
}
"""The columns and what may head them."""


def read_judgements(data: bytes, file: str) -> tuple[ComparedBy, ...]:
    """Read a CSV table: `first` weighs `ratio` times `second`, says `judge`, who has this `weight`.

    Judges are in the order in which they first appear. Raises InvalidInput with all that is wrong with the
    table by itself; what the comparisons say is judged where they are used.
    """
    text, _ = decode(data, file)
    faults = Faults(file)
    grid = read_grid(text, faults)
    columns = {} if grid is None else _columns(grid, faults)
    if grid is None or faults:
        raise InvalidInput(faults.problems())
    said: dict[str, list[Compared]] = {}
    weights: dict[str, Fraction] = {}
    for line, fields in zip(grid.lines, grid.rows, strict=True):
        cells = {name: fields[at].strip() for name, at in columns.items()}
        compared = Compared(cells["first"], cells["second"], cells["ratio"], Place(file, row=line))
        said.setdefault(cells["judge"], []).append(compared)
        _weigh(weights, cells, line, faults)
    if faults:
        raise InvalidInput(faults.problems())
    return tuple(ComparedBy(judge, tuple(each), weights[judge]) for judge, each in said.items())


def _columns(grid: Grid, faults: Faults) -> dict[str, int]:
    """Where each column is."""
    names = {head: name for name, heads in COLUMNS.items() for head in heads}
    found = [names.get(head) for head in grid.header]
    needed = {*COLUMNS} - {"weight"}
    if None in found or len(set(found)) < len(found) or not needed <= set(found):
        listed = ", ".join(map(shown, grid.header)) or "–"
        faults.add(j.JUDGEMENTS_COLUMNS, grid.header_line, found=listed, expected=", ".join(COLUMNS))
    return {name: at for at, name in enumerate(found) if name is not None}


def _weigh(weights: dict[str, Fraction], cells: Mapping[str, str], line: int, faults: Faults) -> None:
    """Take down a judge's weight, 1 where none is written."""
    judge, text = cells["judge"], cells.get("weight", "")
    weight = parse_decimal(text) if text else Fraction(1)
    if weight is None or weight <= 0 or weights.setdefault(judge, weight) != weight:
        faults.add(j.JUDGEMENTS_WEIGHT, line, "weight", judge=shown(judge), found=shown(text))
        weights.setdefault(judge, Fraction(1))
