"""Problems on stderr, one a line."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from steelyard.cli.problems import MORE_PROBLEMS
from steelyard.errors import Locale, Problem

MOST = 200


def report(problems: Sequence[Problem], locale: Locale) -> None:
    """Print at most `MOST` problems, and how many more there are."""
    for problem in problems[:MOST]:
        typer.echo(problem.text(locale), err=True)
    if len(problems) > MOST:
        typer.echo(MORE_PROBLEMS.format({"count": len(problems) - MOST}).get(locale), err=True)
