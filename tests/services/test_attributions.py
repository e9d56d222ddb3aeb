"""Why a unit differs from another, from its past, and from the middle of the others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from conftest import StatementCounter, copy_database
from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.analysis.attribution.attribute import PartKind
from steelyard.errors import InvalidInput, NotFound
from steelyard.packs import Packs
from steelyard.services import attributions, evaluating, measurements, revisions, scorecards, structure
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.perform import perform
from steelyard.services.administration.units import SetAttribute
from steelyard.services.attributions import UnitAt
from steelyard.services.context import open_context

JANUARY, FEBRUARY = "2025-01", "2025-02"
WHY = "a ticket was counted twice"


async def score(seat: Seat, unit: str, period: str) -> float:
    card = await scorecards.card(*seat, scheme=SCHEME, unit=unit, period=period)
    assert card.root.rate is not None
    return card.root.rate


def whole(found: attributions.Explained) -> float:
    return sum(part.value for part in found.attribution.parts)


async def test_two_units(seat: Seat) -> None:
    found = await attributions.between(*seat, scheme=SCHEME, first=("S1", JANUARY), second=("S2", JANUARY))
    expected = await score(seat, "S2", JANUARY) - await score(seat, "S1", JANUARY)
    assert whole(found) == pytest.approx(expected, abs=1e-9)
    assert found.attribution.difference == pytest.approx(expected, abs=1e-12)


async def test_two_periods(seat: Seat) -> None:
    found = await attributions.between(*seat, scheme=SCHEME, first=("S1", JANUARY), second=("S1", FEBRUARY))
    expected = await score(seat, "S1", FEBRUARY) - await score(seat, "S1", JANUARY)
    assert whole(found) == pytest.approx(expected, abs=1e-9)


async def test_the_sentence_names_both_and_what_made_most(seat: Seat) -> None:
    found = await attributions.between(
        *seat, scheme=SCHEME, node="SPEED", first=("S1", JANUARY), second=("S1", FEBRUARY)
    )
    assert found.sentence.en.endswith("+2.")
    assert " is 2 points above " in found.sentence.en
    assert "高 2 分" in found.sentence.zh


async def test_the_median_is_who_stands_in_the_middle(seat: Seat) -> None:
    known = await structure.load(*seat)
    others = [unit.code for unit in known.units if unit.unit_type == "shop" and unit.code != "S1"]
    found = await attributions.from_median(*seat, scheme=SCHEME, unit="S1", period=JANUARY)
    scores = []
    for code in others:
        card = await scorecards.card(*seat, scheme=SCHEME, unit=code, period=JANUARY)
        scores += [] if card.root.rate is None else [card.root.rate]
    scores.sort()
    median = (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2
    assert found.attribution.before == pytest.approx(median)
    assert whole(found) == pytest.approx(await score(seat, "S1", JANUARY) - median, abs=1e-9)


async def test_nobody_else_has_a_score(seat: Seat) -> None:
    with pytest.raises(InvalidInput) as raised:
        await attributions.from_median(*seat, scheme=SCHEME, unit="S1", period=JANUARY, units=["S1"])
    assert [problem.code for problem in raised.value.problems] == ["NOBODY_SCORED"]


async def test_units_out_of_scope_are_not_there(seat: Seat) -> None:
    view, actor, scope = seat
    own = (await structure.load(*seat)).unit("S1")
    narrow = view, actor, Scope(scope.tenant_id, frozenset({own.id}))
    with pytest.raises(NotFound):
        await attributions.between(*narrow, scheme=SCHEME, first=("S2", JANUARY), second=("S1", JANUARY))
    with pytest.raises(InvalidInput):
        await attributions.from_median(*narrow, scheme=SCHEME, unit="S1", period=JANUARY)


@pytest.fixture
async def closed(sqlite_shops: Path, packs: Packs, tmp_path: Path) -> AsyncIterator[Seat]:
    """January and February closed; S2 was better in February than recorded, and S1 as good."""
    path = tmp_path / "shops.db"
    copy_database(sqlite_shops, path)
    async with open_context(f"sqlite:///{path}", packs) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await close(seat, JANUARY, FEBRUARY)
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
        await perform(*seat, ReopenPeriod("month", FEBRUARY, correct=True), reason=WHY)
        given = {"scheme": SCHEME, "unit": "S2", "period": FEBRUARY}
        await measurements.record(*seat, **given, measure="SPEED", value="90%")
        await close(seat, FEBRUARY)
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME, period=FEBRUARY)
        yield seat


async def close(seat: Seat, *months: str) -> None:
    for month in months:
        await perform(*seat, ClosePeriod("month", month), reason=WHY)


def of_kind(found: attributions.Explained, kind: PartKind) -> dict[str, float]:
    return {part.subject: part.value for part in found.attribution.parts if part.kind is kind}


async def test_a_correction_is_a_part_of_its_own(closed: Seat) -> None:
    found = await attributions.between(*closed, scheme=SCHEME, first=("S2", JANUARY), second=("S2", FEBRUARY))
    # A variant of S2 weighs SPEED by 3/8: it fell by 10 % and was corrected by 40 %.
    assert of_kind(found, PartKind.PERFORMANCE) == {"SPEED": pytest.approx(-0.1 * 3 / 8)}
    assert of_kind(found, PartKind.CORRECTION) == {"SPEED": pytest.approx(0.4 * 3 / 8)}
    assert whole(found) == pytest.approx(
        await score(closed, "S2", FEBRUARY) - await score(closed, "S2", JANUARY)
    )
    assert "the correction of Speed +15" in found.sentence.en
    assert "速度的更正 +15" in found.sentence.zh


async def test_exchanged_sides_exchange_the_sign_of_a_correction(closed: Seat) -> None:
    found = await attributions.between(*closed, scheme=SCHEME, first=("S2", FEBRUARY), second=("S2", JANUARY))
    assert of_kind(found, PartKind.CORRECTION) == {"SPEED": pytest.approx(-0.4 * 3 / 8)}


async def test_who_was_not_corrected_has_no_correction(closed: Seat) -> None:
    found = await attributions.between(*closed, scheme=SCHEME, first=("S1", JANUARY), second=("S1", FEBRUARY))
    assert of_kind(found, PartKind.CORRECTION) == {}


async def test_before_and_after_a_correction(closed: Seat) -> None:
    [first, last] = await revisions.revisions(*closed, scheme=SCHEME, period=FEBRUARY)
    before = UnitAt("S2", FEBRUARY, first.record.revision)
    found = await attributions.between(*closed, scheme=SCHEME, first=before, second=("S2", FEBRUARY))
    assert of_kind(found, PartKind.PERFORMANCE) == {"SPEED": pytest.approx(0.4 * 3 / 8)}
    assert of_kind(found, PartKind.CORRECTION) == {}
    assert f"(revision {first.record.revision})" in found.sentence.en
    after = UnitAt("S2", FEBRUARY, last.record.revision)
    same = await attributions.between(*closed, scheme=SCHEME, first=after, second=("S2", FEBRUARY))
    assert same.attribution.difference == 0


async def test_what_was_known_then_weighs_in_a_revision(
    sqlite_shops: Path, packs: Packs, tmp_path: Path
) -> None:
    """S1 was an ordinary shop when January was closed first; that it was a large one was entered later."""
    path = tmp_path / "shops.db"
    copy_database(sqlite_shops, path)
    async with open_context(f"sqlite:///{path}", packs) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await close(seat, JANUARY)
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
        before = await score(seat, "S1", JANUARY)
        await perform(*seat, ReopenPeriod("month", JANUARY, correct=True), reason=WHY)
        await perform(*seat, SetAttribute("S1", "size", "large", date(2025, 1, 1)), reason=WHY)
        await close(seat, JANUARY)
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME, period=JANUARY)
        [first, _] = await revisions.revisions(*seat, scheme=SCHEME, period=JANUARY)
        was = UnitAt("S1", JANUARY, first.record.revision)
        found = await attributions.between(*seat, scheme=SCHEME, first=was, second=("S1", JANUARY))
    assert found.attribution.before == pytest.approx(before)
    assert of_kind(found, PartKind.PERFORMANCE) == {}
    assert sum(of_kind(found, PartKind.WEIGHTS).values()) == pytest.approx(found.attribution.difference)
    assert found.attribution.difference == pytest.approx(
        3 / 4 * (0.9 * 3 + 0.8) / 4 - 3 / 4 * (0.9 + 0.8) / 2
    )


async def test_a_correction_is_told_at_every_node(closed: Seat) -> None:
    found = await attributions.between(
        *closed, scheme=SCHEME, node="SPEED", first=("S2", JANUARY), second=("S2", FEBRUARY)
    )
    assert of_kind(found, PartKind.PERFORMANCE) == {"SPEED": pytest.approx(-0.1)}
    assert of_kind(found, PartKind.CORRECTION) == {"SPEED": pytest.approx(0.4)}


async def test_what_a_version_made_of_a_correction_is_asked_once(
    closed: Seat, count_statements: StatementCounter
) -> None:
    async def ask() -> None:
        await attributions.between(*closed, scheme=SCHEME, first=("S2", JANUARY), second=("S2", FEBRUARY))

    await ask()
    with count_statements(closed[0].context.database) as warm:
        await ask()
    assert len(warm) == 0


@pytest.mark.parametrize("revision", [0, 1, 99])
async def test_a_revision_that_is_not_there(closed: Seat, revision: int) -> None:
    last = (await revisions.revisions(*closed, scheme=SCHEME, period=FEBRUARY))[-1].record.revision
    at = UnitAt("S2", FEBRUARY, revision if revision != 1 else last + 1)
    with pytest.raises(NotFound, match="REVISION_NOT_FOUND"):
        await attributions.between(*closed, scheme=SCHEME, first=at, second=("S2", FEBRUARY))


async def test_a_part_of_the_units_sees_its_corrections_and_no_revisions(closed: Seat) -> None:
    view, actor, scope = closed
    own = (await structure.load(*closed)).unit("S2")
    narrow = view, actor, Scope(scope.tenant_id, frozenset({own.id}))
    found = await attributions.between(*narrow, scheme=SCHEME, first=("S2", JANUARY), second=("S2", FEBRUARY))
    assert of_kind(found, PartKind.CORRECTION) == {"SPEED": pytest.approx(0.4 * 3 / 8)}
    first = (await revisions.revisions(*closed, scheme=SCHEME, period=FEBRUARY))[0].record.revision
    with pytest.raises(NotFound, match="REVISION_NOT_FOUND"):
        await attributions.between(
            *narrow, scheme=SCHEME, first=UnitAt("S2", FEBRUARY, first), second=("S2", FEBRUARY)
        )
