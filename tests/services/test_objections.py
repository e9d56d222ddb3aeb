"""Objections: by the rated, in time, decided by somebody else, answered by a revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound
from steelyard.services import evaluating, objections, structure
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.objections import DecideObjection, WithdrawObjection
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.verify import verify
from steelyard.services.objections import filing, find_objection, list_objections
from steelyard.store.objections import ObjectionRecord, ObjectionState

WHY = "a ticket was counted twice"
FILE, DECIDE = Permission.OBJECTION_FILE, Permission.OBJECTION_DECIDE


@pytest.fixture
async def closed(writing_seat: Seat) -> Seat:
    """January is closed and evaluated."""
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    return writing_seat


async def someone(
    seat: Seat, name: str, *codes: str, may: Sequence[Permission], rated: Sequence[str] = ()
) -> Seat:
    """Somebody who sees some units and may do something there."""
    view, actor, scope = seat
    known = await structure.load(*seat)
    ids = frozenset(known.unit(code).id for code in codes)
    rights = dict.fromkeys((Permission.SCORE_READ, *may), ids)
    own = frozenset(known.unit(code).id for code in rated)
    return view, Actor(name, actor.title, rights, rated=own), Scope(scope.tenant_id, ids)


async def manager(seat: Seat) -> Seat:
    return await someone(seat, "manager", "S1", may=[FILE], rated=["S1"])


async def decider(seat: Seat) -> Seat:
    return await someone(seat, "decider", "NORTH", "S1", "S2", may=[DECIDE])


async def done(seat: Seat, deed: Deed[ObjectionRecord]) -> ObjectionRecord:
    performed = await perform(*seat, deed, reason=WHY)
    assert isinstance(performed, Performed)
    return performed.result


async def filed(seat: Seat, unit: str = "S1", **more: Any) -> ObjectionRecord:
    wanted = {"scheme": SCHEME, "period": "2025-01", **more}
    return await done(seat, await filing(*seat, unit=unit, why=WHY, **wanted))


async def test_the_rated_object_and_somebody_else_decides(closed: Seat) -> None:
    record = await filed(await manager(closed), node="SPEED")
    assert (record.state, record.filed_by, record.node) == (ObjectionState.OPEN, "manager", "SPEED")
    assert record.decide_by == datetime.now(UTC).date() + timedelta(days=10)
    decided = await done(await decider(closed), DecideObjection(record.number, 0, "rejected", WHY))
    assert (decided.state, decided.decided_by, decided.revision) == (
        ObjectionState.REJECTED,
        "decider",
        1,
    )
    assert (await verify(*closed)).findings == ()


async def test_an_accepted_one_is_answered_by_the_revision(closed: Seat) -> None:
    record = await filed(await manager(closed))
    await done(closed, DecideObjection(record.number, 0, "accepted", WHY))
    await evaluating.evaluate_scheme(*closed, scheme=SCHEME)
    assert not (await find_objection(*closed, record.number)).answered
    await perform(*closed, ReopenPeriod("month", "2025-01", correct=True), reason=WHY)
    await perform(*closed, ClosePeriod("month", "2025-01"), reason=WHY)
    [run] = await evaluating.evaluate_scheme(*closed, scheme=SCHEME, period="2025-01")
    found = (await find_objection(*closed, record.number)).record
    assert (found.answered_by_run_id, found.revision) == (run.record.id, 2)
    assert (await verify(*closed)).findings == ()


async def test_only_a_final_result_is_objected_to(closed: Seat) -> None:
    with pytest.raises(Conflict, match="OBJECTION_NOT_FINAL"):
        await filed(closed, period="2025-02")
    await perform(*closed, ReopenPeriod("month", "2025-01", correct=True), reason=WHY)
    with pytest.raises(Conflict, match="OBJECTION_NOT_FINAL"):
        await filed(closed)


async def test_one_objects_in_time_and_once(closed: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    record = await filed(closed)
    with pytest.raises(Conflict, match="OBJECTION_EXISTS"):
        await filed(closed)
    await done(closed, WithdrawObjection(record.number, 0, WHY))
    await filed(closed)
    await perform(*closed, SetPolicy("objection_days", {"file": 1, "decide": 3}), reason=WHY)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(days=2)

    monkeypatch.setattr("steelyard.services.administration.objections.datetime", Later)
    with pytest.raises(Conflict, match="OBJECTION_TOO_LATE"):
        await filed(closed, "S2")


async def test_what_is_over_its_day_is_overdue(closed: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    record = await filed(closed)
    assert await list_objections(*closed, overdue=True) == ()
    monkeypatch.setattr(ObjectionRecord, "is_overdue", lambda self, today: self.decide_by < date(2999, 1, 1))
    assert [each.record.number for each in await list_objections(*closed, overdue=True)] == [record.number]


async def test_who_may_decide(closed: Seat) -> None:
    record = await filed(await someone(closed, "eve", "S1", may=[FILE]))
    deed = DecideObjection(record.number, 0, "accepted", WHY)
    for seat, code in (
        (await someone(closed, "eve", "S1", may=[FILE, DECIDE]), "OBJECTION_OWN"),
        (await someone(closed, "ann", "S1", may=[DECIDE], rated=["S1"]), "RATED_THERE"),
        (await someone(closed, "bob", "S1", may=[FILE]), "FORBIDDEN"),
    ):
        with pytest.raises(Forbidden, match=code):
            await done(seat, deed)
    with pytest.raises(NotFound, match="OBJECTION_NOT_FOUND"):
        await done(await someone(closed, "ann", "S2", may=[DECIDE]), deed)
    with pytest.raises(InvalidInput, match="OBJECTION_DECISION"):
        await done(closed, DecideObjection(record.number, 0, "maybe", WHY))


async def test_it_is_decided_as_it_was_seen_and_once(closed: Seat) -> None:
    record = await filed(closed)
    with pytest.raises(Conflict, match="OBJECTION_CHANGED"):
        await done(closed, DecideObjection(record.number, 5, "accepted", WHY))
    await done(closed, DecideObjection(record.number, 0, "rejected", WHY))
    with pytest.raises(Conflict, match="OBJECTION_CLOSED"):
        await done(closed, DecideObjection(record.number, 1, "accepted", WHY))


async def test_only_who_filed_it_withdraws_it(closed: Seat) -> None:
    record = await filed(await manager(closed))
    other = await someone(closed, "bob", "S1", may=[FILE])
    with pytest.raises(Forbidden, match="OBJECTION_NOT_YOURS"):
        await done(other, WithdrawObjection(record.number, 0, WHY))
    withdrawn = await done(await manager(closed), WithdrawObjection(record.number, 0, WHY))
    assert withdrawn.state is ObjectionState.WITHDRAWN


async def test_who_may_not_see_any_is_told_so(closed: Seat) -> None:
    record = await filed(closed, "S1")
    viewer = await someone(closed, "viewer", "S1", may=[])
    for asking in (
        list_objections(*viewer),
        list_objections(*viewer, unit="S1"),
        find_objection(*viewer, record.number),
        find_objection(*viewer, "none"),
    ):
        with pytest.raises(Forbidden, match=r"FORBIDDEN.*objection\.file"):
            await asking


@pytest.mark.parametrize("may", [[FILE], [DECIDE]])
async def test_who_may_see_some_sees_none_where_there_are_none(closed: Seat, may: list[Permission]) -> None:
    seat = await someone(closed, "eve", "S1", may=may)
    assert await list_objections(*seat) == ()
    assert await list_objections(*seat, unit="S1") == ()


async def test_a_branch_sees_its_own_alone(closed: Seat) -> None:
    own, hidden = await filed(closed, "S1"), await filed(closed, "S3")
    seat = await manager(closed)
    assert [each.record.number for each in await list_objections(*seat)] == [own.number]
    with pytest.raises(NotFound, match="OBJECTION_NOT_FOUND"):
        await find_objection(*seat, hidden.number)
    with pytest.raises(NotFound, match="UNIT_NOT_FOUND"):
        await objections.filing(*seat, scheme=SCHEME, unit="S3", period="2025-01", why=WHY)
