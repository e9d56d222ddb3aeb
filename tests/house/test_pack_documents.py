"""The reference pages of docs/packs/ say what the models and the hook specifications say."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

from steelyard.packs import API_VERSION, testing
from steelyard.packs.pack_file import PackFile, read_pack_file
from steelyard.packs.testing import PackConformance
from steelyard.scheme.model import FORMAT

DOCS = Path(__file__).resolve().parents[2] / "docs"


def builder(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["build_pack_format", "build_hooks"])
def test_the_reference_is_up_to_date(name: str) -> None:
    module = builder(name)
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), f"run: python docs/{name}.py"


def test_every_check_of_the_kit_is_on_its_page() -> None:
    page = (DOCS / "packs/kit.md").read_text(encoding="utf-8")
    checks = [name for name in dir(PackConformance) if name.startswith("test_")]
    assert [name for name in checks if f"`{name}`" not in page] == []
    assert testing.__all__ == ["PackConformance"]


def test_the_versions_in_force_are_on_the_compatibility_page() -> None:
    page = (DOCS / "packs/compatibility.md").read_text(encoding="utf-8")
    (pack_format,) = get_args(PackFile.model_fields["format"].annotation)
    now = re.findall(r"^\| .* \| .* \| (\d+) \|$", page, re.MULTILINE)
    assert now == [str(API_VERSION), pack_format.partition("/")[2], FORMAT.partition("/")[2]]


def test_every_file_of_a_pack_is_on_the_first_page() -> None:
    page = (DOCS / "packs/index.md").read_text(encoding="utf-8")
    reference = (DOCS / "packs/format.md").read_text(encoding="utf-8")
    files = re.findall(r"^\| `([\w/*<>.]+)` \|", reference.split("## ")[0], re.MULTILINE)
    assert len(files) > 5
    assert [file for file in files if file not in page] == []


def test_the_pack_file_on_the_first_page_can_be_read() -> None:
    page = (DOCS / "packs/index.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    info, _ = read_pack_file(text, "pack.yaml")
    assert (info.name, info.api_version) == ("parks", API_VERSION)


def test_the_suite_s_three_lines_are_a_class_that_pytest_collects() -> None:
    page = (DOCS / "packs/kit.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len([line for line in code.splitlines() if line]) == 3
    defined: dict[str, Any] = {}
    exec(code, defined)
    assert issubclass(defined["TestParks"], PackConformance)
