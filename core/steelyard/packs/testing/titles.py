"""Everything that people read besides the schemes stands in zh and in en; schemes are checked already."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Place, Problem, Text
from steelyard.packs import problems as p
from steelyard.packs.checking.titles import is_said_twice
from steelyard.packs.folder import CALENDARS, PLAYBOOK, UNITS
from steelyard.packs.pack_file import FILE
from steelyard.packs.testing.subject import Subject


def untitled_besides(subject: Subject) -> Iterator[Problem]:
    """Find texts of the pack besides its schemes that stand in one language only."""
    for file, what, field, text in _texts_besides(subject):
        if text is not None and not is_said_twice(text):
            values = {"what": what, "field": field, "found": text.en}
            yield Problem(p.ONE_LANGUAGE, Place(subject.file(file)), values)


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
