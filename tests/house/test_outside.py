"""The judges from outside: all are documented, and what they are made of is pinned and names no host."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = ROOT / "outside"


def _judges() -> set[str]:
    tree = ast.parse((OUTSIDE / "__main__.py").read_text(encoding="utf-8"))
    tables = [node.value for node in tree.body if isinstance(node, ast.AnnAssign)]
    keys = [key for table in tables if isinstance(table, ast.Dict) for key in table.keys]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def test_every_judge_is_documented() -> None:
    page = (ROOT / "docs" / "outside.md").read_text(encoding="utf-8")
    assert _judges() == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


def test_packages_are_pinned_exactly() -> None:
    package = json.loads((OUTSIDE / "package.json").read_text(encoding="utf-8"))
    versions = {**package["dependencies"], **package["optionalDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    required = (OUTSIDE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in required if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_the_lock_says_no_place_to_download_from() -> None:
    packages = json.loads((OUTSIDE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
