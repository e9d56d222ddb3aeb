"""Names of cases: what a report calls a case by is one case's alone."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.cases.entry import CaseFile
from steelyard.scheme.document import Document


def repeated_names(file: CaseFile, document: Document) -> Iterator[Problem]:
    """List the cases of a file whose name another one before them has."""
    lines: dict[str, int] = {}
    for index, case in enumerate(file.cases):
        mark = document.mark(("cases", index, "name"))
        if case.name in lines:
            words = {"what_zh": "案例", "what_en": "case", "name": case.name}
            other = f"{document.file}:{lines[case.name]}"
            yield document.problem(p.DUPLICATE_NAME, mark, other=other, **words)
        lines.setdefault(case.name, mark.line)
