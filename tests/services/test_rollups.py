"""Roll-ups of shops: to regions and longer periods, by mean, by volume and pooled, against fractions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from fractions import Fraction

import pytest

from oracle.rollups import Member, Whole, joined
from services.conftest import Seat
from services.shop_pack import SCHEME, SOURCE, TABLE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.analysis.rollup import Cause, Part
from steelyard.errors import NotFound
from steelyard.scoring import Outcome
from steelyard.services import sampling, scorecards
from steelyard.services.context import context_on
from steelyard.services.rollups import asking
from steelyard.services.rollups.answer import RolledNode, RolledUnit
from steelyard.store.engine import Database

ORDERS = {("S1", "2025-01"): 10, ("S2", "2025-01"): 30, ("S3", "2025-01"): 0, ("S1", "2025-02"): 20}
"""S2 has no figure for February, and S4 none at all."""
NODES = ("SHOP", "SERVICE", "ROOMS")
Open = Callable[[str], AbstractAsyncContextManager[Seat]]


def table() -> str:
    head, *rows = TABLE.splitlines()
    lines = [f"{row},{ORDERS.get((row.split(',')[0], row.split(',')[1]), '')}" for row in rows]
    return "\n".join([f"{head},orders", *lines, ""])


@pytest.fixture
def opened(database: Database) -> Open:
    """A seat on the shops, whose scheme has a roll-up like this."""

    @asynccontextmanager
    async def open_(rollup: str) -> AsyncIterator[Seat]:
        source = SOURCE + (f"rollup: {rollup}\n" if rollup else "")
        packs = shop_packs(source, table() if "orders" in rollup else TABLE)
        async with context_on(database, packs) as context:
            view = context.view()
            await sampling.load_samples(view, LOCAL_ADMINISTRATOR, context.scope)
            yield context.view(), LOCAL_ADMINISTRATOR, context.scope

    return open_


async def shown(seat: Seat, unit: str, period: str, calendar: str | None = None) -> RolledUnit:
    return await asking.roll_up(
        *seat, scheme=SCHEME, unit=unit, period=period, calendar=calendar, indicators=NODES
    )


async def cards(
    seat: Seat, cells: Sequence[tuple[str, str]], node: str, weights: Sequence[int | None] | None = None
) -> Whole:
    """What fractions make of the scorecards of units in periods."""
    members = []
    for at, (unit, period) in enumerate(cells):
        [card] = await scorecards.cards(*seat, scheme=SCHEME, period=period, units=[unit])
        found = card.node(node)
        words = {Outcome.SCORED: "scored", Outcome.NOT_APPLICABLE: "n/a"}
        weight = 1 if weights is None else weights[at]
        members.append(
            Member(
                words.get(found.outcome, "missing"),
                None if found.rate is None else Fraction(repr(found.rate)),
                None if weight is None else Fraction(weight),
            )
        )
    return joined(members)


def same(found: RolledNode, expected: Whole) -> bool:
    rate = None if expected.rate is None else pytest.approx(float(expected.rate), abs=1e-12)
    coverage = None if expected.coverage is None else pytest.approx(float(expected.coverage), abs=1e-12)
    figures = found.rate, found.coverage, found.members, found.counted
    return figures == (rate, coverage, expected.members, expected.counted)


async def test_the_mean_of_a_region(opened: Open) -> None:
    async with opened("{units: mean}") as seat:
        north = await shown(seat, "NORTH", "2025-01")
        for found in north.nodes:
            assert same(found, await cards(seat, [("S1", "2025-01"), ("S2", "2025-01")], found.node.code))
        assert (north.is_own, north.of_units, north.of_periods) == (False, "mean", None)
        assert [each.unit.code for each in north.children] == ["S1", "S2"]
        assert [each.is_own for each in north.children] == [True, True]


async def test_a_region_of_regions_has_the_units_below_as_members(opened: Open) -> None:
    async with opened("{units: mean}") as seat:
        company = await shown(seat, "CO", "2025-01")
        shops = ["S1", "S2", "S3", "S4", "S5"]
        expected = await cards(seat, [(shop, "2025-01") for shop in shops], "SHOP")
        assert same(company.nodes[0], expected)
        assert (expected.members, expected.counted) == (5, 4)
        parts = {each.unit.code: each.part for each in company.members if each.unit is not None}
        assert parts == {**dict.fromkeys(shops, Part.COUNTED), "S5": Part.NO_SCORE}
        south = company.children[1]
        assert same(south.nodes[0], await cards(seat, [(s, "2025-01") for s in shops[2:]], "SHOP"))


async def test_by_volume(opened: Open) -> None:
    async with opened("{units: {volume: orders}}") as seat:
        north = await shown(seat, "NORTH", "2025-01")
        cells = [("S1", "2025-01"), ("S2", "2025-01")]
        for found in north.nodes:
            assert same(found, await cards(seat, cells, found.node.code, [10, 30]))
        company = await shown(seat, "CO", "2025-01")
        parts = {each.unit.code: each.part for each in company.members if each.unit is not None}
        assert parts["S3"] is Part.VOLUME_ZERO
        assert parts["S4"] is Part.VOLUME_MISSING
        assert company.nodes[0].rate == pytest.approx(north.nodes[0].rate)
        south = company.children[1].nodes[0]
        assert (south.outcome, south.cause, south.score) == (Outcome.MISSING, Cause.NO_VOLUME, None)


async def test_a_quarter_of_its_months(opened: Open) -> None:
    """S1 has a score of its own for the quarter too, which is never mixed with this one."""
    months = ["2025-01", "2025-02", "2025-03"]
    async with opened("{periods: mean}") as seat:
        own = await shown(seat, "S1", "2025-Q1")
        made = await shown(seat, "S1", "2025-Q1", "month")
        assert (own.is_own, own.span.calendar.code) == (True, "quarter")
        assert own.nodes[0].score == pytest.approx(88.75)
        assert (made.is_own, made.of_periods, made.span.calendar.code) == (False, "mean", "month")
        expected = await cards(seat, [("S1", month) for month in months[:2]], "SHOP")
        assert made.nodes[0].rate == pytest.approx(float(expected.rate or 0))
        assert (made.nodes[0].members, made.nodes[0].counted) == (3, 2)
        assert made.nodes[0].coverage == pytest.approx(2 / 3)
        assert [each.period.code for each in made.members if each.period is not None] == months
        assert [each.part for each in made.members] == [Part.COUNTED, Part.COUNTED, Part.NO_SCORE]


async def test_a_year_is_made_of_the_first_calendar(opened: Open) -> None:
    async with opened("{units: mean, periods: mean}") as seat:
        year = await shown(seat, "NORTH", "2025")
        assert year.span.calendar.code == "month"
        assert len(year.members) == 12
        january = await cards(seat, [("S1", "2025-01"), ("S2", "2025-01")], "SHOP")
        february = await cards(seat, [("S1", "2025-02"), ("S2", "2025-02")], "SHOP")
        assert january.rate is not None
        assert february.rate is not None
        assert year.nodes[0].rate == pytest.approx(float((january.rate + february.rate) / 2))
        assert year.nodes[0].coverage == pytest.approx(2 / 12)
        assert {each.of_periods for each in year.children} == {"mean"}


async def test_units_within_each_period_come_first(opened: Open) -> None:
    """January weighs 10 + 30 orders, February 20: S2 has no figure for it, and does not count there."""
    async with opened("{units: {volume: orders}, periods: {volume: orders}}") as seat:
        quarter = await shown(seat, "NORTH", "2025-Q1", "month")
        january = await cards(seat, [("S1", "2025-01"), ("S2", "2025-01")], "SHOP", [10, 30])
        february = await cards(seat, [("S1", "2025-02"), ("S2", "2025-02")], "SHOP", [20, None])
        assert january.rate is not None
        assert february.rate is not None
        expected = (40 * january.rate + 20 * february.rate) / 60
        assert quarter.nodes[0].rate == pytest.approx(float(expected))
        assert [each.weight for each in quarter.members if each.unit is None] == [40, 20, None]


async def test_what_was_entered_by_hand_is_not_pooled(opened: Open) -> None:
    """Counts of complaints add up; rates without what they were divided of do not, nor what is above them."""
    async with opened("{units: pooled}") as seat:
        north = {each.node.code: each for each in (await shown(seat, "NORTH", "2025-01")).nodes}
        assert (north["ROOMS"].outcome, north["ROOMS"].cause) == (Outcome.SCORED, Cause.POOLED)
        assert north["ROOMS"].rate == pytest.approx(0.8)
        for code in ("SERVICE", "SHOP"):
            assert (north[code].outcome, north[code].cause) == (Outcome.MISSING, Cause.NOT_POOLABLE)


@pytest.mark.parametrize("rule", ["mean", "pooled"])
async def test_one_member_is_what_it_is(opened: Open, rule: str) -> None:
    async with opened(f"{{units: {rule}, periods: {rule}}}") as seat:
        own = await shown(seat, "S1", "2025-01")
        assert [each.cause for each in own.nodes] == [Cause.OWN] * 3
        assert same(own.nodes[0], await cards(seat, [("S1", "2025-01")], "SHOP"))


@pytest.mark.parametrize(
    ("rollup", "unit", "period", "codes"),
    [
        ("", "NORTH", "2025-01", ["ROLL_UP_NOT_DECLARED"]),
        ("", "NORTH", "2025", ["ROLL_UP_NOT_DECLARED"]),
        ("{units: mean}", "S1", "2025", ["ROLL_UP_NOT_DECLARED"]),
        ("{periods: mean}", "NORTH", "2025-01", ["ROLL_UP_NOT_DECLARED"]),
        ("{units: mean}", "NOBODY", "2025-01", ["UNIT_NOT_FOUND"]),
        ("{units: mean}", "NORTH", "2025-x", ["PERIOD_NOT_FOUND"]),
    ],
)
async def test_what_is_refused(
    opened: Open, rollup: str, unit: str, period: str, codes: Sequence[str]
) -> None:
    async with opened(rollup) as seat:
        with pytest.raises(NotFound) as refused:
            await shown(seat, unit, period)
        assert [problem.code for problem in refused.value.problems] == codes


async def test_a_trend(opened: Open) -> None:
    async with opened("{units: mean, periods: mean}") as seat:
        points = await asking.trend(*seat, scheme=SCHEME, unit="NORTH", period="2025-02", length=3)
        assert [point.period.code for point in points] == ["2024-12", "2025-01", "2025-02"]
        before, january, february = (point.found.score for point in points)
        assert before is None
        assert january is not None
        assert february is not None
        assert points[2].change == pytest.approx(february - january)
        assert points[1].change is None


@pytest.mark.parametrize(
    ("earlier", "score", "expected"),
    [(None, 1.0, "None"), (1.0, None, "None"), (0.1 + 0.2, 0.3, "0.0"), (90.0, 80.5, "-9.5")],
)
def test_what_did_not_change_is_0_without_a_sign(
    earlier: float | None, score: float | None, expected: str
) -> None:
    assert repr(asking.change(earlier, score)) == expected


def named(found: RolledUnit) -> list[tuple[str, str, str]]:
    """Who does not count at the first indicator, and why."""
    return [
        (each.unit.code if each.unit else "", each.period.code if each.period else "", each.part.name)
        for each in found.members
        if each.part is not Part.COUNTED
    ]


async def test_units_in_periods_that_do_not_count_are_named(opened: Open) -> None:
    """What goes through all months of a shop, or through all shops of a month, is told once."""
    async with opened("{units: {volume: orders}, periods: mean}") as seat:
        quarter = await shown(seat, "CO", "2025-Q1", "month")
        assert named(quarter) == [
            ("", "2025-03", "NO_SCORE"),
            ("S5", "", "NO_SCORE"),
            ("S3", "2025-01", "VOLUME_ZERO"),
            ("S4", "2025-01", "VOLUME_MISSING"),
            ("S2", "2025-02", "VOLUME_MISSING"),
            ("S3", "2025-02", "NO_SCORE"),
            ("S4", "2025-02", "NO_SCORE"),
        ]
        assert (quarter.nodes[0].members, quarter.nodes[0].counted) == (15, 3)
        assert named(quarter.children[0].children[0]) == [("", "2025-03", "NO_SCORE")]


@pytest.mark.parametrize("rule", ["{units: pooled, periods: pooled}", "{units: mean, periods: pooled}"])
async def test_gaps_of_pooled_units_and_periods_are_named(opened: Open, rule: str) -> None:
    async with opened(rule) as seat:
        found = await asking.roll_up(
            *seat, scheme=SCHEME, unit="CO", period="2025-Q1", calendar="month", indicators=["ROOMS"]
        )
        assert named(found) == [
            ("S5", "", "NO_SCORE"),
            ("", "2025-03", "NO_SCORE"),
            ("S3", "2025-02", "NO_SCORE"),
            ("S4", "2025-02", "NO_SCORE"),
        ]
        assert (found.nodes[0].members, found.nodes[0].counted) == (15, 6)
