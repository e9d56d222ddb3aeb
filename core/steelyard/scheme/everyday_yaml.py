"""The everyday part of YAML, read quickly: what nearly all scheme files and packs are written in.

Block and flow collections with plain words for keys, scalars in one line, texts under `|` and `>`, comments,
anchors and aliases.  Whatever else stands in a text, right or wrong, makes it `Unusual`: it is then read by
`steelyard.scheme.yaml` with all that YAML allows, which takes six times as long and says what is wrong.
Nothing is decided here: both read the same nodes at the same marks.
"""

from __future__ import annotations

import re

from steelyard.scheme.document import Mapping, Mark, Node, Scalar, Sequence

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FLAGS = {"true": True, "false": False}

_DEEPEST = 50
_NOT_FIRST = r"\s,\[\]{}#&*!|>'\"%@`?:\-"
_FIRST = rf"(?:[^{_NOT_FIRST}]|-(?=[^{_NOT_FIRST}]))"
# Possessive (`++`): a long word is taken whole, where else memory would be kept for each of its letters.
_KEY = re.compile(r"(\w[\w.\-]{0,200}):(?= |$)")
_BLOCK_PLAIN = re.compile(rf"({_FIRST}(?:[^ :#]++|:(?! |$)|(?<! )#| +(?=[^ #:]|:(?! |$)))*) *(?: #.*)?$")
_FLOW_PLAIN = re.compile(rf"{_FIRST}(?:[^ ,\[\]{{}}:#]++|:(?![ ,\[\]{{}}]|$)|(?<! )#| +(?=[^ ,\[\]{{}}:#]))*")
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'((?:[^']++|'')*)'")
_ANCHOR = re.compile(r"&([A-Za-z0-9_-]+) +(?=[^ #])")
_ALIAS = re.compile(r"\*([A-Za-z0-9_-]+)(?= *(?:[,\]}]|$)| +#)")
_REST = re.compile(r" *(?: #.*)?$")
_SPACES = re.compile(r" *")
_TEXT = re.compile(r"([|>])(-?)$")


class Unusual(Exception):
    """The text has more in it than is read here."""


def plain_value(text: str) -> str | bool | None:
    """What a scalar without quotes says: a text as written, true, false or nothing."""
    return None if text in _NULLS else _FLAGS.get(text, text)


def read_everyday(lines: list[str]) -> Node:
    """The graph of nodes that the lines of a text say, without paths: an aliased node is the same one again.

    Raises Unusual.
    """
    reader = _Reader(lines)
    indent = reader.next_line()
    if indent < 0 or any("\t" in line for line in lines):
        raise Unusual
    root = reader.block(indent, -1)
    if not isinstance(root, Mapping) or reader.next_line() >= 0:
        raise Unusual
    return root


class _Reader:
    """Reads from a position on: `row` and `column`, both from 0."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.row = 0
        self.column = 0
        self.depth = 0
        self.begun: set[str] = set()
        self.anchors: dict[str, Node] = {}

    @property
    def mark(self) -> Mark:
        return Mark(self.row + 1, self.column + 1)

    def next_line(self) -> int:
        """Go on to the next line that says anything; return its indent, -1 at the end."""
        while self.row < len(self.lines):
            line = self.lines[self.row]
            content = line.lstrip(" ")
            if content and content[0] != "#":
                if line.startswith(("---", "...", "%")):
                    raise Unusual
                self.column = len(line) - len(content)
                return self.column
            self.row += 1
        return -1

    def block(self, column: int, above: int) -> Node:
        """What begins in this line at a column, below something at the indent `above`."""
        self.column = column
        line = self.lines[self.row]
        self.deeper()
        if line.startswith("- ", column):
            node: Node = self.block_sequence(column)
        elif _KEY.match(line, column):
            node = self.block_mapping(column)
        else:
            node = self.value(above)
        self.depth -= 1
        return node

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unusual

    def block_mapping(self, column: int) -> Mapping:
        node = Mapping(self.mark)
        while True:
            line = self.lines[self.row]
            found = _KEY.match(line, column)
            if found is None or found[1] in node.items:
                raise Unusual
            node.marks[found[1]] = self.mark
            if _REST.match(line, found.end()):
                self.row += 1
                node.items[found[1]] = self.below(column)
            else:
                self.column = self.spaces(line, found.end())
                node.items[found[1]] = self.value(column)
            if not self.goes_on(column):
                return node

    def below(self, column: int) -> Node:
        """The value of a key that ends its line: it is deeper, or a list at the same column."""
        indent = self.next_line()
        if indent > column:
            return self.block(indent, column)
        if indent == column and self.lines[self.row].startswith("- ", column):
            return self.block_sequence(column)
        raise Unusual

    def block_sequence(self, column: int) -> Sequence:
        node = Sequence(self.mark)
        while self.lines[self.row].startswith("- ", column):
            line = self.lines[self.row]
            if _REST.match(line, column + 1):
                raise Unusual
            node.items.append(self.block(self.spaces(line, column + 1), column))
            if not self.goes_on(column):
                break
        return node

    def goes_on(self, column: int) -> bool:
        """Whether the next line is at the same column; a deeper one would go on with the value."""
        indent = self.next_line()
        if indent > column:
            raise Unusual
        return indent == column

    @staticmethod
    def spaces(line: str, column: int) -> int:
        found = _SPACES.match(line, column)
        return column if found is None else found.end()

    def value(self, above: int) -> Node:
        """A value up to the end of its line, or of the lines of a bracket or text."""
        line = self.lines[self.row]
        found = _TEXT.match(line, self.column)
        if found is not None:
            return self.text(found[1] == ">", found[2] == "-", above)
        if line[self.column] in "[{\"'&*":
            node = self.flow(above)
            if not _REST.match(self.lines[self.row], self.column):
                raise Unusual
        else:
            found = _BLOCK_PLAIN.match(line, self.column)
            if found is None:
                raise Unusual
            node = Scalar(self.mark, plain_value(found[1]))
        self.row += 1
        return node

    def text(self, folded: bool, strip: bool, above: int) -> Scalar:
        """The lines below `|` or `>`; those of `>` are joined, and an empty one parts them."""
        mark, first = self.mark, self.row + 1
        self.row = first
        indent = self.spaces(self.lines[first], 0) if first < len(self.lines) else 0
        if indent <= max(above, 0) or indent == len(self.lines[first]):
            raise Unusual
        while self.row < len(self.lines) and self.lines[self.row].startswith(" " * indent):
            self.row += 1
            while self.row < len(self.lines) and not self.lines[self.row]:
                self.row += 1
        lines = [line[indent:] for line in self.lines[first : self.row]]
        # The last line of all has no line break to keep; a line of spaces alone may be text or not.
        if (self.row == len(self.lines) and lines[-1]) or any(map(str.isspace, lines)):
            raise Unusual
        while not lines[-1]:
            lines.pop()
        if not folded:
            joined = "\n".join(lines)
        elif any(line.startswith(" ") for line in lines):
            raise Unusual
        else:
            joined = re.sub(r"(?<!\n)\n(?!\n)", " ", "\n".join(lines)).replace("\n\n", "\n")
        return Scalar(mark, joined if strip else f"{joined}\n")

    def flow(self, above: int) -> Node:
        """A value in brackets or quotes, an alias, or within brackets a plain one."""
        line, mark = self.lines[self.row], self.mark
        anchor = _ANCHOR.match(line, self.column)
        if anchor is not None:
            if anchor[1] in self.begun:
                raise Unusual
            self.begun.add(anchor[1])
            self.column = anchor.end()
        node = self.flow_node(line, mark, above)
        if anchor is not None:
            self.anchors[anchor[1]] = node
        return node

    def flow_node(self, line: str, mark: Mark, above: int) -> Node:
        first = line[self.column]
        if first in "[{":
            self.deeper()
            self.column += 1
            node = self.flow_sequence(mark, above) if first == "[" else self.flow_mapping(mark, above)
            self.depth -= 1
            return node
        if first == "*":
            return self.alias(line)
        if first in "\"'":
            found = _QUOTED.match(line, self.column)
            value = found and (found[1] if first == '"' else found[2].replace("''", "'"))
        else:
            found = _FLOW_PLAIN.match(line, self.column)
            value = found and plain_value(found[0])
        if found is None:
            raise Unusual
        self.column = found.end()
        return Scalar(mark, value)

    def alias(self, line: str) -> Node:
        found = _ALIAS.match(line, self.column)
        if found is None or found[1] not in self.anchors:
            raise Unusual
        self.column = found.end()
        return self.anchors[found[1]]

    def flow_sequence(self, mark: Mark, above: int) -> Node:
        node = Sequence(mark)
        while self.within(above) != "]":
            node.items.append(self.flow(above))
            self.comma("]", above)
        self.column += 1
        return node

    def flow_mapping(self, mark: Mark, above: int) -> Node:
        node = Mapping(mark)
        while self.within(above) != "}":
            found = _KEY.match(self.lines[self.row], self.column)
            if found is None or found[1] in node.items:
                raise Unusual
            node.marks[found[1]] = self.mark
            self.column = found.end()
            self.within(above)
            node.items[found[1]] = self.flow(above)
            self.comma("}", above)
        self.column += 1
        return node

    def comma(self, end: str, above: int) -> None:
        """Go over a comma, unless the bracket ends."""
        found = self.within(above)
        if found == ",":
            self.column += 1
        elif found != end:
            raise Unusual

    def within(self, above: int) -> str:
        """Go on to what comes next within a bracket, in this line or a deeper one; return its character."""
        while True:
            line = self.lines[self.row]
            rest = _REST.match(line, self.column)
            if rest is None:
                self.column = self.spaces(line, self.column)
                return line[self.column]
            self.row += 1
            self.column = 0
            if self.row == len(self.lines):
                raise Unusual
            content = self.lines[self.row].lstrip(" ")
            if content and (len(self.lines[self.row]) - len(content) <= above or content[0] == "#"):
                raise Unusual
