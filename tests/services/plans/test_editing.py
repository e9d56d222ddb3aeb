"""Plans that people edit: actions, links, owners, and what two of them do at once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from services.conftest import Seat
from services.plans.planning import agreed, at, drafted, person, sat, states
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound, Text
from steelyard.services import structure
from steelyard.services.plans import agreeing, editing, notes, progress, reading
from steelyard.store import accounts, grants
from steelyard.store.accounts import AccountKind, NewAccount
from steelyard.store.grants import NewGrant
from steelyard.store.plans import PlanState


async def account(seat: Seat, code: str, unit: str) -> None:
    """Somebody who may see a unit."""
    view, _, scope = seat
    found = (await structure.load(*seat)).unit(unit)
    async with view.context.database.write(scope) as writer:
        await accounts.add(writer, scope, NewAccount(code, AccountKind.SERVICE, Text(code, code)))
        record = await accounts.find(writer, Scope(scope.tenant_id), code)
        assert record is not None
        await grants.add(writer, scope, NewGrant(record.id, Role.BRANCH_MANAGER, found.id, "local"))
    view.renew()


async def test_an_action_is_changed_field_by_field(writing_seat: Seat) -> None:
    await account(writing_seat, "manager", "NORTH")
    plan = await drafted(writing_seat)
    fields: dict[str, Any] = {
        "title": "Train the team",
        "owner": "manager",
        "due": date(2025, 3, 31),
        "effort": Fraction(5, 2),
        "description": "Every Monday.\nTwo hours.",
    }
    changed = await editing.change_action(*writing_seat, **at(plan), fields=fields)
    (action,) = changed.actions
    assert action.record.title == Text("Train the team", "Train the team")
    assert (action.record.owner, action.record.due, action.record.effort) == (
        "manager",
        date(2025, 3, 31),
        Fraction(5, 2),
    )
    assert (action.record.revision, changed.record.revision) == (1, 0)
    assert action.answers == plan.actions[0].answers


async def test_the_second_of_two_is_told_what_the_first_did(writing_seat: Seat) -> None:
    ann, bob = (sat(writing_seat, person(code)) for code in ("ann", "bob"))
    plan = await drafted(ann)
    await editing.change_action(*ann, **at(plan), fields={"due": date(2025, 4, 1), "effort": Fraction(4)})
    with pytest.raises(Conflict) as caught:
        await editing.change_action(*bob, **at(plan), fields={"due": date(2025, 5, 1)})
    assert caught.value.code == "PLAN_ACTION_CHANGED"
    assert "due = 2025-04-01 (ann), effort = 4 (ann)" in caught.value.text("en")
    now = await reading.plan(*bob, number=plan.record.number)
    assert (now.actions[0].record.due, now.actions[0].record.revision) == (date(2025, 4, 1), 1)


async def test_a_title_seen_too_early(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat)
    number = plan.record.number
    renamed = await editing.rename(*writing_seat, number=number, revision=0, title="Spring")
    assert (renamed.record.title, renamed.record.revision) == ("Spring", 1)
    with pytest.raises(Conflict) as caught:
        await editing.rename(*writing_seat, number=number, revision=0, title="Summer")
    assert caught.value.code == "PLAN_CHANGED"
    assert "title = Spring (local)" in caught.value.text("en")


async def test_actions_and_findings_are_linked_freely(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat)
    keys = ["below_line:SHOP", "below_line:KINDNESS"]
    fields = {"title": "Listen first", "node": "KINDNESS", "answers": keys}
    plan = await editing.add_action(
        *writing_seat, number=plan.record.number, fields={**fields, "expected_effect": Fraction(1, 5)}
    )
    added = plan.actions[1]
    assert (added.record.number, set(added.answers)) == (2, set(keys))
    assert added.record.baseline_rate == Fraction(3, 5)
    plan = await editing.change_action(*writing_seat, **at(plan, 2), fields={"answers": keys[:1]})
    assert plan.actions[1].answers == tuple(keys[:1])
    history = (await reading.histories(*writing_seat, [plan]))[plan.record.id]
    assert [(each.what, each.action) for each in history] == [("drafted", None), ("added", 2), ("edited", 2)]


async def test_who_claims_an_action_owns_it(writing_seat: Seat) -> None:
    ann = sat(writing_seat, person("ann"))
    plan = await editing.claim_action(*ann, **at(await drafted(ann)))
    assert plan.actions[0].record.owner == "ann"


@pytest.mark.parametrize("owner", ["nobody", "stranger", "local"])
async def test_an_owner_may_see_the_unit(writing_seat: Seat, owner: str) -> None:
    await account(writing_seat, "stranger", "S3")
    plan = await drafted(writing_seat)
    with pytest.raises(InvalidInput) as caught:
        await editing.change_action(*writing_seat, **at(plan), fields={"owner": owner})
    assert caught.value.code == "PLAN_OWNER_UNKNOWN"


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, ["PLAN_NOTHING_GIVEN"]),
        ({"title": ""}, ["TEXT_EMPTY"]),
        (
            {"effort": Fraction(-1), "expected_effect": Fraction(2), "due": date(1, 1, 1)},
            ["PLAN_FIELD_INVALID"] * 3,
        ),
        ({"answers": ["x"], "node": "NONE"}, ["PLAN_FINDING_UNKNOWN", "NODE_NOT_FOUND"]),
        ({"node": None}, ["PLAN_NODE_NEEDED"]),
        ({"description": "x" * 5000}, ["TEXT_TOO_LONG"]),
        ({"answers": [f"x{number}" for number in range(1000)]}, ["PLAN_FINDING_UNKNOWN"] * 20),
        ({"answers": ["x"] * 1000}, ["PLAN_FINDING_UNKNOWN"]),
    ],
)
async def test_all_that_is_wrong_is_said_at_once(
    writing_seat: Seat, fields: dict[str, Any], codes: list[str]
) -> None:
    plan = await drafted(writing_seat)
    with pytest.raises(InvalidInput) as caught:
        await editing.change_action(*writing_seat, **at(plan), fields=fields)
    assert [problem.code for problem in caught.value.problems] == codes


@pytest.mark.parametrize("field", [{"due": date(2025, 9, 1)}, {"expected_effect": Fraction(1, 20)}])
async def test_a_promise_changes_with_a_reason_only(writing_seat: Seat, field: dict[str, Any]) -> None:
    plan = await agreed(writing_seat)
    with pytest.raises(InvalidInput) as caught:
        await editing.change_action(*writing_seat, **at(plan), fields=field)
    assert caught.value.code == "REASON_REQUIRED"
    plan = await editing.change_action(*writing_seat, **at(plan), fields=field, reason="the trainer is ill")
    history = (await reading.histories(*writing_seat, [plan]))[plan.record.id]
    assert (history[-1].what, history[-1].reason) == ("edited", "the trainer is ill")


async def test_other_fields_change_without_one(writing_seat: Seat) -> None:
    plan = await agreed(writing_seat)
    plan = await editing.change_action(*writing_seat, **at(plan), fields={"title": "Better"})
    assert plan.actions[0].record.title.en == "Better"


async def test_from_agreement_to_done(writing_seat: Seat) -> None:
    plan = await agreed(writing_seat)
    assert plan.record.state is PlanState.AGREED
    plan = await progress.begin(*writing_seat, **at(plan))
    assert plan.record.state is PlanState.IN_PROGRESS
    plan = await progress.finish(*writing_seat, **at(plan))
    assert (plan.record.state, plan.actions[0].record.done_by) == (PlanState.DONE, "local")
    plan = await progress.reopen(*writing_seat, **at(plan), reason="only half of it")
    assert (plan.record.state, plan.actions[0].record.done_at) == (PlanState.IN_PROGRESS, None)


async def test_a_draft_is_not_begun(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat)
    with pytest.raises(Conflict) as caught:
        await progress.begin(*writing_seat, **at(plan))
    assert caught.value.code == "PLAN_STATE"


async def test_what_is_done_is_not_edited(writing_seat: Seat) -> None:
    plan = await progress.finish(*writing_seat, **at(await agreed(writing_seat)))
    for change in (
        editing.change_action(*writing_seat, **at(plan), fields={"title": "Other"}),
        editing.drop_action(*writing_seat, **at(plan), reason="no"),
    ):
        with pytest.raises(Conflict) as caught:
            await change
        assert caught.value.code == "PLAN_ACTION_STATE"


async def test_a_dropped_action_stays_on_record(writing_seat: Seat) -> None:
    plan = await agreed(writing_seat)
    with pytest.raises(InvalidInput) as caught:
        await editing.drop_action(*writing_seat, **at(plan))
    assert caught.value.code == "REASON_REQUIRED"
    plan = await editing.drop_action(*writing_seat, **at(plan), reason="superseded")
    assert states(plan) == {1: "dropped"}


async def test_a_plan_without_actions_is_not_agreed(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat, findings=["below_line:KINDNESS"])
    with pytest.raises(InvalidInput) as caught:
        await agreeing.agree(*writing_seat, number=plan.record.number, revision=0)
    assert caught.value.code == "PLAN_EMPTY"


async def test_who_is_rated_with_the_unit_does_not_agree(writing_seat: Seat) -> None:
    unit = (await structure.load(*writing_seat)).unit("S2")
    manager = sat(writing_seat, person("manager", frozenset({unit.id})))
    plan = await drafted(manager)
    with pytest.raises(Forbidden) as caught:
        await agreeing.agree(*manager, number=plan.record.number, revision=0)
    assert caught.value.code == "PLAN_SELF_AGREEMENT"


async def test_who_may_not_read_a_plan_does_not_edit_it(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat)
    blind = Actor("blind", Text("blind", "blind"), {Permission.PLAN_EDIT: None})
    with pytest.raises(Forbidden):
        await editing.claim_action(*sat(writing_seat, blind), **at(plan))
    now = await reading.plan(*writing_seat, number=plan.record.number)
    assert now.actions[0].record.owner is None


async def test_a_plan_is_given_up_with_a_reason(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat)
    number = plan.record.number
    given_up = await agreeing.drop(*writing_seat, number=number, revision=0, reason="the shop closes")
    assert given_up.record.state is PlanState.DROPPED
    with pytest.raises(Conflict):
        await editing.add_action(*writing_seat, number=number, fields={"title": "More"})


async def test_comments_on_the_plan_and_on_an_action(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat)
    number = plan.record.number
    await notes.comment(*writing_seat, number=number, text="Who begins?")
    await notes.comment(*writing_seat, number=number, text="I do.", action=1)
    said = (await reading.comments(*writing_seat, [plan]))[plan.record.id]
    assert [(each.text, each.action_id is None) for each in said] == [("Who begins?", True), ("I do.", False)]
    with pytest.raises(NotFound):
        await notes.comment(*writing_seat, number=number, text="?", action=7)
