"""A problem as JSON: for editors, and for whoever else reads what commands find."""

from __future__ import annotations

from typing import Any

from steelyard.errors import Problem

LINK = "docs/errors.md#{code}"
"""Where a code is explained, from the top of the checkout."""


def problem_entry(problem: Problem) -> dict[str, Any]:
    """The problem with its place taken apart; what is not known is null."""
    place = problem.place
    return {
        "code": problem.code,
        "level": str(problem.level),
        "place": str(place),
        "file": place.file,
        "line": place.line or place.row,
        "column": place.column,
        "field": place.field,
        "message": {"zh": problem.message("zh"), "en": problem.message("en")},
        "advice": {"zh": problem.advice("zh"), "en": problem.advice("en")},
        "suggestion": problem.values.get("nearest"),
        "snippet": problem.snippet,
        "caret": problem.caret,
        "link": LINK.format(code=problem.code),
    }
