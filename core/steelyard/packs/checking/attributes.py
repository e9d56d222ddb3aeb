"""Attributes of units and cases: each is one that a scheme reads, with a value that it knows, said once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from steelyard.errors import Place, Problem
from steelyard.intake.table import Table
from steelyard.packs import problems as p
from steelyard.packs.cases.entry import CaseFile
from steelyard.packs.contribution import Contribution
from steelyard.packs.folder import UNITS
from steelyard.packs.records import SampleUnit
from steelyard.packs.scheme_file import SchemeFile
from steelyard.scheme.document import Document
from steelyard.scheme.model import Scheme
from steelyard.scheme.suggestion import suggested
from steelyard.scoring.variants import attributes_read


def known_variants(scheme: Scheme) -> tuple[str, ...]:
    """The variants that a scheme lists, also those without any figures of their own."""
    variants = scheme.variants
    return () if variants is None else tuple(dict.fromkeys([*variants.weights, *variants.parameters]))


def unread_attributes(pack: Contribution, files: Sequence[SchemeFile]) -> Iterator[Problem]:
    """Warn of attributes of sample units that look like one that a scheme reads, once a name."""
    read: dict[str, None] = {}
    for file in files:
        if file.scheme is None:
            return
        read.update(dict.fromkeys(attributes_read(file.scheme)))
    told: set[str] = set()
    for index, unit in enumerate(pack.samples.units):
        for name in set(unit.attributes) - set(read) - told:
            near = suggested(name, read)
            if near["nearest"] is not None:
                told.add(name)
                yield pack.problem(p.UNREAD_ATTRIBUTE, UNITS, ("units", index, "attributes", name), **near)


def case_attributes(file: CaseFile, document: Document, scheme: Scheme) -> Iterator[Problem]:
    """List attributes of cases that the scheme does not read, and variants that it does not list."""
    read, known = attributes_read(scheme), known_variants(scheme)
    by = None if scheme.variants is None else scheme.variants.by
    for index, case in enumerate(file.cases):
        for name, value in case.attributes.items():
            path = ("cases", index, "attributes", name)
            values: dict[str, object] = {"case": case.name, "scheme": scheme.scheme, "attribute": name}
            if name not in read:
                mark = document.mark(path, key=True)
                values |= suggested(name, read)
                yield document.problem(p.CASE_UNKNOWN_ATTRIBUTE, mark, **values)
            elif name == by and value not in known:
                values |= suggested(value, known)
                yield document.problem(p.CASE_UNKNOWN_VARIANT, document.mark(path), **values)


def table_attributes(
    read: Table, file: str, scheme: Scheme, units: Mapping[str, SampleUnit]
) -> Iterator[Problem]:
    """Warn of variants that the scheme does not list, and of what units.yaml says otherwise."""
    observed, known = read.observations, known_variants(scheme)
    by = None if scheme.variants is None else scheme.variants.by
    told: set[tuple[str, ...]] = set()
    for name, texts in observed.attributes.items():
        for row, found in enumerate(texts.tolist()):
            code = observed.units[observed.unit[row]]
            other = units[code].attributes.get(name) if code in units else None
            place = Place(file, row=int(read.lines[row]), field=name)
            if found is None:
                continue
            if name == by and found not in known and (name, found) not in told:
                told.add((name, found))
                values = {"scheme": scheme.scheme, "attribute": name, **suggested(found, known)}
                yield Problem(p.SAMPLE_ATTRIBUTE, place, values)
            if other not in (None, found) and (name, found, code) not in told:
                told.add((name, found, code))
                values = {"unit": code, "attribute": name, "found": found, "other": other}
                yield Problem(p.ATTRIBUTE_DIFFERS, place, values)
