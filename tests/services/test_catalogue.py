"""What packs install."""

from __future__ import annotations

import pytest

from services.conftest import Seat
from services.shop_pack import FASTER, SCHEME
from steelyard.errors import NotFound
from steelyard.services import catalogue
from steelyard.services.scheme_entry import SchemeEntry


@pytest.fixture
def entry(seat: Seat) -> SchemeEntry:
    return catalogue.scheme(*seat, scheme=SCHEME)


def test_schemes_by_pack(seat: Seat, entry: SchemeEntry) -> None:
    assert catalogue.schemes(*seat) == catalogue.schemes(*seat, pack="shops") == (entry,)
    assert catalogue.schemes(*seat, pack="other") == ()
    assert [listing.name for listing in catalogue.packs(*seat)] == ["shops"]


def test_nodes_with_their_weights(entry: SchemeEntry) -> None:
    assert [(node.code, node.local_weight, node.global_weight, node.full) for node in entry.nodes] == [
        ("SHOP", 1, 1, 100),
        ("SERVICE", 0.75, 0.75, 75),
        ("SPEED", 0.5, 0.375, 37.5),
        ("KINDNESS", 0.5, 0.375, 37.5),
        ("ROOMS", 0.25, 0.25, 25),
    ]


def test_nodes_with_their_rubrics(entry: SchemeEntry) -> None:
    rooms = entry.node("ROOMS")
    assert (rooms.rubric_kind, rooms.measures, rooms.parent, rooms.line) == (
        "deduct",
        ("complaints",),
        "SHOP",
        0.7,
    )
    assert entry.root.rubric.en == "weighted arithmetic mean"
    assert (entry.root.rubric_kind, entry.root.measures) == (None, ())


def test_rules_calendars_measures_and_advice(entry: SchemeEntry) -> None:
    assert [each.rule.id for each in entry.rules] == ["bonus", "unkind", "three-times-c"]
    assert all(each.sentence.zh and each.sentence.en for each in entry.rules)
    assert [calendar.code for calendar in entry.calendars] == ["month", "quarter"]
    assert list(entry.measures) == ["SPEED", "KINDNESS", "complaints", "bonus"]
    assert entry.advice == (FASTER,)
    assert entry.period("2030-Q4") is not None


async def test_versions_that_were_evaluated_with(seat: Seat, entry: SchemeEntry) -> None:
    assert [version.hash for version in await catalogue.versions(*seat, scheme=SCHEME)] == [entry.hash]


async def test_periods_in_which_something_was_measured(seat: Seat) -> None:
    found = await catalogue.periods(*seat, scheme=SCHEME)
    assert [period.code for period in found] == ["2025-01", "2025-02", "2025-Q1"]


def test_an_unknown_node(entry: SchemeEntry) -> None:
    with pytest.raises(NotFound) as caught:
        entry.node("ROOM")
    assert caught.value.code == "NODE_NOT_FOUND"
