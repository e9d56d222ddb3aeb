"""The options of an adapter, checked against its spec; values of secrets never come into a message."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.adapters.adapter import Option, OptionKind, Options
from steelyard.intake.adapters.problems import (
    BAD_OPTION,
    FILE_UNREADABLE,
    MISSING_OPTION,
    SECRET_MISSING,
    SECRET_TWICE,
    UNKNOWN_OPTION,
)

WHOLE_DIGITS = 9


def checked(spec: tuple[Option, ...], options: Options) -> dict[str, str]:
    """The options with their defaults. Raises InvalidInput with all that is wrong with them."""
    known = {option.name: option for option in spec}
    names = ", ".join(known)
    problems = [
        Problem(UNKNOWN_OPTION, values={"option": name, "known": names})
        for name in options
        if name not in known
    ]
    values = {}
    for option in spec:
        value = options.get(option.name) or option.default
        if value is not None:
            values[option.name] = value
            problems += _faults(option, value)
        elif option.required:
            problems.append(Problem(MISSING_OPTION, values={"option": option.name}))
    if problems:
        raise InvalidInput(problems)
    return values


def bad_option(name: str, expected: str) -> InvalidInput:
    """The error for an option whose text is not what it must be."""
    return InvalidInput(Problem(BAD_OPTION, values={"option": name, "expected": expected}))


def secret(values: Mapping[str, str], direct: str, variable: str, file: str) -> str | None:
    """The value of a secret from whichever of three options is given; None if none is.

    Raises InvalidInput where two are given or nothing stands there.
    """
    given = [name for name in (direct, variable, file) if name in values]
    if len(given) > 1:
        raise InvalidInput(Problem(SECRET_TWICE, values={"options": ", ".join(given)}))
    if not given or given[0] == direct:
        return values.get(direct)
    reading: Callable[[str], str | None] = os.environ.get if given[0] == variable else _content
    text = (reading(values[given[0]]) or "").strip()
    if not text:
        raise InvalidInput(Problem(SECRET_MISSING, values={"source": values[given[0]]}))
    return text


def _content(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _faults(option: Option, value: str) -> list[Problem]:
    if option.kind is OptionKind.WHOLE:
        digits = value.isascii() and value.isdigit() and len(value) <= WHOLE_DIGITS
        if not digits or int(value) < 1:
            values = {"option": option.name, "expected": f"1 … {10**WHOLE_DIGITS - 1}"}
            return [Problem(BAD_OPTION, values=values)]
    if option.kind is OptionKind.FILE:
        try:
            with Path(value).open("rb"):
                return []
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            return [Problem(FILE_UNREADABLE, Place(Path(value).name), {"reason": reason})]
    return []
