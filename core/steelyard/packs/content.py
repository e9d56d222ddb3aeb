"""Whether the parts of a pack fit each other: names that one file uses and another one declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from steelyard.errors import Kind, Place, Problem
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.packs.folder import CALENDARS, PLAYBOOK, UNITS
from steelyard.packs.instrument_content import instrument_problems
from steelyard.packs.record_checks import record_problems
from steelyard.packs.records import SampleUnit
from steelyard.packs.sample_plan_content import sample_plan_problems
from steelyard.packs.scheme_file import SchemeFile
from steelyard.records.files import RECORDS
from steelyard.scheme.calendar import BUILT_IN
from steelyard.scheme.document import Path
from steelyard.scheme.model import Scheme
from steelyard.scheme.rubric import NamedRubric
from steelyard.scheme.suggestion import suggested


def content_problems(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    """List what does not fit in a pack; of schemes that cannot be used only the names are looked at."""
    for file in schemes:
        if file.scheme is not None:
            yield from _scheme(pack, file, file.scheme)
    yield from _repeated_schemes(schemes)
    for rubric in pack.rubrics:
        if not rubric.name.startswith(f"{pack.info.name}."):
            yield Problem(p.FOREIGN_NAME, values={"name": rubric.name, "pack": pack.info.name})
    names = [calendar.code for calendar in pack.calendars]
    yield from _repeated(pack, p.DUPLICATE_NAME, CALENDARS, "calendars", names, p.NAMES["calendar"])
    yield from _playbook(pack, schemes)
    yield from instrument_problems(pack, schemes)
    yield from record_problems(pack, schemes)
    yield from _units(pack, pack.samples.units)
    yield from _tables(pack, schemes)
    yield from _records(pack)
    yield from sample_plan_problems(pack, schemes)


def _scheme(pack: Contribution, file: SchemeFile, scheme: Scheme) -> Iterator[Problem]:
    calendars = sorted({*BUILT_IN, *(calendar.code for calendar in pack.calendars)})
    for index, code in enumerate(scheme.calendar):
        if code not in calendars and CALENDARS not in pack.broken:
            values = {"scheme": scheme.scheme, **suggested(code, calendars)}
            yield _at(file, p.UNKNOWN_CALENDAR, ("calendar", index), values)
    rubrics = [rubric.name for rubric in pack.rubrics]
    for node in scheme.tree().walk():
        if isinstance(node.rubric, NamedRubric) and node.rubric.name not in rubrics:
            values = {"node": node.code, **suggested(node.rubric.name, rubrics)}
            yield _at(file, p.UNKNOWN_RUBRIC, (*file.path_of(node.code), "rubric", "name"), values)


def _repeated_schemes(schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for file in schemes:
        if file.name is not None and file.name in seen:
            values = {"name": file.name, "other": seen[file.name], **p.NAMES["scheme"]}
            yield _at(file, p.DUPLICATE_NAME, ("scheme",), values)
        elif file.name is not None:
            seen[file.name] = file.source.file


def _repeated(
    pack: Contribution, kind: Kind, file: str, key: str, codes: Iterable[str], values: dict[str, object]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            yield pack.problem(kind, file, (key, index, "code"), name=code, other=file, **values)
        seen.add(code)


def _playbook(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    codes = sorted({code for file in schemes for code in file.codes})
    readable = all(file.readable for file in schemes)
    for index, advice in enumerate(pack.playbook):
        if readable and advice.indicator not in codes:
            values = {"advice": advice.code, **suggested(advice.indicator, codes)}
            yield pack.problem(p.UNKNOWN_INDICATOR, PLAYBOOK, ("advice", index, "indicator"), **values)
    names = [advice.code for advice in pack.playbook]
    yield from _repeated(pack, p.DUPLICATE_ADVICE, PLAYBOOK, "advice", names, {})


def _units(pack: Contribution, units: Sequence[SampleUnit]) -> Iterator[Problem]:
    yield from _repeated(pack, p.DUPLICATE_UNIT, UNITS, "units", [unit.code for unit in units], {})
    parents = {unit.code: unit.parent for unit in units}
    seen: set[str] = set()
    for index, unit in enumerate(units):
        if unit.parent is not None and unit.parent not in seen:
            path: Path = ("units", index, "parent")
            circle = _circle(unit.code, parents)
            if circle:
                yield pack.problem(p.UNIT_CYCLE, UNITS, path, circle=" → ".join(circle))
            else:
                values = {"unit": unit.code, **suggested(unit.parent, [*seen])}
                yield pack.problem(p.UNKNOWN_PARENT, UNITS, path, **values)
        seen.add(unit.code)


def _circle(code: str, parents: dict[str, str | None]) -> list[str]:
    """The way from a unit up to itself; empty where there is none."""
    way = [code]
    above = parents.get(code)
    while above is not None and above not in way:
        way.append(above)
        above = parents.get(above)
    return [*way, code] if above == code else []


def _tables(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    names = [file.name for file in schemes if file.name is not None]
    for table in pack.samples.tables:
        if table.scheme not in names and len(names) == len(schemes):
            values = suggested(table.scheme, names)
            yield Problem(p.UNKNOWN_SCHEME, Place(table.file), values)


def _records(pack: Contribution) -> Iterator[Problem]:
    names = [table.table for table in pack.tables]
    for sample in pack.samples.records:
        if sample.table not in names and RECORDS not in pack.broken:
            values = {**suggested(sample.table, names), "known": ", ".join(names)}
            yield Problem(p.RECORD_UNKNOWN_TABLE, Place(sample.file), values)


def _at(file: SchemeFile, kind: Kind, path: Path, values: dict[str, object]) -> Problem:
    if file.document is None:
        return Problem(kind, Place(file.source.file), values)
    return file.document.problem(kind, file.document.mark(path), **values)
