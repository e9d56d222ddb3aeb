"""A sheet as services hand it out: with the codes that people know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from steelyard.access.scope import Scope
from steelyard.services.structure import Structure
from steelyard.store import assessment_evidence, assessments
from steelyard.store.assessment_evidence import EvidenceRecord
from steelyard.store.assessments import AssessmentRecord, Line, LineStatus
from steelyard.store.transaction import Reader


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its lines by measure and the files that back them."""

    record: AssessmentRecord
    unit: str
    period: str
    lines: Mapping[str, Line]
    evidence: tuple[EvidenceRecord, ...]

    def says(self, measure: str) -> bool:
        """Whether there is a value or a `not applicable` for a measure."""
        line = self.lines.get(measure)
        return line is not None and line.status is not LineStatus.EMPTY


@dataclass(frozen=True, slots=True)
class LineInput:
    """What is to stand on a line: a value as in a table, empty for nothing, and a comment."""

    measure: str
    value: str
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was read: None without `applies` says that the measure does not apply."""

    measure: str
    status: LineStatus
    value: Fraction | None
    comment: str | None

    def stored(self, revision: int) -> Line:
        """The line, changed in this revision."""
        return Line(self.measure, self.status, self.value, self.comment, revision)

    def differs(self, line: Line | None) -> bool:
        """Whether it says anything else than what stands."""
        standing = Line(self.measure, LineStatus.EMPTY) if line is None else line
        return self.stored(0) != replace(standing, revision=0)


async def sheets_of(
    reader: Reader, scope: Scope, known: Structure, records: list[AssessmentRecord]
) -> tuple[Sheet, ...]:
    """Put sheets together; two statements, whatever their number."""
    ids = [each.id for each in records]
    lines = await assessments.lines(reader, scope, ids)
    evidence = await assessment_evidence.load(reader, scope, ids)
    found = []
    for each in records:
        unit, period = known.unit_by_id(each.unit_id), known.period_by_id(each.period_id)
        own = tuple(file for file in evidence if file.assessment_id == each.id)
        codes = "" if unit is None else unit.code, "" if period is None else period.code
        found.append(Sheet(each, *codes, lines[each.id], own))
    return tuple(found)
