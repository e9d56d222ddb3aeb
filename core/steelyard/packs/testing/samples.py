"""The samples are read, and measured: no indicator is MISSING except where that is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.table import read_table_text
from steelyard.packs.records import SampleData, SampleTable
from steelyard.packs.registry import Packs
from steelyard.packs.testing import problems as p
from steelyard.packs.testing.scored import attempt
from steelyard.scoring import Evaluation, Observations, Status


def read_sample(table: SampleTable, packs: Packs) -> Observations:
    """Read one sample table; InvalidInput with all its problems."""
    scheme = packs.schemes[table.scheme].scheme
    read = read_table_text(table.text, table.file, scheme, rubrics=packs.rubrics, calendars=packs.calendars)
    return read.observations


def unmeasured(packs: Packs, samples: SampleData, meant: Collection[str]) -> Iterator[Problem]:
    """Find sample tables that leave an indicator without any value.

    `meant` are the codes of indicators that are not measured in the samples, and should not be.
    """
    for table in samples.tables:
        try:
            seen = read_sample(table, packs)
        except InvalidInput:  # told by another check
            continue
        result, _ = attempt(packs.schemes[table.scheme].scheme, seen, packs.rubrics)
        if result is not None:
            yield from _gaps(table, result, meant)


def _gaps(table: SampleTable, result: Evaluation, meant: Collection[str]) -> Iterator[Problem]:
    seen = result.observations
    known = {
        m for m, line in zip(seen.measures, seen.status, strict=True) if (line <= Status.NOT_APPLICABLE).any()
    }
    for node in result.trees[0].nodes:
        if node.rubric is None or node.code in meant:
            continue
        condition = node.indicator.applies_if
        read = (*node.rubric.measures, *((condition.measure,) if condition is not None else ()))
        if absent := [measure for measure in read if measure not in known]:
            values = {"node": node.code, "measures": ", ".join(absent)}
            yield Problem(p.SAMPLE_UNMEASURED, Place(table.file), values)
