"""Editions: a closed period is shown as it was stored, whatever version of its scheme is installed now."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from conftest import StatementCounter
from services.conftest import ByHand, Seat
from services.shop_pack import SCHEME, SOURCE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import ConfigError, NotFound
from steelyard.scoring import Outcome
from steelyard.services import (
    catalogue,
    comparisons,
    evaluating,
    measurements,
    overviews,
    peers,
    rankings,
    runs,
    scorecards,
    structure,
    trends,
    weaknesses,
)
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.perform import perform
from steelyard.services.context import Context, context_on
from steelyard.services.plans import drafting
from steelyard.services.weights import back_test, what_if
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.store import runs as store
from steelyard.store.run_table import pack_arrays
from steelyard.store.runs import RunState

JANUARY: Mapping[str, Any] = {"scheme": SCHEME, "period": "2025-01"}
S1: Mapping[str, Any] = {**JANUARY, "unit": "S1"}
NEWER = (
    SOURCE.replace("1.0.0", "2.0.0")
    .replace("pass: 70%", "pass: 95%")
    .replace("code: A, title: {zh: 优, en: Excellent}, from: 90%", "code: A1, from: 99%")
    .replace("code: SERVICE\n    weight: 3", "code: SERVICE\n    weight: 1")
    .replace("code: KINDNESS, weight: 1", "code: KINDNESS, weight: 9")
    .replace("code: ROOMS\n", "code: GROUNDS\n")
    .replace("measure: bonus", "measure: extra")
)
"""Other weights, lines, bands and rubrics; ROOMS is gone, and GROUNDS is new."""


@pytest.fixture
async def closed(writing_seat: Seat) -> Seat:
    """January is closed and evaluated with version 1.0.0; all is open beside it."""
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason="the month is over")
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    return writing_seat


@pytest.fixture
async def upgraded(closed: Seat, writing: Context) -> AsyncIterator[Seat]:
    """The same database after an upgrade of the pack."""
    async with context_on(writing.database, shop_packs(NEWER)) as context:
        yield context.view(), LOCAL_ADMINISTRATOR, context.scope


async def _ranking(*seat: Any) -> Any:
    found = await rankings.rank_units(*seat, **JANUARY)
    return found.entries(0, 9)


async def _comparison(*seat: Any) -> Any:
    found = await comparisons.compare(
        *seat, scheme=SCHEME, periods=["2025-01"], indicators=["SHOP", "ROOMS", "KINDNESS"]
    )
    return [found.cell(unit, node, 0) for unit in range(5) for node in range(3)]


async def _heat_map(*seat: Any) -> Any:
    found = await comparisons.heat_map(*seat, **JANUARY)
    return [node.code for node in found.indicators], [found.cell(0, node, 0) for node in range(3)]


async def _card(*seat: Any) -> Any:
    card = await scorecards.card(*seat, **S1)
    nodes = [
        (node.code, node.score, node.points, node.band, node.passed, node.line, node.global_weight)
        for node in card.nodes
    ]
    return card.entry.scheme.version, card.verdict, card.rules, nodes


async def _try(*seat: Any) -> Any:
    found = await what_if.propose(*seat, **JANUARY, weights=[ProposedWeight("ROOMS", Fraction(5))])
    return found.summary, found.changes, found.nodes


async def _back_test(*seat: Any) -> Any:
    weights = [ProposedWeight("ROOMS", Fraction(5))]
    found = await back_test.back_test(*seat, scheme=SCHEME, until="2025-01", periods=1, weights=weights)
    return [(each.summary, each.changes) for each in found]


SCREENS: Mapping[str, Callable[..., Awaitable[Any]]] = {
    "scorecard": _card,
    "explanation": lambda *seat: scorecards.explain_node(*seat, **S1, node="ROOMS"),
    "weak points": lambda *seat: weaknesses.find(*seat, **S1),
    "plan": lambda *seat: drafting.draft(*seat, **S1),
    "ranking": _ranking,
    "overview": lambda *seat: overviews.below(*seat, **JANUARY),
    "heat map": _heat_map,
    "comparison": _comparison,
    "peers": lambda *seat: peers.standing(*seat, **S1, node="ROOMS"),
    "trend": lambda *seat: trends.trend(*seat, scheme=SCHEME, unit="S1", node="ROOMS", until="2025-01"),
    "what-if": _try,
    "back-test": _back_test,
    "periods": lambda *seat: catalogue.periods(*seat, scheme=SCHEME),
    "records": lambda *seat: measurements.records(*seat, **JANUARY, units=["S1", "S4"]),
    "weight set": lambda *seat: scorecards.weight_set(*seat, **JANUARY),
}


@pytest.mark.parametrize("screen", SCREENS)
async def test_an_upgrade_changes_nothing_of_a_closed_period(
    screen: str, closed: Seat, upgraded: Seat
) -> None:
    show = SCREENS[screen]
    assert await show(*upgraded) == await show(*closed)


async def test_an_open_period_is_shown_by_the_version_installed(upgraded: Seat) -> None:
    card = await scorecards.card(*upgraded, scheme=SCHEME, unit="S1", period="2025-02")
    assert (card.entry.scheme.version, card.node("GROUNDS").outcome) == ("2.0.0", Outcome.SCORED)
    with pytest.raises(NotFound):
        card.node("ROOMS")


@pytest.mark.parametrize(
    ("node", "scored"), [(None, [True, True]), ("ROOMS", [True, False]), ("GROUNDS", [False, True])]
)
async def test_a_trend_joins_versions_by_their_nodes(
    upgraded: Seat, node: str | None, scored: list[bool]
) -> None:
    until = "2025-01" if node == "ROOMS" else "2025-02"
    found = await trends.trend(*upgraded, scheme=SCHEME, unit="S1", node=node, until=until, length=2)
    known = {each.period.code: each.score is not None for each in found}
    assert [known.get(code, False) for code in ("2025-01", "2025-02")] == scored


async def test_a_change_reaches_into_a_closed_period_of_another_version(upgraded: Seat) -> None:
    asked = {"scheme": SCHEME, "unit": "S1", "until": "2025-02"}
    first, second = await trends.trend(*upgraded, **asked, length=2)
    assert first.score is not None
    assert second.score is not None
    assert second.change == pytest.approx(second.score - first.score)
    (alone,) = await trends.trend(*upgraded, **asked, length=1)
    assert alone.change == second.change


async def test_a_comparison_joins_versions(upgraded: Seat) -> None:
    found = await comparisons.compare(
        *upgraded,
        scheme=SCHEME,
        units=["S1"],
        periods=["2025-01", "2025-02"],
        indicators=["ROOMS", "GROUNDS"],
    )
    scored = [[found.cell(0, node, at).outcome is Outcome.SCORED for at in (0, 1)] for node in (0, 1)]
    assert scored == [[True, False], [False, True]]


async def test_evaluating_again_keeps_the_version_of_a_closed_period(upgraded: Seat) -> None:
    before = await runs.history(*upgraded, **JANUARY)
    done = await evaluating.evaluate_scheme(*upgraded, scheme=SCHEME)
    assert {each.period.code: each.new for each in done if each.period.calendar == "month"} == {
        "2025-01": False,
        "2025-02": True,
    }
    assert await runs.history(*upgraded, **JANUARY) == before
    [january] = await evaluating.evaluate_scheme(*upgraded, **JANUARY)
    assert (january.new, len(january.roots)) == (False, 5)


async def test_a_period_that_is_closed_after_the_upgrade_has_the_new_version(upgraded: Seat) -> None:
    await perform(*upgraded, ClosePeriod("month", "2025-02"), reason="the month is over")
    await evaluating.evaluate_scheme(*upgraded, scheme=SCHEME)
    card = await scorecards.card(*upgraded, scheme=SCHEME, unit="S1", period="2025-02")
    assert card.entry.scheme.version == "2.0.0"


async def test_a_closed_period_without_a_run_is_evaluated_now(writing: Context, writing_seat: Seat) -> None:
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason="the month is over")
    async with context_on(writing.database, shop_packs(NEWER)) as context:
        card = await scorecards.card(context.view(), LOCAL_ADMINISTRATOR, context.scope, **S1)
    assert card.entry.scheme.version == "2.0.0"


UNREADABLE = {
    "CLOSED_RESULTS_DAMAGED": "UPDATE run SET arrays = substr(arrays, 1, 20)",
    "CLOSED_VERSION_UNREADABLE": "UPDATE scheme_version SET source = replace(source, 'deduct', 'gone')",
}


@pytest.mark.parametrize("kind", UNREADABLE)
async def test_what_cannot_be_read_is_said_and_hides_nothing_else(
    kind: str, upgraded: Seat, by_hand: ByHand
) -> None:
    await by_hand(UNREADABLE[kind])
    for refused in (scorecards.card(*upgraded, **S1), evaluating.evaluate_scheme(*upgraded, **JANUARY)):
        with pytest.raises(ConfigError) as raised:
            await refused
        assert [problem.kind.code for problem in raised.value.problems] == [kind]
    found = await trends.trend(*upgraded, scheme=SCHEME, unit="S1", until="2025-02", length=2)
    assert [each.score is not None for each in found] == [False, True]
    done = await evaluating.evaluate_scheme(*upgraded, scheme=SCHEME)
    assert "2025-01" not in {each.period.code for each in done}


async def test_a_closed_period_shows_what_was_stored(
    closed: Seat, writing: Context, by_hand: ByHand, dialect: str
) -> None:
    """Such as another engine would compute otherwise."""
    _, actor, scope = closed
    [january] = [run for run in await runs.heads(*closed, scheme=SCHEME) if run.state is RunState.FINAL]
    async with writing.database.read(scope) as reader:
        table = await store.table(reader, scope, january.id)
    table.arrays["rates"][:] = 0.125
    packed = pack_arrays(table.arrays).hex()
    blob = f"decode('{packed}', 'hex')" if dialect == "postgresql" else f"X'{packed}'"
    await by_hand(f"UPDATE run SET arrays = {blob} WHERE id = {january.id}")
    async with context_on(writing.database, writing.packs) as context:
        seat = context.view(), actor, scope
        cards = await scorecards.cards(*seat, **JANUARY)
        again = await evaluating.evaluate_scheme(*seat, **JANUARY)
    assert {card.root.score for card in cards} == {12.5}
    assert not again[0].new


async def test_another_version_costs_two_statements_more(
    upgraded: Seat, count_statements: StatementCounter
) -> None:
    view, actor, scope = upgraded
    with count_statements(view.context.database) as cold:
        await scorecards.card(view, actor, scope, **S1)
    with count_statements(view.context.database) as warm:
        await scorecards.card(view.context.view(), actor, scope, **S1)
    assert (len(cold) <= 12, len(warm) <= 2) == (True, True), cold


@pytest.mark.parametrize(("unit", "version"), [("S1", "1.0.0"), ("S5", "2.0.0")])
async def test_versions_tell_nothing_of_units_out_of_scope(upgraded: Seat, unit: str, version: str) -> None:
    """That January was evaluated tells that somebody was measured; of S5 nothing was."""
    view, actor, scope = upgraded
    whole = await structure.load(*upgraded)
    narrow = replace(scope, unit_ids=frozenset([whole.unit(unit).id]))
    card = await scorecards.card(view, actor, narrow, **JANUARY, unit=unit)
    assert card.entry.scheme.version == version


async def test_a_period_that_was_opened_to_be_corrected_takes_the_version_installed(upgraded: Seat) -> None:
    await perform(*upgraded, ReopenPeriod("month", "2025-01", correct=True), reason="a correction")
    assert (await scorecards.card(*upgraded, **S1)).entry.scheme.version == "2.0.0"
    await perform(*upgraded, ClosePeriod("month", "2025-01"), reason="corrected")
    [january] = await evaluating.evaluate_scheme(*upgraded, **JANUARY)
    assert (january.record.revision, january.entry.scheme.version) == (3, "2.0.0")
    versions = await catalogue.versions(*upgraded, scheme=SCHEME)
    assert [each.version for each in versions] == ["1.0.0", "2.0.0"]
