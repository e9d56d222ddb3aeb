"""Everything that people read in a scheme stands in zh and in en."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.errors import Problem, Text
from steelyard.packs import problems as p
from steelyard.packs.records import SchemeSource
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.scheme_file import document_of
from steelyard.scheme.document import Path
from steelyard.scheme.outline import spots

_HAN = re.compile("[\u4e00-\u9fff]")


def untitled(installed: InstalledScheme) -> Iterator[Problem]:
    """Find titles and notes of a scheme that are missing, or stand in one language only."""
    document = document_of(SchemeSource(installed.file, installed.text))
    for path, what, field, text in _texts(installed):
        if text is None and field == "title":
            yield document.problem(p.NO_TITLE, document.mark(path), what=what, field=field)
        elif text is not None and not is_said_twice(text):
            mark = document.mark((*path, field), key=True)
            yield document.problem(p.ONE_LANGUAGE, mark, what=what, field=field, found=text.en)


def is_said_twice(text: Text) -> bool:
    """Tell whether there is Chinese in zh and something else in en, or the same letters (NPS) in both."""
    if text.zh == text.en:
        return text.zh.isascii() and not any(character.islower() for character in text.zh)
    return _HAN.search(text.zh) is not None and text.en.strip() != ""


def _texts(installed: InstalledScheme) -> Iterator[tuple[Path, str, str, Text | None]]:
    scheme = installed.scheme
    yield (), scheme.scheme, "title", scheme.title
    yield (), scheme.scheme, "note", scheme.note
    for index, band in enumerate(scheme.bands):
        yield ("bands", index), band.code, "title", band.title
    for spot in spots(scheme):
        node = spot.indicator
        yield spot.path, node.code, "title", node.title
        yield spot.path, node.code, "note", node.note
    for index, rule in enumerate(scheme.rules):
        yield ("rules", index), rule.id, "note", rule.note
        if rule.consequence is not None:
            yield ("rules", index, "consequence"), rule.id, "title", rule.consequence.title
