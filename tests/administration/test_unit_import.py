"""Importing units by a table: one act, all problems at once, all of it or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from administration.conftest import Do
from administration.people import Seat, acting, seen
from steelyard.errors import Forbidden, InvalidInput, NotFound, SteelyardError
from steelyard.services import structure
from steelyard.services.administration import listing
from steelyard.services.administration.decide import reject
from steelyard.services.administration.perform import perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.unit_import import ImportUnits, UnitsImported
from steelyard.services.administration.unit_table import UnitRow, read_unit_table
from steelyard.services.administration.units import CreateUnit
from steelyard.services.administration.verify import verify
from steelyard.store.proposals import ProposalRecord

TABLE = """\
unit,type,title_zh,title_en,parent,opened_on,attribute.size
R1,region,一区,Region 1,,,
S1,shop,一店,Shop 1,R1,2024-01-01,large
S2,shop,二店,,R1,,
"""
MAY = date(2025, 5, 1)


def order(table: str) -> ImportUnits:
    return ImportUnits("units.csv", read_unit_table(table.encode(), "units.csv")[0], MAY)


async def test_one_act_tells_of_all_units(seat: Seat, do: Do) -> None:
    done = await do(order(TABLE))
    assert done.result == UnitsImported(created=3, changed=0, unchanged=0)
    after = orjson.loads(done.act.after or "")
    assert (done.act.deed, after["count"], after["file"]) == ("unit.import", 3, "units.csv")
    known = await structure.load(*seat)
    shop = known.unit("S1")
    assert (known.parent(shop), dict(known.attributes(shop))) == (known.unit("R1"), {"size": "large"})
    assert known.unit("S2").title.en == "二店"
    assert (await verify(*seat)).findings == ()


async def test_what_is_there_is_changed_in_what_the_row_says(seat: Seat, do: Do) -> None:
    await do(order(TABLE))
    change = "unit,title_en,parent,attribute.size\nS1,,,small\nS2,Shop 2,S1,\nR1,Region 1,,\n"
    done = await do(order(change))
    assert done.result == UnitsImported(created=0, changed=2, unchanged=1)
    known = await structure.load(*seat)
    shop = known.unit("S1")
    assert [known.attributes(shop, day)["size"] for day in (date(2025, 4, 30), MAY)] == ["large", "small"]
    second = known.unit("S2")
    assert [known.parent(second, day) for day in (date(2025, 4, 30), MAY)] == [known.unit("R1"), shop]
    assert (second.title.zh, second.title.en) == ("二店", "Shop 2")
    assert (await verify(*seat)).findings == ()


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_all_that_does_not_fit_what_is_there_is_told_at_once(seat: Seat, do: Do) -> None:
    await do(order(TABLE))
    table = (
        "unit,type,title_zh,parent,opened_on,closed_on\n"
        "S1,region,,,,2023-01-01\nS3,,,,,\nS4,shop,四店,R11,,\nS5,shop,五店,S4,2025-01-01,2025-01-01\n"
    )
    with pytest.raises(InvalidInput) as raised:
        await perform(*seat, order(table), reason="because")
    assert [(each.code, each.place.row) for each in raised.value.problems] == [
        ("UNIT_TYPE_DIFFERS", 2),
        ("UNIT_DAYS", 2),
        ("UNIT_NEW_WITHOUT", 3),
        ("UNIT_PARENT_UNKNOWN", 4),
        ("UNIT_DAYS", 5),
    ]
    assert "did you mean `R1`" in raised.value.text()
    assert not (await structure.load(*seat)).has_unit("S5")


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("", ["TABLE_EMPTY"]),
        ("code,type\na,b\n", ["UNIT_COLUMN_UNKNOWN", "TABLE_NO_UNIT_COLUMN"]),
        ("unit,type,类型\na,b,c\n", ["UNIT_COLUMN_TWICE"]),
        ("unit,opened_on\nA,1.5.2025\nB b,\nA,\n", ["UNIT_DAY", "CODE_INVALID", "UNIT_TWICE"]),
        ("unit,type\nA\n", ["TABLE_RAGGED_ROW"]),
        (f"unit,title_en,attribute.a b\nA,{'x' * 301},v\n", ["TEXT_TOO_LONG", "CODE_INVALID"]),
    ],
)
def test_all_that_is_wrong_with_a_table_is_told_at_once(table: str, codes: list[str]) -> None:
    with pytest.raises(InvalidInput) as raised:
        order(table)
    assert [each.code for each in raised.value.problems] == codes
    assert raised.value.text("zh")


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    ("table", "error"),
    [
        ("unit,type,title_zh\nS9,shop,九店\n", Forbidden),
        ("unit,type,title_zh,parent\nS9,shop,九店,R1\n", Forbidden),
        ("unit,type,title_zh,parent\nR2,shop,九店,R1\n", Forbidden),
        ("unit,parent\nR1,S1\n", Forbidden),
    ],
)
async def test_a_branch_changes_units_below_itself_and_creates_none(
    seat: Seat, do: Do, table: str, error: type[SteelyardError]
) -> None:
    view, _, scope = seat
    await do(order(TABLE), CreateUnit("R2", "二区", "Region 2", "region"))
    known = await structure.load(*seat)
    branch = acting("eve", units=[known.unit(code).id for code in ("R1", "S1", "S2")])
    with pytest.raises(error):
        await perform(view, branch, seen(branch, scope), order(table), reason="because")
    mine = order("unit,title_zh\nS1,九店\n")
    await perform(view, branch, seen(branch, scope), mine, reason="because")


ODD: list[tuple[dict[str, Any], list[str]]] = [
    ({"unit": "a\0b"}, ["CODE_INVALID"]),
    ({"unit": "a:b"}, ["CODE_INVALID"]),
    ({"unit": ""}, ["CODE_INVALID"]),
    ({"unit": "x" * 300}, ["CODE_INVALID"]),
    ({"unit_type": "a b"}, ["CODE_INVALID"]),
    ({"unit_type": ""}, ["CODE_INVALID"]),
    ({"title_en": "t" * 5000}, ["TEXT_TOO_LONG"]),
    ({"title_zh": "a\x1b[31m"}, ["TEXT_UNPRINTABLE"]),
    ({"title_zh": ""}, ["TEXT_EMPTY"]),
    ({"parent": "R\0"}, ["TEXT_UNPRINTABLE"]),
    ({"attributes": (("a b", "v\0"),)}, ["CODE_INVALID", "TEXT_UNPRINTABLE"]),
    ({"attributes": (("a", "v"), ("a", "w"))}, ["UNIT_ATTRIBUTE_TWICE"]),
]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_rows_from_elsewhere_are_checked_as_those_of_a_file(seat: Seat) -> None:
    """Whoever makes the rows, as a request does: nothing gets by that a table would be refused for."""
    for given, codes in ODD:
        row = UnitRow(**{"line": 3, "unit": "S9", "unit_type": "shop", "title_zh": "店", **given})
        with pytest.raises(InvalidInput) as raised:
            await perform(*seat, ImportUnits("rows", (row,), MAY), reason="because")
        assert [(each.code, each.place.row) for each in raised.value.problems] == [(c, 3) for c in codes]
    twice = UnitRow(1, "S9", "shop", "店"), UnitRow(2, "S9", "shop", "店")
    with pytest.raises(InvalidInput, match="UNIT_TWICE"):
        await perform(*seat, ImportUnits("rows", twice, MAY), reason="because")


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_proposal_that_names_what_is_out_of_sight_is_not_there(seat: Seat, do: Do) -> None:
    view, ada, scope = seat
    await do(order(TABLE), CreateUnit("R2", "二区", "Region 2", "region"))
    await do(
        CreateUnit("W1", "西店", "West", "shop", parent="R2"), SetPolicy("second_person", ("unit.move",))
    )
    known = await structure.load(*seat)
    east = acting("eve", units=[known.unit(code).id for code in ("R1", "S1", "S2")])
    tables = ("W1,", "W1,R2", "S1,R2", "S1,W1", "N1,R2", "W1,R1")
    for row in tables:
        drafted = await perform(
            view, ada, scope, order(f"unit,parent,type,title_zh\n{row},shop,新\n"), reason="x"
        )
        assert isinstance(drafted, ProposalRecord)
        with pytest.raises(NotFound, match="PROPOSAL_NOT_FOUND"):
            await reject(view, east, seen(east, scope), drafted.id, reason="no")
    assert await listing.proposals_before(view, east, seen(east, scope)) == []
    drafted = await perform(view, ada, scope, ImportUnits("rows", (), MAY), reason="x")
    assert isinstance(drafted, ProposalRecord)
    assert await listing.proposals_before(view, east, seen(east, scope)) == []
    mine = await perform(view, ada, scope, order("unit,parent\nS2,S1\n"), reason="x")
    assert await listing.proposals_before(view, east, seen(east, scope)) == [mine]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_parent_out_of_sight_is_not_there(seat: Seat, do: Do) -> None:
    view, _, scope = seat
    await do(order(TABLE), CreateUnit("R2", "二区", "Region 2", "region"))
    known = await structure.load(*seat)
    branch = acting("eve", units=[known.unit(code).id for code in ("R1", "S1", "S2")])
    told = []
    for parent in ("R2", "R9"):
        table = order(f"unit,parent\nS1,{parent}\n")
        with pytest.raises(NotFound) as raised:
            await perform(view, branch, seen(branch, scope), table, reason="because")
        told.append(raised.value.text().replace(parent, "…"))
    assert told[0] == told[1]
