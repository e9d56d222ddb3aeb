"""Every node and rule is explained, in zh and en."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from steelyard.errors import Place, Problem, Text
from steelyard.packs.contribution import describe
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.testing import problems as p
from steelyard.scoring import PythonRubric, Tree, build_tree, rule_sentence
from steelyard.scoring.explanation import sentence
from steelyard.scoring.tree import Node

_HAN, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]")


def unexplained(installed: InstalledScheme, rubrics: Mapping[str, PythonRubric]) -> Iterator[Problem]:
    """Find nodes and rules without a sentence in each language."""
    tree = build_tree(installed.scheme, rubrics=rubrics)
    said = [(node.code, _sentence(tree, node)) for node in tree.nodes]
    said += [(rule.id, rule_sentence(rule)) for rule in installed.scheme.rules]
    for name, text in said:
        if not _HAN.search(text.zh) or not _LATIN.search(text.en):
            values = {"node": name, "zh": text.zh, "en": text.en}
            yield Problem(p.NO_SENTENCE, Place(installed.file), values)


def _sentence(tree: Tree, node: Node) -> Text:
    try:
        said: object = sentence(tree, node)
    except Exception as error:
        said = describe(error)
    return said if isinstance(said, Text) else Text("", str(said))
