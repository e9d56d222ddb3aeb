"""The statuses of what goes wrong outside GraphQL: files of rejected rows, forms, evidence, exports."""

from __future__ import annotations

import pytest

from steelyard.errors import (
    ConfigError,
    Conflict,
    Forbidden,
    InternalError,
    InvalidInput,
    NotFound,
    Problem,
    SteelyardError,
    TransientError,
)
from steelyard_graphql.http.refusal import status_of
from steelyard_graphql.problems import ID_INVALID


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (InvalidInput, 400),
        (Conflict, 400),
        (Forbidden, 403),
        (NotFound, 404),
        (InternalError, 500),
        (ConfigError, 503),
        (TransientError, 503),
    ],
)
def test_the_status_tells_whose_fault_it_is(kind: type[SteelyardError], status: int) -> None:
    assert status_of(kind(Problem(ID_INVALID, values={"id": "x"}))) == status
