"""Problems on stderr, one a line."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from steelyard.cli.problems import AT_LEAST_MORE, MORE_PROBLEMS
from steelyard.errors import Locale, Problem

MOST = 200
NOT_ALL = frozenset({"SCHEME_MORE_PROBLEMS"})
"""What says that counting, too, came to an end."""


def report(problems: Sequence[Problem], locale: Locale) -> None:
    """Print at most `MOST` problems, and how many more there are."""
    for problem in problems[:MOST]:
        typer.echo(problem.text(locale), err=True)
    rest = problems[MOST:]
    if rest:
        # The last problem may itself stand for many that were only counted.
        counts = [int(str(problem.values.get("more", 1))) for problem in rest]
        words = AT_LEAST_MORE if any(problem.code in NOT_ALL for problem in rest) else MORE_PROBLEMS
        typer.echo(words.format({"count": sum(counts)}).get(locale), err=True)
