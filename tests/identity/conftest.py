"""An issuer of one's own for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from identity.issuer import Issuer, pair, running_issuer


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """An issuer with one key, `one`."""
    with running_issuer(pair("one")) as running:
        yield running
