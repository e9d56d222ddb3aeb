"""Choices of units as they are written."""

from __future__ import annotations

import pytest

from steelyard.analysis.choice import Condition
from steelyard.errors import InvalidInput
from steelyard.scoring import Outcome
from steelyard.services.unit_choice import PeerGroup, Places, UnitChoice
from steelyard.services.written_choice import read_choice


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([], None),
        (["unit=S2", "unit=S1"], UnitChoice(codes=("S2", "S1"))),
        (["children-of=R1", "below=CO"], UnitChoice(children_of="R1", below="CO")),
        (["band=A", "band=B", "passed=false"], UnitChoice(bands=("A", "B"), passed=False)),
        (["verdict=suspended"], UnitChoice(verdicts=("suspended",))),
        (["outcome=MISSING"], UnitChoice(outcomes=(Outcome.MISSING,))),
        (
            [
                "attribute.size=large",
                "attribute.size=small",
                "attribute.staff>=10",
                "attribute.staff <= 50.5",
            ],
            UnitChoice(
                attributes=(Condition("size", ("large", "small")), Condition("staff", (), 10.0, 50.5))
            ),
        ),
        (["attribute.size=a=b"], UnitChoice(attributes=(Condition("size", ("a=b",)),))),
        (
            ["peers-of=S1", "alike=size", "ancestor-type=region", "measure=orders", "factor=1.5"],
            UnitChoice(peers_of=PeerGroup("S1", ("size",), "region", "orders", 1.5)),
        ),
        (
            ["top=3", "bottom=2", "around=S1", "reach=0", "by=SPEED"],
            UnitChoice(places=Places(3, 2, "S1", 0, "SPEED")),
        ),
    ],
)
def test_what_is_written(written: list[str], expected: UnitChoice | None) -> None:
    assert read_choice(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "band",
        "=A",
        "band=",
        "colour=red",
        "band>=A",
        "attribute.=large",
        "attribute.staff>=many",
        "passed=yes",
        "outcome=scored",
        "top=-1",
        "factor=0.5",
        "alike=size",
    ],
)
def test_what_cannot_be_read(written: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_choice([written])
    assert [problem.code for problem in raised.value.problems] == ["CHOICE_UNREADABLE"]


def test_all_of_it_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as raised:
        read_choice(["band=A", "below=R1", "below=R2", "colour=red", "attribute.n>=1", "attribute.n>=2"])
    found = [problem.values["found"] for problem in raised.value.problems]
    assert found == ["below=R2", "colour=red", "attribute.n>=2"]
