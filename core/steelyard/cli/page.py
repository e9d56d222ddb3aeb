"""A page of headings, lines and tables, written as plain text or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from steelyard.cli.columns import Cell, laid_out, wrapped

BULLET = "• "
UNBOUNDED = 1_000_000
"""Columns: more than any line has."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the page's own."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences, each an item of a list."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; a row's first cell may be indented by `depth` steps."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    depths: Sequence[int] = field(default_factory=tuple)


Block = Heading | Lines | Grid


def plain(blocks: Sequence[Block], width: int = UNBOUNDED) -> str:
    """Write the page for a terminal so many columns wide, or for a printer that takes any."""
    return "\n".join(line.rstrip() for block in blocks for line in _plain(block, width)) + "\n"


def markdown(blocks: Sequence[Block]) -> str:
    """Write the page in Markdown."""
    return "\n".join(line for block in blocks for line in _markdown(block)) + "\n"


def _plain(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(level, text):
            lines = wrapped(text, width)
            yield from lines
            yield ("=" if level == 1 else "-") * max(map(cell_len, lines))
        case Lines(items):
            for item in items:
                first, *more = wrapped(item, width - cell_len(BULLET))
                yield BULLET + first
                yield from (" " * cell_len(BULLET) + line for line in more)
        case Grid(heads, rows, depths):
            steps = depths or [0] * len(rows)
            shown = [
                [Cell(row[0], indent=2 * depth), *map(Cell, row[1:])]
                for row, depth in zip(rows, steps, strict=True)
            ]
            yield from laid_out(heads, shown, width, lined=False).splitlines()
    yield ""


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {_escaped(text)}"
        case Lines(items):
            yield from (f"* {_escaped(item)}" for item in items)
        case Grid(heads, rows, depths):
            yield f"| {' | '.join(heads)} |"
            yield f"|{'---|' * len(heads)}"
            for row, depth in zip(rows, depths or [0] * len(rows), strict=True):
                yield f"| {'&emsp;' * depth}{' | '.join(map(_escaped, row))} |"
    yield ""


def _escaped(text: str) -> str:
    """Keep a title from becoming a table's border, an element or emphasis."""
    for mark in "\\|<*_`":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
