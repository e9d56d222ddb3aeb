"""Tenants: made and ended by the operating tenant only, each step an act in its chain."""

from __future__ import annotations

import io
import zipfile

import orjson
import pytest

from administration.conftest import ByHand, Do
from administration.people import Seat, acting
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound
from steelyard.services.administration import listing
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.exporting import export_tenant
from steelyard.services.administration.perform import perform
from steelyard.services.administration.tenant_list import all_tenants
from steelyard.services.administration.tenants import (
    CreateTenant,
    DeleteTenant,
    ExportTenant,
    ResumeTenant,
    SuspendTenant,
)
from steelyard.services.administration.units import CreateUnit
from steelyard.services.administration.verify import verify

ACME = CreateTenant("acme", "甲", "Acme")
SUSPEND, DELETE = SuspendTenant("acme"), DeleteTenant("acme", "acme")
UNIT = CreateUnit("R1", "一区", "Region 1", "region")


@pytest.fixture
async def acme(seat: Seat, do: Do) -> Seat:
    """An administrator of another tenant, which has a unit."""
    made = (await do(ACME)).result
    theirs = seat[0], acting("zoe"), Scope(made.id)
    await perform(*theirs, UNIT, reason="because")
    return theirs


async def test_each_tenant_has_a_chain_of_its_own(seat: Seat, acme: Seat) -> None:
    mine, theirs = await listing.head(*seat), await listing.head(*acme)
    assert (mine.tenant, mine.number, theirs.tenant, theirs.number) == ("default", 1, "acme", 1)
    assert mine.hash != theirs.hash
    assert (await verify(*acme)).findings == ()
    assert [tenant.code for tenant in await all_tenants(*seat)] == ["acme", "default"]


async def test_a_deleted_tenant_leaves_its_head_behind(seat: Seat, acme: Seat, do: Do) -> None:
    head = str(await listing.head(*acme))
    act = (await do(SUSPEND, DELETE)).act
    before = orjson.loads(act.before or "")
    assert (act.after, before["state"], before["beside"]["head"]) == (None, "suspended", head)
    assert [tenant.code for tenant in await all_tenants(*seat)] == ["default"]
    assert (await verify(*seat)).findings == ()
    # Its code may be used again: the new tenant's chain is another.
    await do(ACME)
    assert (await verify(*seat)).findings == ()


async def test_an_export_has_an_act_and_holds_the_tenant_alone(seat: Seat, acme: Seat) -> None:
    await perform(*seat, CreateUnit("MINE", "我", "Mine", "region"), reason="because")
    target = io.BytesIO()
    act = await export_tenant(*seat, tenant="acme", target=target, reason="they asked")
    assert (act.deed, act.subject, act.before) == ("tenant.export", "tenant:acme", act.after)
    with zipfile.ZipFile(target) as archive:
        units = [orjson.loads(line) for line in archive.read("unit.jsonl").splitlines()]
    assert [unit["code"] for unit in units] == ["R1"]


@pytest.mark.parametrize("deed", [ACME, SUSPEND, ResumeTenant("acme"), ExportTenant("acme"), DELETE])
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_other_tenants_administrators_do_not_manage_tenants(acme: Seat, deed: Deed[object]) -> None:
    with pytest.raises(Forbidden) as raised:
        await perform(*acme, deed, reason="because")
    assert raised.value.code == "TENANT_OPERATOR"
    with pytest.raises(Forbidden):
        await all_tenants(*acme)


@pytest.mark.parametrize(
    ("first", "deed", "error", "code"),
    [
        ((), ACME, Conflict, "TENANT_EXISTS"),
        ((), DELETE, Conflict, "TENANT_NOT_SUSPENDED"),
        ((), ResumeTenant("acme"), Conflict, "TENANT_IS_ALREADY"),
        ((SUSPEND,), SUSPEND, Conflict, "TENANT_IS_ALREADY"),
        ((SUSPEND,), DeleteTenant("acme", "acne"), InvalidInput, "TENANT_NOT_CONFIRMED"),
        ((), SuspendTenant("default"), Conflict, "TENANT_OPERATES"),
        ((), SuspendTenant("other"), NotFound, "TENANT_NOT_FOUND"),
        ((), CreateTenant("a:b", "", "x"), InvalidInput, "CODE_INVALID"),
    ],
)
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_cannot_be_done_is_refused(
    seat: Seat,
    acme: Seat,
    do: Do,
    first: tuple[Deed[object], ...],
    deed: Deed[object],
    error: type,
    code: str,
) -> None:
    if first:
        await do(*first)
    with pytest.raises(error) as raised:
        await perform(*seat, deed, reason="because")
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE tenant SET state = 'suspended' WHERE code = 'acme'", "ROW_CHANGED"),
        ("UPDATE tenant SET title_en = 'x' WHERE code = 'acme'", "ROW_CHANGED"),
        ("UPDATE tenant SET code = 'acne' WHERE code = 'acme'", "ROW_REMOVED"),
        (
            "INSERT INTO tenant (code, title_zh, title_en, state, created_at) "
            "SELECT 'new', 'x', 'x', state, created_at FROM tenant WHERE code = 'acme'",
            "ROW_ADDED",
        ),
    ],
)
async def test_a_tenant_changed_by_hand_is_found(
    seat: Seat, acme: Seat, by_hand: ByHand, sql: str, code: str
) -> None:
    await by_hand(sql)
    assert code in {finding.code for finding in (await verify(*seat)).findings}
