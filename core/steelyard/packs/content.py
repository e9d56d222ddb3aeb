"""Whether the parts of a pack fit each other: names that one file uses and another one declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.errors import Place, Problem
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.scheme.calendar import BUILT_IN
from steelyard.scheme.model import Scheme
from steelyard.scheme.rubric import NamedRubric


def content_problems(pack: Contribution, schemes: Sequence[Scheme]) -> Iterator[Problem]:
    """List what does not fit in a pack whose `schemes`, in the order of their sources, could be read."""
    for scheme, source in zip(schemes, pack.schemes, strict=True):
        yield from _scheme(pack, scheme, source.file)
    for rubric in pack.rubrics:
        if not rubric.name.startswith(f"{pack.info.name}."):
            yield Problem(p.FOREIGN_NAME, values={"name": rubric.name, "pack": pack.info.name})
    yield from _playbook(pack, schemes)
    yield from _samples(pack, schemes)


def _scheme(pack: Contribution, scheme: Scheme, file: str) -> Iterator[Problem]:
    calendars = sorted({*BUILT_IN, *(calendar.code for calendar in pack.calendars)})
    for code in scheme.calendar:
        if code not in calendars:
            values = {"scheme": scheme.scheme, "calendar": code, "known": ", ".join(calendars)}
            yield Problem(p.UNKNOWN_CALENDAR, Place(file, field="calendar"), values)
    rubrics = [rubric.name for rubric in pack.rubrics]
    for node in scheme.tree().walk():
        if isinstance(node.rubric, NamedRubric) and node.rubric.name not in rubrics:
            known = ", ".join(rubrics) or "–"
            values = {"node": node.code, "name": node.rubric.name, "known": known}
            yield Problem(p.UNKNOWN_RUBRIC, Place(file, field="rubric"), values)


def _playbook(pack: Contribution, schemes: Sequence[Scheme]) -> Iterator[Problem]:
    codes = {node.code for scheme in schemes for node in scheme.tree().walk()}
    seen: set[str] = set()
    for advice in pack.playbook:
        if advice.indicator not in codes:
            values = {"advice": advice.code, "node": advice.indicator}
            yield Problem(p.UNKNOWN_INDICATOR, values=values)
        if advice.code in seen:
            yield Problem(p.DUPLICATE_ADVICE, values={"advice": advice.code})
        seen.add(advice.code)


def _samples(pack: Contribution, schemes: Sequence[Scheme]) -> Iterator[Problem]:
    seen: set[str] = set()
    for unit in pack.samples.units:
        if unit.code in seen:
            yield Problem(p.DUPLICATE_UNIT, values={"unit": unit.code})
        if unit.parent is not None and unit.parent not in seen:
            values = {"unit": unit.code, "parent": unit.parent}
            yield Problem(p.UNKNOWN_PARENT, values=values)
        seen.add(unit.code)
    names = [scheme.scheme for scheme in schemes]
    for table in pack.samples.tables:
        if table.scheme not in names:
            values = {"scheme": table.scheme, "known": ", ".join(names)}
            yield Problem(p.UNKNOWN_SCHEME, Place(table.file), values)
