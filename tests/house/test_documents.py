"""The documents name what exists: every hook, query and mutation, and only files that are there."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from steelyard.packs import PackState, hookspecs
from steelyard_graphql.schema import schema

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_hook_is_documented() -> None:
    hooks = {
        name for name, _ in inspect.getmembers(hookspecs, inspect.isfunction) if name.startswith("steelyard_")
    }
    assert hooks == set(re.findall(r"^\| `(steelyard_\w+)`", page("packs/index.md"), re.MULTILINE))


def test_every_state_of_a_pack_is_documented() -> None:
    documented = page("packs/index.md").split("| state |")[1]
    assert {state.value for state in PackState} == set(re.findall(r"^\| `(\w+)`", documented, re.MULTILINE))


@pytest.mark.parametrize("kind", ["Query", "Mutation"])
def test_every_query_and_mutation_is_documented(kind: str) -> None:
    fields = schema._schema.to_kwargs()[kind.lower()].fields
    missing = [name for name in fields if f"`{name}`" not in page("graphql.md")]
    assert missing == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(((?!http)[^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_folders_named_in_the_house_exist() -> None:
    named = re.findall(r"`((?:core|graphql|plugins|migrations|docs|bench)/[\w/.]*)`", page("architecture.md"))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
