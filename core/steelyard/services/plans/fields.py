"""What people write into actions: the fields, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.services.administration.texts import text_problems
from steelyard.services.plans import problems as p
from steelyard.services.problems import NODE_NOT_FOUND, near
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store.plan_findings import FindingRecord

LONGEST_DESCRIPTION = 4000
MOST_DAYS = 100_000
MOST_NAMED = 20
"""So many unknown findings are named: to look for what was meant takes long, and others wait for the plan."""
FIELDS = ("title", "description", "owner", "due", "effort", "expected_effect", "answers", "node")
"""The fields of an action that people write; `answers` are keys of findings."""
PROMISED = frozenset({"expected_effect", "due"})
"""What is promised: after agreement it changes with a reason only."""


def require_fields(
    entry: SchemeEntry | None, findings: Mapping[str, FindingRecord], given: Mapping[str, Any]
) -> None:
    """Raise InvalidInput with all that is wrong with the fields of an action.

    entry: the scheme; None where it is not installed any more, and no indicator can be named.
    """
    problems = [*_texts(given), *_numbers(given), *_answers(findings, given)]
    node = given.get("node")
    if node is not None and (entry is None or node not in entry.by_code):
        known = () if entry is None else entry.by_code
        values = {**near(node, known), "node": node[:100], "scheme": "" if entry is None else entry.code}
        problems.append(Problem(NODE_NOT_FOUND, Place(field="node"), values))
    if problems:
        raise InvalidInput(problems)


def stored(given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that fields go into, what they answer left out; a title said once is said in zh and en."""
    columns = {name: value for name, value in given.items() if name != "answers"}
    if "title" in columns:
        title = str(columns["title"]).strip()
        columns["title"] = Text(title, title)
    return columns


def _texts(given: Mapping[str, Any]) -> Iterator[Problem]:
    if "title" in given:
        yield from text_problems("title", given["title"] or "")
    description = given.get("description")
    if description is not None:
        yield from text_problems("description", description.replace("\n", " "), LONGEST_DESCRIPTION)


def _numbers(given: Mapping[str, Any]) -> Iterator[Problem]:
    effort, effect, due = given.get("effort"), given.get("expected_effect"), given.get("due")
    if effort is not None and not 0 <= effort <= MOST_DAYS:
        yield _invalid("effort", effort, Text("0 至 100000 人日", "0 to 100000 person-days"))
    if effect is not None and not 0 < effect <= Fraction(1):
        yield _invalid(
            "expected_effect", effect, Text("0 以上、1 以下的得分率", "a rate above 0 and up to 1")
        )
    if due is not None and not date(2000, 1, 1) <= due <= date(2999, 12, 31):
        yield _invalid("due", due, Text("2000 至 2999 年的日期", "a day of the years 2000 to 2999"))


def _answers(findings: Mapping[str, FindingRecord], given: Mapping[str, Any]) -> Iterator[Problem]:
    unknown = [key for key in dict.fromkeys(given.get("answers") or ()) if key not in findings]
    for key in unknown[:MOST_NAMED]:
        values = {**near(key, findings), "known": ", ".join(findings) or "–"}
        yield Problem(p.PLAN_FINDING_UNKNOWN, Place(field="answers"), values)


def _invalid(field: str, found: object, expected: Text) -> Problem:
    said = float(found) if isinstance(found, Fraction) else found
    values = {"field": field, "found": said, "expected_zh": expected.zh, "expected_en": expected.en}
    return Problem(p.PLAN_FIELD_INVALID, Place(field=field), values)
