"""Running somebody else's program to its end."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from outside.places import ROOT

PATIENCE = 600
"""Seconds that a program may take unless told otherwise."""
TAIL = 25
"""Lines of a program's output that a report shows."""


def run(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    patience: float = PATIENCE,
) -> subprocess.CompletedProcess[str]:
    """Run a program; what it says is kept as text. One that takes too long is ended, and has status 124."""
    words = [str(word) for word in command]
    try:
        return subprocess.run(
            words, cwd=folder, env=environment, timeout=patience, capture_output=True, text=True, check=False
        )
    except subprocess.TimeoutExpired as error:
        said = error.stdout.decode(errors="replace") if isinstance(error.stdout, bytes) else error.stdout
        return subprocess.CompletedProcess(words, 124, said or "", f"ended after {patience:.0f} s")


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the last lines that a program wrote."""
    lines = [line.rstrip() for line in (done.stdout + "\n" + done.stderr).splitlines() if line.strip()]
    return lines[-TAIL:]
