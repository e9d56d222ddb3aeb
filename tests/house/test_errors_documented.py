"""docs/errors.md says what the code says, of every code, in two languages."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    """docs/build_errors.py as a module."""
    spec = importlib.util.spec_from_file_location("build_errors", ROOT / "docs/build_errors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(builder: ModuleType) -> None:
    assert (ROOT / "docs/errors.md").read_text(encoding="utf-8") == builder.page(), (
        "run: python docs/build_errors.py"
    )


def test_messages_speak_two_languages(builder: ModuleType) -> None:
    for _, kind in builder.kinds():
        assert re.search(r"[一-鿿]", kind.message.zh), kind.code
        assert not re.search(r"[一-鿿]", kind.message.en), kind.code


def test_every_code_in_the_sources_is_on_the_page() -> None:
    page = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    defined = set()
    for folder in ("core", "graphql"):
        for path in (ROOT / folder).rglob("*.py"):
            defined |= set(re.findall(r"Kind\(\s*\"([A-Z_]+)\"", path.read_text(encoding="utf-8")))
    assert {code for code in defined if f"### `{code}`" not in page} == set()
