"""Judges that are Python packages, in an environment of their own: what they need is not what we need."""

from __future__ import annotations

import hashlib
import os
import sys
import venv
from pathlib import Path

from outside.judgement import NotJudged
from outside.places import CACHE, OUTSIDE
from outside.program import run, said

REQUIREMENTS = OUTSIDE / "requirements.txt"


def program(name: str) -> Path:
    """Return a program of the environment, made if need be. Raises NotJudged where that cannot be done."""
    pinned = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    place = CACHE / f"python-{pinned[:12]}"
    stamp = place / ".installed"
    if not stamp.exists():
        venv.create(place, with_pip=True, clear=True)
        quiet = ["--quiet", "--disable-pip-version-check"]
        done = run([place / "bin" / "python", "-m", "pip", "install", *quiet, "--requirement", REQUIREMENTS])
        if done.returncode:
            raise NotJudged("; ".join(["pip install failed", *said(done)[-3:]]))
        stamp.touch()
    return place / "bin" / name


def environment() -> dict[str, str]:
    """Return the environment of these programs, without what points Python at our own."""
    ours = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}
    return {name: value for name, value in os.environ.items() if name not in ours}
