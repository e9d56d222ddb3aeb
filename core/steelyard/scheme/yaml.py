"""Strict YAML 1.2: from a text to a `Document`, or to all the reasons why it is none.

What `steelyard.scheme.everyday_yaml` does not read is parsed by the library. Its events are composed here:
only they still say whether a scalar was quoted or tagged, and aliases have to be counted before they are
unfolded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError

from steelyard.errors import InvalidInput, Problem
from steelyard.scheme.document import (
    Document,
    Mapping,
    Mark,
    Node,
    Path,
    Scalar,
    Sequence,
    in_order,
)
from steelyard.scheme.everyday_yaml import Unusual, plain_value, read_everyday
from steelyard.scheme.problems.text import (
    DUPLICATE_KEY,
    EMPTY_FILE,
    FULL_WIDTH_MARK,
    KEY_NOT_TEXT,
    MERGE_KEY,
    SECOND_DOCUMENT,
    SYNTAX,
    TAB,
    TAG,
    TOO_DEEP,
    TOO_MANY_CHARACTERS,
    TOO_MANY_NODES,
    UNKNOWN_ALIAS,
    YAML_VERSION,
)
from steelyard.scheme.problems.tree import CYCLE
from steelyard.scheme.source import Source, check_characters, check_tabs
from steelyard.scheme.syntax import explain, full_width

MAX_CHARACTERS = 2_000_000
MAX_NODES = 200_000
MAX_DEPTH = 200


def read_document(text: str, file: str = "<text>") -> tuple[Document, list[Problem]]:
    """Read one YAML document.

    Returns the document and the problems that leave the rest readable (duplicate keys, tags …); raises
    InvalidInput, with all problems found, where there is no tree to go on with.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = Source(file, text.split("\n"), [])
    if len(text) > MAX_CHARACTERS:
        raise source.stop(TOO_MANY_CHARACTERS, Mark(1, 1), limit=MAX_CHARACTERS)
    check_characters(source)
    try:
        graph = read_everyday(source.lines)
    except Unusual:
        graph = _composed(source, text)
    return Document(file, source.lines, _Unfolding(source).unfold(graph, ())), source.problems


def _composed(source: Source, text: str) -> Node:
    composer = _Composer(source)
    composer.read(text)
    check_tabs(source, composer.inside_text)
    if composer.broken or (composer.root is None and source.problems):
        raise InvalidInput(in_order(source.problems))
    if composer.root is None:
        raise source.stop(EMPTY_FILE, Mark(1, 1))
    return composer.root


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet; `key` waits for its value."""

    node: Sequence | Mapping
    anchor: str | None
    key: str | None = None
    at_key: bool = True

    @property
    def label(self) -> str | None:
        """The code of an indicator, once it has been read."""
        code = self.node.items.get("code") if isinstance(self.node, Mapping) else None
        return code.value if isinstance(code, Scalar) and isinstance(code.value, str) else None


class _Composer:
    """Builds the graph of nodes from the parser's events."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.broken = False
        self.documents = 0
        self.last = Mark(1, 1)
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.inside_text: set[int] = set()

    def read(self, text: str) -> None:
        """Compose the first document; list what is wrong with the text."""
        parser = YAML(typ="safe", pure=True).parse(text)
        while True:
            try:
                event = next(parser, None)
            except MarkedYAMLError as error:
                self.broken = True
                self.syntax(error)
                return
            # Odd escapes and directives make the library fail in its own ways: ValueError for "\UFFFFFFFF",
            # AssertionError for %YAML 1.7 and more. Whatever it is, the text is to blame.
            except Exception as error:
                self.broken = True
                reason = str(error) or type(error).__name__
                self.source.report(SYNTAX, self.last, reason_zh=reason, reason_en=reason)
                return
            if event is None:
                return
            self.take(event)
            self.last = _mark(event.start_mark)

    def syntax(self, error: MarkedYAMLError) -> None:
        """Report what the parser stumbled over."""
        found = error.problem_mark
        line = self.source.lines[found.line] if found and found.line < len(self.source.lines) else ""
        if found is not None and line[found.column : found.column + 1] == "\t":
            self.source.report(TAB, _mark(found))
            return
        mark, reason = explain(error, self.source.lines, self.last)
        for number in (mark.line, *self.above(mark.line)):
            slip = full_width(self.source.lines[number - 1]) if number <= len(self.source.lines) else None
            if slip is not None:
                column, found_there, plain = slip
                self.source.report(FULL_WIDTH_MARK, Mark(number, column), found=found_there, plain=plain)
                return
        self.source.report(SYNTAX, mark, reason_zh=reason.zh, reason_en=reason.en)

    def above(self, line: int) -> list[int]:
        """The line before, if any: a slip in it may be noticed one line later."""
        lines = self.source.lines[: line - 1]
        return next(([number] for number in range(len(lines), 0, -1) if lines[number - 1].strip()), [])

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        if isinstance(event, events.DocumentStartEvent):
            self.start_document(event)
        elif self.documents > 1:
            return
        elif isinstance(event, events.AliasEvent):
            self.add_alias(event)
        elif isinstance(event, events.ScalarEvent):
            self.add_scalar(event)
        elif isinstance(event, events.SequenceStartEvent):
            self.open(Sequence(_mark(event.start_mark)), event)
        elif isinstance(event, events.MappingStartEvent):
            self.open(Mapping(_mark(event.start_mark)), event)
        elif isinstance(event, events.CollectionEndEvent):
            self.add(self.stack.pop().node, None)

    def start_document(self, event: Any) -> None:
        """Refuse other versions of YAML, and a second document."""
        self.documents += 1
        mark = _mark(event.start_mark)
        if self.documents > 1:
            self.source.report(SECOND_DOCUMENT, mark)
        elif event.version not in (None, (1, 2)):
            self.source.report(YAML_VERSION, mark, found=".".join(map(str, event.version)))

    def open(self, node: Sequence | Mapping, event: Any) -> None:
        """Begin a collection."""
        self.check_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            raise self.source.stop(TOO_DEEP, node.mark, limit=MAX_DEPTH)
        self.stack.append(_Open(node, event.anchor))
        if event.anchor:
            self.anchors[event.anchor] = node

    def check_tag(self, event: Any) -> None:
        """Fields decide what their values are, so a tag can only mislead."""
        if event.tag is not None:
            self.source.report(TAG, _mark(event.start_mark), tag=event.tag)

    def add_scalar(self, event: Any) -> None:
        """Add a scalar: a text as written, true, false or nothing."""
        self.check_tag(event)
        start, end = event.start_mark, event.end_mark
        value: str | bool | None = event.value
        if event.style is None:
            value = plain_value(event.value)
        elif event.style in "|>":
            self.inside_text.update(range(start.line + 2, end.line + 1))
        else:
            self.inside_text.update(range(start.line + 2, end.line + 2))
        node = Scalar(_mark(start), value)
        if event.anchor:
            self.anchors[event.anchor] = node
        self.add(node, event.value, plain=event.style is None)

    def add_alias(self, event: Any) -> None:
        """Add what an anchor stands for, unless it is not there or not closed yet."""
        mark, name = _mark(event.start_mark), event.anchor
        names = [entry.anchor for entry in self.stack]
        node: Node = Scalar(mark, None, reported=True)
        if name not in self.anchors:
            self.source.report(UNKNOWN_ALIAS, mark, name=name)
        elif name in names and self.stack[names.index(name)].node is self.anchors[name]:
            open_ = self.stack[names.index(name) :]
            labels = [entry.label for entry in open_ if entry.label] or [f"*{name}"]
            self.source.report(CYCLE, mark, path=" → ".join([*labels, labels[0]]))
        else:
            node = self.anchors[name]
        self.add(node, None)

    def add(self, node: Node, text: str | None, *, plain: bool = False) -> None:
        """Put a finished node where it belongs; `text` is what a scalar says as a key."""
        if not self.stack:
            self.root = node
            return
        above = self.stack[-1]
        if isinstance(above.node, Sequence):
            above.node.items.append(node)
        elif above.at_key:
            above.key, above.at_key = self.key(above.node, node.mark, text, plain), False
        else:
            if above.key is not None:
                above.node.items[above.key] = node
            above.at_key = True

    def key(self, mapping: Mapping, mark: Mark, text: str | None, plain: bool) -> str | None:
        """Check a key; None means that its value is to be dropped."""
        if not text:
            self.source.report(KEY_NOT_TEXT, mark)
        elif text == "<<" and plain:
            self.source.report(MERGE_KEY, mark)
        elif text in mapping.marks:
            self.source.report(DUPLICATE_KEY, mark, key=text, line=mapping.marks[text].line)
        else:
            mapping.marks[text] = mark
            return text
        return None


class _Unfolding:
    """Turns the graph into a tree: every alias gets its own copy, every node its path."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0

    def unfold(self, node: Node, path: Path) -> Node:
        """Copy a node and all below it, within limits."""
        self.count += 1
        if self.count > MAX_NODES:
            raise self.source.stop(TOO_MANY_NODES, node.mark, limit=MAX_NODES)
        if len(path) > MAX_DEPTH:
            raise self.source.stop(TOO_DEEP, node.mark, limit=MAX_DEPTH)
        if isinstance(node, Sequence):
            items = [self.unfold(item, (*path, index)) for index, item in enumerate(node.items)]
            return Sequence(node.mark, items, path)
        if isinstance(node, Mapping):
            below = {key: self.unfold(item, (*path, key)) for key, item in node.items.items()}
            return Mapping(node.mark, below, node.marks.copy(), path)
        return Scalar(node.mark, node.value, path, node.reported)
