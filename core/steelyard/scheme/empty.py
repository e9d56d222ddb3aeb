"""Fields without a value: a slip, never a way to say something."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Problem
from steelyard.scheme.document import Document, Mark, Node, Scalar
from steelyard.scheme.problems.field import EMPTY_VALUE
from steelyard.scheme.problems.text import FULL_WIDTH_MARK
from steelyard.scheme.syntax import full_width


def empty_values(document: Document) -> Iterator[tuple[Scalar, Problem | None]]:
    """Find the empty values with what there is to say of each, which may have been said already."""
    for node in _nodes(document.root):
        if isinstance(node, Scalar) and node.value is None:
            yield node, None if node.reported or not node.path else _empty(document, node)


def _empty(document: Document, node: Scalar) -> Problem:
    name = str(node.path[-1]) if isinstance(node.path[-1], str) else "-"
    key = document.mark(node.path, key=True)
    slip = full_width(name)
    if slip is not None:
        column, found, plain = slip
        mark = Mark(key.line, key.column + column - 1)
        return document.problem(FULL_WIDTH_MARK, mark, found=found, plain=plain)
    # A value that is not there has no place: the parser gives that of whatever comes next.
    mark = node.mark if node.mark.line == key.line else key
    return document.problem(EMPTY_VALUE, mark, field=name)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _nodes(part)
