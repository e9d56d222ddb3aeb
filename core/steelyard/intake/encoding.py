"""From the bytes of a file to text: UTF-8, else GB18030, never with replacement characters."""

from __future__ import annotations

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.problems import NOT_TEXT, READ_AS_GB18030


def decode(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text and the warnings: one that names the encoding where it is not UTF-8.

    A byte order mark is dropped. Raises InvalidInput for anything that is no text in one of the two.
    """
    if b"\x00" in data:
        raise _not_text(data.index(b"\x00"), file)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        first = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise _not_text(first, file) from None
    return text, (Problem(READ_AS_GB18030, Place(file)),)


def _not_text(position: int, file: str) -> InvalidInput:
    return InvalidInput(Problem(NOT_TEXT, Place(file), {"byte": position + 1}))
