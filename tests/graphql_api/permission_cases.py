"""A question for each field that needs a permission; new ones are added here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CARD = 'scorecard(unit: "UNIT", scheme: "test.shop", period: "2025-01")'


@dataclass(frozen=True)
class Case:
    """A query in which UNIT stands for the code of a unit and JOB for a job; the code for a unit not seen.

    unseen: None where no unit is named.
    """

    query: str
    unseen: str | None = "UNIT_NOT_FOUND"


CASES: Mapping[str, Case] = MappingProxyType(
    {
        "Unit.person": Case('{ unit(code: "UNIT") { person { pseudonym } } }'),
        "NodeScore.records": Case(f'{{ {CARD} {{ node(code: "SPEED") {{ records {{ measure }} }} }} }}'),
        "Mutation.recordMeasurement": Case(
            'mutation { recordMeasurement(input: {scheme: "test.shop", unit: "UNIT", period: "2025-01",'
            ' measure: "SPEED", value: "50%"}) { __typename ... on Problem { code message } } }'
        ),
        "Mutation.proposeWeights": Case(
            'mutation { proposeWeights(input: {scheme: "test.shop", units: ["UNIT"], period: "2025-01",'
            ' weights: [{indicator: "SPEED", weight: 2}]}) { __typename ... on Problem { code message } } }'
        ),
        "Mutation.importMeasurements": Case(
            'mutation ($file: Upload!) { importMeasurements(input: {scheme: "test.shop", file: $file})'
            " { __typename ... on Problem { code message } } }",
            unseen=None,
        ),
        "Mutation.cancelImport": Case(
            'mutation { cancelImport(input: {job: "JOB"}) { __typename ... on Problem { code message } } }',
            unseen=None,
        ),
        "Query.importJob": Case('{ importJob(job: "JOB") { state } }', unseen=None),
        "Subscription.importProgress": Case(
            'subscription { importProgress(job: "JOB") { state } }', unseen=None
        ),
    }
)
"""By `Type.field`."""
