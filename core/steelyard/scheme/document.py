"""A YAML text as a tree of nodes that know where they stand.

YAML 1.2 is read strictly: keys are unique plain words, there are no tags, merge keys, tabs or second
documents, and a plain scalar stays the text that was written, so that no number passes through a float.
Only `true` and `false` are booleans; `NO` is a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from steelyard.errors import Kind, Place, Problem

Path = tuple[str | int, ...]
"""Keys and indexes from the top of a document down to a node."""

_LONGEST_SNIPPET = 160


@dataclass(frozen=True, slots=True)
class Mark:
    """A position in the text: line and column from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """A word, number or text: `value` is a str, True, False or None.

    A None that is `reported` stands for a value whose fault is known already.
    """

    mark: Mark
    value: str | bool | None
    path: Path = ()
    reported: bool = False

    @property
    def parts(self) -> Iterator[Node]:
        """Nothing."""
        return iter(())

    def plain(self) -> Any:
        """The value."""
        return self.value


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    mark: Mark
    items: list[Node] = field(default_factory=list)
    path: Path = ()

    @property
    def parts(self) -> Iterator[Node]:
        """The items."""
        return iter(self.items)

    def plain(self) -> Any:
        """The list as Python data."""
        return [item.plain() for item in self.items]


@dataclass(slots=True)
class Mapping:
    """Named nodes; `marks` says where each name stands."""

    mark: Mark
    items: dict[str, Node] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    path: Path = ()

    def put(self, key: str, node: Node) -> None:
        """Set the value of a key."""
        self.items[key] = node
        self.marks.setdefault(key, node.mark)

    @property
    def parts(self) -> Iterator[Node]:
        """The values."""
        return iter(self.items.values())

    def plain(self) -> Any:
        """The mapping as Python data."""
        return {key: node.plain() for key, node in self.items.items()}


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Document:
    """One YAML document of a file, with its text for snippets."""

    file: str
    lines: list[str]
    root: Node

    def problem(self, kind: Kind, mark: Mark, **values: object) -> Problem:
        """Say that something of `kind` stands at `mark`."""
        return problem_at(self.file, self.lines, kind, mark, values)

    def at(self, path: Path) -> Node:
        """Return the node at `path`, or the nearest above it that exists."""
        node = self.root
        for part in path:
            below = child(node, part)
            if below is None:
                return node
            node = below
        return node

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Where the value at `path` stands, or its key; the nearest node above it where there is none."""
        node = self.at(path)
        if key and path:
            above = self.at(path[:-1])
            if isinstance(above, Mapping) and path[-1] in above.marks:
                return above.marks[str(path[-1])]
        return node.mark

    def original(self, path: Path) -> Path:
        """The path in the text of what is now at `path`: they differ where list items were cut."""
        node = self.root
        for index, part in enumerate(path):
            below = child(node, part)
            if below is None:
                return (*node.path, *path[index:])
            node = below
        return node.path

    def cut(self, path: Path) -> None:
        """Take the node at `path` out of the tree."""
        above, last = self.at(path[:-1]), path[-1]
        if isinstance(above, Sequence) and isinstance(last, int):
            above.items.pop(last)
        elif isinstance(above, Mapping) and isinstance(last, str):
            above.items.pop(last)
            above.marks.pop(last)


def child(node: Node, part: str | int) -> Node | None:
    """Return the node below `node` by key or index, if there is one."""
    if isinstance(node, Mapping):
        return node.items.get(str(part)) if isinstance(part, str) else None
    if isinstance(node, Sequence) and isinstance(part, int) and 0 <= part < len(node.items):
        return node.items[part]
    return None


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by their places in the text."""
    return sorted(problems, key=lambda problem: (problem.place.line or 0, problem.place.column or 0))


def problem_at(
    file: str, lines: list[str], kind: Kind, mark: Mark, values: dict[str, object] | None = None
) -> Problem:
    """Build a problem with its place and the line it stands in."""
    line = lines[mark.line - 1] if 0 < mark.line <= len(lines) else ""
    snippet = line.strip()[:_LONGEST_SNIPPET]
    caret = mark.column - 1 - (len(line) - len(line.lstrip()))
    return Problem(
        kind,
        Place(file, mark.line, mark.column),
        values or {},
        snippet or None,
        caret if 0 <= caret <= len(snippet) and snippet else None,
    )
