"""Keeps words of the solver out of what a command prints.

HiGHS now and then prints a line of its own to the standard output of the process, whatever it was told about
being quiet. Of a command's output somebody else may make something: the line goes where messages go.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

OUTPUT, MESSAGES = 1, 2


@contextmanager
def solver_words_to_stderr() -> Iterator[None]:
    """Let what is printed below Python go to standard error; for commands, which do one thing at a time."""
    sys.stdout.flush()
    kept = os.dup(OUTPUT)
    os.dup2(MESSAGES, OUTPUT)
    try:
        yield
    finally:
        if os.name == "posix":
            # C keeps lines back until it has enough of them: they would come out after all.
            ctypes.CDLL(None).fflush(None)
        os.dup2(kept, OUTPUT)
        os.close(kept)
