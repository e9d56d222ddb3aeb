"""Sheets from the draft to the measurements that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME, SOURCE, shop_packs
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound, Text
from steelyard.services import measurements, structure
from steelyard.services.assessments import deciding, reading, writing
from steelyard.services.assessments.deciding import Approved
from steelyard.services.assessments.sheet import LineInput, Sheet
from steelyard.services.context import Context
from steelyard.store import accounts, periods, persons
from steelyard.store.accounts import AccountKind, NewAccount
from steelyard.store.assessments import AssessmentState
from steelyard.store.measurements import Source
from steelyard.store.periods import PeriodState
from steelyard.store.persons import NewPerson, PersonKind

WHERE = {"scheme": SCHEME, "unit": "S5", "period": "2025-03"}


def person(code: str, rated: frozenset[int] = frozenset()) -> Actor:
    return Actor(code, Text(code, code), dict.fromkeys(Permission), rated)


def sat(seat: Seat, actor: Actor) -> Seat:
    return seat[0], actor, seat[2]


async def filled(seat: Seat, values: Mapping[str, str], **options: Any) -> Sheet:
    """A draft with values."""
    begun = await writing.begin(*seat, **{**WHERE, **options})
    lines = [LineInput(measure, value) for measure, value in values.items()]
    number, revision = begun.record.number, begun.record.revision
    return await writing.save(*seat, number=number, revision=revision, lines=lines)


async def submitted(seat: Seat, values: Mapping[str, str], **options: Any) -> Sheet:
    draft = await filled(seat, values, **options)
    return await writing.submit(*seat, number=draft.record.number, revision=draft.record.revision)


async def approved(seat: Seat, sheet: Sheet) -> Approved:
    boss = sat(seat, person("boss"))
    return await deciding.approve(*boss, number=sheet.record.number, revision=sheet.record.revision)


async def values(seat: Seat) -> dict[str, Fraction | None]:
    found = await measurements.records(*seat, scheme=SCHEME, period="2025-03", units=["S5"])
    return {record.measure: record.value for record in found["S5"]}


async def test_from_the_draft_to_the_measurement(writing_seat: Seat) -> None:
    rater = sat(writing_seat, person("ann"))
    sheet = await submitted(rater, {"SPEED": "98%", "KINDNESS": "n/a", "complaints": "2"})
    assert (sheet.record.state, sheet.record.rater, sheet.unit, sheet.period) == (
        AssessmentState.SUBMITTED,
        "ann",
        "S5",
        "2025-03",
    )
    done = await approved(writing_seat, sheet)
    assert (done.recorded, done.unchanged, done.waiting) == (3, 0, ())
    assert await values(writing_seat) == {
        "SPEED": Fraction(49, 50),
        "KINDNESS": None,
        "complaints": Fraction(2),
    }


async def test_a_measurement_names_its_sheets(writing_seat: Seat) -> None:
    sheets = []
    for rater, value in [("ann", "90%"), ("bob", "81%"), ("eve", "80%")]:
        sheets.append(await submitted(sat(writing_seat, person(rater)), {"SPEED": value}))
        await approved(writing_seat, sheets[-1])
    found = await measurements.records(*writing_seat, scheme=SCHEME, period="2025-03", units=["S5"])
    (record,) = found["S5"]
    assert (record.value, record.source) == (Fraction(251, 300), Source.ASSESSMENT)
    behind = await reading.behind(*writing_seat, measurement_ids=[record.id])
    assert behind[record.id] == tuple(sorted(each.record.number for each in sheets))


async def test_a_second_sheet_of_a_rater_takes_the_place_of_the_first(writing_seat: Seat) -> None:
    rater = sat(writing_seat, person("ann"))
    for value in ("50%", "70%"):
        await approved(writing_seat, await submitted(rater, {"SPEED": value}))
    assert await values(writing_seat) == {"SPEED": Fraction(7, 10)}


async def test_a_stale_revision_says_what_changed(writing_seat: Seat) -> None:
    rater = sat(writing_seat, person("ann"))
    draft = await filled(rater, {"SPEED": "1", "KINDNESS": "1"})
    number = draft.record.number
    later = await writing.save(*rater, number=number, revision=1, lines=[LineInput("SPEED", "0.5")])
    assert later.record.revision == 2
    with pytest.raises(Conflict) as caught:
        await writing.save(*rater, number=number, revision=1, lines=[LineInput("KINDNESS", "0")])
    assert caught.value.code == "ASSESSMENT_CHANGED"
    assert "changed since: SPEED." in caught.value.text("en")


async def test_a_line_may_be_emptied(writing_seat: Seat) -> None:
    rater = sat(writing_seat, person("ann"))
    draft = await filled(rater, {"SPEED": "1"})
    number = draft.record.number
    emptied = await writing.save(*rater, number=number, revision=1, lines=[LineInput("SPEED", "")])
    assert not emptied.says("SPEED")
    with pytest.raises(InvalidInput) as caught:
        await writing.submit(*rater, number=number, revision=2)
    assert caught.value.code == "ASSESSMENT_EMPTY"


async def test_what_says_the_same_is_no_revision(writing_seat: Seat) -> None:
    rater = sat(writing_seat, person("ann"))
    draft = await filled(rater, {"SPEED": "1"})
    again = await writing.save(
        *rater, number=draft.record.number, revision=1, lines=[LineInput("SPEED", "100%")]
    )
    assert again.record.revision == 1


async def test_returned_edited_and_handed_in_again(writing_seat: Seat) -> None:
    rater, boss = sat(writing_seat, person("ann")), sat(writing_seat, person("boss"))
    sheet = await submitted(rater, {"SPEED": "1"})
    number = sheet.record.number
    back = await deciding.give_back(*boss, number=number, revision=2, reason="too kind")
    assert (back.record.state, back.record.decision_reason) == (AssessmentState.RETURNED, "too kind")
    await writing.save(*rater, number=number, revision=3, lines=[LineInput("SPEED", "0.6")])
    again = await writing.submit(*rater, number=number, revision=4)
    await approved(writing_seat, again)
    assert await values(writing_seat) == {"SPEED": Fraction(3, 5)}


async def test_who_rates_does_not_approve(writing_seat: Seat) -> None:
    rater = sat(writing_seat, person("ann"))
    sheet = await submitted(rater, {"SPEED": "1"})
    with pytest.raises(Forbidden) as caught:
        await deciding.approve(*rater, number=sheet.record.number, revision=2)
    assert caught.value.code == "ASSESSMENT_SELF_APPROVAL"
    assert await values(writing_seat) == {}


async def test_whom_the_unit_rates_does_not_decide_on_its_sheets(writing_seat: Seat) -> None:
    sheet = await submitted(sat(writing_seat, person("ann")), {"SPEED": "1"})
    unit = (await structure.load(*writing_seat)).unit("S5")
    manager = sat(writing_seat, person("manager", frozenset({unit.id})))
    number, revision = sheet.record.number, sheet.record.revision
    for decided in (
        deciding.approve(*manager, number=number, revision=revision),
        deciding.give_back(*manager, number=number, revision=revision, reason="too low"),
    ):
        with pytest.raises(Forbidden) as caught:
            await decided
        assert caught.value.code == "SELF_RATING"
    assert await values(writing_seat) == {}


async def test_two_accounts_of_one_person_have_one_say(writing_seat: Seat) -> None:
    seat = await under(writing_seat, "assessment: {minimum: 2}\n")
    view, _, scope = seat
    async with view.context.database.write(scope) as writer:
        await persons.add(writer, scope, NewPerson("P-1", PersonKind.EMPLOYEE))
        (who,) = await persons.load(writer, scope)
        for code in ("ann", "ann-2"):
            new = NewAccount(code, AccountKind.PERSON, Text(code, code), person_id=who.id)
            await accounts.add(writer, scope, new)
    for rater, value in (("ann", "1"), ("ann-2", "0.8")):
        done = await approved(seat, await submitted(sat(seat, person(rater)), {"SPEED": value}))
        assert (done.recorded, done.waiting) == (0, ("SPEED",))
    await approved(seat, await submitted(sat(seat, person("bob")), {"SPEED": "0.4"}))
    assert await values(seat) == {"SPEED": Fraction(3, 5)}


@pytest.mark.parametrize(
    ("own_unit", "expected"),
    [
        ("flag", {"SPEED": Fraction(3, 4)}),
        ("exclude", {"SPEED": Fraction(1, 2)}),
    ],
)
async def test_ones_own_unit(writing_seat: Seat, own_unit: str, expected: Mapping[str, Fraction]) -> None:
    seat = await under(writing_seat, f"assessment: {{own_unit: {own_unit}}}\n")
    unit = (await structure.load(*seat)).unit("S5")
    own = await submitted(sat(seat, person("manager", frozenset({unit.id}))), {"SPEED": "1"})
    assert own.record.own_unit
    await approved(seat, own)
    await approved(seat, await submitted(sat(seat, person("ann")), {"SPEED": "0.5"}))
    assert await values(seat) == expected


async def test_ones_own_unit_may_be_refused(writing_seat: Seat) -> None:
    seat = await under(writing_seat, "assessment: {own_unit: refuse}\n")
    unit = (await structure.load(*seat)).unit("S5")
    with pytest.raises(Forbidden) as caught:
        await writing.begin(*sat(seat, person("manager", frozenset({unit.id}))), **WHERE)
    assert caught.value.code == "ASSESSMENT_OWN_UNIT"


async def test_below_the_minimum_there_is_no_value(writing_seat: Seat) -> None:
    seat = await under(writing_seat, "assessment: {minimum: 2}\n")
    first = await approved(seat, await submitted(sat(seat, person("ann")), {"SPEED": "1"}))
    assert (first.recorded, first.waiting) == (0, ("SPEED",))
    await approved(seat, await submitted(sat(seat, person("bob")), {"SPEED": "0.5"}))
    assert await values(seat) == {"SPEED": Fraction(3, 4)}


async def test_weights_of_rater_types(writing_seat: Seat) -> None:
    rules = "assessment: {combine: weighted, raters: [{type: qa, weight: 2}, {type: guest}]}\n"
    seat = await under(writing_seat, rules)
    for rater, kind, value in [("ann", "qa", "0.9"), ("bob", "guest", "0.3")]:
        sheet = await submitted(sat(seat, person(rater)), {"SPEED": value}, rater_type=kind)
        await approved(seat, sheet)
    assert await values(seat) == {"SPEED": Fraction(7, 10)}
    with pytest.raises(InvalidInput) as caught:
        await writing.begin(*seat, **WHERE, rater_type="gest")
    assert "`guest`" in caught.value.text("en")


async def test_a_closed_period_takes_nothing(writing_seat: Seat) -> None:
    rater = sat(writing_seat, person("ann"))
    sheet = await submitted(rater, {"SPEED": "1"})
    view, _, scope = writing_seat
    async with view.context.database.write(scope) as writer:
        await periods.set_state(writer, scope, sheet.record.period_id, PeriodState.CLOSED)
    view.renew()
    with pytest.raises(Conflict) as caught:
        await approved(writing_seat, sheet)
    assert caught.value.code == "PERIOD_CLOSED"
    after = await reading.assessment(*writing_seat, number=sheet.record.number)
    assert after.record.state is AssessmentState.SUBMITTED


async def test_one_unfinished_sheet_at_a_time(writing_seat: Seat) -> None:
    rater = sat(writing_seat, person("ann"))
    draft = await filled(rater, {"SPEED": "1"})
    with pytest.raises(Conflict) as caught:
        await writing.begin(*rater, **WHERE)
    assert draft.record.number in caught.value.text("en")
    await writing.discard(*rater, number=draft.record.number, revision=1)
    with pytest.raises(NotFound):
        await reading.assessment(*rater, number=draft.record.number)
    await writing.begin(*rater, **WHERE)


async def test_others_do_not_change_it(writing_seat: Seat) -> None:
    draft = await filled(sat(writing_seat, person("ann")), {"SPEED": "1"})
    with pytest.raises(Forbidden) as caught:
        await writing.submit(*sat(writing_seat, person("bob")), number=draft.record.number, revision=1)
    assert caught.value.code == "ASSESSMENT_NOT_YOURS"


@pytest.mark.parametrize("permission", ["assessment.write", "assessment.approve", "assessment.read"])
async def test_permissions_hold_by_unit(writing_seat: Seat, permission: str) -> None:
    sheet = await submitted(sat(writing_seat, person("ann")), {"SPEED": "1"})
    other = (await structure.load(*writing_seat)).unit("S1").id
    rights: dict[Permission, frozenset[int] | None] = dict.fromkeys(Permission)
    rights[Permission(permission)] = frozenset({other})
    seat = sat(writing_seat, replace(person("ann"), rights=rights))
    calls: dict[str, Any] = {
        "assessment.write": writing.begin(*seat, **{**WHERE, "period": "2025-04"}),
        "assessment.approve": deciding.approve(*seat, number=sheet.record.number, revision=2),
        "assessment.read": reading.assessment(*seat, number=sheet.record.number),
    }
    for name, call in calls.items():
        if name == permission:
            with pytest.raises(Forbidden) as caught:
                await call
            assert caught.value.code == "FORBIDDEN"
        else:
            call.close()
    assert not await reading.listed(*seat) or permission != "assessment.read"


async def test_the_list_is_of_what_fits(writing_seat: Seat) -> None:
    first = await submitted(sat(writing_seat, person("ann")), {"SPEED": "1"})
    await filled(sat(writing_seat, person("ann")), {"SPEED": "1"}, unit="S1", period="2025-01")
    found = await reading.listed(*writing_seat, state=AssessmentState.SUBMITTED)
    assert [each.record.number for each in found] == [first.record.number]
    assert len(await reading.listed(*writing_seat, scheme=SCHEME)) == 2
    assert [each.unit for each in await reading.listed(*writing_seat, unit="S1")] == ["S1"]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (LineInput("SPED", "1"), "MEASURE_NOT_READ", "lines[1].measure"),
        (LineInput("KINDNESS", "98"), "TABLE_RATE_ABOVE_ONE", "lines[1].value"),
        (LineInput("complaints", "-1"), "TABLE_NEGATIVE_COUNT", "lines[1].value"),
        (LineInput("SPEED", "1"), "ASSESSMENT_LINE_TWICE", "lines[1].measure"),
        (LineInput("KINDNESS", "1", "x" * 2001), "ASSESSMENT_TEXT_TOO_LONG", "lines[1].comment"),
    ],
)
async def test_bad_lines(writing_seat: Seat, line: LineInput, code: str, field: str) -> None:
    begun = await writing.begin(*writing_seat, **WHERE)
    lines = [LineInput("SPEED", "1"), line]
    with pytest.raises(InvalidInput) as caught:
        await writing.save(*writing_seat, number=begun.record.number, revision=0, lines=lines)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.field) == (code, field)
    assert problem.text("zh")


async def under(seat: Seat, rules: str) -> Seat:
    """The same database with a scheme that says how sheets are combined."""
    view, actor, scope = seat
    context = Context(view.context.database, shop_packs(SOURCE + rules), scope)
    return context.view(), actor, scope
