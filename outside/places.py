"""Where things lie."""

from __future__ import annotations

from pathlib import Path

OUTSIDE = Path(__file__).resolve().parent
ROOT = OUTSIDE.parent
SDL = ROOT / "graphql" / "schema.graphql"
SCREENS = ROOT / "docs" / "screens"
SCRIPTS = OUTSIDE / "scripts"
NODE_MODULES = OUTSIDE / "node_modules"
CACHE = OUTSIDE / ".cache"
"""What may be deleted: environments of Python tools, generated clients, logs."""


def folder(name: str) -> Path:
    """Return a folder of the cache, made if need be."""
    path = CACHE / name
    path.mkdir(parents=True, exist_ok=True)
    return path
