"""A pack, checked: nothing stops at the first fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from steelyard.errors import InvalidInput, Problem, Text
from steelyard.packs import problems as p
from steelyard.packs.cases import CaseFile, check_cases, read_cases
from steelyard.packs.checking.advisory import advisory_problems
from steelyard.packs.checking.attributes import case_attributes, unread_attributes
from steelyard.packs.checking.case_cells import cell_problems
from steelyard.packs.checking.case_names import repeated_names
from steelyard.packs.checking.case_periods import case_periods
from steelyard.packs.checking.consequences import without_consequences
from steelyard.packs.checking.percent_lines import percent_lines
from steelyard.packs.checking.renamed import renamed_measures
from steelyard.packs.checking.report import Report, in_order
from steelyard.packs.checking.stray import stray_files
from steelyard.packs.checking.tables import table_problems
from steelyard.packs.content import content_problems
from steelyard.packs.contribution import Contribution, PackHooks, Refused, describe, gather
from steelyard.packs.loader import imported
from steelyard.packs.origin import PackOrigin
from steelyard.packs.pack_file import FILE
from steelyard.packs.records import API_VERSION, CaseSource, PackInfo, SchemeSource
from steelyard.packs.scheme_file import SchemeFile, read_scheme_file
from steelyard.scheme.calendar import BUILT_IN, Calendar
from steelyard.scheme.document import Document
from steelyard.scheme.model import Scheme
from steelyard.scheme.problems.tree import ONE_LANGUAGE
from steelyard.scheme.rubric import NamedRubric
from steelyard.scheme.suggestion import suggested
from steelyard.scoring.rubrics.named import PythonRubric


def check_pack(origin: PackOrigin) -> Report:
    """Read everything that a pack has, run its cases, and list every problem."""
    found: list[Problem] = []
    try:
        pack = _gathered(origin, found)
    except Refused as refused:
        return Report(origin.name, origin.origin, (), 0, in_order([*found, *refused.problems]))
    files = [read_scheme_file(source) for source in pack.schemes]
    for file in files:
        # Titles in one language are told one by one below.
        found += [*file.problems, *(w for w in file.warnings if w.kind is not ONE_LANGUAGE)]
    found += content_problems(pack, files)
    # Which of two schemes of one name samples and cases mean is not to be guessed.
    counts = Counter(file.name for file in files)
    usable = {file.name: file for file in files if _usable(pack, file) and counts[file.name] == 1}
    count, for_schemes = 0, set[str]()
    # A calendar that takes the name of a built-in one is told; what goes by that name is the built-in one's.
    calendars = {**{calendar.code: calendar for calendar in pack.calendars}, **BUILT_IN}
    for source in pack.cases:
        count += _run_cases(pack, source, files, usable, calendars, for_schemes, found)
    for table in pack.samples.tables:
        chosen = usable.get(table.scheme)
        if chosen is not None and chosen.scheme is not None:
            found += table_problems(pack, table, chosen, chosen.scheme, calendars)
    found += unread_attributes(pack, files)
    found += [*renamed_measures(files, found)]
    found += [*percent_lines(pack, files, found)]
    found += advisory_problems(pack, files, for_schemes)
    if origin.folder is not None:
        found += stray_files(origin.folder)
    names = tuple(sorted(file.name for file in files if file.scheme is not None and file.name is not None))
    return Report(pack.info.name, origin.origin, names, count, in_order(without_consequences(found)))


def check_scheme_file(text: str, file: str) -> Report:
    """Check one scheme file by itself: what its pack would add is not missed."""
    read = read_scheme_file(SchemeSource(file, text))
    names = () if read.scheme is None else (read.scheme.scheme,)
    return Report(file, file, names, 0, in_order([*read.problems, *read.warnings]))


def _gathered(origin: PackOrigin, found: list[Problem]) -> Contribution:
    """What the pack hands over, as far as it can be had; Refused where that is nothing."""
    info: PackInfo | None = None
    hooks: PackHooks | None = None
    document: Document | None = None
    if origin.folder is not None:
        try:
            info, document = origin.folder.read_info()
        except InvalidInput as error:
            found += error.problems
            told = {problem.kind for problem in error.problems}
            empty = p.NO_PACK_FILE in told and not origin.folder.root.joinpath("schemes").is_dir()
            # What is no pack, or one of another time, is not looked into any further.
            if empty or p.API_VERSION in told:
                raise Refused(*error.problems) from error
    if origin.load is not None:
        try:
            hooks = PackHooks(origin.name, imported(origin.name, origin.load))
        except Refused as refused:
            if origin.folder is None:
                raise
            found += refused.problems
    if info is None and hooks is not None and origin.folder is None:
        info = hooks.info()
    stand_in = PackInfo(origin.name, "", API_VERSION, Text(origin.name, origin.name))
    pack, faults = gather(info or stand_in, hooks, origin.folder)
    found += faults
    documents = pack.documents if document is None else {FILE: document, **pack.documents}
    return replace(pack, documents=documents)


def _usable(pack: Contribution, file: SchemeFile) -> bool:
    """Whether a scheme can be evaluated: it was read, and its rubrics are registered."""
    return file.scheme is not None and not set(_named(file.scheme)) - {rubric.name for rubric in pack.rubrics}


def _named(scheme: Scheme) -> Iterator[str]:
    for node in scheme.tree().walk():
        if isinstance(node.rubric, NamedRubric):
            yield node.rubric.name


def _run_cases(
    pack: Contribution,
    source: CaseSource,
    files: Sequence[SchemeFile],
    usable: Mapping[str | None, SchemeFile],
    calendars: Mapping[str, Calendar],
    for_schemes: set[str],
    found: list[Problem],
) -> int:
    """Run one file of cases where its scheme can be evaluated; return how many cases that were."""
    try:
        read, document = read_cases(source)
    except InvalidInput as error:
        found += error.problems
        # Its own faults are told; that the scheme lacks cases would be none.
        name = SchemeFile(SchemeSource(source.file, source.text)).name
        for_schemes.update([name] if name is not None else [])
        return 0
    for_schemes.add(read.scheme)
    names = [file.name for file in files if file.name is not None]
    if read.scheme not in names and len(names) == len(files):
        mark = document.mark(("scheme",))
        found.append(document.problem(p.UNKNOWN_SCHEME, mark, **suggested(read.scheme, names)))
    chosen = usable.get(read.scheme)
    if chosen is None or chosen.scheme is None:
        return 0
    rubrics = {rubric.name: rubric for rubric in pack.rubrics}
    found += cell_problems(read, document, chosen.scheme, rubrics)
    found += repeated_names(read, document)
    found += case_attributes(read, document, chosen.scheme)
    found += case_periods(read, document, chosen.scheme, calendars)
    mismatches = _mismatches(read, document, chosen.scheme, rubrics)
    found += mismatches
    return 0 if any(each.kind is p.EVALUATION_RAISES for each in mismatches) else len(read.cases)


def _mismatches(
    read: CaseFile, document: Document, scheme: Scheme, rubrics: Mapping[str, PythonRubric]
) -> list[Problem]:
    """What the cases do not say as the scheme does; that the pack's own Python raises, if it does."""
    try:
        return list(check_cases(read, document, scheme, rubrics))
    except Exception as error:
        if not rubrics:
            raise
        # Of all that runs here only the pack's own Python may raise.
        values = {"scheme": read.scheme, "error": describe(error)}
        return [document.problem(p.EVALUATION_RAISES, document.mark(("scheme",)), **values)]
