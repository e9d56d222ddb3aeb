"""Scheme files: from bytes to a checked `Scheme`, or to every problem of the file in one go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from steelyard.errors import InvalidInput, Level, Place, Problem
from steelyard.scheme.checking import check_salvage
from steelyard.scheme.document import in_order
from steelyard.scheme.encoding import decode
from steelyard.scheme.model import Scheme
from steelyard.scheme.problems.text import MORE_PROBLEMS, TOO_MANY_CHARACTERS, UNREADABLE
from steelyard.scheme.salvage import salvage_scheme
from steelyard.scheme.yaml import MAX_CHARACTERS, read_document

MAX_BYTES = 4 * MAX_CHARACTERS
"""No text within the limit has more."""
MAX_PROBLEMS = 1000
"""More than anybody reads at a time."""


def read_scheme(path: Path, *, warnings: list[Problem] | None = None) -> Scheme:
    """Read a scheme file (UTF-8, a byte order mark is allowed); see `read_scheme_text`."""
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise InvalidInput(Problem(TOO_MANY_CHARACTERS, place, {"limit": MAX_CHARACTERS}))
    except OSError as error:
        raise InvalidInput(Problem(UNREADABLE, place, {"reason": error.strerror or error})) from error
    return read_scheme_text(decode(data, str(path)), str(path), warnings=warnings)


def read_scheme_text(text: str, file: str = "<text>", *, warnings: list[Problem] | None = None) -> Scheme:
    """Read and check a scheme.

    `file` names the text in problems.  Raises InvalidInput with all errors, in the order of their places.
    Warnings raise nothing; they are appended to `warnings`, also where there are errors.
    """
    try:
        document, found = read_document(text, file)
    except InvalidInput as invalid:
        raise InvalidInput(_limited(invalid.problems)) from None
    salvage = salvage_scheme(document)
    found = in_order([*found, *salvage.problems, *check_salvage(salvage)])
    if warnings is not None:
        warnings += [problem for problem in found if problem.level is not Level.ERROR]
    errors = [problem for problem in found if problem.level is Level.ERROR]
    if errors or salvage.scheme is None:
        raise InvalidInput(_limited(errors))
    return salvage.scheme


def _limited(errors: Sequence[Problem]) -> Sequence[Problem]:
    """At most `MAX_PROBLEMS`, and one that says how many more there are at least."""
    more = len(errors) - MAX_PROBLEMS
    if more <= 0:
        return errors
    return [*errors[:MAX_PROBLEMS], Problem(MORE_PROBLEMS, errors[MAX_PROBLEMS].place, {"more": more})]
