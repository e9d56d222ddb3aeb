"""The random schemes: what is written as text means what the plain data means."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from ruamel.yaml import YAML

from oracle.evaluator import evaluate
from oracle.strategies import Case, cases
from oracle.table import Table
from oracle.yaml_text import scheme_text, table_text


@settings(max_examples=20, deadline=None)
@given(cases())
def test_texts_keep_scheme_and_table(case: Case) -> None:
    scheme = YAML(typ="safe", pure=True).load(scheme_text(case.scheme))
    reader = csv.DictReader(io.StringIO(table_text(case.table)))
    table = Table(tuple(reader.fieldnames or ()), tuple(reader))
    assert evaluate(scheme, table, case.periods) == evaluate(case.scheme, case.table, case.periods)


@settings(max_examples=20, deadline=None)
@given(cases())
def test_every_row_gets_every_node(case: Case) -> None:
    results = evaluate(case.scheme, case.table, case.periods)
    assert len(results) == len(case.table.rows)
    for result in results.values():
        for node in result.nodes.values():
            assert (node.rate is None) == (node.outcome != "SCORED")
            assert (node.coverage is None) == (node.outcome == "NOT_APPLICABLE")
            assert (node.full is None) == (node.outcome == "NOT_APPLICABLE")
