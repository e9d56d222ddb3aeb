"""Every figure of the playbook comes from somewhere, or is marked as assumed; schemes are checked already."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Place, Problem
from steelyard.packs import problems as p
from steelyard.packs.folder import PLAYBOOK
from steelyard.packs.testing.subject import Subject


def unfounded_advice(subject: Subject) -> Iterator[Problem]:
    """Find advice whose effort and effect are of unknown origin."""
    place = Place(subject.file(PLAYBOOK))
    for advice in subject.playbook:
        if not advice.assumed and advice.source is None:
            yield Problem(p.NO_SOURCE, place, {"what": advice.code})
        if advice.assumed and advice.note is None:
            yield Problem(p.NO_NOTE, place, {"what": advice.code})
