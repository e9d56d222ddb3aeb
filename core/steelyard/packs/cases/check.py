"""What an evaluation gives against what the cases state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.cases.entry import NONE, CaseEntry, CaseFile, Figure, NodeEntry, read_cases
from steelyard.packs.cases.observed import ReadMeasures, observe
from steelyard.packs.cases.problems import CASE_REPEATED, CASE_UNKNOWN_RULE
from steelyard.packs.registry import Packs
from steelyard.scheme.document import Document, Path
from steelyard.scheme.model import Scheme
from steelyard.scheme.rule import QuotaRule
from steelyard.scheme.suggestion import suggested
from steelyard.scoring import Evaluation, Outcome, PythonRubric, RuleState, evaluate

_FIGURES = ("score", "points", "full", "obtained", "assessed", "coverage")


def check_pack(packs: Packs, name: str) -> tuple[int, list[Problem]]:
    """Check all cases of a loaded pack; return how many there are and every problem.

    Raises InvalidInput for a case file that cannot be read and KeyError for a pack that is not loaded.
    """
    count, found = 0, list[Problem]()
    for source in packs.cases(name):
        file, document = read_cases(source)
        count += len(file.cases)
        installed = packs.schemes.get(file.scheme)
        if installed is None or installed.pack != name:
            known = [code for code, other in packs.schemes.items() if other.pack == name]
            values = suggested(file.scheme, known)
            found.append(document.problem(p.UNKNOWN_SCHEME, document.mark(("scheme",)), **values))
        else:
            found += check_cases(file, document, installed.scheme, packs.rubrics)
    return count, found


def check_cases(
    file: CaseFile, document: Document, scheme: Scheme, rubrics: Mapping[str, PythonRubric]
) -> list[Problem]:
    """Evaluate the cases of one file and list every figure, band or verdict that comes out otherwise."""
    read = ReadMeasures(scheme, rubrics)
    known = (*read.by_leaves, *read.by_rules)
    result = evaluate(scheme, observe(file.cases, read), rubrics=rubrics)
    found = list(_repeated(file, document))
    for row, case in enumerate(file.cases):
        at = _CaseCheck(document, ("cases", row), case, result, row)
        found += [at.unknown_measure(measure, scheme, known) for measure in read.unknown(case)]
        found += at.mismatches()
    return found


def _repeated(file: CaseFile, document: Document) -> Iterator[Problem]:
    """Cases of one unit in one period: each row of a table is one of its own."""
    seen: set[tuple[str, str]] = set()
    for row, case in enumerate(file.cases):
        if case.unit is None or case.period is None:
            continue
        if (case.unit, case.period) in seen:
            values = {"case": case.name, "unit": case.unit, "period": case.period}
            yield document.problem(CASE_REPEATED, document.mark(("cases", row, "unit")), **values)
        seen.add((case.unit, case.period))


class _CaseCheck:
    """One case against its row of the evaluation."""

    def __init__(self, document: Document, path: Path, case: CaseEntry, result: Evaluation, row: int) -> None:
        self.document = document
        self.path = path
        self.case = case
        self.result = result
        self.row = row

    def unknown_measure(self, measure: str, scheme: Scheme, known: Iterable[str]) -> Problem:
        values = {"case": self.case.name, "scheme": scheme.scheme, **suggested(measure, known)}
        path = (*self.path, "measures", measure.partition(":")[0])
        mark = self.document.mark(path, key=True)
        return self.document.problem(p.CASE_UNKNOWN_MEASURE, mark, **values)

    def mismatches(self) -> Iterator[Problem]:
        root = self.result.codes[0]
        verdict = self._word(int(self.result.verdict[self.row]), self.result.verdict_words)
        if self.case.verdict is not None and verdict != self.case.verdict:
            yield self._mismatch(root, "verdict", self.case.verdict, verdict, ("verdict",))
        for code, stated in self.case.nodes.items():
            if code in self.result.index:
                yield from self._node(code, stated)
            else:
                near = suggested(code, self.result.codes)
                values = {"case": self.case.name, "scheme": self.result.scheme.scheme, **near}
                mark = self.document.mark((*self.path, "nodes", code), key=True)
                yield self.document.problem(p.CASE_UNKNOWN_NODE, mark, **values)
        yield from self._rules()

    def _rules(self) -> Iterator[Problem]:
        """Compare the states of rules, and the bands that quotas expect."""
        result, row = self.result, self.row
        states = {rule: RuleState(result.rule_state(rule)[row]).name.lower() for rule in result.rules}
        quotas = {
            rule.id: self._word(int(result.quota_band(rule.id)[row]), result.bands)
            for rule in result.scheme.rules
            if isinstance(rule, QuotaRule)
        }
        stated = (("rules", self.case.rules, states), ("quotas", self.case.quotas, quotas))
        for field, expected, actual in stated:
            for rule, word in expected.items():
                if rule not in actual:
                    yield self._unknown_rule(field, rule, actual)
                elif actual[rule] != word:
                    yield self._mismatch(rule, field, word, actual[rule], (field, rule))

    def _unknown_rule(self, field: str, rule: str, known: Iterable[str]) -> Problem:
        values = {"scheme": self.result.scheme.scheme, "rule": rule, "known": ", ".join(known) or "–"}
        mark = self.document.mark((*self.path, field, rule), key=True)
        return self.document.problem(CASE_UNKNOWN_RULE, mark, case=self.case.name, **values)

    def _node(self, code: str, stated: NodeEntry) -> Iterator[Problem]:
        """Compare each field that the case sets."""
        for field in sorted(stated.model_fields_set):
            expected = getattr(stated, field)
            if field in _FIGURES:
                actual = float(getattr(self.result, field)(code)[self.row])
                same = _agrees(expected, actual)
                shown = NONE if np.isnan(actual) else f"{actual:.12g}"
                expected = NONE if expected is None else expected
            else:
                shown = self._state(code, field)
                expected = _word_of(expected)
                same = shown == expected
            if not same:
                yield self._mismatch(code, field, str(expected), shown, ("nodes", code, field))

    def _state(self, code: str, field: str) -> str:
        result, row = self.result, self.row
        if field == "outcome":
            return Outcome(int(result.outcome(code)[row])).name
        if field == "band":
            return self._word(int(result.band(code)[row]), result.bands)
        return self._word(int(result.passed(code)[row]), ("false", "true"))

    @staticmethod
    def _word(index: int, words: tuple[str, ...]) -> str:
        return words[index] if index >= 0 else NONE

    def _mismatch(self, node: str, figure: str, expected: str, actual: str, below: Path) -> Problem:
        values = {"node": node, "figure": figure, "expected": expected, "actual": actual}
        mark = self.document.mark((*self.path, *below))
        return self.document.problem(p.CASE_MISMATCH, mark, case=self.case.name, **values)


def _agrees(stated: Figure | None, actual: float) -> bool:
    if stated is None or np.isnan(actual):
        return stated is None and bool(np.isnan(actual))
    return stated.agrees(actual)


def _word_of(stated: Outcome | bool | str) -> str:
    if isinstance(stated, Outcome):
        return stated.name
    return str(stated).lower() if isinstance(stated, bool) else stated
