"""The tree of units: dated, at most one parent a day, never a circle."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, NotFound
from steelyard.store import parentage, stamps
from steelyard.store.engine import Database
from steelyard.store.parentage import Placement
from steelyard.store.spans import BEGINNING

Ids = dict[str, int]
MAY = date(2025, 5, 1)
JUNE = date(2025, 6, 1)
JULY = date(2025, 7, 1)


@pytest.fixture
def tree(database: Database, scope: Scope, unit_ids: Ids) -> Tree:
    return Tree(database, scope, unit_ids)


class Tree:
    """Places and reads units by their codes."""

    def __init__(self, database: Database, scope: Scope, ids: Ids) -> None:
        self.database, self.scope, self.ids = database, scope, ids

    async def place(self, *links: tuple[str, str] | tuple[str, str, date]) -> None:
        ids = self.ids
        placements = [Placement(ids[unit], ids[parent], *day) for unit, parent, *day in links]
        async with self.database.write(self.scope) as writer:
            await parentage.place(writer, self.scope, placements)

    async def links(self, on: date | None = None, scope: Scope | None = None) -> set[str]:
        codes = {id: code for code, id in self.ids.items()}
        async with self.database.read(scope or self.scope) as reader:
            rows = await parentage.load(reader, scope or self.scope, on=on)
        return {f"{codes[row.unit_id]}<{codes[row.parent_id]}" for row in rows}

    async def history(self, unit: str) -> list[tuple[str, date, date | None]]:
        codes = {id: code for code, id in self.ids.items()}
        async with self.database.read(self.scope) as reader:
            rows = await parentage.load(reader, self.scope)
        return [
            (codes[row.parent_id], row.valid_from, row.valid_to)
            for row in rows
            if row.unit_id == self.ids[unit]
        ]


async def test_a_tree_without_dates(tree: Tree) -> None:
    await tree.place(("r1", "co"), ("r2", "co"), ("s1", "r1"), ("s2", "r2"))
    assert await tree.links() == {"r1<co", "r2<co", "s1<r1", "s2<r2"}


async def test_a_move_leaves_the_past(tree: Tree) -> None:
    await tree.place(("s1", "r1"))
    await tree.place(("s1", "r2", JUNE))
    assert await tree.links(MAY) == {"s1<r1"}
    assert await tree.links(JUNE) == {"s1<r2"}
    assert await tree.history("s1") == [("r1", BEGINNING, JUNE), ("r2", JUNE, None)]


async def test_a_move_before_another_holds_until_that_one(tree: Tree) -> None:
    await tree.place(("s1", "r1", JULY))
    await tree.place(("s1", "r2", MAY))
    assert await tree.history("s1") == [("r2", MAY, JULY), ("r1", JULY, None)]


async def test_a_move_into_a_span_splits_it(tree: Tree) -> None:
    await tree.place(("s1", "r1", MAY))
    await tree.place(("s1", "r2", JULY))
    await tree.place(("s1", "co", JUNE))
    assert await tree.history("s1") == [("r1", MAY, JUNE), ("co", JUNE, JULY), ("r2", JULY, None)]


async def test_a_placement_on_the_same_day_corrects(tree: Tree) -> None:
    await tree.place(("s1", "r1", MAY))
    await tree.place(("s1", "r2", MAY))
    assert await tree.history("s1") == [("r2", MAY, None)]


async def test_the_same_again_changes_nothing(tree: Tree) -> None:
    await tree.place(("s1", "r1"))
    async with tree.database.read(tree.scope) as reader:
        before = await stamps.read(reader, tree.scope)
    await tree.place(("s1", "r1"), ("s1", "r1", JUNE))
    assert await tree.history("s1") == [("r1", BEGINNING, None)]
    async with tree.database.read(tree.scope) as reader:
        assert await stamps.read(reader, tree.scope) == before


CIRCLES = [
    ([("co", "co")], "co → co"),
    ([("r1", "co"), ("s1", "r1"), ("co", "s1")], "co → s1 → r1 → co"),
]


@pytest.mark.parametrize(("links", "path"), CIRCLES)
async def test_a_circle_is_refused_with_its_path(tree: Tree, links: list[tuple[str, str]], path: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await tree.place(*links)
    assert caught.value.code == "UNIT_CYCLE"
    found = str(caught.value.problems[0].values["path"]).split(" → ")
    turned = path.split(" → ")[:-1]
    assert found[:-1] in [turned[i:] + turned[:i] for i in range(len(turned))]
    assert found[0] == found[-1]
    assert await tree.links() == set()


async def test_a_circle_that_closes_later_is_refused(tree: Tree) -> None:
    await tree.place(("r1", "r2", JULY))
    with pytest.raises(InvalidInput) as caught:
        await tree.place(("r2", "r1", MAY))
    assert "2025-07-01" in caught.value.text("zh")


async def test_turning_a_link_round_on_a_day_is_no_circle(tree: Tree) -> None:
    await tree.place(("r1", "r2"), ("r1", "co", MAY))
    await tree.place(("r2", "r1", MAY))
    assert await tree.links(MAY) == {"r1<co", "r2<r1"}


async def test_a_parent_out_of_scope_is_not_shown(tree: Tree) -> None:
    await tree.place(("r1", "co"), ("s1", "r1"), ("s2", "r2"))
    below = frozenset({tree.ids["r1"], tree.ids["s1"]})
    assert await tree.links(scope=Scope(tree.scope.tenant_id, below)) == {"s1<r1"}


async def test_units_out_of_scope_cannot_be_placed(tree: Tree) -> None:
    tree.scope = Scope(tree.scope.tenant_id, frozenset({tree.ids["s1"]}))
    with pytest.raises(NotFound):
        await tree.place(("s1", "r1"))
