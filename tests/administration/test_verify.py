"""Verification: whatever is changed past Steelyard is found, and named."""

from __future__ import annotations

from datetime import date

import pytest

from administration.conftest import ByHand, Do, Kept
from administration.people import Seat, acting
from steelyard.access.roles import Role
from steelyard.errors import Forbidden, InvalidInput
from steelyard.services.administration import chain, listing
from steelyard.services.administration.calendars import AddPeriods, ClosePeriod
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.head import Head, read_heads
from steelyard.services.administration.perform import perform
from steelyard.services.administration.persons import ErasePerson, RegisterPerson
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.units import CreateUnit, RenameUnit, SetAttribute
from steelyard.services.administration.verify import Verification, verify
from steelyard.store.acts import ActRecord
from steelyard.store.persons import PersonKind
from steelyard.store.proposals import ProposalRecord

HISTORY: tuple[Deed[object], ...] = (
    CreateUnit("R1", "一区", "Region 1", "region"),
    CreateUnit("S1", "店", "Shop", "shop", parent="R1"),
    SetAttribute("S1", "size", "large", date(2025, 1, 1)),
    AddPeriods("month", ("2025-01", "2025-02")),
    ClosePeriod("month", "2025-01"),
    RegisterPerson("P-1", PersonKind.EMPLOYEE, "Zhang San"),
    RegisterPerson("P-2", PersonKind.EMPLOYEE, "Li Si"),
    ErasePerson("P-2"),
    SetPolicy("second_person", ("policy.set",)),
)


@pytest.fixture
async def history(seat: Seat, do: Do) -> ActRecord:
    """A tenant with something of everything; the last act."""
    await do(*HISTORY)
    drafted = await perform(*seat, SetPolicy("peer_minimum", 7), reason="too small")
    assert isinstance(drafted, ProposalRecord)
    return (await listing.acts_before(*seat))[0]


def told(verified: Verification) -> list[tuple[str, str]]:
    """The code of each finding, and the subject or act that it names."""
    return [
        (each.code, str(each.values.get("subject", each.values.get("act", "")))) for each in verified.findings
    ]


async def test_what_nobody_touched_is_as_acts_left_it(seat: Seat, history: ActRecord) -> None:
    verified = await verify(*seat, [Head("default", history.number, history.hash)])
    assert (verified.findings, verified.end.number, verified.heads) == ((), len(HISTORY) + 1, 1)
    assert verified.subjects == 2 + 1 + 2 + 2 + 1 + 1


ADD_UNIT = (
    "INSERT INTO unit (tenant_id, code, title_zh, title_en, unit_type) "
    "SELECT tenant_id, 'S9', 'x', 'x', 'shop' FROM unit WHERE code = 'S1'"
)
ADD_PARENT = (
    "INSERT INTO unit_parent (tenant_id, unit_id, valid_from, parent_id) "
    "SELECT tenant_id, parent_id, '2025-01-01', unit_id FROM unit_parent"
)
ADD_ATTRIBUTE = (
    "INSERT INTO unit_attribute (tenant_id, unit_id, name, valid_from, value) "
    "SELECT tenant_id, unit_id, 'class', valid_from, 'A' FROM unit_attribute"
)
ADD_CALENDAR = (
    "INSERT INTO calendar (tenant_id, code, title_zh, title_en, definition) "
    "SELECT tenant_id, 'term', 'x', 'x', definition FROM calendar"
)
ADD_PERIOD = (
    "INSERT INTO period (tenant_id, calendar_id, code, title_zh, title_en, start_date, end_date, state) "
    "SELECT tenant_id, calendar_id, '2024-12', 'x', 'x', '2024-12-01', '2025-01-01', 'open' "
    "FROM period WHERE code = '2025-01'"
)
ADD_PERSON = (
    "INSERT INTO person (tenant_id, pseudonym, kind, created_at) "
    "SELECT tenant_id, 'P-9', kind, created_at FROM person WHERE pseudonym = 'P-1'"
)
ADD_POLICY = "INSERT INTO policy (tenant_id, name, value) SELECT tenant_id, 'peer_minimum', '3' FROM policy"

BY_HAND = [
    ("UPDATE unit SET title_en = 'Mine' WHERE code = 'S1'", "ROW_CHANGED", "unit:S1"),
    ("UPDATE unit SET unit_type = 'region' WHERE code = 'S1'", "ROW_CHANGED", "unit:S1"),
    ("UPDATE unit SET closed_on = '2025-06-01' WHERE code = 'S1'", "ROW_CHANGED", "unit:S1"),
    ("UPDATE unit SET person_id = (SELECT min(id) FROM person) WHERE code = 'S1'", "ROW_CHANGED", "unit:S1"),
    (ADD_UNIT, "ROW_ADDED", "unit:S9"),
    ("DELETE FROM unit_attribute; DELETE FROM unit WHERE code = 'S1'", "ROW_REMOVED", "unit:S1"),
    ("UPDATE unit_parent SET valid_to = '2025-01-01'", "ROW_CHANGED", "unit:S1"),
    ("UPDATE unit_parent SET parent_id = unit_id", "ROW_CHANGED", "unit:S1"),
    ("DELETE FROM unit_parent", "ROW_CHANGED", "unit:S1"),
    (ADD_PARENT, "ROW_CHANGED", "unit:R1"),
    ("UPDATE unit_attribute SET value = 'small'", "ROW_CHANGED", "unit:S1"),
    ("UPDATE unit_attribute SET valid_from = '2024-01-01'", "ROW_CHANGED", "unit:S1"),
    ("DELETE FROM unit_attribute", "ROW_CHANGED", "unit:S1"),
    (ADD_ATTRIBUTE, "ROW_CHANGED", "unit:S1"),
    ("UPDATE calendar SET definition = '{}'", "ROW_CHANGED", "calendar:month"),
    (ADD_CALENDAR, "ROW_ADDED", "calendar:term"),
    ("UPDATE period SET state = 'open' WHERE code = '2025-01'", "ROW_CHANGED", "period:month/2025-01"),
    ("UPDATE period SET state = 'closed' WHERE code = '2025-02'", "ROW_CHANGED", "period:month/2025-02"),
    (
        "UPDATE period SET end_date = '2025-03-02' WHERE code = '2025-02'",
        "ROW_CHANGED",
        "period:month/2025-02",
    ),
    ("DELETE FROM period WHERE code = '2025-02'", "ROW_REMOVED", "period:month/2025-02"),
    (ADD_PERIOD, "ROW_ADDED", "period:month/2024-12"),
    ("UPDATE person SET kind = 'customer' WHERE pseudonym = 'P-1'", "ROW_CHANGED", "person:P-1"),
    ("UPDATE person SET name = 'Li Si' WHERE pseudonym = 'P-2'", "ROW_CHANGED", "person:P-2"),
    ("UPDATE person SET erased_at = NULL WHERE pseudonym = 'P-2'", "ROW_CHANGED", "person:P-2"),
    ("DELETE FROM person WHERE pseudonym = 'P-2'", "ROW_REMOVED", "person:P-2"),
    (ADD_PERSON, "ROW_ADDED", "person:P-9"),
    ("UPDATE policy SET value = '[]'", "ROW_CHANGED", "policy:second_person"),
    ("DELETE FROM policy", "ROW_REMOVED", "policy:second_person"),
    (ADD_POLICY, "ROW_ADDED", "policy:peer_minimum"),
    ("UPDATE proposal SET drafted_by = 'bob'", "ROW_CHANGED", "proposal:"),
    ("UPDATE proposal SET state = 'approved'", "ROW_CHANGED", "proposal:"),
    ("UPDATE proposal SET input = '{}'", "ROW_CHANGED", "proposal:"),
    ("DELETE FROM proposal", "ROW_REMOVED", "proposal:"),
    ("UPDATE act SET reason = 'none' WHERE number = 3", "ACT_CHANGED", "unit:S1"),
    ("UPDATE act SET actor = 'bob' WHERE number = 3", "ACT_CHANGED", "unit:S1"),
    ("UPDATE act SET drafted_by = 'bob' WHERE number = 3", "ACT_CHANGED", "unit:S1"),
    ("UPDATE act SET deed = 'unit.move' WHERE number = 3", "ACT_CHANGED", "unit:S1"),
    ("UPDATE act SET acted_at = '2025-01-01 00:00:00' WHERE number = 3", "ACT_CHANGED", "unit:S1"),
    ("UPDATE act SET before = NULL WHERE number = 3", "ACT_CHANGED", "unit:S1"),
    ("UPDATE act SET after = replace(after, 'large', 'small') WHERE number = 3", "ACT_CHANGED", "unit:S1"),
    ("UPDATE act SET after = 'no JSON' WHERE number = 3", "ACT_CHANGED", "unit:S1"),
    ("UPDATE act SET subject = 'horse:1' WHERE number = 3", "ACT_UNREADABLE", "horse:1"),
    ("UPDATE act SET hash = previous WHERE number = 3", "ACT_UNLINKED", "4"),
    ("UPDATE act SET previous = hash WHERE number = 3", "ACT_UNLINKED", "3"),
    ("DELETE FROM act WHERE number = 3", "ACTS_MISSING", ""),
    ("DELETE FROM act WHERE number = 1", "ACTS_MISSING", ""),
    ("UPDATE act SET number = 99 WHERE number = 10", "ACTS_MISSING", ""),
    ("DELETE FROM act WHERE number > 8", "ROW_ADDED", "policy:second_person"),
    ("DELETE FROM act", "ROW_ADDED", "unit:S1"),
]


async def test_what_is_changed_by_hand_is_named(
    seat: Seat, history: ActRecord, by_hand: ByHand, kept: Kept
) -> None:
    await kept.keep()
    missed = []
    for sql, code, subject in BY_HAND:
        await by_hand(sql)
        found = told(await verify(*seat))
        if not any(one == code and named.startswith(subject) for one, named in found):
            missed.append((sql, found))
        await kept.restore()
    assert missed == []
    assert (await verify(*seat)).findings == ()


async def test_only_what_was_changed_is_named(seat: Seat, history: ActRecord, by_hand: ByHand) -> None:
    await by_hand("UPDATE unit SET title_en = 'Mine', unit_type = 'x' WHERE code = 'S1'")
    [finding] = (await verify(*seat)).findings
    assert finding.message() == "unit:S1 is not as act 3 left it (title, type)."


async def test_a_deed_does_not_make_good_what_was_changed_before_it(
    seat: Seat, do: Do, history: ActRecord, by_hand: ByHand
) -> None:
    await by_hand("UPDATE unit SET unit_type = 'kiosk' WHERE code = 'S1'")
    await do(RenameUnit("S1", "新店", "New shop"))
    assert told(await verify(*seat)) == [("CHANGED_BETWEEN", "unit:S1")]


async def test_a_chain_cut_short_is_found_against_a_head(
    seat: Seat, history: ActRecord, by_hand: ByHand
) -> None:
    await by_hand("DELETE FROM act WHERE number = 10; DELETE FROM proposal")
    head = Head("default", history.number, history.hash)
    assert (await verify(*seat)).findings == ()
    [finding] = (await verify(*seat, [head])).findings
    assert (
        finding.message()
        == "The chain ends at act 9, but the head kept is of act 10: the acts after 9 were removed."
    )


async def test_a_chain_rewritten_with_new_hashes_is_found_against_a_head(
    seat: Seat, history: ActRecord, by_hand: ByHand
) -> None:
    known = list(reversed(await listing.acts_before(*seat)))
    previous = chain.first_previous("default")
    for act in known:
        fields = {name: getattr(act, name) for name in ActRecord.__slots__}
        forged = ActRecord(**{**fields, "actor": "bob", "previous": previous})
        previous = chain.act_hash("default", forged)
        await by_hand(
            f"UPDATE act SET actor = 'bob', previous = '{forged.previous}', hash = '{previous}' "
            f"WHERE number = {act.number}"
        )
    assert (await verify(*seat)).findings == ()
    heads = [Head("default", each.number, each.hash) for each in (known[4], known[-1])]
    assert told(await verify(*seat, heads)) == [("CHAIN_REWRITTEN", "5"), ("CHAIN_REWRITTEN", "10")]


async def test_a_head_of_another_tenant_is_refused(seat: Seat) -> None:
    with pytest.raises(InvalidInput, match="HEAD_OF_ANOTHER_TENANT"):
        await verify(*seat, [Head("other", 1, "0" * 64)])


def test_heads_are_read_a_line_each() -> None:
    lines = [f"default:{number}:{'a' * 64}" for number in (1, 12)]
    assert [str(head) for head in read_heads("\n".join(["", lines[0], f"  {lines[1]} ", ""]))] == lines
    with pytest.raises(InvalidInput) as raised:
        read_heads(f"default:0:{'a' * 64}\n{lines[0]}\nhello")
    assert [each.code for each in raised.value.problems] == ["HEAD_UNREADABLE"] * 2


async def test_it_takes_the_right_to_read_acts(seat: Seat) -> None:
    view, _, scope = seat
    with pytest.raises(Forbidden, match=r"act\.read"):
        await verify(view, acting("eve", Role.ANALYST), scope)


async def test_rows_from_before_the_first_act_are_taken_over_by_it(
    seat: Seat, do: Do, by_hand: ByHand, history: ActRecord
) -> None:
    await by_hand("DELETE FROM act")
    await do(RenameUnit("S1", "新店", "New shop"))
    assert [act.deed for act in await listing.acts_before(*seat)] == ["unit.rename", "chain.begin"]
    assert (await verify(*seat)).findings == ()
    await by_hand("UPDATE unit SET unit_type = 'x' WHERE code = 'R1'")
    assert told(await verify(*seat)) == [("ROW_CHANGED", "unit:R1")]
