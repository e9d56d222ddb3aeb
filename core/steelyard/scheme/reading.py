"""Scheme files: from bytes to a checked `Scheme`, or to every problem of the file in one go."""

from __future__ import annotations

from pathlib import Path as FilePath

from pydantic import ValidationError

from steelyard.errors import InvalidInput, Level, Place, Problem
from steelyard.scheme import problems
from steelyard.scheme.faults import faults_of
from steelyard.scheme.model import Scheme
from steelyard.scheme.yaml import read_document


def read_scheme(path: FilePath, *, warnings: list[Problem] | None = None) -> Scheme:
    """Read a scheme file (UTF-8, a byte order mark is allowed); see `read_scheme_text`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            Problem(problems.UNREADABLE, Place(str(path)), {"reason": error.strerror or str(error)})
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(Problem(problems.NOT_UTF8, Place(str(path)), {"offset": error.start})) from error
    return read_scheme_text(text, str(path), warnings=warnings)


def read_scheme_text(text: str, file: str = "<text>", *, warnings: list[Problem] | None = None) -> Scheme:
    """Read and check a scheme.

    `file` names the text in problems.  Raises InvalidInput with all errors and warnings of the text, in
    the order of their places; warnings alone raise nothing and are appended to `warnings`.
    """
    document, found = read_document(text, file)
    scheme: Scheme | None = None
    try:
        scheme = Scheme.model_validate(document.root.plain(), by_alias=True, by_name=False)
    except ValidationError as error:
        found += [fault.problem for fault in faults_of(document, Scheme, error)]
    found.sort(key=lambda problem: (problem.place.line or 0, problem.place.column or 0))
    if scheme is None or any(problem.level is Level.ERROR for problem in found):
        raise InvalidInput(found)
    if warnings is not None:
        warnings += found
    return scheme
