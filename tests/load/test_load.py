"""A sample of the load: `python -m soak load` puts it on for as long as asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from load.campaign import Outcome, Plan, load
from load.clients import faults
from postgres_server import PostgresServer, running_postgres
from services.desk_pack import Place


@pytest.fixture(scope="module")
def durable() -> Iterator[PostgresServer]:
    with running_postgres(durable=True) as server:
        yield server


def whole(outcome: Outcome) -> None:
    assert outcome.told.faults == []
    assert outcome.missing == []
    assert outcome.told.answers["recorded"] > 0
    assert outcome.told.answers["looked"] > 0


async def test_a_server_is_restarted_under_load(tmp_path: Path) -> None:
    place = Place(f"sqlite:///{tmp_path / 'load.db'}", tmp_path)
    whole(await load(place, Plan(seconds=0, every=1, least=1), servers=1))


@pytest.fixture
def durable_place(durable: PostgresServer, tmp_path: Path) -> Place:
    return Place(durable.url(durable.create()), tmp_path)


async def test_servers_and_their_database_are_restarted_under_load(
    durable: PostgresServer, durable_place: Place
) -> None:
    whole(await load(durable_place, Plan(seconds=0, every=1, least=3), servers=2, postgres=durable))


RIGHT = {
    "scorecard": {"root": {"rate": 0.000005}, "nodes": [{"code": "ANSWERED", "rate": 0.000005}]},
    "ranking": {"edges": [{"node": {"score": 0.0005, "unit": {"code": "W0"}}}]},
}


@pytest.mark.parametrize(("least", "most", "wrong"), [(5, 5, 0), (4, 6, 0), (6, 9, 2), (1, 4, 2)])
def test_a_stale_or_invented_answer_is_a_fault(least: int, most: int, wrong: int) -> None:
    assert len(faults("W0", RIGHT, {"W0": least}, {"W0": most})) == wrong
