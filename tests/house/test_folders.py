"""The fixed folders: `graphql/` is also the import name of graphql-core, so nothing may shadow it."""

from __future__ import annotations

import ast
from pathlib import Path

import graphql
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("core", "graphql", "plugins", "migrations", "tests", "bench", "soak", "outside")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if not {"node_modules", ".cache"} & set(path.relative_to(ROOT).parts)
]


def test_graphql_is_graphql_core() -> None:
    assert "site-packages" in Path(graphql.__file__).parts


def test_containers_are_no_packages() -> None:
    folders = [ROOT / "core", ROOT / "graphql", ROOT / "plugins", *(ROOT / "plugins").iterdir()]
    assert [folder for folder in folders if (folder / "__init__.py").exists()] == []


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_imports_a_container(path: Path) -> None:
    imported = _imported(path)
    assert {name for name in imported if name.split(".")[0] in {"core", "plugins"}} == set()
    assert "graphql.steelyard_graphql" not in imported


def test_every_checkout_folder_of_the_design_is_there() -> None:
    wanted = "core graphql migrations tests plugins/automotive plugins/education plugins/ecommerce docs"
    assert [name for name in wanted.split() if not (ROOT / name).is_dir()] == []
