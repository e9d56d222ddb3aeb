"""All screens make one typed client, in which operations and fragments are found by their names alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse

SCREENS = sorted((Path(__file__).resolve().parents[2] / "docs" / "screens").glob("*.graphql"))


@pytest.mark.parametrize("kind", [OperationDefinitionNode, FragmentDefinitionNode])
def test_names_are_unique_among_all_screens(
    kind: type[OperationDefinitionNode] | type[FragmentDefinitionNode],
) -> None:
    definitions = [node for path in SCREENS for node in parse(path.read_text(encoding="utf-8")).definitions]
    names = Counter(node.name.value if node.name else "" for node in definitions if isinstance(node, kind))
    assert [name for name, count in names.items() if count > 1 or not name] == []
