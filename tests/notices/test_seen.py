"""Who sees which notices, and pages of them."""

from __future__ import annotations

import pytest

from administration.people import Seat
from notices.conftest import Subscribe, Tell
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Conflict, NotFound, Text
from steelyard.services import structure
from steelyard.services.notices import listing
from steelyard.services.notices.want import NoticeKind, Want

WANTS = tuple(
    Want(kind) for kind in (NoticeKind.FINDING_NEW, NoticeKind.ACTION_DUE, NoticeKind.OBJECTION_DUE)
)
READ, PLAN, DECIDE = Permission.SCORE_READ, Permission.PLAN_READ, Permission.OBJECTION_DECIDE


@pytest.fixture
async def told(seat: Seat, subscribe: Subscribe, tell: Tell) -> None:
    """Of S1 and of S2, a finding, an action and an objection each."""
    await subscribe("https://example.org/", wants=WANTS)
    for unit in ("S1", "S2"):
        for want in WANTS:
            assert await tell(unit, "x", about=want) == 1


CASES = [
    ({READ: "S1"}, {"finding.new/S1/x"}),
    ({READ: "S1", PLAN: "S1"}, {"finding.new/S1/x", "action.due/S1/x"}),
    ({READ: "S1", PLAN: "S2"}, {"finding.new/S1/x"}),
    ({READ: "S1", DECIDE: "S1"}, {"finding.new/S1/x", "objection.due/S1/x"}),
    ({PLAN: "S1"}, set()),
]


@pytest.mark.parametrize(("held", "keys"), CASES)
async def test_notices_are_seen_with_what_they_tell_of(
    seat: Seat, told: None, held: dict[Permission, str], keys: set[str]
) -> None:
    view, _, scope = seat
    whole = await structure.load_whole(view, scope)
    rights = {permission: frozenset({whole.unit(code).id}) for permission, code in held.items()}
    actor = Actor("eve", Text("某人", "Eve"), rights)
    mine = view, actor, actor.scope(scope.tenant_id)
    page = await listing.notices_after(*mine)
    assert {row.key for row in page.rows} == keys
    assert page.total == len(keys)
    for key in ("finding.new/S1/x", "action.due/S1/x", "finding.new/S2/x"):
        if key in keys:
            assert (await listing.notice(*mine, key=key)).key == key
        else:
            with pytest.raises(NotFound, match="NOTICE_NOT_FOUND"):
                await listing.notice(*mine, key=key)


async def test_pages_follow_each_other(seat: Seat, told: None) -> None:
    keys: list[str] = []
    after = None
    for before in (0, 2, 4):
        page = await listing.notices_after(*seat, after=after, limit=2)
        assert (page.before, page.total, len(page.rows)) == (before, 6, 2)
        keys += [row.key for row in page.rows]
        after = page.rows[-1].happened_at, page.rows[-1].key
    everything = [row.key for row in (await listing.notices_after(*seat)).rows]
    assert keys == everything
    assert everything[0] == "objection.due/S2/x", "the latest first"
    only = await listing.notices_after(*seat, kinds=[NoticeKind.ACTION_DUE])
    assert [row.key for row in only.rows] == ["action.due/S2/x", "action.due/S1/x"]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_notice_is_sent_again_to_those_for_whom_it_was_meant(seat: Seat, told: None) -> None:
    for subscriber in (None, 2):
        with pytest.raises(Conflict, match="NOTICE_NOT_MEANT"):
            await listing.redeliver(*seat, key="finding.new/S1/x", subscriber=subscriber)
    with pytest.raises(NotFound, match="NOTICE_NOT_FOUND"):
        await listing.redeliver(*seat, key="none")
