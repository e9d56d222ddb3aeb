"""The two files in which packs declare records: `records.yaml` and `measures.yaml`."""

from __future__ import annotations

from steelyard.records.measure import MeasureDefinition
from steelyard.records.table import RecordTable
from steelyard.scheme.base import Definition

RECORDS, MEASURES = "records.yaml", "measures.yaml"


class RecordsFile(Definition):
    """`records.yaml`."""

    records: tuple[RecordTable, ...]


class MeasuresFile(Definition):
    """`measures.yaml`."""

    measures: tuple[MeasureDefinition, ...]
