"""Every deed of units, calendars, periods and persons: what its act says, who may, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import orjson
import pytest

from administration.conftest import Do
from administration.people import Seat, acting, seen
from steelyard.access.permissions import Permission
from steelyard.access.roles import PERMISSIONS, Role
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound, SteelyardError
from steelyard.services.administration.calendars import (
    AddPeriods,
    ClosePeriod,
    DeclareCalendar,
    DeclaredPart,
    ReopenPeriod,
)
from steelyard.services.administration.consent import MAY_WAIT
from steelyard.services.administration.deed import Deed, deed_from, input_of
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.perform import perform
from steelyard.services.administration.persons import (
    ErasePerson,
    ExpirePersons,
    NamePerson,
    RegisterPerson,
    RetainPerson,
)
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.registry import DEEDS
from steelyard.services.administration.units import (
    AssignPerson,
    CloseUnit,
    CreateUnit,
    RenameUnit,
    ReopenUnit,
    SetAttribute,
)
from steelyard.services.administration.verify import verify
from steelyard.store import runs, units
from steelyard.store.persons import PersonKind
from steelyard.store.runs import RunRecord, RunState

MARCH, JUNE = date(2025, 3, 1), date(2025, 6, 1)
REGION = CreateUnit("R1", "一区", "Region 1", "region")
REGION_2 = CreateUnit("R2", "二区", "Region 2", "region")
SHOP = CreateUnit("S1", "店", "Shop", "shop", parent="R1")
PERSON = RegisterPerson("P-1", PersonKind.EMPLOYEE, "Zhang San", "zhang@example.org", "hr:17")
TERMS = DeclareCalendar(
    "term",
    "学期",
    "Term",
    (
        DeclaredPart("spring", "春", "Spring", "03-01", "07-01"),
        DeclaredPart("autumn", "秋", "Autumn", "09-01", "01-16"),
    ),
)
MONTHS = AddPeriods("month", ("2025-01", "2025-02"))

DEEDS_DONE: list[tuple[Sequence[Deed[Any]], Deed[Any], str, dict[str, Any]]] = [
    ((), REGION, "unit:R1", {"type": (None, "region"), "parents": (None, [])}),
    ((REGION,), SHOP, "unit:S1", {"parents": (None, [["0001-01-01", None, "R1"]])}),
    (
        (REGION, REGION_2, SHOP),
        MoveUnit("S1", "R2", MARCH),
        "unit:S1",
        {
            "parents": (
                [["0001-01-01", None, "R1"]],
                [["0001-01-01", "2025-03-01", "R1"], ["2025-03-01", None, "R2"]],
            )
        },
    ),
    (
        (REGION, SHOP),
        MoveUnit("S1", None, MARCH),
        "unit:S1",
        {"parents": ([["0001-01-01", None, "R1"]], [["0001-01-01", "2025-03-01", "R1"]])},
    ),
    (
        (REGION,),
        RenameUnit("R1", "东区", "East"),
        "unit:R1",
        {"title": ({"zh": "一区", "en": "Region 1"}, {"zh": "东区", "en": "East"})},
    ),
    ((REGION,), CloseUnit("R1", JUNE), "unit:R1", {"closed_on": (None, "2025-06-01")}),
    ((REGION, CloseUnit("R1", JUNE)), ReopenUnit("R1"), "unit:R1", {"closed_on": ("2025-06-01", None)}),
    (
        (REGION,),
        SetAttribute("R1", "size", "large", MARCH),
        "unit:R1",
        {"attributes": ({}, {"size": [["2025-03-01", None, "large"]]})},
    ),
    (
        (REGION, SetAttribute("R1", "size", "large", MARCH)),
        SetAttribute("R1", "size", None, JUNE),
        "unit:R1",
        {
            "attributes": (
                {"size": [["2025-03-01", None, "large"]]},
                {"size": [["2025-03-01", "2025-06-01", "large"]]},
            )
        },
    ),
    ((REGION, PERSON), AssignPerson("R1", "P-1"), "unit:R1", {"person": (None, "P-1")}),
    ((), TERMS, "calendar:term", {"title": (None, {"zh": "学期", "en": "Term"})}),
    ((TERMS,), AddPeriods("term", ("2025-spring",)), "batch:period.add/term", {"count": (0, 1)}),
    ((), MONTHS, "batch:period.add/month", {"count": (0, 3)}),
    ((MONTHS,), ClosePeriod("month", "2025-01"), "period:month/2025-01", {"state": ("open", "closed")}),
    (
        (MONTHS, ClosePeriod("month", "2025-01")),
        ReopenPeriod("month", "2025-01"),
        "period:month/2025-01",
        {"state": ("closed", "open")},
    ),
    ((), PERSON, "person:P-1", {"kind": (None, "employee"), "erased": (None, False)}),
    ((PERSON,), NamePerson("P-1", "Zhang Si", None), "person:P-1", {}),
    ((PERSON,), RetainPerson("P-1", JUNE), "person:P-1", {"retain_until": (None, "2025-06-01")}),
    ((PERSON,), ErasePerson("P-1"), "person:P-1", {"erased": (False, True)}),
    (
        (PERSON, RetainPerson("P-1", JUNE)),
        ExpirePersons(date(2026, 1, 1)),
        "batch:person.expire/2026-01-01",
        {},
    ),
    ((), SetPolicy("retention", {"employee": 30}), "policy:retention", {"value": (None, {"employee": 30})}),
]
IDS = [f"{deed.name}-{number}" for number, (_, deed, _, _) in enumerate(DEEDS_DONE)]


@pytest.mark.parametrize(("first", "deed", "subject", "changes"), DEEDS_DONE, ids=IDS)
async def test_an_act_tells_before_and_after(
    seat: Seat, do: Do, first: Sequence[Deed[Any]], deed: Deed[Any], subject: str, changes: dict[str, Any]
) -> None:
    act = (await do(*first, deed)).act
    assert (act.deed, act.subject, act.number) == (deed.name, subject, len(first) + 1)
    before, after = orjson.loads(act.before or "{}"), orjson.loads(act.after or "{}")
    assert {name: (before.get(name), after.get(name)) for name in changes} == changes
    text = f"{act.before}{act.after}"
    assert not any(secret in text for secret in ("Zhang", "example.org", "hr:17"))
    assert (await verify(*seat)).findings == ()


@pytest.mark.parametrize(("first", "deed", "subject", "changes"), DEEDS_DONE, ids=IDS)
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_it_takes_the_permission_that_it_names(
    seat: Seat, do: Do, first: Sequence[Deed[Any]], deed: Deed[Any], subject: str, changes: dict[str, Any]
) -> None:
    view, _, scope = seat
    if first:
        await do(*first)
    for role in Role:
        if deed.permission not in PERMISSIONS[role]:
            with pytest.raises(Forbidden, match=deed.permission.value.replace(".", r"\.")):
                await perform(view, acting("eve", role), scope, deed, reason="because")
    with pytest.raises(InvalidInput, match="REASON_REQUIRED"):
        await perform(*seat, deed, reason=" ")


@pytest.mark.parametrize("deed", [deed for _, deed, _, _ in DEEDS_DONE], ids=IDS)
def test_its_input_survives_being_written_down(deed: Deed[Any]) -> None:
    assert deed_from(DEEDS[deed.name], input_of(deed)) == deed


REFUSED: list[tuple[Sequence[Deed[Any]], Deed[Any], type[SteelyardError], str]] = [
    ((REGION,), REGION, Conflict, "UNIT_EXISTS"),
    ((), SHOP, NotFound, "UNIT_NOT_FOUND"),
    ((), CreateUnit("a b", "", "x", "shop"), InvalidInput, "CODE_INVALID"),
    ((), RenameUnit("R1", "一", "One"), NotFound, "UNIT_NOT_FOUND"),
    ((REGION, SHOP), MoveUnit("R1", "S1", MARCH), InvalidInput, "UNIT_CYCLE"),
    ((REGION, SHOP), CloseUnit("R1", JUNE), Conflict, "UNIT_HAS_OPEN_UNITS"),
    ((REGION, CloseUnit("R1", JUNE)), CloseUnit("R1", JUNE), Conflict, "UNIT_IS_CLOSED"),
    ((REGION,), ReopenUnit("R1"), Conflict, "UNIT_IS_OPEN"),
    (
        (CreateUnit("R1", "一", "1", "region", opened_on=JUNE),),
        CloseUnit("R1", MARCH),
        InvalidInput,
        "UNIT_CLOSES_EARLY",
    ),
    ((REGION,), AssignPerson("R1", "P-9"), NotFound, "PERSON_NOT_FOUND"),
    ((PERSON,), PERSON, Conflict, "PERSON_EXISTS"),
    ((PERSON,), RegisterPerson("P-2", PersonKind.EMPLOYEE, reference="hr:17"), Conflict, "REFERENCE_EXISTS"),
    ((PERSON, ErasePerson("P-1")), ErasePerson("P-1"), Conflict, "PERSON_ERASED"),
    ((PERSON, ErasePerson("P-1")), NamePerson("P-1", "Zhang", None), Conflict, "PERSON_ERASED"),
    ((TERMS,), TERMS, Conflict, "CALENDAR_EXISTS"),
    ((), DeclareCalendar("month", "月", "Month", TERMS.parts), Conflict, "CALENDAR_EXISTS"),
    ((), DeclareCalendar("t", "t", "t", ()), InvalidInput, "CALENDAR_EMPTY"),
    (
        (),
        DeclareCalendar("t", "t", "t", (DeclaredPart("a", "a", "a", "march", "07-01"),)),
        InvalidInput,
        "MONTH_DAY",
    ),
    ((), AddPeriods("term", ("2025-spring",)), NotFound, "CALENDAR_NOT_FOUND"),
    ((), AddPeriods("month", ("2025-13",)), InvalidInput, "PERIOD_INVALID"),
    ((MONTHS,), MONTHS, Conflict, "PERIODS_EXIST"),
    ((), ClosePeriod("month", "2025-01"), NotFound, "PERIOD_NOT_FOUND"),
    (
        (MONTHS, ClosePeriod("month", "2025-01")),
        ClosePeriod("month", "2025-01"),
        Conflict,
        "PERIOD_IS_CLOSED",
    ),
    ((AddPeriods("year", ("2999",)),), ClosePeriod("year", "2999"), Conflict, "PERIOD_RUNS"),
    ((MONTHS,), ReopenPeriod("month", "2025-01"), Conflict, "PERIOD_IS_OPEN"),
]


@pytest.mark.parametrize(
    ("first", "deed", "error", "code"), REFUSED, ids=[f"{deed.name}-{code}" for _, deed, _, code in REFUSED]
)
async def test_what_cannot_be_done_leaves_no_act(
    seat: Seat, do: Do, first: Sequence[Deed[Any]], deed: Deed[Any], error: type[SteelyardError], code: str
) -> None:
    if first:
        await do(*first)
    with pytest.raises(error) as raised:
        await perform(*seat, deed, reason="because")
    assert raised.value.code == code
    verified = await verify(*seat)
    assert (verified.end.number, verified.findings) == (len(first), ())


def test_what_may_wait_is_a_deed() -> None:
    assert DEEDS.keys() >= MAY_WAIT


def test_each_deed_has_a_name_of_its_own_and_topics() -> None:
    assert all(name == deed.name and deed.topics for name, deed in DEEDS.items())


async def test_a_branch_administers_itself_and_no_other(seat: Seat, do: Do) -> None:
    view, _, scope = seat
    await do(REGION, REGION_2, SHOP, CreateUnit("S2", "店", "Shop 2", "shop", parent="R2"))
    async with view.context.database.read(scope) as reader:
        ids = {unit.code: unit.id for unit in await units.load(reader, scope)}
    branch = acting("eve", units=[ids["R1"], ids["S1"]])
    branch_seat = view, branch, seen(branch, scope)
    await perform(*branch_seat, RenameUnit("S1", "新店", "New shop"), reason="because")
    for deed, error in (
        (RenameUnit("S2", "x", "x"), NotFound),
        (MoveUnit("S1", "R2", MARCH), NotFound),
        (MoveUnit("S1", None, MARCH), Forbidden),
        (MoveUnit("R1", "S1", MARCH), Forbidden),
        (CreateUnit("R3", "x", "x", "region"), Forbidden),
        (CreateUnit("S3", "x", "x", "shop", parent="R1"), Forbidden),
        (CreateUnit("S2", "x", "x", "shop", parent="R1"), Forbidden),
        (MONTHS, Forbidden),
    ):
        with pytest.raises(error):
            await perform(*branch_seat, deed, reason="because")


async def test_who_sees_a_unit_without_the_right_is_forbidden(seat: Seat, do: Do) -> None:
    view, _, scope = seat
    await do(REGION)
    with pytest.raises(Forbidden, match=Permission.UNIT_EDIT.value):
        await perform(view, acting("eve", Role.VIEWER), scope, RenameUnit("R1", "x", "x"), reason="because")


async def test_a_period_with_a_final_evaluation_stays_closed(
    seat: Seat, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    await do(MONTHS, ClosePeriod("month", "2025-01"))

    async def final(*_: Any, **__: Any) -> list[RunRecord]:
        fields: dict[str, Any] = dict.fromkeys(RunRecord.__slots__)
        return [RunRecord(**{**fields, "scheme": "test.shop", "state": RunState.FINAL})]

    monkeypatch.setattr(runs, "heads", final)
    with pytest.raises(Conflict, match=r"PERIOD_IS_FINAL.*test\.shop"):
        await do(ReopenPeriod("month", "2025-01"))


async def test_names_end_by_their_own_day_or_by_the_policy(do: Do) -> None:
    await do(
        PERSON,
        RegisterPerson("P-2", PersonKind.CUSTOMER, "Li"),
        RegisterPerson("P-3", PersonKind.CUSTOMER, "Wang", retain_until=date(2999, 1, 1)),
        SetPolicy("retention", {"customer": 30}),
    )
    assert (await do(ExpirePersons(date.today()))).result == ()
    assert (await do(ExpirePersons(date(2900, 1, 1)))).result == ("P-2",)
    assert (await do(ExpirePersons(date(2999, 1, 2)))).result == ("P-3",)
