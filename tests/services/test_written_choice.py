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


UNREADABLE = [
    (["band"], "CHOICE_UNREADABLE", "band=A"),
    (["=A"], "CHOICE_UNREADABLE", "`=A`"),
    (["band="], "CHOICE_UNREADABLE", "`band=`"),
    (["colour=red"], "CHOICE_NAME_UNKNOWN", "There are: unit, children-of"),
    (["bnad=A"], "CHOICE_NAME_UNKNOWN", "did you mean `band`?"),
    (["size=large"], "CHOICE_NAME_UNKNOWN", "attribute.size=large"),
    (["attribute.=large"], "CHOICE_NAME_UNKNOWN", "`attribute.`"),
    (["band>=A"], "CHOICE_SIGN", "Write band=A"),
    (["attribute.staff>=many"], "CHOICE_VALUE", "attribute.staff>= cannot be `many`. It has to be a number"),
    (["passed=maybe"], "CHOICE_VALUE", "passed cannot be `maybe`. It has to be true or false"),
    (["outcome=scored"], "CHOICE_VALUE", "one of SCORED, NOT_APPLICABLE"),
    (["top=-1"], "CHOICE_VALUE", "a whole number"),
    (["factor=0.5", "peers-of=S1"], "CHOICE_VALUE", "at least 1"),
    (["top=3", "top=5"], "CHOICE_TWICE", "`top=5`: there is top=3 before it"),
    (["attribute.n>=1", "attribute.n>=2"], "CHOICE_TWICE", "attribute.n>=1 before it"),
    (
        ["alike=size"],
        "CHOICE_ALONE",
        "`alike=size` says nothing by itself. Give beside it (one of): peers-of=…",
    ),
    (["by=SPEED"], "CHOICE_ALONE", "top=…, bottom=…, around=…"),
    (["top=3", "reach=1"], "CHOICE_ALONE", "around=…"),
]


@pytest.mark.parametrize(("written", "code", "words"), UNREADABLE)
def test_what_cannot_be_read_says_why(written: list[str], code: str, words: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_choice(written)
    assert [problem.code for problem in raised.value.problems] == [code]
    assert words in raised.value.text()
    assert raised.value.text().startswith("where: error")


def test_all_of_it_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as raised:
        read_choice(
            ["band=A", "below=R1", "below=R2", "colour=red", "attribute.n>=1", "attribute.n>=2", "alike=size"]
        )
    found = [problem.values["found"] for problem in raised.value.problems]
    assert found == ["below=R2", "colour=red", "attribute.n>=2", "alike=size"]
