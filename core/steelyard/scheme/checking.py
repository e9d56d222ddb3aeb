"""Running the checks: on a scheme built in code, or on one salvaged from a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from steelyard.errors import Place, Problem
from steelyard.scheme.checks import findings
from steelyard.scheme.document import Document
from steelyard.scheme.finding import Finding, path_text
from steelyard.scheme.model import Scheme
from steelyard.scheme.omission import Omissions
from steelyard.scheme.salvage import Salvage

MAX_FINDINGS = 2000
"""More than are listed; a file made to be wrong everywhere ends here."""


def check_scheme(scheme: Scheme) -> list[Problem]:
    """Say what is wrong with a scheme, errors and warnings; places name the field, e.g. `bands[1].from`."""
    return [_at_field(finding) for finding in findings(scheme)]


def check_salvage(salvage: Salvage) -> Iterator[Problem]:
    """Say what is wrong with what was read, with lines and columns, as far as it can be known."""
    found = findings(salvage.scheme) if salvage.scheme is not None else ()
    left_out = Omissions(salvage.left_out)
    for finding in islice(found, MAX_FINDINGS):
        if not any(left_out.touch(salvage.document.original(path)) for path in finding.relies_on):
            yield _in_text(finding, salvage.document)


def _in_text(finding: Finding, document: Document) -> Problem:
    other: dict[str, object] = {}
    if finding.other is not None:
        line = document.mark(finding.other).line
        other = {"other_zh": f"第{line}行", "other_en": f"line {line}"}
    mark = document.mark(finding.path, key=finding.at_key)
    return document.problem(finding.kind, mark, **{**finding.values, **other})


def _at_field(finding: Finding) -> Problem:
    other = path_text(finding.other[:-1] or finding.other) if finding.other is not None else ""
    values = {"other_zh": other, "other_en": other, **finding.values}
    return Problem(finding.kind, Place(field=path_text(finding.path)), values)
