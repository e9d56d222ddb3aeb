"""A scheme file of a pack: the scheme where it can be used, and what it says by way of names where not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from steelyard.errors import InvalidInput, Problem
from steelyard.packs.files import KEPT
from steelyard.packs.records import SchemeSource
from steelyard.scheme.document import Document, Mapping, Node, Path, Scalar
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import spots
from steelyard.scheme.reading import read_scheme_text
from steelyard.scheme.yaml import read_document


@dataclass
class SchemeFile:
    """One file, read.

    scheme: None where it has errors.  problems: its errors.  warnings: what else there is to say.
    """

    source: SchemeSource
    scheme: Scheme | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @cached_property
    def document(self) -> Document | None:
        """The text with its places; None where it is no YAML."""
        try:
            return document_of(self.source)
        except InvalidInput:
            return None

    @property
    def readable(self) -> bool:
        """Whether the text is YAML."""
        return self.scheme is not None or self.document is not None

    @property
    def name(self) -> str | None:
        """The scheme's name, also where the scheme cannot be used."""
        if self.scheme is not None:
            return self.scheme.scheme
        found = self.document.at(("scheme",)) if self.document is not None else None
        return found.value if isinstance(found, Scalar) and isinstance(found.value, str) else None

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the indicators, also where the scheme cannot be used."""
        if self.scheme is not None:
            return frozenset(node.code for node in self.scheme.tree().walk())
        return frozenset(_codes(self.document.root)) if self.document is not None else frozenset()

    def path_of(self, code: str) -> Path:
        """Where an indicator stands; the top where it is the root."""
        found = spots(self.scheme) if self.scheme is not None else ()
        return next((spot.path for spot in found if spot.indicator.code == code), ())


@lru_cache(maxsize=KEPT)
def document_of(source: SchemeSource) -> Document:
    """The text of a file with its places, to be read only; InvalidInput where it is no YAML."""
    return read_document(source.text, source.file)[0]


@lru_cache(maxsize=KEPT)
def read_scheme_file(source: SchemeSource) -> SchemeFile:
    """Read and check one file; the same text is read once in a process."""
    warnings: list[Problem] = []
    try:
        scheme = read_scheme_text(source.text, source.file, warnings=warnings)
    except InvalidInput as error:
        return SchemeFile(source, None, error.problems, tuple(warnings))
    return SchemeFile(source, scheme, (), tuple(warnings))


def _codes(node: Node) -> Iterator[str]:
    """Whatever stands under `code` or `root` anywhere."""
    if isinstance(node, Mapping):
        for key in ("code", "root"):
            value = node.items.get(key)
            if isinstance(value, Scalar) and isinstance(value.value, str):
                yield value.value
    for part in node.parts:
        yield from _codes(part)
