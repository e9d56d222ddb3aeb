"""Every error code has its section in docs/errors.md, and every section its code."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import steelyard
import steelyard_graphql
from steelyard.errors import Kind

ROOT = Path(__file__).resolve().parents[2]


def kinds() -> Iterator[Kind]:
    """All kinds of problems that any module defines."""
    for package in (steelyard, steelyard_graphql):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in module.name or module.name.endswith("__main__"):
                continue
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Kind):
                    yield value


def test_codes_and_sections_agree() -> None:
    sections = set(re.findall(r"^### `([A-Z_]+)`$", (ROOT / "docs/errors.md").read_text(), re.MULTILINE))
    assert {kind.code for kind in kinds()} == sections


def test_a_code_has_one_kind() -> None:
    by_code: dict[str, set[Kind]] = {}
    for kind in kinds():
        by_code.setdefault(kind.code, set()).add(kind)
    assert {code: len(same) for code, same in by_code.items() if len(same) > 1} == {}


def test_messages_speak_two_languages() -> None:
    for kind in kinds():
        for text in (kind.message, kind.advice):
            assert re.search(r"[一-鿿]", text.zh), kind.code
            assert not re.search(r"[一-鿿]", text.en.replace("不适用", "")), kind.code
