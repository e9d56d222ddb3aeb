"""A page of headings, lines and tables, written as plain text or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

GAP = "  "


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


def plain(blocks: Sequence[Block]) -> str:
    """Write the page for a terminal or a printer of fixed width."""
    return "\n".join(line.rstrip() for block in blocks for line in _plain(block)) + "\n"


def markdown(blocks: Sequence[Block]) -> str:
    """Write the page in Markdown."""
    return "\n".join(line for block in blocks for line in _markdown(block)) + "\n"


def _plain(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield text
            yield ("=" if level == 1 else "-") * cell_len(text)
        case Lines(items):
            yield from (f"• {item}" for item in items)
        case Grid(heads, rows, depths):
            shown = [list(heads), *_indented(rows, depths, "  ")]
            widths = [max(cell_len(row[n]) for row in shown) for n in range(len(heads))]
            for row in shown:
                cells = zip(row, widths, strict=True)
                yield GAP.join(cell + " " * (width - cell_len(cell)) for cell, width in cells)
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
            for row in _indented([[_escaped(cell) for cell in row] for row in rows], depths, "&emsp;"):
                yield f"| {' | '.join(row)} |"
    yield ""


def _indented(rows: Sequence[Sequence[str]], depths: Sequence[int], step: str) -> list[list[str]]:
    steps = depths or [0] * len(rows)
    return [[step * depth + row[0], *row[1:]] for row, depth in zip(rows, steps, strict=True)]


def _escaped(text: str) -> str:
    """Keep a title from becoming a table's border, an element or emphasis."""
    for mark in "\\|<*_`":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
