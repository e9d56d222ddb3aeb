"""The sheets behind a number: each rater's line with what backs it, for those who may read sheets."""

from __future__ import annotations

from fractions import Fraction

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Forbidden, Text
from steelyard.services.assessments import deciding, writing
from steelyard.services.assessments.sheet import LineInput
from steelyard.services.records.behind import BehindSheets, behind, lines_behind

WHERE = {"scheme": SCHEME, "unit": "S5", "period": "2025-03"}


def person(code: str, *missing: Permission) -> Actor:
    return Actor(code, Text(code, code), {each: None for each in Permission if each not in missing})


async def approved(seat: Seat, rater: str, value: str, comment: str) -> None:
    view, _, scope = seat
    mine, boss = (view, person(rater), scope), (view, person("boss"), scope)
    begun = (await writing.begin(*mine, **WHERE)).record
    line = LineInput("SPEED", value, comment)
    saved = (await writing.save(*mine, number=begun.number, revision=begun.revision, lines=[line])).record
    sent = (await writing.submit(*mine, number=begun.number, revision=saved.revision)).record
    await deciding.approve(*boss, number=begun.number, revision=sent.revision)


async def test_each_rater_has_a_line(writing_seat: Seat) -> None:
    for rater, value in (("ann", "90%"), ("bob", "80%")):
        await approved(writing_seat, rater, value, f"says {rater}")
    found = await behind(*writing_seat, **WHERE, measure="SPEED")
    assert isinstance(found, BehindSheets)
    assert found.measurement.value == Fraction(17, 20)
    sheets = await lines_behind(*writing_seat, found)
    told = {(each.record.rater, each.lines["SPEED"].value, each.lines["SPEED"].comment) for each in sheets}
    assert told == {("ann", Fraction(9, 10), "says ann"), ("bob", Fraction(4, 5), "says bob")}


async def test_sheets_are_for_those_who_may_read_them(writing_seat: Seat) -> None:
    """Who sees the number sees that it was combined of sheets, and no more."""
    await approved(writing_seat, "ann", "90%", "says ann")
    view, _, scope = writing_seat
    other = (view, person("eve", Permission.ASSESSMENT_READ), scope)
    found = await behind(*other, **WHERE, measure="SPEED")
    assert isinstance(found, BehindSheets)
    with pytest.raises(Forbidden):
        await lines_behind(*other, found)
