"""Everything that people read stands in zh and in en."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.errors import Place, Problem, Text
from steelyard.packs.folder import CALENDARS, PLAYBOOK, UNITS
from steelyard.packs.pack_file import FILE
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.testing import problems as p
from steelyard.packs.testing.subject import Subject
from steelyard.scheme.document import Path
from steelyard.scheme.outline import spots
from steelyard.scheme.yaml import read_document

_HAN = re.compile("[\u4e00-\u9fff]")


def untitled(installed: InstalledScheme) -> Iterator[Problem]:
    """Find titles and notes of a scheme that are missing, or stand in one language only."""
    document, _ = read_document(installed.text, installed.file)
    for path, what, field, text in _texts(installed):
        if text is None and field == "title":
            yield document.problem(p.NO_TITLE, document.mark(path), what=what, field=field)
        elif text is not None and not _is_said_twice(text):
            mark = document.mark((*path, field), key=True)
            yield document.problem(p.ONE_LANGUAGE, mark, what=what, field=field, found=text.en)


def untitled_besides(subject: Subject) -> Iterator[Problem]:
    """Find texts of the pack besides its schemes that stand in one language only."""
    for file, what, field, text in _texts_besides(subject):
        if text is not None and not _is_said_twice(text):
            values = {"what": what, "field": field, "found": text.en}
            yield Problem(p.ONE_LANGUAGE, Place(subject.file(file)), values)


def _is_said_twice(text: Text) -> bool:
    """Chinese in zh and something else in en, or letters such as NPS that are the same in both."""
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


def _texts_besides(subject: Subject) -> Iterator[tuple[str, str, str, Text | None]]:
    """What stands in the other files: file, what it is about, field and text."""
    yield FILE, subject.name, "title", subject.packs.listing[0].title
    for calendar in subject.calendars:
        yield CALENDARS, calendar.code, "title", calendar.title
        yield CALENDARS, calendar.code, "note", calendar.note
        yield from ((CALENDARS, part.code, "title", part.title) for part in calendar.parts)
    for advice in subject.playbook:
        yield PLAYBOOK, advice.code, "title", advice.title
        yield PLAYBOOK, advice.code, "role", advice.role
        yield PLAYBOOK, advice.code, "note", advice.note
    yield from ((UNITS, unit.code, "title", unit.title) for unit in subject.samples.units)
    yield from (
        ("__init__.py", name, "title", rubric.title) for name, rubric in subject.packs.rubrics.items()
    )
