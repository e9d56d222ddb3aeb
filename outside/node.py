"""Node and the packages of package.json, which are installed when they are first needed."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from outside.judgement import NotJudged
from outside.places import NODE_MODULES, OUTSIDE, SCRIPTS
from outside.program import PATIENCE, run, said

STAMP = NODE_MODULES / ".installed"
_PROCESSORS = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}
_QUIET = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def script(name: str, *arguments: str | Path, patience: float = PATIENCE) -> subprocess.CompletedProcess[str]:
    """Run one of our scripts."""
    return node([SCRIPTS / name, *arguments], patience=patience)


def node(
    command: Sequence[str | Path], *, folder: Path = OUTSIDE, patience: float = PATIENCE
) -> subprocess.CompletedProcess[str]:
    """Run Node with arguments."""
    return run([program(), *command], folder=folder, environment=environment(), patience=patience)


def package_program(package: str, path: str) -> Path:
    """Return a program of a package, installed if need be."""
    install()
    return NODE_MODULES / package / path


def environment() -> dict[str, str]:
    """Return the environment of Node's programs: they tell nobody that they run."""
    return {**os.environ, "NODE_ENV": "production", "NO_COLOR": "1", "DO_NOT_TRACK": "1", "CI": "1"}


def program() -> Path:
    """Return the Node that package.json pins for this machine, else the machine's own."""
    install()
    processor = platform.machine().lower()
    system = f"{platform.system().lower()}-{_PROCESSORS.get(processor, processor)}"
    pinned = NODE_MODULES / f"node-{system}" / "bin" / "node"
    return pinned if pinned.exists() else Path(_needed("node"))


def install() -> None:
    """Install exactly what package-lock.json says, once. Raises NotJudged where that cannot be done."""
    lock = hashlib.sha256((OUTSIDE / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == lock:
        return
    done = run([_needed("npm"), "ci", *_QUIET], folder=OUTSIDE)
    if done.returncode:
        raise NotJudged("; ".join(["npm ci failed", *said(done)[-3:]]))
    STAMP.write_text(lock)


def _needed(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotJudged(f"{name} is not on this machine")
    return found
