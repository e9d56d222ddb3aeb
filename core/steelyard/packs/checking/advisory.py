"""What does not keep a pack from being used, but an author should know."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from steelyard.errors import Place, Problem
from steelyard.packs import problems as p
from steelyard.packs.checking.figures import unfounded
from steelyard.packs.checking.titles import untitled
from steelyard.packs.contribution import Contribution
from steelyard.packs.folder import CALENDARS, PLAYBOOK
from steelyard.packs.record_checks.notations import unread_measures
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.scheme_file import SchemeFile
from steelyard.records.files import MEASURES
from steelyard.scheme.calendar import BUILT_IN
from steelyard.scheme.document import Document, Mapping, Node, Scalar

_TEXTS = ("title", "role", "note", "asks")


def advisory_problems(
    pack: Contribution, files: Sequence[SchemeFile], with_cases: Collection[str]
) -> Iterator[Problem]:
    """Names that others may take, packs without schemes, schemes without cases.

    with_cases: the names of the schemes that a case file is for.
    """
    yield from _calendars(pack)
    for document in pack.documents.values():
        yield from _one_language(document, document.root)
    yield from _unfounded(pack)
    yield from unread_measures(pack, files)
    if not files:
        yield Problem(p.NO_SCHEMES, values={"pack": pack.info.name})
    for file in files:
        if file.scheme is None or file.document is None:
            continue
        mark = file.document.mark(("scheme",))
        name = file.scheme.scheme
        installed = InstalledScheme(file.scheme, pack.info.name, file.source.file, file.source.text)
        yield from unfounded(installed)
        yield from untitled(installed)
        if not name.startswith(f"{pack.info.name}."):
            yield file.document.problem(p.SCHEME_NAME, mark, name=name, pack=pack.info.name)
        if name not in with_cases:
            yield Problem(p.NO_CASES, Place(file.source.file), {"scheme": name})


def _calendars(pack: Contribution) -> Iterator[Problem]:
    """Calendars with the names of built-in ones."""
    for index, calendar in enumerate(pack.calendars):
        if calendar.code in BUILT_IN:
            values = {
                "pack": pack.info.name,
                "name": calendar.code,
                "place": CALENDARS,
                "other": "steelyard",
                "other_place": "steelyard",
                **p.NAMES["calendar"],
            }
            yield pack.problem(p.NAME_CLASH, CALENDARS, ("calendars", index, "code"), **values)


def _unfounded(pack: Contribution) -> Iterator[Problem]:
    """Advice and measures that neither name a source nor say what is assumed."""
    for index, advice in enumerate(pack.playbook):
        path = ("advice", index)
        if not advice.assumed and advice.source is None:
            yield pack.problem(p.NO_SOURCE, PLAYBOOK, path, what=advice.code)
        elif advice.assumed and advice.note is None:
            yield pack.problem(p.NO_NOTE, PLAYBOOK, path, what=advice.code)
    for index, measure in enumerate(pack.measures):
        if measure.assumed and measure.note is None:
            yield pack.problem(p.NO_NOTE, MEASURES, ("measures", index), what=measure.measure)


def _one_language(document: Document, node: Node) -> Iterator[Problem]:
    """Texts that stand in one language only, but for abbreviations such as NPS."""
    for key, below in node.items.items() if isinstance(node, Mapping) else ():
        if key in _TEXTS:
            words = [part.value for part in below.parts if isinstance(part, Scalar)]
            lone = below.value if isinstance(below, Scalar) else words[0] if len(words) == 1 else None
            if isinstance(lone, str) and not (lone.isascii() and lone.upper() == lone):
                values = {"what": document.file.rpartition("/")[2], "field": key, "found": lone}
                yield document.problem(p.ONE_LANGUAGE, document.mark((*node.path, key), key=True), **values)
    for part in node.parts:
        yield from _one_language(document, part)
